"""Chat lines as nobody hopes to get them, for hypothesis and for timing."""

from __future__ import annotations

from hypothesis import strategies as st

HUGE = 100_000

# Small alphabets make repeats, links, mentions, emoji and towers of marks likely.
_NASTY = st.text(
    alphabet=st.sampled_from(
        "aA1 !@.:/#?haGg哈は가я,\n\t\x00\ud800\u200d\u202e\u0301\ufe0f😀👩🏽🇦{}\\"
    ),
    max_size=60,
)
LINES = st.one_of(_NASTY, st.text(alphabet=st.characters(), max_size=60))

HOSTILE = {
    "joiners": "\u200d",
    "flags": "🇦🇺",
    "towers of marks": "\u0301\u0323",
    "spacing marks out of order": "\u302e\U0001d165",
    "dots": "a.",
    "two letters": "ab",
    "tokens": "a b ",
    "long phrases": "a " * 11 + "b ",
    "schemes": "http://",
    "ports": "a.com:",
    "at signs": "@",
    "mentions": "@a ",
    "digits": "1",
    "spaces": " ",
    "lone surrogates": "\ud800",
    "nul": "\x00",
    "families": "👩\u200d",
    "braces": "{text}",
}


def huge(unit: str) -> str:
    """Return ``unit`` repeated to a hundred thousand characters, and something at the end."""
    return (unit * (HUGE // len(unit) + 1))[: HUGE - 1] + "x"
