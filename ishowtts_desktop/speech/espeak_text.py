"""Text on its way to espeak: made safe, and cut where another voice has to read on.

espeak reads one script and, in most voices, Latin. Of anything else it says "Chinese letter" or
spells it, so every stretch goes to a voice that can read it. Latin in Chinese text is cut out too,
although espeak would switch to English by itself: it then keeps a second dictionary that it never
frees (180 KB an utterance), and it knows British English only.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ishowtts_desktop.speech.espeak_voices import Script

if TYPE_CHECKING:
    from ishowtts_desktop.speech.espeak_voices import Speaker

_RANGES = (
    (0x0041, 0x005A, Script.LATIN),
    (0x0061, 0x007A, Script.LATIN),
    (0x00AA, 0x00AA, Script.LATIN),
    (0x00BA, 0x00BA, Script.LATIN),
    (0x00C0, 0x00D6, Script.LATIN),
    (0x00D8, 0x00F6, Script.LATIN),
    (0x00F8, 0x02AF, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0531, 0x058F, Script.ARMENIAN),
    (0x0591, 0x05F4, Script.HEBREW),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x0900, 0x097F, Script.DEVANAGARI),
    (0x0980, 0x09FF, Script.BENGALI),
    (0x0B80, 0x0BFF, Script.TAMIL),
    (0x0E00, 0x0E7F, Script.THAI),
    (0x10A0, 0x10FF, Script.GEORGIAN),
    (0x1100, 0x11FF, Script.HANGUL),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x2E80, 0x2FD5, Script.HAN),
    (0x3005, 0x3007, Script.HAN),
    (0x3041, 0x30FF, Script.KANA),
    (0x3131, 0x318E, Script.HANGUL),
    (0x31F0, 0x31FF, Script.KANA),
    (0x3400, 0x4DBF, Script.HAN),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xAC00, 0xD7A3, Script.HANGUL),
    (0xF900, 0xFAFF, Script.HAN),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFC, Script.ARABIC),
    (0xFF21, 0xFF3A, Script.LATIN),
    (0xFF41, 0xFF5A, Script.LATIN),
    (0xFF66, 0xFF9D, Script.KANA),
    (0x20000, 0x323AF, Script.HAN),
)
_STARTS = tuple(first for first, _, _ in _RANGES)


@dataclass(frozen=True)
class Run:
    """A stretch of text for one voice; ``language`` is a key of `espeak_voices.languages`."""

    text: str
    language: str


def clean(text: str) -> str:
    """Replace what espeak would take for a command or couldn't bear; the length stays.

    By a space: control characters (NUL ends the text, U+0001 begins an embedded command), lone
    surrogates, private use, unassigned code points, and what makes espeak 1.52 overflow a buffer,
    which ends the process: braille (chat draws pictures with it) in Arabic, a backtick in
    Vietnamese. Circled letters, which do so in Hindi's neighbours, become plain ones. Line breaks
    and tabs are spaces as well: a chat line is one sentence.
    """
    return "".join(_bearable(char) for char in text)


def _bearable(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() and char != "`" else " "
    if "\u24b6" <= char <= "\u24e9":
        return unicodedata.normalize("NFKC", char)
    if "\u2800" <= char <= "\u28ff" or unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"}:
        return " "
    return char


def script_of(char: str) -> Script | None:
    """Tell a character's script; None for digits, signs, spaces and scripts not in the table."""
    code = ord(char)
    at = bisect_right(_STARTS, code) - 1
    if at < 0:
        return None
    _, last, script = _RANGES[at]
    return script if code <= last else None


def runs(text: str, speaker: Speaker) -> tuple[Run, ...]:
    """Cut ``text`` into runs, in order; joined they are ``text`` again.

    A digit glued to a letter belongs to it ("mp3"), one that stands alone to the language of the
    text. Spaces and punctuation stay with what comes before them.
    """
    parts: list[str] = []
    tongues: list[str] = []
    pending = ""
    glued = False
    for char in text:
        language = _language(char, speaker, tongues[-1] if glued else None)
        glued = language is not None
        if language is None and not tongues:
            pending += char
        elif language is None or (tongues and tongues[-1] == language):
            parts[-1] += char
        else:
            parts.append(pending + char)
            tongues.append(language)
            pending = ""
    if pending:
        return (Run(pending, speaker.plain_language),)
    return tuple(Run(part, tongue) for part, tongue in zip(parts, tongues, strict=True))


def _language(char: str, speaker: Speaker, before: str | None) -> str | None:
    script = script_of(char)
    if script is not None:
        return speaker.language_for(script)
    category = unicodedata.category(char)
    if category.startswith("M"):
        return before
    if category.startswith(("L", "N")):
        return before or speaker.plain_language
    return None
