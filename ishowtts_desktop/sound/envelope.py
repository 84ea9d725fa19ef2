"""The outline of a sound, for drawing: the lowest and the highest sample behind each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def envelope(
    samples: NDArray[np.float32], columns: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the lows and the highs of ``columns`` equal parts of ``samples`` (n,), float32 each.

    With more columns than samples some show the same sample; without any sample all are 0.
    """
    columns = max(0, columns)
    if not columns or not len(samples):
        nothing = np.zeros(columns, np.float32)
        return nothing, nothing.copy()
    starts = np.arange(columns, dtype=np.int64) * len(samples) // columns
    samples = np.asarray(samples, np.float32)
    return np.minimum.reduceat(samples, starts), np.maximum.reduceat(samples, starts)
