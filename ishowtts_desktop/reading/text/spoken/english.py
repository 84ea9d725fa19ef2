"""Numbers in English, as Americans say them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.reading.text.spoken.table import words_of
from ishowtts_desktop.reading.text.spoken.units import CARD, ENGLISH_MONEY, ENGLISH_UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.reading.text.spoken.numerals import Around

_SMALL: Final = words_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS: Final = words_of("- - twenty thirty forty fifty sixty seventy eighty ninety")
_GROUPS: Final = ("", "thousand", "million", "billion", "trillion")
_ORDINALS: Final = MappingProxyType(
    {
        "one": "first",
        "two": "second",
        "three": "third",
        "five": "fifth",
        "eight": "eighth",
        "nine": "ninth",
        "twelve": "twelfth",
    }
)
_MONTHS: Final = words_of(
    "January February March April May June July August September October November December"
)
_SCALES: Final = MappingProxyType(
    {
        "k": "thousand",
        "m": "million",
        "mil": "million",
        "b": "billion",
        "bn": "billion",
        "kk": "million",
        "t": "trillion",
        "w": "ten thousand",
        "千": "thousand",
        "万": "ten thousand",
        "百万": "million",
        "亿": "hundred million",
    }
)
_NOT_COUNTED: Final = frozenset(words_of("was is has this its does us vs as always"))
_YEARS: Final = range(1900, 2100)
_LONGEST_CARDINAL: Final = 6
_LONGEST_GROUPED: Final = 15
_LONGEST_RUN: Final = 12
_O_CLOCK: Final = "o'clock"
_KNOWN_FRACTIONS: Final = MappingProxyType(
    {
        "24/7": "twenty-four seven",
        "9/11": "nine eleven",
        "7/11": "seven eleven",
        "4/20": "four twenty",
        "50/50": "fifty-fifty",
    }
)
_OUT_OF: Final = ("10", "100", "1000")
_SPELT_PARTS: Final = (*range(2, 6), 8, 16, 32, 64)
_EMERGENCY: Final = "911"
_CARS: Final = frozenset(words_of("Porsche porsche"))


class English:
    """Numbers in English."""

    language = "en"
    words = MappingProxyType(
        {
            "+": "plus",
            "-": "minus",
            "*": "times",
            "×": "times",
            "x": "by",
            "÷": "divided by",
            "/": "divided by",
            "=": "equals",
            "<": "is less than",
            ">": "is greater than",
            "^": "to the power of",
            ":": "to",
            "squared": "squared",
            "cubed": "cubed",
            "per": "per",
            "sharp": "sharp",
            "range": "to",
            "ratio": "to",
            "number": "number",
            "more": "plus",
            "times": "times",
            "and": "and",
            "at": "at",
            "hashtag": "hashtag",
            "~": "about",
            "±": "plus or minus",
        }
    )

    def number(self, written: str, around: Around) -> str:
        """Say a number that is alone."""
        if "." in written or not written.isdigit():
            return self.plain(written)
        if around.grouped and len(written) <= _LONGEST_GROUPED:
            return _cardinal(int(written))
        if around.before.lower() in ("call", "dial") and len(written) == 3:
            return self.digits(written)
        counted = around.after.endswith("s") and around.after.lower() not in _NOT_COUNTED
        if written == _EMERGENCY and not counted:
            return self.plain("9") + " eleven" if around.before in _CARS else self.digits(written)
        product = around.before.isupper() or (CARD.fullmatch(written) and not counted)
        if (len(written) == 4 and product) or (len(written) in (3, 4) and around.attached):
            return self._model(written)
        if len(written) == 4 and int(written) in _YEARS and not counted:
            return self.year(written)
        return self.plain(written)

    def plain(self, written: str) -> str:
        """Say a number without looking at what is around."""
        whole, point, rest = written.partition(".")
        if not point:
            return self._whole(whole)
        said = self._whole(whole) + " " if whole else ""
        return f"{said}point {self.digits(rest)}"

    def digits(self, written: str) -> str:
        """Say digit by digit."""
        written = written.replace(".", "")
        return " ".join(_SMALL[int(digit)] for digit in written[:_LONGEST_RUN])

    def year(self, written: str) -> str:
        """Say four digits as a year."""
        first, last = int(written[:2]), int(written[2:])
        if first == 20 and last < 10:
            return _cardinal(int(written))
        if not last:
            return f"{_cardinal(first)} hundred"
        return f"{_cardinal(first)} {'oh ' if last < 10 else ''}{_cardinal(last)}"

    def ordinal(self, written: str) -> str:
        """Say which one in a row."""
        before, gap, last = _split_last(_cardinal(int(written)))
        if last.endswith("y"):
            return f"{before}{gap}{last[:-1]}ieth"
        return f"{before}{gap}{_ORDINALS.get(last, last + 'th')}"

    def date(self, year: str, month: int, day: int) -> str:
        """Say a day."""
        said = f"{_MONTHS[month - 1]} {self.ordinal(str(day))}"
        return f"{said}, {self.year(year)}" if year else said

    def time(self, hour: int, minute: int | None, second: int | None, half: str) -> str:
        """Say a time of day."""
        if second is not None:
            parts = ((hour, "hour"), (minute or 0, "minute"), (second, "second"))
            said = " ".join(f"{_cardinal(n)} {_plural(word, n == 1)}" for n, word in parts)
        elif minute:
            said = f"{_cardinal(hour)} {'oh ' if minute < 10 else ''}{_cardinal(minute)}"
        elif half or minute is None:
            said = _cardinal(hour)
        elif hour in (0, 24):
            said = "midnight"
        else:
            said = f"{_cardinal(hour)} {_O_CLOCK if hour <= 12 else 'hundred'}"
        return f"{said} {half.upper()} M" if half else said

    def money(self, amount: str, currency: str, scale: str) -> str:
        """Say an amount: "five dollars and twenty cents"."""
        one, many, cent = ENGLISH_MONEY.get(currency.upper(), (currency, currency, ""))
        whole, _, rest = amount.partition(".")
        if scale or len(rest) > 2 or not cent or not rest.strip("0"):
            exact = amount if scale or rest.strip("0") else whole
            said = self.scaled(exact, scale) if scale else self.plain(exact)
            return f"{said} {one if exact == '1' and not scale else many}"
        cents = int(rest.ljust(2, "0"))
        change = f"{_cardinal(cents)} {_plural(cent, cents == 1 or cent == 'pence')}"
        if not whole.strip("0"):
            return change
        return f"{self._whole(whole)} {one if whole == '1' else many} and {change}"

    def scaled(self, amount: str, scale: str) -> str:
        """Say "5k" and its like."""
        word = _SCALES.get(scale.lower(), scale.lower())
        if word.startswith(("ten", "hundred")) and "." not in amount and len(amount) < 10:
            return _cardinal(int(amount) * (10_000 if word.startswith("ten") else 100_000_000))
        if word == "thousand" and amount.isdigit() and 3 < len(amount) < 10:
            return _cardinal(int(amount) * 1000)
        return f"{self.plain(amount)} {word}"

    def measured(self, said: str, unit: str) -> str:
        """Say the unit in the number that fits."""
        one, many = ENGLISH_UNITS[unit]
        return f"{said} {one if said == 'one' else many}"

    def decade(self, written: str) -> str:
        """Say "the nineties", "the eighteen hundreds"."""
        said = self.year(written) if len(written) == 4 else self.plain(written)
        return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"

    def percent(self, said: str) -> str:
        """Say per cent."""
        return f"{said} percent"

    def version(self, parts: Sequence[str]) -> str:
        """Say "three point ten"."""
        return " point ".join(self._whole(part) for part in parts)

    def fraction(self, part: str, whole: str) -> str:
        """Say "one half", "nine out of ten", "twenty-four seven"."""
        known = _KNOWN_FRACTIONS.get(f"{part}/{whole}")
        if known:
            return known
        if "." in part:
            return f"{self.plain(part)} out of {self.plain(whole)}"
        top, bottom = int(part[:9]), int(whole[:9])
        rated = top > 1 and bottom not in _SPELT_PARTS
        if whole in _OUT_OF or top >= bottom or bottom > 100 or not top or rated:
            return f"{self.plain(part)} out of {self.plain(whole)}"
        named = {2: "half", 4: "quarter"}.get(bottom) or self.ordinal(whole)
        return f"{self.plain(part)} {_plural(named, top == 1)}"

    def _whole(self, written: str) -> str:
        if len(written) > 1 and written[0] == "0":
            return self.digits(written)
        round_number = written.endswith("000") and len(written) <= 15
        if len(written) > _LONGEST_CARDINAL and not round_number:
            return self.digits(written)
        return _cardinal(int(written or 0))

    def _model(self, written: str) -> str:
        """Say "forty ninety", "three sixty", as products are called."""
        if written[0] == "0" or (len(written) == 4 and written.endswith("000")):
            return self.plain(written)
        first, last = int(written[:-2]), int(written[-2:])
        rest = "hundred" if not last else ("oh " if last < 10 else "") + _cardinal(last)
        return f"{_cardinal(first)} {rest}"


def _cardinal(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_SMALL[hundreds]} hundred" + (f" {_cardinal(rest)}" if rest else "")
    said: list[str] = []
    for name in _GROUPS:
        number, rest = divmod(number, 1000)
        if rest:
            said.insert(0, f"{_cardinal(rest)} {name}".rstrip())
        if not number:
            break
    return " ".join(said)


def _split_last(said: str) -> tuple[str, str, str]:
    at = max(said.rfind(" "), said.rfind("-"))
    return (said[:at], said[at], said[at + 1 :]) if at >= 0 else ("", "", said)


def _plural(word: str, one: object) -> str:
    if one:
        return word
    return "halves" if word == "half" else word + "s"
