"""One form for what looks the same, and nothing that can't be seen.

NFKC (Unicode Standard Annex 15), without control, format, private, unassigned and surrogate
characters: no bidi overrides, zero-width or tag characters. U+200D stays inside emoji, and Korean
letters that stand alone stay as they are.
"""

from __future__ import annotations

import unicodedata

import regex

_SPACE = regex.compile(r"[\s\p{Z}]+")
# A terminal's orders are no text once their ESC is gone.
_ORDERS = regex.compile("\x1b\\[[0-9;?]{0,32}[A-Za-z]")
_FRACTION = regex.compile("(?<=[0-9])(?=[¼½¾⅐-⅞])")
_POWER = regex.compile("(?<=[0-9A-Za-z])([²³])")
# Of Korean the fillers are letters, though nothing is to be seen of them.
_UNSEEN = regex.compile(r"[[\p{C}\u115F\u1160\u3164\uFFA0]--[\u200D]]+", regex.V1)
# Korean letters that chat writes alone (ㅋㅋ). NFKC would join them to the syllable before them.
_LONE_LETTER = regex.compile("[\u3131-\u318e]")
_OTHERS = regex.compile("[^\u3131-\u318e]+")
_STRAY_JOINER = regex.compile(
    r"(?<!\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?)\u200D"
    r"|\u200D(?!\p{Extended_Pictographic})"
)
_MANY_MARKS = regex.compile(r"([\p{Mn}\p{Me}]{2})[\p{Mn}\p{Me}]+")
# Scripts of India put a sign of a vowel and others on one letter. Beyond four of any kind it is
# ornament, and `unicodedata.normalize` sorts marks in quadratic time.
_TOWER_OF_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")


def clean(text: str) -> str:
    """Return ``text`` in NFKC with single spaces, at most two combining marks a base."""
    tidied = _apart(_tidy(_ORDERS.sub("", text)))
    # What was compatible may bring spaces and marks of its own, so tidy again.
    return _tidy(one_form(tidied).replace("⁄", "/"))


def one_form(text: str) -> str:
    """Return ``text`` in NFKC, but for Korean letters that stand alone."""
    if not _LONE_LETTER.search(text):
        return unicodedata.normalize("NFKC", text)
    return str(_OTHERS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text))


def _apart(text: str) -> str:
    """Keep "3½" from becoming 31/2, and "10²" from becoming 102."""
    if text.isascii():
        return text
    return _POWER.sub(r"^\1", _FRACTION.sub(" ", text).replace("㎡", "m²"))


def _tidy(text: str) -> str:
    text = _SPACE.sub(" ", text)
    text = _UNSEEN.sub("", text)
    text = _STRAY_JOINER.sub("", text)
    text = _MANY_MARKS.sub(r"\1", text)
    text = _TOWER_OF_MARKS.sub(r"\1", text)
    return _SPACE.sub(" ", text).strip()
