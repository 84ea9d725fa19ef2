"""How long a text takes to say: the queue is measured in seconds, before anything was spoken."""

from __future__ import annotations

import regex

from ishowtts_desktop.core.speaking_rate import usual_seconds
from ishowtts_desktop.reading.text.cap import cap

_GRAPHEME = regex.compile(r"\X")
_SHORTEST = 0.3


def seconds_of(text: str) -> float:
    """Predict how many seconds ``text`` takes to say."""
    return max(_SHORTEST, usual_seconds(text))


def cut_to_seconds(text: str, seconds: float) -> str:
    """Return the longest start of ``text`` that takes at most ``seconds``, in whole graphemes.

    A longer text is looked at as far as `cap` goes by default.
    """
    if seconds_of(text) <= seconds:
        return text
    # A long row of regional indicators takes quadratic time to tell into graphemes.
    text = cap(text, len(text))
    ends = [match.end() for match in _GRAPHEME.finditer(text)]
    low, high = 0, len(ends)
    while high - low > 1:
        middle = (low + high) // 2
        if seconds_of(text[: ends[middle - 1]]) <= seconds:
            low = middle
        else:
            high = middle
    return text[: ends[low - 1]] if low else ""
