"""A ring of samples between one thread that writes and one callback that reads, without a lock.

Both counters only grow, each is moved by one side alone, and a sample is stored before the counter
that shows it moves; so neither side ever waits for the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Ring:
    """``frames`` mono float32 samples; ``written`` and ``read`` count frames since the start."""

    def __init__(self, frames: int) -> None:
        self._samples: NDArray[np.float32] = np.zeros(frames, np.float32)
        self.written = 0
        self.read = 0

    @property
    def held(self) -> int:
        """Frames that wait to be read."""
        return self.written - self.read

    @property
    def free(self) -> int:
        """Frames that can be written now."""
        return len(self._samples) - self.held

    def push(self, samples: NDArray[np.float32]) -> None:
        """Append ``samples`` of shape (n,), n <= `free`. For the writing side."""
        size = len(self._samples)
        at = self.written % size
        first = samples[: size - at]
        self._samples[at : at + len(first)] = first
        self._samples[: len(samples) - len(first)] = samples[len(first) :]
        self.written += len(samples)

    def pop_into(self, out: NDArray[np.float32]) -> None:
        """Take the next frames into ``out`` of shape (n,), n <= `held`. For the reading side."""
        size = len(self._samples)
        at = self.read % size
        first = self._samples[at : at + len(out)]
        out[: len(first)] = first
        out[len(first) :] = self._samples[: len(out) - len(first)]
        self.read += len(out)

    def skip_to(self, frame: int) -> None:
        """Forget what comes before ``frame``. For the reading side."""
        self.read = max(self.read, frame)
