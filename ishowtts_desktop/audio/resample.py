"""Streaming resampling to the output's rate, by soxr: no sample of head or tail is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWEST_RATE = 1_000
HIGHEST_RATE = 768_000


class Resampler:
    """Turns a stream at ``source`` Hz into one at ``target`` Hz, mono float32.

    Fed n samples and flushed, it gives n * target / source of them, within one.
    """

    def __init__(self, source: int, target: int) -> None:
        if not LOWEST_RATE <= source <= HIGHEST_RATE:
            raise AudioError(
                f"Audio at {source} Hz can't be played.", "This is a fault of the speech engine."
            )
        self.source = source
        self._stream = (
            None
            if source == target
            else soxr.ResampleStream(source, target, 1, dtype="float32", quality="HQ")
        )

    def process(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take samples of shape (n,); return what is ready, shape (m,)."""
        if self._stream is None:
            return samples
        ready: NDArray[np.float32] = self._stream.resample_chunk(np.ascontiguousarray(samples))
        return ready

    def flush(self) -> NDArray[np.float32]:
        """Return what was held back, shape (m,). The stream ends here."""
        if self._stream is None:
            return np.zeros(0, np.float32)
        stream, self._stream = self._stream, None
        rest: NDArray[np.float32] = stream.resample_chunk(np.zeros(0, np.float32), last=True)
        return rest
