"""Everything that is promised for a GPU of the Hopper kind, measured by one call.

`measure` does the work and runs on any device, so that it can be tested without such a GPU;
`verdicts` sets what it found against the promises, which hold for one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from torch.profiler import profile

from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.lab.ablation import ablate
from ishowtts_desktop.lab.against_stock import OWN_PRECISION, against_stock
from ishowtts_desktop.lab.lines import Line, make_line, make_recording, make_reference
from ishowtts_desktop.lab.memory import Growth, growth
from ishowtts_desktop.lab.sides import OurSide
from ishowtts_desktop.lab.sweeps import lengths
from ishowtts_desktop.lab.timing import compilations, percentile, seconds_of
from ishowtts_desktop.speech.f5.precision import best_precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch

    from ishowtts_desktop.lab.ablation import AblationRow
    from ishowtts_desktop.lab.against_stock import Row, Tell
    from ishowtts_desktop.lab.sweeps import LengthRow
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint

NFE: Final = PRESETS["fast"]


@dataclass(frozen=True)
class Plan:
    """How much is measured. Seconds of reference, of the two marks, of the shortest and longest."""

    reference: float = 5.0
    marks: tuple[float, float] = (3.5, 10.0)
    shortest: float = 1.0
    longest: float = 15.0
    distinct: int = 100
    utterances: int = 1000
    pairs: int = 10
    sweep: tuple[float, ...] = (1.0, 2.0, 3.5, 5.0, 10.0, 15.0)

    def seconds(self) -> list[float]:
        """Return the distinct lengths, evenly spread and in an order that is always the same."""
        span = self.longest - self.shortest
        spread = [self.shortest + span * n / (self.distinct - 1) for n in range(self.distinct)]
        random.Random(0).shuffle(spread)  # noqa: S311 - an order, no secret
        return spread


@dataclass(frozen=True)
class Timed:
    """A line of ``seconds`` of speech in ``frames`` frames, and how long it took when said once."""

    seconds: float
    frames: int
    taken: float

    @property
    def per_frame(self) -> float:
        """Seconds by frames, the reference's included: what lengths have in common."""
        return self.taken / self.frames


@dataclass(frozen=True)
class Mark:
    """One length's ``times`` among all the others, and its ``rows`` against the stock package."""

    seconds: float
    times: tuple[float, ...]
    rows: tuple[Row, ...]

    @property
    def p50(self) -> float:
        """The median, in seconds."""
        return percentile(self.times, 0.5)

    @property
    def p95(self) -> float:
        """What 95 of 100 don't exceed, in seconds."""
        return percentile(self.times, 0.95)

    @property
    def ratio(self) -> float:
        """How much faster than the stock package, each in its own precision and at one NFE."""
        return next(row.ratio for row in self.rows if row.name == OWN_PRECISION)


@dataclass(frozen=True)
class Findings:
    """What was measured. Kernels are None where none can be seen.

    ``distinct`` are the distinct lengths, ``unrecorded`` counts the lines for which there was no
    recording when they were said: each would be captured by the next pause.
    """

    marks: tuple[Mark, ...]
    distinct: tuple[Timed, ...]
    unrecorded: int
    recompiles: int
    kernels_per_step: float | None
    growth: Growth
    utterances: int
    ablation: tuple[AblationRow, ...]
    lengths: tuple[LengthRow, ...]


def measure(checkpoint: Checkpoint, device: torch.device, plan: Plan, tell: Tell) -> Findings:
    """Measure everything; ``tell`` hears what is under way. Raises `EngineError`."""
    reference = make_reference(plan.reference, device)
    side = OurSide.load(checkpoint, device, best_precision(device), nfe=NFE)
    others = [make_line(reference, seconds, seed) for seed, seconds in enumerate(plan.seconds())]
    marked = [make_line(reference, seconds) for seconds in plan.marks]

    tell(f"warming up {len(others)} lengths")
    side.runtime.warm([line.frames for line in (*marked, *others)])
    tell("timing them")
    passed = time_lines(side, marked, others)
    # None are seen on a processor, nor where the driver lets nobody look.
    kernels = _kernels(side, marked[0]) / NFE or None
    swept = lengths(side, [reference], plan.sweep)
    del side

    tell(f"{plan.utterances} utterances")
    grown = growth(checkpoint, device, make_recording(plan.reference), others, plan.utterances, NFE)

    marks = []
    for seconds, found in zip(plan.marks, passed.marked, strict=True):
        line = make_line(reference, seconds, snaps=device.type == "cuda")
        rows = against_stock(checkpoint, line, device, nfe=NFE, pairs=plan.pairs, tell=tell)
        marks.append(Mark(seconds, found, tuple(rows)))
    tell("taking away one trick after another")
    line = make_line(reference, plan.marks[0], snaps=device.type == "cuda")
    ablation = ablate(checkpoint, line, device, nfe=NFE)
    return Findings(
        tuple(marks),
        passed.distinct,
        passed.unrecorded,
        passed.compiled + grown.compiled,
        kernels,
        grown,
        plan.utterances,
        tuple(ablation),
        tuple(swept),
    )


@dataclass(frozen=True)
class Passed:
    """The times of ``marked`` lines and of ``distinct`` ones, and what should not have happened."""

    marked: tuple[tuple[float, ...], ...]
    distinct: tuple[Timed, ...]
    unrecorded: int
    compiled: int


def time_lines(side: OurSide, marked: Sequence[Line], others: Sequence[Line]) -> Passed:
    """Say all once, then time each of ``others`` once, and every marked line after each of them.

    The lengths that are promised to be recorded have been before.
    """
    for line in (*marked, *others):
        side.say(line)
    unrecorded, compiled = side.runtime.unrecorded, compilations()
    times: list[list[float]] = [[] for _ in marked]
    distinct = []
    for other in others:
        distinct.append(Timed(other.seconds, other.frames, _seconds(side, other)))
        for mark, found in zip(marked, times, strict=True):
            found.append(_seconds(side, mark))
    return Passed(
        tuple(tuple(found) for found in times),
        tuple(distinct),
        side.runtime.unrecorded - unrecorded,
        compilations() - compiled,
    )


def _seconds(side: OurSide, line: Line) -> float:
    return seconds_of(lambda: side.say(line), side.runtime.device)


def _kernels(side: OurSide, line: Line) -> int:
    """Count the kernels of one line, from tokens to samples, in recorded graphs and out of them."""
    with profile() as seen:
        side.say(line)
    return sum(
        event.device_type.name == "CUDA" and not event.name.startswith(("Memcpy", "Memset"))
        for event in seen.events() or ()
    )
