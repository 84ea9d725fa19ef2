"""An amount: its sign, currency, scale, unit, and one number or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.reading.text.spoken import letters
from ishowtts_desktop.reading.text.spoken.chains import Chains
from ishowtts_desktop.reading.text.spoken.letters import Meaning
from ishowtts_desktop.reading.text.spoken.numerals import Around, join
from ishowtts_desktop.reading.text.spoken.table import words_of
from ishowtts_desktop.reading.text.spoken.tokens import NUMBER
from ishowtts_desktop.reading.text.spoken.units import MEASURES

if TYPE_CHECKING:
    from ishowtts_desktop.reading.text.spoken.numerals import Numerals

_NUMBER: Final = regex.compile(NUMBER)
_BEFORE: Final = regex.compile(r"(?r)([A-Za-z]+|[^\sA-Za-z0-9]{1,2}) ?")
_AFTER: Final = regex.compile(r" ?([A-Za-z]{1,20}|[^\sA-Za-z0-9]{1,3})")
_DECADE: Final = regex.compile("(?:1[5-9]|20)[0-9]0|[789]0")
_THE: Final = regex.compile(r"(?ri)\b(?:the|early|late) ")
_PRODUCT: Final = regex.compile("[A-Za-z]")
# Where there are euros, "5,50" has a decimal comma.
_CENTS: Final = regex.compile(r"(?<=[0-9]),(?=[0-9]{2}(?![0-9]))")
_THOUSANDS: Final = regex.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_REACH: Final = 24
# After these "3.10" is three point ten.
_VERSIONED: Final = frozenset(
    words_of(
        "python java node nodejs cuda ubuntu version ver patch update build qt unreal ue ios "
        "android macos minecraft pytorch torch php ruby go rust kernel linux windows firmware "
        "season"
    )
)


class Quantities:
    """Says what `TOKEN` calls a quantity."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals
        self._english = numerals.language == "en"
        self._chains = Chains(numerals)

    def say(self, match: regex.Match[str], text: str) -> tuple[str, str]:
        """Return the step and what is said of ``match`` in ``text``."""
        numerals = self._numerals
        chain = _CENTS.sub(".", _THOUSANDS.sub("", match["chain"])).replace(",", "")
        alone = _NUMBER.fullmatch(chain) is not None
        step, said = self._alone(match, text, chain) if alone else self._chain(match, text, chain)
        if match["sign"]:
            said = join(self._numerals, self._signed(match), said)
            step = step if step != "number" else "sign"
        if match["hash"]:
            said = join(self._numerals, numerals.words["number"], said)
            step = "sign"
        if match["more"]:
            many = not self._english and text[match.end() : match.end() + 1] in MEASURES
            said = join(self._numerals, said, "多" if many else numerals.words["more"])
        return step, said

    def _signed(self, match: regex.Match[str]) -> str:
        """Return what the sign before a number is called."""
        if match["sign"] != "-" or self._english:
            return self._numerals.words[match["sign"]]
        text, (start, end) = match.string, match.span()
        if (match["unit"] or "").strip().startswith("°") or text[end : end + 1] == "度":
            return "" if text[max(0, start - 2) : start] == "零下" else "零下"
        alone = (start, end) == (0, len(text))
        return "减" if alone or text[start - 1 : start].isalpha() else "负"

    def _alone(self, match: regex.Match[str], text: str, number: str) -> tuple[str, str]:
        """Say one number with what belongs to it."""
        numerals = self._numerals
        currency = (match["currency"] or match["paid"] or "").strip()
        scale, unit, letter = self._meaning(match, currency)
        if currency:
            return "money", numerals.money(number, currency, scale)
        if match["percent"]:
            return "percent", numerals.percent(numerals.plain(number))
        attached = _PRODUCT.search(text[max(0, match.start() - 1) : match.start()])
        if attached and (match["scale"] or match["letter"]):
            called = numerals.number(number, Around(attached=True))
            return "number", join(numerals, called, match["scale"] or match["letter"])
        if letter:
            rifle = letter == "K" and not self._english
            said = numerals.digits(number) if rifle else numerals.plain(number)
            return "unit" if letter in ("兆", "G") else "number", join(numerals, said, letter)
        if scale:
            said = numerals.scaled(number, scale)
            return ("unit", numerals.measured(said, unit)) if unit else ("number", said)
        if unit:
            return "unit", self._measured(number, unit, text, match.start())
        return self._bare(match, text, number)

    def _bare(self, match: regex.Match[str], text: str, number: str) -> tuple[str, str]:
        start, end = match.span()
        before = _BEFORE.search(text, max(0, start - _REACH), start) if start else None
        if before is not None and before.end() != start:
            before = None
        word = before[1] if before else ""
        attached = bool(before and before[0] == word and word.isascii() and word.isalnum())
        after = _AFTER.match(text, end)
        if "." in number and word.lower() in _VERSIONED and number[0] != ".":
            return "version", self._numerals.version(number.split("."))
        spam = len(set(number)) == 1 and len(number) == 3
        if spam and ((start, end) == (0, len(text)) or word.endswith("扣")):
            return "digits", self._numerals.digits(number)
        grouped = len(match["chain"].partition(".")[0]) > len(number.partition(".")[0])
        around = Around(word, after[1] if after else "", attached, grouped)
        said = self._numerals.number(number, around)
        spelt = number.isdigit() and len(number) > 2 and self._numerals.digits(number)
        in_digits = spelt and said.replace("幺", "一") == spelt
        return ("digits" if in_digits else "number"), said

    def _measured(self, number: str, unit: str, text: str, start: int) -> str:
        some = len(number) == 2 and number[1] == "0" and _THE.match(text, max(0, start - 6), start)
        decade = _DECADE.fullmatch(number) and (self._english or len(number) == 4)
        if unit == "s" and (decade or (some and self._english)):
            return self._numerals.decade(number)
        return self._numerals.measured(self._numerals.plain(number), unit)

    def _meaning(self, match: regex.Match[str], currency: str) -> Meaning:
        """Return scale and unit: a letter alone may be either, or but a letter."""
        unit = (match["unit"] or "").strip()
        letter = match["letter"] or ""
        if not letter or currency:
            if unit == "g" and not self._english and letters.is_memory(match.string, match.end()):
                return Meaning(letter="G")
            return Meaning(match["scale"] or letter, unit)
        of = letters.english if self._english else letters.chinese
        scale, meant, said = of(letter, match["chain"], match.string, *match.span())
        return Meaning(scale, meant or unit, said)

    def _chain(self, match: regex.Match[str], text: str, chain: str) -> tuple[str, str]:
        """Say several numbers with operators between them."""
        numbers = _NUMBER.findall(chain)
        if "-" in chain and _PRODUCT.search(text[max(0, match.start() - 1) : match.start()]):
            parts = [self._numerals.number(number, Around(attached=True)) for number in numbers]
            parts += [match["letter"]] if match["letter"] else []
            return "number", (" " if self._english else "").join(parts)
        signs = [sign.strip() for sign in _NUMBER.split(chain)[1:-1]]
        beside = (
            text[max(0, match.start() - 3) : match.start()],
            text[match.end() : match.end() + 1],
        )
        step, said = self._chains.say(numbers, signs, beside, sums=match["equals"])
        currency = (match["currency"] or match["paid"] or "").strip()
        scale, unit, letter = self._meaning(match, currency)
        if step == "range" and not self._english:
            counted = unit or currency or text[match.end() : match.end() + 1] in MEASURES
            said = f"两{said[1:]}" if counted and numbers[0] == "2" else said
            if numbers[-1] == "2" and text[match.end() : match.end() + 1] in MEASURES:
                said = f"{said[:-1]}两"
        last = numbers[-1]
        if scale:
            before = said.removesuffix(self._numerals.plain(last))
            said = before + self._numerals.scaled(last, scale)
        if currency:
            money = self._numerals.money("2", currency, "")
            return "money", said + money[len("two" if self._english else "两") :]
        if match["percent"]:
            return "percent", self._numerals.percent(said)
        if unit:
            return "unit", self._numerals.measured(said, unit)
        if letter:
            return step, join(self._numerals, said, letter)
        if match["equals"]:
            said = join(self._numerals, said, self._numerals.words["="])
        return step, said
