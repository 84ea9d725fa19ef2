"""Several numbers with operators between them: sums, scores, ranges, fractions, days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.reading.text.spoken.numerals import Around, join

if TYPE_CHECKING:
    from ishowtts_desktop.reading.text.spoken.numerals import Numerals

_YEAR: Final = regex.compile(r"(?:19|20)[0-9]{2}")
_DAY_FOLLOWS: Final = frozenset("见前后开更上首")
_PHONE: Final = 7
_LOCAL_PHONE: Final = regex.compile("[2-9][0-9]{2}-[0-9]{3}[1-9]")
_DASHES: Final = frozenset("-~–—")


class Chains:
    """Says what stands between numbers, and the numbers."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals
        self._english = numerals.language == "en"
        self._gap = " " if self._english else ""

    def say(
        self, numbers: list[str], signs: list[str], beside: tuple[str, str], *, sums: str | None
    ) -> tuple[str, str]:
        """Return the step and what is said of ``numbers`` with ``signs`` between them.

        ``beside`` is what stands before and after, ``sums`` an equals sign at the end or ``None``.
        """
        numerals = self._numerals
        kinds = set(signs)
        if sums:
            kinds = kinds | {"="}
        if kinds <= _DASHES:
            return self._dashed(numbers, signs)
        if kinds == {"/"}:
            if len(numbers) == 2 and "." not in numbers[1]:
                return self._slashed(numbers[0], numbers[1], beside)
            return "number", (", " if self._english else ",").join(map(numerals.plain, numbers))
        step = "ratio" if kinds == {":"} else "math"
        # "1920x1080" are the sides of a picture, called as those of a product are.
        sides = kinds == {"x"}
        called = [
            numerals.number(number, Around(attached=True)) if sides else numerals.plain(number)
            for number in numbers
        ]
        said = called[0]
        for sign, number, other in zip(signs, numbers[1:], called[1:], strict=True):
            if sign == "^" and number in ("2", "3"):
                said = join(numerals, said, numerals.words["squared" if number == "2" else "cubed"])
                continue
            word = numerals.words["-" if sign in _DASHES else sign]
            said = join(numerals, join(numerals, said, word), other)
        return step, said

    def _slashed(self, part: str, whole: str, beside: tuple[str, str]) -> tuple[str, str]:
        """Tell 11/20 and "3/15见", which are days, from parts of a whole."""
        if "." not in part and len(part) < 3 and len(whole) == 2:
            month, day = int(part), int(whole)
            named = month >= 10 or beside[0] == "on " or (month and beside[1] in _DAY_FOLLOWS)
            if named and month <= 12 < day <= 31:
                return "date", self._numerals.date("", month, day)
        return "fraction", self._numerals.fraction(part, whole)

    def _dashed(self, numbers: list[str], signs: list[str]) -> tuple[str, str]:
        """Tell 10-20, 2-0, 2019-2023, 4-4-2 and 555-0123 apart."""
        numerals = self._numerals
        if self._english and _LOCAL_PHONE.fullmatch("-".join(numbers)):
            return "digits", ", ".join(map(numerals.digits, numbers))
        if len(numbers) > 2 or (len(numbers[0]) > 2 and numbers[1][0] == "0"):
            if sum(map(len, numbers)) >= _PHONE and "." not in "".join(numbers):
                parts = map(numerals.digits, numbers)
                return "digits", (", " if self._english else ",").join(parts)
            return "number", self._gap.join(map(numerals.plain, numbers))
        if self._english and all(_YEAR.fullmatch(number) for number in numbers):
            years = (numerals.number(number, Around()) for number in numbers)
            return "range", f"{self._gap}{numerals.words['range']}{self._gap}".join(years)
        falls = float(numbers[0]) >= float(numbers[1]) and signs[0] == "-"
        step = "ratio" if falls else "range"
        return step, f"{self._gap}{numerals.words[step]}{self._gap}".join(
            map(numerals.plain, numbers)
        )
