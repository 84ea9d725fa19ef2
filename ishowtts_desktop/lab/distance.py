"""How far two results of the same input are apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import EngineError

if TYPE_CHECKING:
    import torch

LOUDEST_DB = 200.0
"""What a noise of zero is written as: JSON has no infinity."""


@dataclass(frozen=True)
class Distance:
    """The largest difference, the cosine of the angle between both, and signal to noise in dB."""

    max_abs: float
    cosine: float
    snr_db: float

    def as_json(self) -> dict[str, float | None]:
        """Return the numbers by name; the distance of what is no number is unknown."""
        most = self.max_abs if math.isfinite(self.max_abs) else None
        return {"max_abs": most, "cosine": self.cosine, "snr_db": round(self.snr_db, 2)}


def distance(found: torch.Tensor, expected: torch.Tensor) -> Distance:
    """Measure ``found`` against ``expected``, of one shape; raises `EngineError` for two shapes.

    The noise is their difference, the signal ``expected``.
    """
    if found.shape != expected.shape:
        raise EngineError(
            f"The results have {list(found.shape)} and {list(expected.shape)} numbers.",
            "Compare the same text, reference and length.",
        )
    one, other = found.double().flatten().cpu(), expected.double().flatten().cpu()
    noise, signal, size = float((one - other).norm()), float(other.norm()), float(one.norm())
    if not math.isfinite(noise):
        return Distance(math.inf, 0.0, -LOUDEST_DB)
    cosine = float(one @ other) / (size * signal) if size and signal else float(size == signal)
    ratio = signal / noise if noise else math.inf
    snr = 20 * math.log10(ratio) if ratio else -LOUDEST_DB
    return Distance(
        max_abs=float((one - other).abs().max()),
        cosine=min(1.0, cosine),
        snr_db=max(-LOUDEST_DB, min(LOUDEST_DB, snr)),
    )
