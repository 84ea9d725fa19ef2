"""Where a recording was too loud for its format: peaks that were cut flat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP: Final = 1.5 / 32_768
_FAINT: Final = 0.05  # flat tops this low come from too few bits


def clipped(samples: NDArray[np.float32], rate: int) -> NDArray[np.bool_]:
    """Return which ``samples`` (n,) belong to a flat top: several in a row at the very highest.

    A sound that isn't clipped may have one such top, not many.
    """
    # A rounded top has the more samples the higher the rate.
    shortest = max(3, rate // 16_000)
    if len(samples) < shortest:
        return np.zeros(len(samples), np.bool_)
    flat = np.zeros(len(samples), np.bool_)
    for side in (samples, -samples):
        highest = float(side.max())
        if highest > _FAINT:
            flat |= _in_a_row(side >= highest - _STEP, shortest)
    return flat


def _in_a_row(mask: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Return where ``mask`` holds for at least ``count`` in a row; it holds nearly nowhere."""
    found = np.flatnonzero(mask)
    rows = np.cumsum(np.diff(found, prepend=-2) > 1)
    in_a_row = np.zeros(len(mask), np.bool_)
    in_a_row[found[np.bincount(rows)[rows] >= count]] = True
    return in_a_row
