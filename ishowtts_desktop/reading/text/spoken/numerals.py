"""What a language has to know to say numbers: `english` and `chinese` know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Around:
    """What stands beside a number: the word before it, what follows, and whether it touches it.

    ``grouped`` is for one that was written in thousands, "1,234,567".
    """

    before: str = ""
    after: str = ""
    attached: bool = False
    grouped: bool = False


class Numerals(Protocol):
    """One language's numbers. A written number is ASCII digits with at most one point."""

    @property
    def language(self) -> str:
        """Primary tag."""

    @property
    def words(self) -> Mapping[str, str]:
        """Operators, "range", "ratio", "number", "more", "times", "and", "at", "hashtag"."""

    def number(self, written: str, around: Around) -> str:
        """Say a number that is alone: a count, a year, a model, a long row of digits."""

    def plain(self, written: str) -> str:
        """Say a number that others make sense of, as in sums and scores."""

    def digits(self, written: str) -> str:
        """Say digit by digit, the first dozen."""

    def ordinal(self, written: str) -> str:
        """Say which one in a row."""

    def date(self, year: str, month: int, day: int) -> str:
        """Say a day; ``year`` may be empty."""

    def time(self, hour: int, minute: int | None, second: int | None, half: str) -> str:
        """Say a time of day; ``half`` is "a", "p" or empty."""

    def money(self, amount: str, currency: str, scale: str) -> str:
        """Say an amount, whose ``scale`` ("k", "万") multiplies it."""

    def scaled(self, amount: str, scale: str) -> str:
        """Say a number with a letter or word that multiplies it."""

    def measured(self, said: str, unit: str) -> str:
        """Say ``unit`` after the number, ``said`` already."""

    def decade(self, written: str) -> str:
        """Say ten years: "90s", "1980s", "2000s"."""

    def percent(self, said: str) -> str:
        """Say per cent."""

    def version(self, parts: Sequence[str]) -> str:
        """Say the numbers of a version."""

    def fraction(self, part: str, whole: str) -> str:
        """Say part of a whole: "1/2", "9/10"."""


def join(numerals: Numerals, first: str | None, second: str) -> str:
    """Put one after the other as the language does: with a space in English."""
    gap = " " if numerals.language == "en" else ""
    return f"{first or ''}{gap}{second}"
