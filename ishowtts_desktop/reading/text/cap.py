"""Length: how much of a line is looked at, and how much of it is said."""

from __future__ import annotations

import regex

_GRAPHEME = regex.compile(r"\X")


def cap(text: str, graphemes: int, size: int = 8192) -> str:
    """Return the longest start of ``text`` of at most ``graphemes`` graphemes and ``size`` bytes.

    Bytes are those of UTF-8. A grapheme (an emoji family, a letter with its accents) is kept whole
    or not at all.
    """
    if text.isascii() and "\r" not in text:
        return text[: min(graphemes, size)]
    # A code point is a byte at least, so more can't fit; the one beyond tells whether the last
    # grapheme of the slice is whole.
    beginning = text[: size + 1]
    end = used = 0
    for count, match in enumerate(_GRAPHEME.finditer(beginning)):
        used += len(match[0].encode("utf-8", "surrogatepass"))
        if used > size or count >= graphemes:
            break
        end = match.end()
    return beginning[:end]
