"""How long chat lines are made: by our rule and by the stock package's, behind one recording.

A rule is good when a line that goes on never gets less time, and when one more sign never makes it
jump. The stock package's formula falls from 1.9 s to 0.7 s between nine bytes and ten.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.engines import make_embedded
from ishowtts_desktop.lab.chat_lines import LINES
from ishowtts_desktop.lab.tables import table
from ishowtts_desktop.speech.f5.duration import FRAMES_A_SECOND, Timing
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.reference import Recording, prepare
from ishowtts_desktop.starters import STARTERS, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ishowtts_desktop.speech.f5.reference import Reference

    SecondsOf = Callable[[str], float]

LARGEST_STEP: Final = 0.95
"""Seconds that one more sign brings in these lines: "12," is twelve, "12,5" a hundred more."""
LARGEST_FALL: Final = 1e-9


@dataclass(frozen=True)
class DurationRow:
    """A line with its seconds by either rule, and what one more sign did at most on the way to it.

    ``fall`` and ``jump`` are seconds, ours; ``stock_fall`` and ``stock_jump`` the stock package's.
    """

    kind: str
    language: str
    text: str
    seconds: float
    stock: float
    fall: float
    jump: float
    stock_fall: float
    stock_jump: float

    def as_json(self) -> dict[str, object]:
        """Return the row's object."""
        figures = ("seconds", "stock", "fall", "jump", "stock_fall", "stock_jump")
        return {
            "kind": self.kind,
            "language": self.language,
            "text": self.text,
            **{name: round(getattr(self, name), 3) for name in figures},
        }


@dataclass(frozen=True)
class DurationSummary:
    """What the rows of one kind come to: means of seconds, and the worst that one sign did."""

    kind: str
    lines: int
    seconds: float
    stock: float
    fall: float
    jump: float
    stock_fall: float
    stock_jump: float

    def as_json(self) -> dict[str, object]:
        """Return the summary's object."""
        return {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in vars(self).items()
        }


def durations(
    reference_of: Callable[[str], Reference], language: str | None = None
) -> list[DurationRow]:
    """Return all lines, or those that are read as ``language``; the shortest of a kind first.

    ``reference_of`` gives the reference recording that a language is spoken with.
    """
    rows = []
    for kind, lines in LINES.items():
        read_as = language_of(kind)
        if language not in (None, read_as):
            continue
        reference = reference_of(read_as)
        rows += [_row(kind, read_as, line, reference) for line in sorted(lines, key=len)]
    return rows


def starter_reference(language: str) -> Reference:
    """Return the starter voice of ``language``, else the English one, as the embedded one says it.

    Raises `EngineError`.
    """
    starter = next((voice for voice in STARTERS if voice.language == language), STARTERS[0])
    sound = spoken(starter, make_embedded)
    return prepare(Recording(sound.samples, sound.rate, starter.text), MelSpectrogram())


def language_of(kind: str) -> str:
    """Return the language that numbers in lines of ``kind`` are read in."""
    return {"mixed": "zh", "digits": "en"}.get(kind, kind)


def summaries(rows: Sequence[DurationRow]) -> list[DurationSummary]:
    """Return one summary a kind, and one of them all."""
    kinds = list(dict.fromkeys(row.kind for row in rows))
    groups = [(kind, [row for row in rows if row.kind == kind]) for kind in kinds]
    return [_summary(kind, group) for kind, group in [*groups, ("all", list(rows))] if group]


def steady(rows: Iterable[DurationRow]) -> bool:
    """Tell whether our rule has neither a fall nor a cliff in any row."""
    return all(row.fall <= LARGEST_FALL and row.jump <= LARGEST_STEP for row in rows)


def durations_table(rows: Sequence[DurationRow]) -> str:
    """Return the summary and the lines as tables."""
    head = ("", "lines", "ours", "stock", *_STEPS)
    summary = table(
        head,
        [
            (found.kind, str(found.lines), _s(found.seconds), _s(found.stock), *_steps(found))
            for found in summaries(rows)
        ],
    )
    lines = table(
        ("line", "ours", "stock", *_STEPS),
        [
            (row.text.replace("|", "/"), _s(row.seconds), _s(row.stock), *_steps(row))
            for row in rows
        ],
    )
    return f"{summary}\n\n{lines}"


_STEPS: Final = ("largest fall", "largest step", "stock's fall", "stock's step")


def _row(kind: str, language: str, line: str, reference: Reference) -> DurationRow:
    ours = Timing(reference, language)
    stock = Timing(reference, language, mode="stock")

    def stock_seconds(text: str) -> float:
        return (stock.frames(text) - reference.frames) / FRAMES_A_SECOND

    return DurationRow(
        kind,
        language,
        line,
        ours.seconds(line),
        stock_seconds(line),
        *_worst(line, ours.seconds),
        *_worst(line, stock_seconds),
    )


def _worst(line: str, seconds_of: SecondsOf) -> tuple[float, float]:
    """Return the largest fall and the largest rise as ``line`` is written sign by sign."""
    seconds = [seconds_of(line[:end]) for end in range(1, len(line) + 1)]
    steps = [after - before for before, after in itertools.pairwise(seconds)]
    return max([0.0, *(-step for step in steps)]), max([0.0, *steps])


def _summary(kind: str, rows: Sequence[DurationRow]) -> DurationSummary:
    return DurationSummary(
        kind,
        len(rows),
        sum(row.seconds for row in rows) / len(rows),
        sum(row.stock for row in rows) / len(rows),
        max(row.fall for row in rows),
        max(row.jump for row in rows),
        max(row.stock_fall for row in rows),
        max(row.stock_jump for row in rows),
    )


def _steps(found: DurationRow | DurationSummary) -> tuple[str, ...]:
    return (_s(found.fall), _s(found.jump), _s(found.stock_fall), _s(found.stock_jump))


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s"
