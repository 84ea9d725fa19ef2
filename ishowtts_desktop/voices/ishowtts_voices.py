"""``[[f5.voices]]`` of an ``ishowtts.toml``: which of them can become voices here."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.voices.ishowtts_notes import Notes, key_shown, one_line, path_shown, shown
from ishowtts_desktop.voices.voice import LONGEST_NAME, LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST_AUDIO: Final = 512 * 2**20
"""Bytes; a reference of seconds has one or two million, an hour of WAV is no reference."""
MOST_VOICES: Final = 200

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# What is written where a BCP 47 tag belongs.
_TAGS: Final = (
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("cn", "zh"),
    ("中文", "zh"),
    ("english", "en"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("日本語", "ja"),
    ("korean", "ko"),
    ("kr", "ko"),
)
# The first script that a text has any of tells its language.
_SCRIPTS: Final = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u3400-\u9fff]"), "zh"),
    (re.compile("[\u0400-\u04ff]"), "ru"),
)
_KNOWN: Final = ("id", "reference_audio", "reference_text", "language", "preload")
_REASONS: Final = (
    ("engine_label", "a caption of the server's web page"),
    ("default_voice", "it belongs above the first table of the file, and was read as if there"),
)


@dataclass(frozen=True)
class IshowttsVoice:
    """A voice that can be taken over.

    ``audio`` was an ordinary file when it was looked at, ``language`` is a BCP 47 tag.
    """

    id: str
    name: str
    audio: Path
    text: str
    language: str
    preload: bool = False


def read_voices(entries: object, folder: Path, notes: Notes) -> tuple[IshowttsVoice, ...]:
    """Return what can be taken of ``entries``, in their order; the rest is told to ``notes``.

    Recordings are looked for in ``folder``, and none is opened. Of voices with one id the last
    counts, as it did on the server.
    """
    tables = entries if isinstance(entries, list) else [entries]
    if len(tables) > MOST_VOICES:
        notes.left.append(f"voices: those after the first {MOST_VOICES}; the file has too many.")
    found: dict[str, IshowttsVoice] = {}
    for number, table in enumerate(tables[:MOST_VOICES], 1):
        voice = _voice(table, number, folder, notes)
        if voice is None:
            continue
        if voice.id in found:
            notes.left.append(
                f"voice {shown(voice.id)}: it is there twice; the last one counts, as before."
            )
        found[voice.id] = voice
    return tuple(found.values())


def _voice(table: object, number: int, folder: Path, notes: Notes) -> IshowttsVoice | None:
    if not isinstance(table, dict):
        notes.left.append(f"voice {number}: it isn't a table of settings.")
        return None
    key = table.get("id")
    if not isinstance(key, str) or not key.strip():
        notes.left.append(f"voice {number}: it has no id.")
        return None
    about = f"voice {shown(key)}"
    audio = table.get("reference_audio")
    if not isinstance(audio, str) or not audio.strip():
        notes.left.append(f"{about}: it has no reference_audio.")
        return None
    path = located(folder, audio)
    if trouble := audio_trouble(path):
        notes.left.append(f"{about}: its recording {path_shown(path)} {trouble}.")
        return None
    text = _text(table.get("reference_text"), about, notes)
    if text is None:
        return None
    _tell_others(table, about, notes)
    return IshowttsVoice(
        key,
        _name(key, about, notes),
        path,
        text,
        _language(table.get("language"), text, about, notes),
        _preload(table.get("preload", False), about, notes),
    )


def located(folder: Path, path: str) -> Path:
    """Return where a path of the file leads from ``folder``, whether there is something or not.

    Its last part stays what it is: in the Hugging Face cache that is a link with a telling name.
    """
    joined = folder / path
    try:
        return joined.parent.resolve() / joined.name
    except (OSError, ValueError, RuntimeError):
        # A circle of links, or a name with a NUL in it.
        return joined


def audio_trouble(path: Path) -> str:
    """Return why a recording isn't to be read, without opening it; empty when it may be."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return "doesn't exist"
    except (OSError, ValueError) as error:
        # Such as a name with a NUL in it, one too long, or a circle of links.
        why = error.strerror if isinstance(error, OSError) else str(error)
        return f"can't be reached ({why})"
    if stat.S_ISDIR(status.st_mode):
        return "is a folder"
    if not stat.S_ISREG(status.st_mode):
        return "is not an ordinary file"
    if not status.st_size:
        return "is empty"
    if status.st_size > LARGEST_AUDIO:
        return f"is larger than {LARGEST_AUDIO // 2**20} MB; a few seconds of speech are enough"
    return ""


def _text(value: object, about: str, notes: Notes) -> str | None:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        notes.left.append(
            f"{about}: it has no reference_text. Add its recording as a new voice, and type what"
            " is said in it or let it be recognised."
        )
        return None
    if len(text) > LONGEST_TEXT:
        notes.left.append(
            f"{about}: its reference_text has {len(text)} characters; no more than {LONGEST_TEXT}"
            " can be said in a reference."
        )
        return None
    return text


def _name(key: str, about: str, notes: Notes) -> str:
    name = one_line(key) or "ishowtts"
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rstrip()
        notes.changed.append(f"{about}: its name is cut to {LONGEST_NAME} characters.")
    return name


def _language(value: object, text: str, about: str, notes: Notes) -> str:
    told = value.strip().replace("_", "-") if isinstance(value, str) else ""
    tag = dict(_TAGS).get(told.lower(), told)
    if not _TAG.fullmatch(tag):
        tag = next((tag for script, tag in _SCRIPTS if script.search(text)), "en")
        why = "it says none" if value is None else f"{shown(value)} is no language tag"
        notes.changed.append(f'{about}: its language is taken for "{tag}" by its text; {why}.')
    elif tag != value:
        notes.changed.append(f'{about}: its language {shown(value)} is written "{tag}" here.')
    return tag


def _preload(value: object, about: str, notes: Notes) -> bool:
    if isinstance(value, bool):
        return value
    notes.changed.append(f"{about}: preload is {shown(value)}, neither true nor false; it is off.")
    return False


def _tell_others(table: Mapping[str, object], about: str, notes: Notes) -> None:
    for key in table:
        if key not in _KNOWN:
            reason = dict(_REASONS).get(key, "voices here have no such setting")
            notes.left.append(f"{about}: {key_shown(key)} ({reason}).")
