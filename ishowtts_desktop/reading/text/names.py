"""What an author is called: the user's nickname, or the sayable part of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.reading.text import emoji
from ishowtts_desktop.reading.text.cap import cap
from ishowtts_desktop.reading.text.clean import clean

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.reading_config import WordsConfig

_SAYABLE: Final = regex.compile(r"[\p{L}\p{N}]")
_LETTERS: Final = regex.compile(r"\p{L}{2}")
_BOTH_ENDS: Final = regex.compile(r"^[xX]{2}(.{3,})[xX]{2}$")
_FRAME: Final = regex.compile(r"^(?:xX|Xx|xx|XX)(?=[\W_])|(?<=[\W_])(?:xX|Xx|xx|XX)$")
_ORNAMENT: Final = regex.compile(r"[^\p{L}\p{N}\p{M}'’.&-]+")
_HUMPS: Final = regex.compile(r"(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}{2})")
# A year or a lucky number tells nobody apart who isn't told apart by the rest.
_NUMBER: Final = regex.compile(r"(?<=\p{L}{2})[ .-]*\p{N}{3,}$|^\p{N}{3,}[ .-]*(?=\p{L}{2})")
# "Kn1ght", "S1mple": a digit between small letters, or after a first capital, is one of them.
_LEET: Final = regex.compile(r"(?<=\p{Ll}|^\p{Lu})[013457](?=\p{Ll}{2})")
_LEET_LETTERS: Final = str.maketrans("013457", "oieast")
_SHOUTED: Final = regex.compile(r"\p{Lu}{4,}")
_LONGEST: Final = 25


class Names:
    """The user's nicknames."""

    def __init__(self, words: WordsConfig) -> None:
        self._nicknames = {
            _folded(written): " ".join(clean(spoken).split())
            for written, spoken in words.nicknames.items()
        }

    def nickname(self, message: ChatMessage) -> str | None:
        """Return the author's nickname, "" for one without a sound; None where there is none."""
        for written in (message.login, message.name):
            nickname = self._nicknames.get(_folded(written)) if written else None
            if nickname is not None:
                return nickname if _SAYABLE.search(nickname) else ""
        return None


def sayable(name: str) -> str:
    """Return ``name`` as somebody would say it: "xX_Gamer_1337_Xx" is "Gamer".

    At most 25 graphemes; "" for a name without a sound.
    """
    text = " ".join(emoji.silence(clean(cap(name, 4 * _LONGEST))).split())
    text = _ORNAMENT.sub(" ", _FRAME.sub("", _BOTH_ENDS.sub(r"\1", text))).strip(" '’.&-")
    text = _LEET.sub(lambda match: match[0].translate(_LEET_LETTERS), text)
    if _LETTERS.search(text):
        text = _NUMBER.sub("", text)
    text = _SHOUTED.sub(lambda match: match[0].capitalize(), _HUMPS.sub(" ", text))
    text = cap(" ".join(text.split()), _LONGEST).rstrip()
    return text if _SAYABLE.search(text) else ""


def _folded(name: str) -> str:
    return clean(name).lstrip("@").casefold()
