"""When two lines say the same: "GG!!", "gg" and "g g" do, and so do 666 and 6666."""

from __future__ import annotations

from typing import Final

import regex

_SILENT: Final = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
_DRAWN_OUT: Final = regex.compile(r"(.)\1{2,}+")
_AGAIN: Final = regex.compile(r"(.{1,8}?)\1+")
_LONGEST: Final = 200


def key_of(text: str) -> str:
    """Return the letters and digits of ``text`` in one case, its repeats shortened.

    "" for a text without any, and for one too long to come twice by chance.
    """
    letters = _SILENT.sub("", text).casefold()
    if len(letters) > _LONGEST:
        return ""
    letters = _DRAWN_OUT.sub(r"\1\1", letters)
    again = _AGAIN.fullmatch(letters)
    return again[1] * 2 if again else letters
