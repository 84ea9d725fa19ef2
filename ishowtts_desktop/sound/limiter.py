"""A peak limiter that looks ahead: nothing above the ceiling, nothing changed below it.

The gain is turned down before a peak comes, along a window as long as the look-ahead, and released
slowly after it. A window over maxima can't end up above any of them: so the ceiling holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CEILING: Final = 10 ** (-1 / 20)
"""One decibel below full scale."""
LOOK_AHEAD_SECONDS: Final = 0.005
RELEASE_SECONDS: Final = 0.08
_INAUDIBLE: Final = 1e-7


class Limiter:
    """Limits a stream at ``rate`` Hz to ``ceiling``, piece by piece, a look-ahead late."""

    def __init__(self, rate: int, ceiling: float = CEILING) -> None:
        self._ceiling = ceiling
        self._ahead = max(1, round(LOOK_AHEAD_SECONDS * rate))
        self._release = -1.0 / (RELEASE_SECONDS * rate)
        window = np.hanning(self._ahead + 3)[1:-1]
        self._window = window / window.sum()
        self._start()

    @property
    def delay(self) -> int:
        """How many samples late the output is."""
        return self._ahead

    def process(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take any number of samples (n,) and return those that are ready, float32 (m,)."""
        out = self._limit(np.asarray(samples, np.float32))
        early = min(self._early, len(out))
        self._early -= early
        return out[early:]

    def flush(self) -> NDArray[np.float32]:
        """Return what is still on its way; the limiter is as new then."""
        out = self.process(np.zeros(self._ahead, np.float32))
        self._start()
        return out

    def _start(self) -> None:
        # As if silence had come before.
        self._early = self._ahead
        self._late = np.zeros(self._ahead, np.float32)
        self._wanted = np.zeros(self._ahead)
        self._held = np.zeros(self._ahead)
        self._last = 0.0

    def _limit(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return as many samples as came, late by the look-ahead."""
        count = len(samples)
        if not count:
            return samples
        # A model that went wrong makes values that are no sound.
        samples = np.where(np.isfinite(samples), samples, np.float32(0))
        late = np.concatenate((self._late, samples))
        wanted = np.concatenate((self._wanted, self._too_much(samples)))
        self._late, self._wanted = late[count:], wanted[count:]
        held = np.concatenate((self._held, self._released(_highest(wanted, self._ahead + 1))))
        self._held = held[count:]
        out = late[:count]
        if held.any():
            gain = 1.0 - np.convolve(held, self._window, "valid")
            out = (out * gain).astype(np.float32)
        # Rounding, and what is above by less than can be heard.
        ceiling = _below(self._ceiling)
        return np.clip(out, -ceiling, ceiling)

    def _too_much(self, samples: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return by what share each sample must be made smaller, 0..1."""
        size = np.abs(samples.astype(np.float64))
        return 1.0 - self._ceiling / np.maximum(size, self._ceiling)

    def _released(self, wanted: NDArray[np.float64]) -> NDArray[np.float64]:
        """Let each value die away slowly: the highest of all earlier ones as they are by now."""
        if not self._last and not wanted.any():
            return wanted
        fall = self._release * np.arange(len(wanted) + 1)
        with np.errstate(divide="ignore"):
            logs = np.log(np.concatenate(([self._last], wanted)))
        held: NDArray[np.float64] = np.exp(np.maximum.accumulate(logs - fall) + fall)[1:]
        held[held < _INAUDIBLE] = 0.0
        self._last = float(held[-1])
        return held


def limited(
    samples: NDArray[np.float32], rate: int, ceiling: float = CEILING
) -> NDArray[np.float32]:
    """Return ``samples`` (n,) at ``rate`` Hz limited to ``ceiling``, as many and not late."""
    limiter = Limiter(rate, ceiling)
    return np.concatenate((limiter.process(samples), limiter.flush()))


def _highest(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return the maximum of each ``width`` values in a row."""
    reach = 1
    while 2 * reach <= width:
        values = np.maximum(values[:-reach], values[reach:])
        reach *= 2
    rest = width - reach
    return np.maximum(values[:-rest], values[rest:]) if rest else values


def _below(ceiling: float) -> np.float32:
    """Return the highest float32 that isn't above ``ceiling``."""
    near: np.float32 = np.float32(ceiling)
    # As float64: else numpy rounds the ceiling to compare it.
    if float(near) > ceiling:
        near = np.nextafter(near, np.float32(0))
    return near
