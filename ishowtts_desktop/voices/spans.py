"""Which part of a recording makes the best reference, and where its edges cut no word."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.sound.activity import FRAME_SECONDS, Activity, find_speech
from ishowtts_desktop.voices.merit import Merit
from ishowtts_desktop.voices.voice import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.core.audio import AudioChunk

    # From one frame of 10 ms to the one after the last.
    Stretch = tuple[int, int]

SHORTEST_SECONDS, LONGEST_SECONDS = 3.0, 8.0
MARGIN_SECONDS: Final = 0.12
"""What is kept of the silence on either side: first and last sounds need it."""
LITTLE_SPEECH_SECONDS: Final = 0.3
_MARGIN: Final = round(MARGIN_SECONDS / FRAME_SECONDS)
_SHORTEST: Final = round(SHORTEST_SECONDS / FRAME_SECONDS)
_LONGEST: Final = round(LONGEST_SECONDS / FRAME_SECONDS)
_REACH: Final = 100  # frames that an edge may be moved by
_NEAR: Final = 30
_SMOOTHED: Final = 5


def best_span(recording: AudioChunk) -> Span | None:
    """Return the best 3 to 8 seconds: whole phrases, clean, steady; None without speech.

    A recording shorter than that is taken whole; where less is spoken, the span is shorter.
    """
    activity = find_speech(recording.samples, recording.rate)
    if activity.seconds < LITTLE_SPEECH_SECONDS:
        return None
    merit, count = Merit(recording, activity), len(activity.speech)
    if recording.seconds <= SHORTEST_SECONDS:
        whole = Span(start=0.0, end=recording.seconds)
        return None if merit.is_music((0, count)) else whole
    stretches = [s for s in _stretches(activity) if not merit.is_music(s)]
    long_enough = [stretch for stretch in stretches if stretch[1] - stretch[0] >= _SHORTEST]
    if not stretches:
        return None
    if long_enough:
        return _span(max(long_enough, key=merit.of), recording)
    return _span(max(stretches, key=lambda stretch: stretch[1] - stretch[0]), recording)


def snapped(recording: AudioChunk, span: Span) -> Span:
    """Return ``span`` with its edges moved into the nearest silence, inside the recording.

    An edge in a silence stays; one that has none within a second goes to the weakest moment near.
    """
    activity = find_speech(recording.samples, recording.rate)
    count = len(activity.speech)
    if not count:
        return Span(start=0.0, end=recording.seconds) if recording.seconds else span
    gaps = _gaps(activity.runs(), count)
    start, end = (min(round(at / FRAME_SECONDS), count) for at in (span.start, span.end))
    begins, ends = [_before(gap) for gap in gaps], [_after(gap) for gap in gaps]
    stretch = _moved(start, begins, activity), _moved(end, ends, activity)
    if not activity.speech[slice(*stretch)].any():
        # Both went into one silence: better the words around than none.
        begin = max((at for at in begins if at <= start), default=0)
        stretch = begin, min((at for at in ends if at >= end and at > begin), default=count)
    return _span(stretch, recording)


def _stretches(activity: Activity) -> list[Stretch]:
    """Return all that begin and end at a silence and aren't too long."""
    phrases = [part for run in activity.runs() for part in _parts(run, activity)]
    silences = _gaps(phrases, len(activity.speech))
    found = []
    for first, silence in enumerate(silences[:-1]):
        begin = _before(silence)
        for after in silences[first + 1 :]:
            if _after(after) - begin > _LONGEST:
                break
            found.append((begin, _after(after)))
    return found


def _parts(run: Stretch, activity: Activity) -> list[Stretch]:
    """Cut a run of speech that is too long at its weakest moments."""
    begin, end = run
    parts = []
    while end - begin > _LONGEST - 2 * _MARGIN:
        weakest = _weakest(activity, begin + _SHORTEST, begin + _LONGEST - 2 * _MARGIN)
        parts.append((begin, weakest))
        begin = weakest
    return [*parts, (begin, end)]


def _gaps(runs: Sequence[Stretch], count: int) -> list[Stretch]:
    """Return the silences, that before the first speech and that after the last included."""
    edges = [0, *(edge for run in runs for edge in run), count]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _before(silence: Stretch) -> int:
    """Return where to begin in a silence: shortly before the speech, not in what was before."""
    begin, end = silence
    return max((begin + end + 1) // 2 if begin else begin, end - _MARGIN)


def _after(silence: Stretch) -> int:
    """Return where to end in a silence: shortly after the speech."""
    begin, end = silence
    return min((begin + end) // 2, begin + _MARGIN)


def _moved(frame: int, places: list[int], activity: Activity) -> int:
    inside = activity.speech[max(0, frame - 1) : frame + 1]
    if not inside.all() or not len(inside):
        return frame
    nearest = min(places, key=lambda place: abs(place - frame))
    if abs(nearest - frame) <= _REACH:
        return nearest
    return _weakest(activity, frame - _NEAR, frame + _NEAR)


def _weakest(activity: Activity, first: int, last: int) -> int:
    first = max(0, first)
    level = activity.level_db[first:last]
    smooth = np.convolve(level, np.ones(_SMOOTHED), "same")
    # Beyond the ends nothing is added, which must not look like weakness.
    smooth[: _SMOOTHED // 2] = smooth[len(smooth) - _SMOOTHED // 2 :] = np.inf
    return first + int(np.argmin(smooth))


def _span(stretch: Stretch, recording: AudioChunk) -> Span:
    start, end = (frame * FRAME_SECONDS for frame in stretch)
    # The last frame may be cut short, and rounding must not lead outside.
    last = math.floor(recording.seconds * 1000) / 1000 or recording.seconds
    end = min(round(end, 3), last)
    return Span(start=max(0.0, min(round(start, 3), end - FRAME_SECONDS)), end=end)
