"""How long a text takes to say, by its characters: what chat, voices and engines reckon with."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from typing import Final

# Seconds a character at the usual rate, by the first and last code point of its block.
_PACE: Final = (
    (0x30, 0x39, 0.25),
    (0x41, 0x5A, 0.07),
    (0x61, 0x7A, 0.065),
    (0xC0, 0x24F, 0.065),
    (0x370, 0x52F, 0.075),
    (0x530, 0x10FF, 0.08),
    (0x1100, 0x11FF, 0.07),
    (0x1E00, 0x1FFF, 0.07),
    (0x3040, 0x30FF, 0.13),
    (0x3100, 0x318F, 0.13),
    (0x31F0, 0x31FF, 0.13),
    (0x3400, 0x9FFF, 0.23),
    (0xAC00, 0xD7AF, 0.19),
    (0xF900, 0xFAFF, 0.23),
    (0xFF10, 0xFF19, 0.25),
    (0xFF21, 0xFF5A, 0.07),
    (0xFF66, 0xFF9D, 0.13),
    (0x20000, 0x3FFFF, 0.23),
)
# Of other scripts, by the general category: letters and numbers.
_OTHER: Final = {"L": 0.08, "N": 0.25}
_PAUSES: Final = (
    ("\n.!?…。！？", 0.25),
    (",;:，；：、–—", 0.15),
    ("%&+=@#$€£¥", 0.3),
    (" \u3000", 0.01),
)


def usual_seconds(text: str) -> float:
    """Return how long ``text`` takes an ordinary speaker, in seconds; emoji take nothing."""
    return math.fsum(_pace(character) for character in text)


@lru_cache(maxsize=4096)
def _pace(character: str) -> float:
    for signs, seconds in _PAUSES:
        if character in signs:
            return seconds
    code = ord(character)
    pace = next((pace for first, last, pace in _PACE if first <= code <= last), None)
    if pace is None:
        pace = _OTHER.get(unicodedata.category(character)[0], 0.0)
    return pace
