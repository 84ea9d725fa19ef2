"""How long a number takes to say: "666", "100,000", "3:1", "2026-11-20", as they are read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONES: Final = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
_TENS: Final = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)
"""Syllables of the English words from zero to nineteen, and from twenty to ninety."""
_LONGEST: Final = 12
"""Numbers of more digits are read one digit after the other, as a telephone's is."""
_UNITS: Final = {"zh": 0.23, "yue": 0.23, "ko": 0.19, "ja": 0.26}
_ENGLISH_UNIT: Final = 0.2
"""Seconds of a syllable; in Japanese of two moras, which most of its numerals have."""
_PAUSE: Final = 0.1
_FULL_WIDTH: Final = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_PARTS: Final = re.compile(r"(?P<number>\d{1,3}(?:,\d{1,3})+(?!\d)|\d+)|(?P<sign>[.:])(?=\d)|.")


@lru_cache(maxsize=1024)
def number_seconds(token: str, language: str = "") -> float:
    """Return the usual seconds of ``token``: digits, and ``.,:/-`` between and after them.

    It never falls as the token goes on. Other languages than Chinese, Japanese and Korean are
    taken for English.
    """
    token = token.translate(_FULL_WIDTH)
    # Once it is longer than any number, each sign counts by itself.
    head, rest = token[: 2 * _LONGEST], token[2 * _LONGEST :]
    most = max(_seconds(head[:end], language) for end in range(1, len(head) + 1))
    digit = _UNITS.get(language, _ENGLISH_UNIT)
    return most + digit * sum(sign.isdigit() for sign in rest)


def _seconds(token: str, language: str) -> float:
    unit = _UNITS.get(language, _ENGLISH_UNIT)
    count = english_syllables if language not in _UNITS else numerals
    seconds, decimals = 0.0, False
    for part in _PARTS.finditer(token):
        if part["number"]:
            digits = part["number"].replace(",", "")
            seconds += unit * count(digits, one_by_one=decimals)
            decimals = False
        elif part["sign"]:
            seconds += unit
            decimals = part["sign"] == "."
        else:
            seconds += _PAUSE
    return seconds


def english_syllables(digits: str, *, one_by_one: bool = False) -> int:
    """Return the syllables of a number's English words, "six" three times for "666"."""
    if one_by_one or _each_alone(digits):
        return sum(_ONES[int(digit)] for digit in digits)
    number, syllables = int(digits), 0
    if number == 0:
        return _ONES[0]
    while number:
        # "thousand", "million" and "billion" have two syllables as "hundred" has.
        digits_above = len(str(number)) - 1
        power = 10 ** (digits_above - digits_above % 3)
        group, number = divmod(number, power)
        hundreds, below = divmod(group, 100)
        syllables += _ONES[hundreds] + 2 if hundreds else 0
        if below < len(_ONES):
            syllables += _ONES[below] if below else 0
        else:
            tens, ones = divmod(below, 10)
            syllables += _TENS[tens] + (_ONES[ones] if ones else 0)
        syllables += 2 if power > 1 else 0
    return syllables


def numerals(digits: str, *, one_by_one: bool = False) -> int:
    """Return how many numerals a number is read with in Chinese, which its neighbours follow.

    A year's four digits come one by one.
    """
    year = len(digits) == 4 and digits[:2] in ("19", "20")
    if one_by_one or year or _each_alone(digits):
        return len(digits)
    groups = -(-len(digits) // 4)
    padded = digits.zfill(4 * groups)
    count = 0
    for number in range(groups):
        group = padded[4 * number : 4 * number + 4]
        said = group.rstrip("0") if number else group.strip("0")
        if not said:
            continue
        # A digit each, its ten, hundred or thousand, one "zero" for each gap, and the group's unit.
        count += sum(1 if place == 3 else 2 for place, digit in enumerate(group) if digit != "0")
        count += len(re.findall("0+", said)) + (number < groups - 1)
        # Ten to nineteen go without their "one".
        count -= number == 0 and len(group.lstrip("0")) == 2 and group[2] == "1"
    return max(count, 1)


def _each_alone(digits: str) -> bool:
    """Tell whether digits are read one by one: very many, a leading zero, or all the same."""
    alike = len(digits) > 2 and len(set(digits)) == 1
    return len(digits) > _LONGEST or alike or (len(digits) > 1 and digits[0] == "0")
