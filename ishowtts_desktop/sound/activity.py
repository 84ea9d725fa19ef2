"""Where speech is in a recording: by its level over that of the background, every 10 ms.

The background may change, as where a fan starts: it is followed by minima on either side, since
speech never lasts long without a gap (Martin, "Spectral subtraction based on minimum statistics",
1994).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.sound.spectrum import RATE, at_common_rate, band, spectra

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAME_SECONDS: Final = 0.01
LOWEST_DB: Final = -100.0
_WINDOW: Final = 400  # 25 ms: two periods of a low voice
_HOP: Final = round(FRAME_SECONDS * RATE)
_HEARD: Final = band(_WINDOW, 100.0, 7_600.0)  # without the rumble of desks and mains
_BAND_BINS: Final = 10
_LOW_PERCENTILE, _LOW_DB = 2, 4.0  # how far noise reaches below its mean in such a band
_SMOOTHED: Final = 5
_GAP_WITHIN: Final = 200  # speech has a gap within so many frames
_START_DB, _STOP_DB = 9.0, 5.0  # above the background
_WEAK_DB, _FAINT_DB = -34.0, -40.0  # to the loudest speech: below are breath and echo
_CLOSURE, _SHORTEST, _TAIL = 12, 5, 3
_PAUSES_ENOUGH, _WEAKEST = 30, 8


@dataclass(frozen=True)
class Activity:
    """A recording in frames of 10 ms, of which the last may be cut short.

    ``level_db`` float32 (n,) is how loud each frame is (0 is a full-scale sine), ``loud`` bool (n,)
    whether speech is heard in it, ``speech`` bool (n,) whether it belongs to speech, short closures
    within words included, ``background`` bool (n,) whether it tells what else is there: where no
    speech is, or the weakest frames when there is nearly no pause. ``noise_db`` is how loud that
    is, without the speech in it.
    """

    level_db: NDArray[np.float32]
    loud: NDArray[np.bool_]
    speech: NDArray[np.bool_]
    background: NDArray[np.bool_]
    noise_db: float

    @property
    def speech_db(self) -> float:
        """The level of the speech."""
        return _level_of(self.level_db, self.speech)

    @property
    def seconds(self) -> float:
        """How long is spoken, without the pauses."""
        return float(np.count_nonzero(self.speech)) * FRAME_SECONDS

    def runs(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of speech, as first frame and the frame after the last."""
        return runs(self.speech)


def find_speech(samples: NDArray[np.float32], rate: int) -> Activity:
    """Return where speech is in ``samples`` (n,) at ``rate`` Hz."""
    powers = _powers(at_common_rate(samples, rate))
    level = _decibels(powers.sum(axis=1))
    if not len(level):
        nothing = np.zeros(0, np.bool_)
        return Activity(level, nothing, nothing, nothing, LOWEST_DB)
    floor, loudest = _floor(level), float(np.percentile(level, 95))
    start = level > np.maximum(floor + _START_DB, loudest + _WEAK_DB)
    stop = level > np.maximum(floor + _STOP_DB, loudest + _FAINT_DB)
    loud = _held(start, stop & (level > LOWEST_DB))
    speech = _tidied(loud)
    background, noise = ~speech, _level_of(level, ~speech)
    if np.count_nonzero(background) < _PAUSES_ENOUGH:
        background, noise = _weakest(level), _level_between(powers)
    return Activity(level, loud & speech, speech, background, noise)


def runs(mask: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Return where ``mask`` (n,) holds, as first index and the index after the last."""
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0))
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _powers(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the power of each frame in some bands, 1 being that of a full-scale sine."""
    starts = np.arange(0, _HEARD.stop - _HEARD.start, _BAND_BINS)
    parts = [np.zeros((0, len(starts)))]
    for _, part in spectra(samples, _WINDOW, _HOP):
        parts.append(2 * np.add.reduceat(part[:, _HEARD], starts, axis=1))
    return np.concatenate(parts)


def _decibels(powers: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(10 * np.log10(np.maximum(powers, 10 ** (LOWEST_DB / 10))), np.float32)


def _weakest(level: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which frames tell best what is there besides speech, where there is no pause."""
    weakest = np.zeros(len(level), np.bool_)
    weakest[np.argsort(level, kind="stable")[: len(level) // _WEAKEST + 1]] = True
    return weakest


def _level_between(powers: NDArray[np.float64]) -> float:
    """Return the level of the noise under speech: no sound of speech fills all bands for long."""
    lows = np.percentile(powers, _LOW_PERCENTILE, axis=0)
    return float(_decibels(lows.sum(keepdims=True))[0]) + _LOW_DB


def _floor(level: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the level of the background at each frame, the higher of what both sides tell."""
    smooth = np.convolve(
        np.pad(level, _SMOOTHED // 2, mode="edge"), np.ones(_SMOOTHED) / _SMOOTHED, "valid"
    )
    # A side that is cut off by an end of the recording tells nothing.
    width = min(_GAP_WITHIN, (len(level) + 1) // 2)
    ahead = np.pad(smooth, (0, width - 1), constant_values=LOWEST_DB)
    behind = np.pad(smooth, (width - 1, 0), constant_values=LOWEST_DB)
    lows = [_lowest(values, width) for values in (ahead, behind)]
    return np.asarray(np.maximum(*lows), np.float32)


def _lowest(values: NDArray[np.floating], width: int) -> NDArray[np.floating]:
    """Return the minimum of each ``width`` values in a row."""
    lows: NDArray[np.floating] = np.lib.stride_tricks.sliding_window_view(values, width).min(axis=1)
    return lows


def _held(start: NDArray[np.bool_], stop: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where ``stop`` holds around a place where ``start`` does."""
    held = np.zeros(len(start), np.bool_)
    for first, last in runs(start | stop):
        held[first:last] = start[first:last].any()
    return held


def _tidied(speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Close the closures within words, drop clicks, and let words die away."""
    tidy: NDArray[np.bool_] = speech.copy()
    found = runs(speech)
    for (_, end), (begin, _) in pairwise(found):
        if begin - end <= _CLOSURE:
            tidy[end:begin] = True
    for first, last in runs(tidy):
        if last - first < _SHORTEST:
            tidy[first:last] = False
        else:
            tidy[max(0, first - 1) : last + _TAIL] = True
    return tidy


def _level_of(level: NDArray[np.float32], frames: NDArray[np.bool_]) -> float:
    """Return the middle level of some frames, which a few strange ones don't change."""
    return float(np.median(level[frames])) if frames.any() else LOWEST_DB
