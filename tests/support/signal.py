"""Finding a known sound in a recording, whatever its gain: normalised cross-correlation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import soxr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

COARSE_RATE = 8_000
REACH_SECONDS = 0.01  # a tone looks much alike a period later, and more so when it is coarse
QUIET = 1e-7  # of the loudest stretch's energy: below is silence, where all shapes look alike


class Match(NamedTuple):
    """Where a sound begins, in frames of the recording, and how alike it is: 1 is the same."""

    start: int
    correlation: float


class Recording:
    """A recording, mono float32 of shape (n,) at ``rate`` Hz, in which sounds are looked for."""

    def __init__(self, samples: Samples, rate: int) -> None:
        self.samples = np.asarray(samples, np.float32)
        self.rate = rate
        self._coarse = _resample(self.samples, rate, min(rate, COARSE_RATE))
        self._spectra: dict[int, NDArray[np.complex128]] = {}

    def find(self, needle: Samples, rate: int | None = None) -> Match:
        """Return the best match of ``needle`` (at ``rate`` Hz, or the recording's own)."""
        own = _resample(np.asarray(needle, np.float32), rate or self.rate, self.rate)
        coarse_rate = min(self.rate, COARSE_RATE)
        coarse = _resample(own, self.rate, coarse_rate)
        if not len(coarse) or len(own) > len(self.samples) or len(coarse) > len(self._coarse):
            return Match(0, 0.0)
        if not np.any(own):
            return Match(0, 0.0)
        size = _fast_size(len(self._coarse) + len(coarse))
        if size not in self._spectra:
            self._spectra = {size: _spectrum(self._coarse, len(coarse))}
        products = _products(self._spectra[size], coarse, len(self._coarse))
        rough = int(np.argmax(_likeness(products, coarse, self._coarse)))
        # Only the surroundings are looked at frame by frame.
        reach = round(REACH_SECONDS * self.rate)
        first = max(0, rough * self.rate // coarse_rate - reach)
        part = self.samples[first : first + len(own) + 2 * reach + 1]
        if len(part) < len(own):
            first = len(self.samples) - len(own)
            part = self.samples[first:]
        fine = _likeness(_products(_spectrum(part, len(own)), own, len(part)), own, part)
        best = int(np.argmax(fine))
        return Match(first + best, float(fine[best]))


def find(needle: Samples, haystack: Samples, rate: int) -> Match:
    """Return where in ``haystack`` the ``needle`` begins; both mono at ``rate`` Hz."""
    return Recording(haystack, rate).find(needle)


def chirp(seconds: float, rate: int, low: float = 400.0, high: float = 1400.0) -> Samples:
    """Return a tone that rises from ``low`` to ``high`` Hz: it shows which part of it was cut."""
    time = np.arange(round(seconds * rate)) / rate
    phase = 2 * np.pi * (low * time + (high - low) / (2 * seconds) * time**2)
    return (0.5 * np.sin(phase)).astype(np.float32)


def _spectrum(haystack: Samples, needle: int) -> NDArray[np.complex128]:
    size = _fast_size(len(haystack) + needle)
    spectrum: NDArray[np.complex128] = np.fft.rfft(haystack.astype(np.float64), size)
    return spectrum


def _products(
    spectrum: NDArray[np.complex128], needle: Samples, haystack: int
) -> NDArray[np.float64]:
    """Return the sum of products at every place where ``needle`` fits into the haystack."""
    size = 2 * (len(spectrum) - 1)
    other = np.conj(np.fft.rfft(needle.astype(np.float64), size))
    whole: NDArray[np.float64] = np.fft.irfft(spectrum * other, size)
    return whole[: haystack - len(needle) + 1]


def _likeness(
    products: NDArray[np.floating], needle: Samples, haystack: Samples
) -> NDArray[np.float64]:
    sums = np.concatenate([[0.0], np.cumsum(haystack.astype(np.float64) ** 2)])
    energy = sums[len(needle) :] - sums[: -len(needle)]
    own = float(np.sum(needle.astype(np.float64) ** 2))
    loud = energy > QUIET * max(float(energy.max()), 1e-12)
    likeness = np.zeros(len(energy))
    likeness[loud] = products[loud] / np.sqrt(energy[loud] * own)
    return likeness


def _resample(samples: Samples, source: int, target: int) -> Samples:
    if source == target:
        return samples
    resampled: Samples = soxr.resample(samples, source, target)
    return resampled


def _fast_size(frames: int) -> int:
    """Return a power of two at least ``frames``."""
    return 1 << max(0, frames - 1).bit_length()
