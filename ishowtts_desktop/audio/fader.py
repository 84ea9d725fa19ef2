"""A gain that goes from one value to another along a straight line: a step would be a click."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEAR = 1e-6


class Fader:
    """``frames`` is how long the way from 0 to 1 takes; ``level`` where the gain stands."""

    def __init__(self, frames: int, level: float = 1.0) -> None:
        self._frames = frames
        self.level = level

    def frames_to(self, target: float) -> int:
        """Return how many frames the way to ``target`` takes from here."""
        return math.ceil(abs(target - self.level) * self._frames - _NEAR)

    def apply(self, block: NDArray[np.float32], target: float) -> None:
        """Multiply ``block`` of shape (n,) in place, on the way to ``target``."""
        if self.level == target:
            if target != 1.0:
                block *= np.float32(target)
            return
        step = math.copysign(1.0 / self._frames, target - self.level)
        gains = self.level + step * np.arange(1, len(block) + 1)
        np.clip(gains, min(self.level, target), max(self.level, target), out=gains)
        near = np.abs(gains - target) < _NEAR
        gains[near] = target
        block *= gains.astype(np.float32)
        if len(gains):
            self.level = float(gains[-1])
