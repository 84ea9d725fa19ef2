"""How good a stretch of a recording would be as a reference, against others of the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.sound.activity import FRAME_SECONDS
from ishowtts_desktop.sound.clipping import clipped
from ishowtts_desktop.sound.music import MUSIC_SHARE, steady_tones

if TYPE_CHECKING:
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.sound.activity import Activity

    Stretch = tuple[int, int]

USUAL_SECONDS: Final = (4.0, 6.0)
"""Shorter tells less of the voice, longer makes every message slower."""
_HEARD_DB: Final = -60.0
_CLEAN_DB: Final = 40.0
_ENOUGH_PAUSE: Final = 15  # frames that tell the noise
_EDGE: Final = 30
_A_PAUSE_SECONDS: Final = 0.6
_NOTE_SHARE: Final = 0.85


class Merit:
    """Weighs stretches, in frames of 10 ms, of one recording with its ``activity``."""

    def __init__(self, recording: AudioChunk, activity: Activity) -> None:
        self._activity = activity
        count = len(activity.level_db)
        self._tones = steady_tones(recording.samples, recording.rate)
        flat = np.flatnonzero(clipped(recording.samples, recording.rate))
        at = np.minimum(flat * (1 / FRAME_SECONDS) / recording.rate, count - 1).astype(np.int64)
        self._clipped = np.bincount(at, minlength=count) > 0
        self._runs = activity.runs()
        self._ends = [end for _, end in self._runs]
        self._levels = [float(np.median(activity.level_db[b:e])) for b, e in self._runs]

    def is_music(self, stretch: Stretch) -> bool:
        """Whether there is more music than speech."""
        part = slice(*stretch)
        heard = self._activity.level_db[part] > _HEARD_DB
        return bool(heard.any() and self._tones[part][heard].mean() > MUSIC_SHARE)

    def of(self, stretch: Stretch) -> float:
        """Return how good it is; only differences count, one is about as much as 10 dB of noise."""
        part = slice(*stretch)
        speech, level = self._activity.speech[part], self._activity.level_db[part]
        if not speech.any():
            return -np.inf
        pauses = ~speech
        if np.count_nonzero(pauses) < _ENOUGH_PAUSE:
            pauses = level <= np.percentile(level, 10)
        loudness = float(np.median(level[speech]))
        clean = min(loudness - float(np.median(level[pauses])), _CLEAN_DB) / 10
        clips = 10 * min(1.0, 10 * float(self._clipped[part].mean()))
        shortest, longest = USUAL_SECONDS
        seconds = (stretch[1] - stretch[0]) * FRAME_SECONDS
        length = 0.5 * (max(0.0, shortest - seconds) + max(0.0, seconds - longest))
        return clean - clips - length - self._unsteady(stretch) + self._edges(stretch)

    def _unsteady(self, stretch: Stretch) -> float:
        """Return what notes, changes of loudness and long pauses between the words cost."""
        begin, end = stretch
        first, last = bisect_right(self._ends, begin), bisect_left(self._runs, (end, end))
        runs, levels = self._runs[first:last], self._levels[first:last]
        pauses = [b - a for (_, a), (b, _) in pairwise(runs)]
        longest = max(pauses, default=0) * FRAME_SECONDS
        spoken = sum(min(e, end) - max(b, begin) for b, e in runs) / (end - begin)
        notes = int(np.count_nonzero(self._tones[begin:end] > _NOTE_SHARE))
        return (
            5 * notes * FRAME_SECONDS
            + 0.1 * float(np.std(levels))
            + 3 * max(0.0, longest - _A_PAUSE_SECONDS)
            - 2 * spoken
        )

    def _edges(self, stretch: Stretch) -> float:
        """Return what silence around is worth: a sentence ends there, not only a word."""
        begin, end = stretch
        speech = self._activity.speech
        before, after = speech[max(0, begin - _EDGE) : begin][::-1], speech[end : end + _EDGE]
        return sum(
            (int(np.argmax(side)) if side.any() else len(side)) / _EDGE for side in (before, after)
        )
