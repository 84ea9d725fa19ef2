"""Chat text made safe to show: one line, nothing invisible, nothing that reorders the window.

Chat is written by strangers. Overrides of the writing direction, control characters, stacks of
combining marks and halves of surrogate pairs are harmless in a plain label only once they are gone.
"""

from __future__ import annotations

import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 600
MAX_MARKS: Final = 3
_JOINER: Final = "\u200d"
_VARIATION: Final = range(0xFE00, 0xFE10)
_TAGS: Final = range(0xE0020, 0xE0080)


def plain(text: str, limit: int = MAX_CHARACTERS) -> str:
    """Return ``text`` as one visible line of at most ``limit`` characters. Takes any string."""
    out: list[str] = []
    marks = 0
    # A caller may pass megabytes; nothing past a few limits' worth can be shown.
    for character in text[: limit * 4]:
        category = unicodedata.category(character)
        if category[0] == "M" and ord(character) not in _VARIATION:
            marks += 1
            if marks > MAX_MARKS:
                continue
        else:
            marks = 0
        out.append(_visible(character, category))
    line = " ".join("".join(out).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip(_JOINER) + "…"


def _visible(character: str, category: str) -> str:
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category == "Cs":
        return "\ufffd"
    if category == "Cf":
        kept = character == _JOINER or ord(character) in _TAGS
        return character if kept else ""
    return character
