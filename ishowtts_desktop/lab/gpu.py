"""Everything that is promised for a GPU of the Hopper kind, measured by one call.

`measure` does the work and runs on any device, so that it can be tested without such a GPU;
`verdicts` sets what it found against the promises, which hold for one.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import torch
from torch.profiler import profile

from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.lab.ablation import ablate
from ishowtts_desktop.lab.against_stock import OWN_PRECISION, against_stock
from ishowtts_desktop.lab.lines import Line, make_line, make_reference
from ishowtts_desktop.lab.sides import OurSide
from ishowtts_desktop.lab.sweeps import lengths
from ishowtts_desktop.lab.timing import percentile, seconds_of
from ishowtts_desktop.speech.f5.precision import best_precision

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """What was measured. Kernels are None where none can be seen; growth is in bytes."""

    marks: tuple[Mark, ...]
    captures: int
    recompiles: int
    kernels_per_step: float | None
    growth: int
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
    for line in (*marked, *others):
        side.say(line)
    captures, compiled = side.runtime.captures, _compiled()

    tell("timing them")
    times: list[list[float]] = [[] for _ in marked]
    for other in others:
        side.say(other)
        for mark, found in zip(marked, times, strict=True):
            found.append(_seconds(side, mark))

    tell(f"{plan.utterances} utterances")
    growth = _growth(side, others, plan.utterances)
    captures, compiled = side.runtime.captures - captures, _compiled() - compiled
    # None are seen on a processor, nor where the driver lets nobody look.
    kernels = _kernels(side, marked[0]) / NFE or None
    swept = lengths(side, [reference], plan.sweep)
    del side

    marks = []
    for seconds, found in zip(plan.marks, times, strict=True):
        line = make_line(reference, seconds, snaps=device.type == "cuda")
        rows = against_stock(checkpoint, line, device, nfe=NFE, pairs=plan.pairs, tell=tell)
        marks.append(Mark(seconds, tuple(found), tuple(rows)))
    tell("taking away one trick after another")
    line = make_line(reference, plan.marks[0], snaps=device.type == "cuda")
    ablation = ablate(checkpoint, line, device, nfe=NFE)
    return Findings(
        tuple(marks),
        captures,
        compiled,
        kernels,
        growth,
        plan.utterances,
        tuple(ablation),
        tuple(swept),
    )


def _seconds(side: OurSide, line: Line) -> float:
    return seconds_of(lambda: side.say(line), side.runtime.device)


def _growth(side: OurSide, lines: Sequence[Line], utterances: int) -> int:
    """Return by how many bytes of the device ``utterances`` lines outgrow one round of them."""
    for line in lines:
        side.say(line)
    before = torch.cuda.memory_reserved()
    for number in range(utterances):
        side.say(lines[number % len(lines)])
    return torch.cuda.memory_reserved() - before


def _kernels(side: OurSide, line: Line) -> int:
    """Count the kernels of one line, from tokens to samples, in recorded graphs and out of them."""
    with profile() as seen:
        side.say(line)
    return sum(
        event.device_type.name == "CUDA" and not event.name.startswith(("Memcpy", "Memset"))
        for event in seen.events() or ()
    )


def _compiled() -> int:
    """Return how many graphs Inductor has compiled in this process."""
    dynamo = sys.modules.get("torch._dynamo.utils")
    return 0 if dynamo is None else int(dynamo.counters["stats"]["unique_graphs"])
