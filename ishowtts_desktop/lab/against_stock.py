"""The fast engine against the stock package, in one process and in turn.

Three ratios that must not be mixed up: equal precision tells what the code is worth, each side's
own precision at one NFE what its choice of numbers adds, each side's own settings what a user sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import torch

from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.lab.distance import Distance, distance
from ishowtts_desktop.lab.sides import OurSide, StockSide, precision
from ishowtts_desktop.lab.timing import compare
from ishowtts_desktop.speech.f5.precision import best_precision
from ishowtts_desktop.speech.reference import STOCK_NFE
from ishowtts_desktop.speech.stock_model import StockModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint

Tell = Callable[[str], None]

OWN_PRECISION: Final = "default precision"
OWN_SETTINGS: Final = "defaults"


@dataclass(frozen=True)
class Row:
    """One ratio: stock seconds by ours, the median of each, and how far the results are apart.

    ``mel`` and ``samples`` are None where both compute something different on purpose.
    """

    name: str
    ratio: float
    ours_seconds: float
    stock_seconds: float
    ours: dict[str, object]
    stock: dict[str, object]
    mel: Distance | None
    samples: Distance | None

    def as_json(self) -> dict[str, object]:
        """Return the row's object."""
        return {
            "ratio": round(self.ratio, 3),
            "ours": {"seconds": round(self.ours_seconds, 5), **self.ours},
            "stock": {"seconds": round(self.stock_seconds, 5), **self.stock},
            "distance": distances(self.mel, self.samples),
        }


def against_stock(
    checkpoint: Checkpoint,
    line: Line,
    device: torch.device | str,
    *,
    nfe: int = PRESETS["fast"],
    pairs: int = 3,
    tell: Tell = lambda _: None,
) -> list[Row]:
    """Measure every row. One model of each side is in memory at a time.

    ``tell`` hears what is under way. Raises `EngineError`.
    """
    device = torch.device(device)
    best, single = best_precision(device), torch.float32
    # The package's own: FP16 on CUDA, FP32 elsewhere.
    stock_own = torch.float16 if device.type == "cuda" else single
    fast = PRESETS["fast"]
    bench = _Bench(checkpoint, line, device, pairs, tell)
    rows = [
        bench.row("equal precision FP32", (single, nfe), (single, nfe)),
        bench.row(OWN_PRECISION, (best, nfe), (stock_own, nfe)),
        bench.row(OWN_SETTINGS, (best, fast), (stock_own, STOCK_NFE)),
    ]
    if best is not single:
        name = f"equal precision {precision(best)}"
        rows.insert(1, bench.row(name, (best, nfe), (best, nfe)))
    return rows


class _Bench:
    """Loads what a row needs and keeps it while the next rows need it, too."""

    def __init__(
        self, checkpoint: Checkpoint, line: Line, device: torch.device, pairs: int, tell: Tell
    ) -> None:
        self._checkpoint = checkpoint
        self._line = line
        self._device = device
        self._pairs = pairs
        self._tell = tell
        self._ours: OurSide | None = None
        self._stock: StockModel | None = None

    def row(self, name: str, our: tuple[torch.dtype, int], their: tuple[torch.dtype, int]) -> Row:
        """Measure with these precisions and NFE: warm up, take the distance, time in turn."""
        self._tell(f"{name}: loading and warming up")
        ours, stock = self._our_side(*our), self._stock_side(*their)
        # The noise of a seed depends on the precision that it is drawn in.
        ours = replace(ours, noise=stock.model.noise)
        mine = ours.say(self._line)
        mel = samples = None
        # Else both were warmed up by the row before, and the stock's 32 steps take minutes.
        if ours.nfe == stock.nfe:
            theirs = stock.say(self._line)
            first = self._line.reference_frames
            mel = distance(mine.mel[first:], theirs.mel[first:])
            samples = distance(mine.samples, theirs.samples)
        self._tell(f"{name}: {self._pairs} pairs")
        timed = compare(
            lambda: ours.say(self._line), lambda: stock.say(self._line), self._device, self._pairs
        )
        seconds = timed.ours_seconds, timed.stock_seconds
        return Row(name, timed.ratio, *seconds, ours.settings, stock.settings, mel, samples)

    def _our_side(self, dtype: torch.dtype, nfe: int) -> OurSide:
        ours = self._ours
        if ours is None or (ours.runtime.dtype, ours.nfe) != (dtype, nfe):
            self._ours = ours = None
            ours = OurSide.load(self._checkpoint, self._device, dtype, nfe=nfe)
            ours.runtime.warm([self._line.frames])
            self._ours = ours
        return ours

    def _stock_side(self, dtype: torch.dtype, nfe: int) -> StockSide:
        model = self._stock
        if model is None or model.dtype != dtype:
            self._stock = model = None
            model = StockModel.load(self._checkpoint, str(self._device), dtype)
            self._stock = model
        return StockSide(model, nfe)


def distances(mel: Distance | None, samples: Distance | None) -> dict[str, object] | None:
    """Return both distances' object; None where there are none."""
    if mel is None or samples is None:
        return None
    return {"mel": mel.as_json(), "samples": samples.as_json()}


def stock_json(rows: Sequence[Row]) -> dict[str, object]:
    """Return every row, and before them what is asked for first.

    That is the ratio at one NFE with each side's own precision, and the distance in FP32, where
    nothing but the code is different.
    """
    own = next(row for row in rows if row.name == OWN_PRECISION)
    return {
        "ratio": round(own.ratio, 3),
        "ours": round(own.ours_seconds, 5),
        "stock": round(own.stock_seconds, 5),
        "distance": rows[0].as_json()["distance"],
        "ratios": {row.name: row.as_json() for row in rows},
    }
