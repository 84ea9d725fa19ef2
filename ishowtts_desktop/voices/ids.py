"""Ids of voices: made from names in any language, and safe as the name of a folder anywhere."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.core.errors import VoiceError

if TYPE_CHECKING:
    from collections.abc import Container

LONGEST_ID: Final = 64
"""Bytes of UTF-8: with what goes around it, short enough for the name of a folder anywhere."""

# Letters and digits of all scripts, each with its marks; nothing that can't be seen.
_WORD = regex.compile(
    r"[[\p{L}\p{Nd}]--\p{Default_Ignorable_Code_Point}]"
    r"[[\p{L}\p{Nd}\p{M}]--\p{Default_Ignorable_Code_Point}]*",
    regex.VERSION1,
)
# Devices to Windows, with any ending; and the ids that voices outside the library have.
_RESERVED = regex.compile(r"con|prn|aux|nul|com\d|lpt\d|draft|(?:espeak|starter)(?:-.*)?")
_LONGEST_READ = 1000  # characters of a name that are looked at
_LONGEST_SHOWN = 40


def made_from(name: str) -> str:
    """Return an id for a voice called ``name``, whatever that is; "voice" when nothing is left.

    Upper and lower case, and the ways to write an accent, give the same id: to some file systems
    they are the same name.
    """
    plain = _plain(name) or "voice"
    return _cut(f"voice-{plain}", LONGEST_ID) if _RESERVED.fullmatch(plain) else plain


def unused(voice_id: str, taken: Container[str]) -> str:
    """Return ``voice_id``, or with the first number behind it that makes it none of ``taken``."""
    candidate, number = voice_id, 1
    while candidate in taken:
        number += 1
        ending = f"-{number}"
        candidate = _cut(voice_id, LONGEST_ID - len(ending)) + ending
    return candidate


def is_id(text: str) -> bool:
    """Tell whether ``text`` is an id as `made_from` and `unused` make them."""
    return 0 < len(text) <= LONGEST_ID and _plain(text) == text and not _RESERVED.fullmatch(text)


def checked(voice_id: str) -> str:
    """Return a ``voice_id`` that came from outside; raises `VoiceError` unless it is one of ours.

    Nothing else may become part of a path.
    """
    if not is_id(voice_id):
        shown = voice_id[:_LONGEST_SHOWN]
        raise VoiceError(
            f"{shown!a} can't be the id of a voice in the library.",
            "Take one of those that the list of voices shows.",
        )
    return voice_id


def folded(name: str) -> str:
    """Return ``name`` as no file system tells it from its twins: in one case, and composed."""
    # Folding the case takes some letters apart; they are put together again.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _plain(name: str) -> str:
    return _cut("-".join(_WORD.findall(folded(name[:_LONGEST_READ]))), LONGEST_ID)


def _cut(text: str, longest: int) -> str:
    # Half of a surrogate pair was never a letter; here none can be left.
    return text.encode("utf-8")[:longest].decode("utf-8", "ignore").rstrip("-")
