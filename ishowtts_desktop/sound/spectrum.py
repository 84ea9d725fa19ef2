"""Short-time spectra at one rate for all that is judged by them: speech, music, bandwidth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import soxr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

RATE: Final = 16_000
_FRAMES_AT_ONCE: Final = 1_024


def at_common_rate(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Return ``samples`` (n,) at `RATE`."""
    samples = np.ascontiguousarray(samples, np.float32)
    if rate == RATE or not len(samples):
        return samples
    resampled: NDArray[np.float32] = soxr.resample(samples, rate, RATE)
    return resampled


def spectra(
    samples: NDArray[np.float32], window: int, hop: int
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield power spectra (m, window // 2 + 1) of samples at `RATE`, with the first's number.

    A frame is every ``hop`` samples, the last one begun included, seen through a Hann window
    around its middle; the powers of a frame add up to its mean square.
    """
    count = -(-len(samples) // hop)
    before = (window - hop) // 2
    padded = np.pad(samples, (before, window + hop))
    shape = np.hanning(window + 1)[:-1]
    scale = 2.0 / (window * float(np.sum(shape**2)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop][:count]
    for first in range(0, count, _FRAMES_AT_ONCE):
        bins = np.fft.rfft(windows[first : first + _FRAMES_AT_ONCE] * shape)
        yield first, (bins.real**2 + bins.imag**2) * scale


def band(window: int, low: float, high: float) -> slice:
    """Return the bins of a spectrum that lie between two frequencies in Hz."""
    return slice(round(low * window / RATE), round(high * window / RATE) + 1)
