"""Silence after the last sound: the model fills all the time it is given, the queue needn't."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.speech.f5.arch import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

GUARD_SECONDS: Final = 0.15
"""How much silence is left after the last sound."""
_FRAME: Final = SAMPLE_RATE // 100
_BELOW_LOUDEST: Final = 10 ** (-50 / 20)
"""The softest end of a word, an unvoiced "f" or "th", is some 40 dB below its vowels."""
_SILENT: Final = 10 ** (-75 / 20)
_FADE: Final = round(0.02 * SAMPLE_RATE)


def without_trailing_silence(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``samples`` (n,) at 24 kHz up to a little after the last sound, faded out there.

    Sound is what is less than 50 dB below the loudest 10 ms. Where noise is louder than that,
    and where all is silent, they stay as they are.
    """
    frames = -(-len(samples) // _FRAME)
    padded = np.zeros(frames * _FRAME, np.float64)
    padded[: len(samples)] = samples
    level = np.sqrt(np.mean(padded.reshape(frames, _FRAME) ** 2, axis=1))
    loud = np.flatnonzero(level > max(_SILENT, _BELOW_LOUDEST * float(level.max(initial=0.0))))
    if not len(loud):
        return samples
    end = (int(loud[-1]) + 1) * _FRAME + round(GUARD_SECONDS * SAMPLE_RATE)
    if end >= len(samples):
        return samples
    kept: NDArray[np.float32] = samples[:end].copy()
    kept[-_FADE:] *= np.linspace(1, 0, _FADE, dtype=np.float32)
    return kept
