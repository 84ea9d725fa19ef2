"""From a token with numbers in it to words, in the language of its `Numerals`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.reading.text.spoken import slang
from ishowtts_desktop.reading.text.spoken.numerals import Around, join
from ishowtts_desktop.reading.text.spoken.quantities import Quantities
from ishowtts_desktop.reading.text.spoken.tokens import MONTHS
from ishowtts_desktop.reading.text.spoken.units import COUNTED

if TYPE_CHECKING:
    from ishowtts_desktop.reading.text.spoken.numerals import Numerals

_NOT_A_DIGIT: Final = regex.compile("[^0-9]")
_RUNS_DOWN: Final = regex.compile(r"\s(?:left|remaining|to go|on the clock)\b")
_EXTRAS: Final = (
    *("sign", "hash", "currency", "equals", "percent", "scale", "letter", "paid", "unit", "more"),
)


class Amounts:
    """Says dates, times, sums and whatever else `TOKEN` finds that isn't a word."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals
        self._english = numerals.language == "en"
        self._quantities = Quantities(numerals)

    def say(self, match: regex.Match[str], text: str) -> tuple[str, str | None]:
        """Return the name of the step and what is said; ``None`` leaves the token as it is."""
        kind = match.lastgroup or ""
        if kind == "quantity":
            return self._quantities.say(match, text)
        if kind in ("date", "usdate", "monthday", "dotday"):
            return "date", self._date(match, kind)
        if kind in ("time", "oclock"):
            return "time", self._time(match, kind)
        if kind == "until":
            return "range", self._between("range")
        if kind == "per":
            return "unit", self._between("per")
        if kind in ("mention", "hashtag", "sum", "plusplus", "letters"):
            return "sign", self._sign(match, text)
        return self._named(match, kind)

    def slang(self, match: regex.Match[str], text: str) -> str:
        """Return how a number is said that means something else in Chinese, "" for others."""
        start, end = match.span()
        if any(match[name] for name in _EXTRAS) or text[end : end + 1] in COUNTED:
            return ""
        before = text[start - 1 : start] if start else ""
        if before == "第" or (before.isascii() and before.isalnum()):
            return ""
        return slang.chinese_number(match["chain"], text, start, end)

    def _date(self, match: regex.Match[str], kind: str) -> str:
        if kind == "monthday":
            named = MONTHS.index(match["name"][:3].lower()) + 1
            return self._numerals.date(match["inyear"] or "", named, int(match["nth"]))
        if kind == "dotday":  # what it counts, 号 or 日, stands in the line
            month, day = self._numerals.plain(match["dotmonth"]), match["dotnth"]
            return f"{month}月{self._numerals.plain(day)}"
        names = ("year", "month", "day") if kind == "date" else ("usyear", "usmonth", "usday")
        year, month, day = (match[name] for name in names)
        return self._numerals.date(year, int(month), int(day))

    def _time(self, match: regex.Match[str], kind: str) -> str:
        if kind == "oclock":
            return self._numerals.time(int(match["at"]), None, None, match["ampm"].lower())
        second = int(match["second"]) if match["second"] else None
        half = (match["half"] or "").lower()
        if (
            self._english
            and not second
            and not half
            and _RUNS_DOWN.match(match.string, match.end())
        ):
            return self._left(int(match["hour"]), int(match["minute"]))
        return self._numerals.time(int(match["hour"]), int(match["minute"]), second, half)

    def _left(self, minutes: int, seconds: int) -> str:
        """Say what is left on a clock."""
        numerals = self._numerals
        parts = ((minutes, "min"), (seconds, "s"))
        said = [numerals.measured(numerals.plain(str(n)), unit) for n, unit in parts if n]
        return " ".join(said) or numerals.measured(numerals.plain("0"), "s")

    def _sign(self, match: regex.Match[str], text: str) -> str | None:
        words = self._numerals.words
        written: str = match[0]
        if written[-1] == "#" and len(written) == 2:
            return f"{written[0]} {words['sharp']}"
        if match.lastgroup == "letters":
            return " and ".join(" ".join(side) for side in written.split("&"))
        if written.endswith("++"):
            return f"{written[0].upper()} {words['+']} {words['+']}"
        if written == "#":
            opening = text[match.end() : match.end() + 1].isalpha()
            return f"{words['hashtag']} " if opening and words["hashtag"] else " "
        said = {"&": words["and"], "@": words["at"], "+": words["+"]}[written]
        return f" {said} " if self._english else said

    def _between(self, word: str) -> str:
        said = self._numerals.words[word]
        return f" {said} " if self._english else said

    def _several_units(self, match: regex.Match[str], kind: str) -> tuple[str, str]:
        numerals = self._numerals
        if kind == "span":
            hours = numerals.measured(numerals.plain(match["hours"]), "h")
            return "unit", join(
                self._numerals, hours, numerals.measured(numerals.plain(match["minutes"]), "min")
            )
        if kind == "feet":
            foot, inch = numerals.plain(match["foot"]), numerals.plain(match["inch"])
            return "unit", f"{foot} foot {inch}" if self._english else f"{foot}英尺{inch}"
        whole = numerals.plain(match["wholes"])
        part = numerals.fraction(match["part"], match["parts"])
        if self._english:
            part = part.replace("one half", "a half")
        return "fraction", f"{whole} and {part}" if self._english else f"{whole}又{part}"

    def _named(self, match: regex.Match[str], kind: str) -> tuple[str, str]:
        numerals = self._numerals
        if kind == "version":
            parts = (match["of"] or match["dotted"]).split(".")
            mark = ("version " if self._english else match["v"]) if match["v"] else ""
            return "version", mark + numerals.version(parts)
        if kind == "level":
            level = numerals.plain(match["reached"])
            return "unit", f"level {level}" if self._english else f"{level}级"
        if kind == "ordinal":
            return "ordinal", numerals.ordinal(match["rank"].replace(",", ""))
        if kind == "lines":
            said = numerals.number(match["rows"], Around(attached=True))
            return "unit", f"{said} P" if self._english else f"{said}P"
        if kind == "bigk":
            said = numerals.plain(match["ks"])
            return "unit", f"{said} K" if self._english else f"{said}K"
        if kind in ("span", "feet", "mixed"):
            return self._several_units(match, kind)
        if kind == "power":
            return "math", join(
                self._numerals,
                "",
                numerals.words["squared" if match["exponent"] == "2" else "cubed"],
            )
        if kind == "times":
            return "math", self._times(match)
        if kind == "hex":
            return "number", self._each("0X" + match["hexed"].upper())
        called = numerals.plain if self._english else numerals.digits
        country, line = called(match["country"]), _NOT_A_DIGIT.sub("", match["line"])
        local = numerals.plain(line) if len(line) == 11 else numerals.digits(line)
        gap = " " if self._english else ""
        return "digits", f"{numerals.words['+']}{gap}{country}{gap}{local}"

    def _each(self, written: str) -> str:
        """Say digits and letters one by one."""
        said = (self._numerals.digits(one) if one.isdigit() else one for one in written)
        return (" " if self._english else "").join(said)

    def _times(self, match: regex.Match[str]) -> str:
        word = self._numerals.words["times"]
        if match["after"]:
            said = self._numerals.plain(match["after"])
            return f"{word} {said}" if self._english else word + said
        said = self._numerals.plain(match["before"])
        return f"{said} {word}" if self._english else f"{said}倍"
