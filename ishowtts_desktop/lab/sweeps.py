"""One thing varied, all else alike: the length of what is said, or the number of steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import torch

from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.lab.distance import Distance, distance
from ishowtts_desktop.lab.lines import make_line
from ishowtts_desktop.lab.machine import gpu_name, peak_of
from ishowtts_desktop.lab.roofline import ORIN, flops_of, reached
from ishowtts_desktop.lab.sides import OurSide, precision
from ishowtts_desktop.lab.timing import median_seconds
from ishowtts_desktop.speech.f5.cuts import TARGETS
from ishowtts_desktop.speech.f5.precision import best_precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.lab.roofline import Reached
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Reference

LENGTHS: Final = (1.0, 2.0, 3.5, 5.0, 10.0, 15.0, 20.0, 30.0)
STEPS: Final = (5, 6, 7, 8, 12, 16, 32)
# What an AGX Orin shall reach, at this NFE behind so many seconds of reference.
ORIN_GOALS: Final = ((3.5, 0.09), (10.0, 0.06))
GOALS_NFE: Final = PRESETS["fast"]
GOALS_REFERENCE: Final = 5.0
_NEAR_SECONDS: Final = 0.02


@dataclass(frozen=True)
class LengthRow:
    """A line of ``seconds`` in one piece, and ``ttfa``: seconds to the first sound of such a line.

    A longer line comes in pieces, so its first sound is that of a piece of two seconds. ``goal`` is
    the RTF that this chip shall reach at these settings, None where there is none.
    """

    reference: float
    seconds: float
    taken: float
    ttfa: float
    reached: Reached
    goal: float | None

    @property
    def rtf(self) -> float:
        """Seconds of work by seconds of speech."""
        return self.taken / self.seconds

    def as_json(self) -> dict[str, object]:
        """Return the row's object."""
        share = self.reached.share
        known: dict[str, object] = {
            "reference_seconds": round(self.reference, 3),
            "audio_seconds": round(self.seconds, 3),
            "synthesis_seconds": round(self.taken, 5),
            "rtf": round(self.rtf, 4),
            "ttfa_ms": round(self.ttfa * 1000, 1),
            "tflop": round(self.reached.tflop, 4),
            "tflops": round(self.reached.tflops, 3),
            "share_of_peak": None if share is None else round(share, 3),
            "goal_rtf": self.goal,
            "goal_met": None if self.goal is None else self.rtf <= self.goal,
        }
        return {key: value for key, value in known.items() if value is not None}


def lengths(
    side: OurSide,
    references: Sequence[Reference],
    seconds: Sequence[float] = LENGTHS,
    runs: int = 3,
) -> list[LengthRow]:
    """Measure every length behind every reference, against the peak of the chip that it runs on."""
    device = side.runtime.device
    timed = []
    for reference in references:
        first = _timed(side, make_line(reference, TARGETS[0]), runs)
        for length in seconds:
            line = make_line(reference, length)
            taken = _timed(side, line, runs)
            ttfa = taken if length <= 2 * TARGETS[0] else first
            timed.append((reference, length, line, taken, ttfa))
    # Only now: a GPU that has been idle runs at another clock.
    peak = peak_of(device, side.runtime.dtype)
    return [
        LengthRow(
            reference.seconds,
            line.seconds,
            taken,
            ttfa,
            reached(flops_of(side.arch, line.frames, side.nfe, line.spoken), taken, peak),
            _goal(side, reference, length),
        )
        for reference, length, line, taken, ttfa in timed
    ]


def _goal(side: OurSide, reference: Reference, length: float) -> float | None:
    """Return the RTF that is promised for exactly this, None where nothing is."""
    alike = side.nfe == GOALS_NFE and abs(reference.seconds - GOALS_REFERENCE) < _NEAR_SECONDS
    if not alike or ORIN not in gpu_name(side.runtime.device):
        return None
    return dict(ORIN_GOALS).get(length)


def _timed(side: OurSide, line: Line, runs: int) -> float:
    side.runtime.warm([line.frames])
    return median_seconds(lambda: side.say(line), side.runtime.device, runs)


@dataclass(frozen=True)
class StepsRow:
    """A number of steps: its time in the fast precision, and what that costs in exactness.

    ``rounding`` is the distance of the fast precision from FP32 at the same NFE, ``pruning`` that
    of this NFE from the last one, both FP32. Both are of the mel that was made.
    """

    nfe: int
    taken: float
    precision: str
    rounding: Distance
    pruning: Distance

    def as_json(self) -> dict[str, object]:
        """Return the row's object."""
        return {
            "nfe": self.nfe,
            "synthesis_seconds": round(self.taken, 5),
            "precision": self.precision,
            "distance_to_fp32": self.rounding.as_json(),
            "distance_to_most_steps": self.pruning.as_json(),
        }


def steps(
    checkpoint: Checkpoint,
    line: Line,
    device: torch.device | str,
    numbers: Sequence[int] = STEPS,
    runs: int = 3,
) -> list[StepsRow]:
    """Measure every NFE of ``numbers``, the last of which the others are compared with."""
    best = best_precision(torch.device(device))
    exact = {nfe: _mel(checkpoint, line, device, torch.float32, nfe) for nfe in numbers}
    rows = []
    for nfe in numbers:
        side = OurSide.load(checkpoint, device, best, nfe=nfe)
        taken = _timed(side, line, runs)
        mel = side.say(line).mel[line.reference_frames :]
        rounding = distance(mel, exact[nfe])
        pruning = distance(exact[nfe], exact[numbers[-1]])
        rows.append(StepsRow(nfe, taken, precision(best), rounding, pruning))
    return rows


def _mel(
    checkpoint: Checkpoint, line: Line, device: torch.device | str, dtype: torch.dtype, nfe: int
) -> torch.Tensor:
    side = OurSide.load(checkpoint, device, dtype, nfe=nfe, graphs=False, compiled=False)
    return side.say(line).mel[line.reference_frames :]
