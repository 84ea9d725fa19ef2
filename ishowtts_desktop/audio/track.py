"""What an output knows of one utterance while its samples are on their way to the device."""

from __future__ import annotations

import contextlib
import queue
from dataclasses import dataclass

from ishowtts_desktop.audio.output import Played


class Track:
    """One utterance, named by its tag.

    The writing side sets ``written`` (frames, the rest after them included), ``finished`` and
    ``waited``, anyone sets ``stopped``, the rendering side what remains.
    """

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.owner: object = None
        self.written = 0
        self.rendered = 0
        self.finished = False
        self.waited = False
        self.stopped = False
        self.ended = False
        self.complete = False
        self.first_frame: int | None = None
        self.end_frame = 0
        self.first_sample_at: float | None = None
        # The only primitive whose "set" never waits for a lock that a sleeping thread may hold.
        self._latch: queue.SimpleQueue[None] = queue.SimpleQueue()

    @property
    def left(self) -> int:
        """Frames that are still to come."""
        return 0 if self.stopped or self.ended else self.written - self.rendered

    def begin(self, frame: int, now: float) -> None:
        """Note that the first sample is handed over, as ``frame`` of the output's timeline."""
        if self.first_frame is None:
            self.first_frame, self.first_sample_at = frame, now

    def stop(self) -> None:
        """Let nothing more of it sound than a fade."""
        self.stopped = True
        if not self.written:
            self.end()  # the rendering side will never hear of it

    def end(self) -> None:
        """Note that nothing more of it will sound, and wake who waits. Never blocks."""
        if not self.ended:
            self.ended = True
            self._latch.put(None)

    def join(self, seconds: float) -> None:
        """Sleep until the end, but not longer than ``seconds``."""
        if not self.ended:
            with contextlib.suppress(queue.Empty):
                self._latch.get(timeout=seconds)

    def played(self, rate: int) -> Played:
        """Return the record, in seconds at ``rate`` frames each."""
        if self.first_frame is None:
            return Played(self.complete)
        return Played(
            complete=self.complete,
            started_at=self.first_frame / rate,
            ended_at=self.end_frame / rate,
            first_sample_at=self.first_sample_at,
        )


@dataclass
class Span:
    """Frames of the stream that belong to ``track``: from the end of the span before to ``end``.

    ``last`` marks the utterance's end; such a span has no frames, but maybe ``rest`` ones of
    silence that are still to come.
    """

    track: Track
    end: int
    last: bool = False
    rest: int = 0


class Tracks:
    """The utterances that somebody may still write to, wait for or stop. Guarded by its owner."""

    _MANY = 64

    def __init__(self) -> None:
        self._by_tag: dict[str, Track] = {}

    @property
    def left(self) -> int:
        """Frames that are still to come."""
        return sum(track.left for track in self._by_tag.values())

    def find(self, tag: str) -> Track | None:
        """Return the track called ``tag`` if there is one."""
        return self._by_tag.get(tag)

    def get(self, tag: str) -> Track:
        """Return the track called ``tag``, a new one when there is none."""
        track = self._by_tag.get(tag)
        return track if track is not None else self._add(tag)

    def for_writing(self, tag: str, owner: object) -> Track:
        """Return the track to write to.

        A tag that is written again after its end, or by another ``owner`` after it was stopped, is
        said once more. An ``owner`` of None is whoever wrote before.
        """
        track = self.get(tag)
        replay = owner is not None and track.owner is not None and owner is not track.owner
        if (track.stopped and replay) or (track.finished and not track.stopped):
            track = self._add(tag)
        track.owner = owner if owner is not None else track.owner
        return track

    def retire(self, track: Track) -> None:
        """Forget a track once its writer has finished and its end was waited for."""
        if track.finished and track.waited and self._by_tag.get(track.tag) is track:
            del self._by_tag[track.tag]

    def _add(self, tag: str) -> Track:
        self._forget_leftovers()
        track = self._by_tag[tag] = Track(tag)
        return track

    def _forget_leftovers(self) -> None:
        """Drop what nobody comes back to: the writer has gone on to another utterance."""
        for tag, track in list(self._by_tag.items()):
            left = track.stopped and not track.finished and (track.waited or track.ended)
            if left or (track.ended and len(self._by_tag) > self._MANY):
                del self._by_tag[tag]
