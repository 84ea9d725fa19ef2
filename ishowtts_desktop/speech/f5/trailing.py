"""Silence after the last sound: as much as speech has there, whatever the model left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.speech.f5.arch import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

GUARD_SECONDS: Final = 0.15
"""How much silence is left after the last sound."""
_PAUSES: Final = (("\n.!?…。！？", 0.15), (",;:，；：、–—", 0.05))
"""Seconds of silence that a pause has beside the guard, by the sign that asks for it."""
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


def with_pause(samples: NDArray[np.float32], text: str) -> NDArray[np.float32]:
    """Return ``samples`` (n,) of ``text`` with the pause behind them that its last sign asks for.

    For a piece that others follow: of a whole utterance the queue makes the pause.
    """
    last = text.rstrip(" \u3000\"'”’)」』）】")[-1:]
    seconds = next((seconds for signs, seconds in _PAUSES if last and last in signs), 0.0)
    silence = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    return np.concatenate((samples, silence)) if len(silence) else samples
