"""Telling music from speech: notes stay where they are, and the pitch of a voice hardly does.

A share of the power lies in tones that keep their frequency for a quarter of a second: about all of
it in music, little in speech, nothing in noise. (The opening of a spectrogram along time; compare
Fitzgerald, "Harmonic/percussive separation using median filtering", 2010.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.sound.spectrum import RATE, at_common_rate, band, spectra

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WINDOW: Final = 1_280  # 80 ms: tells neighbouring notes apart
_HOP: Final = RATE // 50
MUSIC_SHARE: Final = 0.6
"""More of it in steady tones is music; the flattest of voices has less."""
_STEADY: Final = 12  # frames
_AROUND: Final = 8  # bins on either side that a tone stands out from
_STANDS_OUT_DB: Final = 6.0
_TONES: Final = band(_WINDOW, 200.0, 4_000.0)  # the mains hum below: steady, but no music
_ALL: Final = band(_WINDOW, 40.0, 4_000.0)
_NOTHING: Final = 1e-9


def steady_tones(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Return which share of the power lies in steady tones, 0..1, for each 10 ms, float32 (n,)."""
    samples = at_common_rate(samples, rate)
    tones, power = _tones(samples)
    steady = _opened(tones > 0)
    shares = np.sum(tones * steady, axis=1) / np.maximum(power, _NOTHING)
    return np.repeat(shares, 2)[: -(-2 * len(samples) // _HOP)].astype(np.float32)


def _tones(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the power of each bin that stands out, 0 elsewhere, and the power of each frame."""
    tones, powers = [np.zeros((0, _TONES.stop - _TONES.start), np.float32)], [np.zeros(0)]
    for _, part in spectra(samples, _WINDOW, _HOP):
        powers.append(part[:, _ALL].sum(axis=1))
        near = 10 * np.log10(part[:, _TONES.start - _AROUND : _TONES.stop + _AROUND] + _NOTHING)
        sums = np.cumsum(np.pad(near, ((0, 0), (1, 0))), axis=1)
        width = 2 * _AROUND + 1
        around = (sums[:, width:] - sums[:, :-width]) / width
        stands_out = near[:, _AROUND:-_AROUND] > around + _STANDS_OUT_DB
        tones.append(np.where(stands_out, part[:, _TONES], 0).astype(np.float32))
    return np.concatenate(tones), np.concatenate(powers)


def _opened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where ``mask`` (frames, bins) holds for so many frames in a row."""
    rows = np.cumsum(np.pad(mask, ((_STEADY, _STEADY), (0, 0))), axis=0, dtype=np.int32)
    whole = rows[_STEADY:] - rows[:-_STEADY] == _STEADY
    reached = np.cumsum(np.pad(whole, ((1, 0), (0, 0))), axis=0, dtype=np.int32)
    opened: NDArray[np.bool_] = reached[_STEADY:] > reached[:-_STEADY]
    return opened[: len(mask)]
