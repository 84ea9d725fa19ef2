"""How loud a sound is to the ear: ITU-R BS.1770-4, with both gates, for one channel.

K-weighting is two second-order filters. The standard gives their coefficients for 48 kHz alone; the
analogue prototypes behind those (found by De Man, "Evaluation of Implementations of the EBU R128
Loudness Measurement", 2018) give them for every rate.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TARGET_LUFS: Final = -18.0
"""How loud every voice is made: speech that stands beside a game and its music."""
SILENCE: Final = -math.inf
OFFSET: Final = -0.691
ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
BLOCK_HOPS, HOPS_A_SECOND = 4, 10
_SHELF: Final = (1681.974450955533, 0.7071752369554196, 3.999843853973347)
_SHELF_BAND: Final = 0.4996667741545416
_HIGH_PASS: Final = (38.13547087602444, 0.5003270373238773)
_RINGING_SECONDS: Final = 0.25  # by then the high-pass has died away beyond float64
_SMALLEST_PIECE: Final = 1 << 17


def integrated_loudness(samples: NDArray[np.float32], rate: int) -> float:
    """Return the loudness of ``samples`` (n,) at ``rate`` Hz in LUFS; -inf for silence.

    A sound shorter than a block of 400 ms is taken as one block.
    """
    if not len(samples):
        return SILENCE
    hops = max(1, len(samples) * HOPS_A_SECOND // rate)
    edges = np.round(np.arange(hops + 1) * (rate / HOPS_A_SECOND)).astype(np.int64)
    if hops < BLOCK_HOPS:
        edges = np.array([0, len(samples)])
    energies, lengths = _energies(samples, rate, edges), np.diff(edges)
    if hops >= BLOCK_HOPS:
        ones = np.ones(BLOCK_HOPS)
        energies = np.convolve(energies, ones, "valid")
        lengths = np.convolve(lengths, ones, "valid")
    return _gated(energies / lengths)


def _gated(blocks: NDArray[np.float64]) -> float:
    """Return the loudness of those blocks (mean squares) that pass both gates."""
    blocks = blocks[blocks > _power(ABSOLUTE_GATE)]
    if not len(blocks):
        return SILENCE
    blocks = blocks[blocks > float(blocks.mean()) * 10 ** (RELATIVE_GATE / 10)]
    return OFFSET + 10 * math.log10(float(blocks.mean()))


def _power(loudness: float) -> float:
    power: float = 10 ** ((loudness - OFFSET) / 10)
    return power


def _energies(
    samples: NDArray[np.float32], rate: int, edges: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the K-weighted energy between each two ``edges``."""
    energies = np.zeros(len(edges) - 1)
    for first, weighted in _weighted(samples[: edges[-1]], rate):
        squares = np.concatenate(([0.0], np.cumsum(weighted**2)))
        inside = np.clip(edges - first, 0, len(weighted))
        energies += np.diff(squares[inside])
    return energies


def _weighted(samples: NDArray[np.float32], rate: int) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield the K-weighted samples in pieces, each with the index of its first.

    Overlap-add with the filters' own responses, which is exact as far as they ring.
    """
    ringing = math.ceil(_RINGING_SECONDS * rate)
    size = max(_SMALLEST_PIECE, 1 << (4 * ringing).bit_length())
    # A short sound doesn't need a long transform.
    size = min(size, 1 << (len(samples) + ringing).bit_length())
    response = _response(rate, size)
    step, tail = size - ringing, np.zeros(ringing)
    for first in range(0, len(samples), step):
        piece = samples[first : first + step]
        filtered = np.fft.irfft(np.fft.rfft(piece, size) * response, size)
        filtered[:ringing] += tail
        tail = filtered[step:]
        yield first, filtered[: len(piece)]


def _response(rate: int, size: int) -> NDArray[np.complex128]:
    """Return the K-weighting's frequency response at the bins of a transform of ``size``."""
    delay = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    whole = np.ones(size // 2 + 1, np.complex128)
    for ahead, back in k_weighting(rate):
        whole *= np.polyval(ahead[::-1], delay) / np.polyval(back[::-1], delay)
    return whole


def k_weighting(rate: int) -> tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]:
    """Return the two filters for ``rate`` Hz, as (b0, b1, b2) and (1, a1, a2) each."""
    frequency, quality, decibels = _SHELF
    k = math.tan(math.pi * frequency / rate)
    high = 10 ** (decibels / 20)
    band = high**_SHELF_BAND
    scale = 1 + k / quality + k * k
    shelf = (
        ((high + band * k / quality + k * k) / scale),
        (2 * (k * k - high) / scale),
        ((high - band * k / quality + k * k) / scale),
    )
    shelf_back = (1.0, 2 * (k * k - 1) / scale, (1 - k / quality + k * k) / scale)
    frequency, quality = _HIGH_PASS
    k = math.tan(math.pi * frequency / rate)
    scale = 1 + k / quality + k * k
    high_pass_back = (1.0, 2 * (k * k - 1) / scale, (1 - k / quality + k * k) / scale)
    return (shelf, shelf_back), ((1.0, -2.0, 1.0), high_pass_back)
