"""Joins the pieces of a long message: a cross-fade where both are quiet, so that nothing clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.speech.f5.arch import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

FADE = round(0.05 * SAMPLE_RATE)
SEARCH = round(0.25 * SAMPLE_RATE)
AUDIBLE = 0.02
"""Of the loudest sample so far: what is softer, after all that is louder, may be faded away."""


class Joiner:
    """Takes pieces of float32 samples at 24 kHz in order and gives what may be played already."""

    def __init__(self) -> None:
        self._held: Samples = np.zeros(0, np.float32)
        self._loudest = 0.0

    def add(self, piece: Samples) -> Samples:
        """Return what is certain after ``piece``; its own end is held for the next one."""
        joined = self._cross_fade(piece) if len(self._held) else piece
        self._loudest = max(self._loudest, float(np.abs(piece).max(initial=0.0)))
        keep = min(len(joined), SEARCH)
        self._held = joined[len(joined) - keep :]
        return joined[: len(joined) - keep]

    def end(self) -> Samples:
        """Return the rest."""
        rest, self._held = self._held, np.zeros(0, np.float32)
        return rest

    def _cross_fade(self, second: Samples) -> Samples:
        """Overlap the quietest place after the last sound of what is held with ``second``."""
        first = self._held
        fade = min(FADE, len(first), len(second))
        if fade == 0:
            return np.concatenate((first, second))
        sounds = np.flatnonzero(np.abs(first) > AUDIBLE * self._loudest)
        # A word's last consonant may come after a gap; it must not be lost with what follows that.
        quiet = min(int(sounds[-1]) + 1 if len(sounds) else 0, len(first) - fade)
        at = quiet + quietest(first[quiet:], fade)
        rising = np.sin(np.linspace(0, np.pi / 2, fade, dtype=np.float32)) ** 2
        overlap = first[at : at + fade] * (1 - rising) + second[:fade] * rising
        return np.concatenate((first[:at], overlap, second[fade:]))


def quietest(samples: Samples, width: int) -> int:
    """Return where the ``width`` samples of the least energy begin, the latest of equals."""
    energy = np.concatenate(([0.0], np.cumsum(samples.astype(np.float64) ** 2)))
    sums = energy[width:] - energy[:-width]
    return len(sums) - 1 - int(np.argmin(sums[::-1]))
