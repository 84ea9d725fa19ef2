"""How long a text takes to say: the queue is measured in seconds, before anything was spoken."""

from __future__ import annotations

import regex

from ishowtts_desktop.reading.text.cap import cap

_GRAPHEME = regex.compile(r"\X")
_SHORTEST = 0.3
# Seconds a character at a natural rate, measured roughly on espeak and F5-TTS; the first that fits.
_PACE = (
    (regex.compile(r"\p{Latin}"), 0.065),
    (regex.compile(r"\p{Han}"), 0.24),
    (regex.compile(r"\p{N}"), 0.22),
    (regex.compile(r"[\p{Hiragana}\p{Katakana}]"), 0.13),
    (regex.compile(r"\p{Hangul}"), 0.18),
    (regex.compile(r"\p{Cyrillic}"), 0.075),
    (regex.compile(r"[.!?;:。！？；：…]"), 0.2),
    (regex.compile(r"[,、，]"), 0.12),
    (regex.compile(r"\s|\p{M}"), 0.0),
)
_OTHER = 0.07


def seconds_of(text: str) -> float:
    """Predict how many seconds ``text`` takes to say."""
    rest = text
    seconds = 0.0
    for script, pace in _PACE:
        rest, count = script.subn("", rest)
        seconds += count * pace
    return max(_SHORTEST, seconds + len(rest) * _OTHER)


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
