"""Emoji are seen, not said."""

from __future__ import annotations

import regex

_EMOJI = regex.compile(
    r"[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\uFE0E\uFE0F\u200D\u20E3]+"
)


def silence(text: str) -> str:
    """Put a space for each run of emoji. The digit under a keycap stays."""
    return _EMOJI.sub(" ", text)
