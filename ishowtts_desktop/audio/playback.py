"""The heart of every output: utterances in, an endless stream of samples out, no clicks.

One thread writes, one callback renders, any thread stops, pauses or sets the volume. The rendering
side takes no lock and wakes others without one, so that it is never late because of somebody else.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.audio.fader import Fader
from ishowtts_desktop.audio.ring import Ring
from ishowtts_desktop.audio.track import Span, Track, Tracks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ishowtts_desktop.audio.output import Played
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.core.clock import Clock

FADE_SECONDS = 0.005
VOLUME_SECONDS = 0.02
DUCK_SECONDS = 0.15
RESERVE_SECONDS = 0.5
POLL_SECONDS = 0.04
FADE_GRACE_SECONDS = 0.1


def clean(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``samples`` as finite float32 within -1..1; what isn't a number becomes silence."""
    samples = np.asarray(samples, np.float32)
    if not np.isfinite(samples).all():
        samples = np.where(np.isfinite(samples), samples, np.float32(0))
    return np.clip(samples, -1.0, 1.0)


class Playback:
    """A stream at ``rate`` Hz that buffers up to ``seconds`` of utterances, each named by a tag.

    A tag is used again only after its `wait`. Samples come out as they went in (at volume 1), but
    for the few milliseconds around a stop, a pause or an under-run.
    """

    def __init__(self, clock: Clock, rate: int = 48_000, seconds: float = 2.0) -> None:
        self.rate = rate
        self.underruns = 0
        self._clock = clock
        # The reserve takes what a resampler still held at an utterance's end.
        self._reserve = int(rate * RESERVE_SECONDS)
        self._ring = Ring(int(rate * seconds) + self._reserve)
        self._spans: deque[Span] = deque()
        self._lock = threading.Lock()  # never taken by the rendering side
        self._tracks = Tracks()
        self._newest: Span | None = None
        self._paused = False
        self._closed = False
        self._target_volume = 1.0
        self._target_duck = 1.0
        # From here on: the rendering side's own.
        fade = int(rate * FADE_SECONDS)
        self._position = 0
        self._sounding: Track | None = None
        self._fader = Fader(fade)
        self._volume = Fader(int(rate * VOLUME_SECONDS))
        self._duck = Fader(int(rate * DUCK_SECONDS))
        self._last = 0.0
        self._tail = Fader(fade, 0.0)
        self._tail_from = 0.0

    # The writing side.

    def write(
        self,
        tag: str,
        samples: NDArray[np.float32],
        owner: CancelToken | None = None,
        *,
        tail: bool = False,
    ) -> int:
        """Append ``samples`` of shape (n,) as far as they fit; return how many were taken.

        A stopped tag's samples are all taken, and forgotten, until another ``owner`` says it again.
        ``tail`` may use the reserve.
        """
        with self._lock:
            track = self._tracks.for_writing(tag, owner)
            if self._closed or track.stopped:
                return len(samples)
            room = self._ring.free - (0 if tail else self._reserve)
            part = clean(samples[: max(room, 0)])
            if len(part):
                track.written += len(part)
                span = self._span_for(track)
                self._ring.push(part)
                span.end = self._ring.written
            return len(part)

    def finish(self, tag: str, rest: float = 0.0) -> None:
        """Mark the end of ``tag``; ``rest`` seconds of silence follow if there was any sound."""
        with self._lock:
            track = self._tracks.get(tag)
            if track.finished:
                return
            track.finished = True
            rests = track.written and math.isfinite(rest)
            frames = round(max(rest, 0.0) * self.rate) if rests else 0
            track.written += frames
            self._append(Span(track, self._ring.written, last=True, rest=frames))
            self._tracks.retire(track)

    def wait(self, tag: str, cancel: CancelToken) -> Played:
        """Block until ``tag`` and its rest were rendered, or it was stopped, or `close`.

        A cancelled utterance is stopped. Without a device nothing renders, so the wait for the fade
        of a stopped one is bounded.
        """
        with self._lock:
            track = self._tracks.get(tag)
        while not (track.ended or track.stopped or self._closed):
            if cancel.cancelled:
                track.stop()
            else:
                track.join(POLL_SECONDS)
        if track.stopped:
            track.join(FADE_GRACE_SECONDS)
        with self._lock:
            track.waited = True
            self._tracks.retire(track)
        return track.played(self.rate)

    # Any thread.

    def stop(self, tag: str) -> None:
        """Fade ``tag`` out at the next render and forget the rest, also what is written later.

        A tag of which nothing was written is left alone: it may be said again later. Who stops an
        utterance that is still being made cancels it first.
        """
        with self._lock:
            track = self._tracks.find(tag)
            if track is not None:
                track.stop()

    def is_stopped(self, tag: str) -> bool:
        """Tell whether what is written to ``tag`` by the same owner is forgotten."""
        with self._lock:
            track = self._tracks.find(tag)
            return track is not None and track.stopped

    def pause(self) -> None:
        """Fade to silence and hold."""
        self._paused = True

    def resume(self) -> None:
        """Go on where `pause` held."""
        with self._lock:
            self._paused = self._closed

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0..1; what lies outside is limited, what is no number ignored."""
        if math.isfinite(volume):
            self._target_volume = min(max(float(volume), 0.0), 1.0)

    def duck(self, gain: float) -> None:
        """Go to ``gain`` of the volume, 0..1; what lies outside is limited as for the volume."""
        if math.isfinite(gain):
            self._target_duck = min(max(float(gain), 0.0), 1.0)

    def close(self) -> None:
        """Fade to silence for good and let every blocked call go."""
        with self._lock:
            self._closed = self._paused = True

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    @property
    def quiet(self) -> bool:
        """Whether nothing but silence is rendered until something changes."""
        return self._last == 0.0 and (self._sounding is None or self._fader.level == 0.0)

    @property
    def buffered(self) -> float:
        """Seconds that are still to come of what was written, rests included."""
        with self._lock:
            return self._tracks.left / self.rate

    @property
    def position(self) -> float:
        """Seconds rendered so far."""
        return self._position / self.rate

    # The rendering side: one thread.

    def render(self, frames: int) -> NDArray[np.float32]:
        """Return the next ``frames`` samples, shape (frames,), silence where there is nothing."""
        out = np.zeros(frames, np.float32)
        self._advance(out, pad=True)
        self._position += frames
        return out

    def drain(self, frames: int) -> NDArray[np.float32]:
        """Return the next samples, at most ``frames``, without any silence around them."""
        out = np.zeros(frames, np.float32)
        filled = self._advance(out, pad=False)
        self._position += filled
        return out[:filled]

    def interrupted(self) -> None:
        """Take note that the device was lost, so that the sound fades in again. No render runs."""
        self._last = self._tail.level = 0.0
        if self._sounding is not None:
            self._fader.level = 0.0

    def _advance(self, out: NDArray[np.float32], *, pad: bool) -> int:
        if self._sounding is None and self._last == 0.0:
            self._volume.level = self._target_volume
            self._duck.level = self._target_duck
        filled = 0
        while filled < len(out):
            rest = out[filled:]
            if self._tail.level:
                filled += self._fall(rest)
                continue
            frames = self._play(rest, self._position + filled)
            if not frames and not (pad and self._run_dry()):
                break
            filled += frames
        self._head()  # an end that was reached is told now, not with the next block
        self._volume.apply(out[:filled], self._target_volume)
        self._duck.apply(out[:filled], self._target_duck)
        return filled

    def _head(self) -> Span | None:
        """Return the span that sounds next, past everything that is over or stopped."""
        while self._spans:
            # Looked at first: the writer lengthens the newest span only.
            more = len(self._spans) > 1
            span = self._spans[0]
            track = span.track
            if track.stopped and (track is not self._sounding or not self._fader.level):
                self._end(track)
                self._ring.skip_to(span.end)
            if span.end > self._ring.read:
                return span
            if span.last:
                if not track.stopped:
                    track.complete = True
                    if span.rest:
                        return span
                self._end(track)
            elif not more:
                return None
            self._spans.popleft()
        return None

    def _play(self, out: NDArray[np.float32], frame: int) -> int:
        span = self._head()
        if span is None:
            return 0
        if span.last:
            return self._rest(out, span)
        track = span.track
        audible = not (self._paused or track.stopped)
        if track is not self._sounding:
            if not audible:
                return 0
            self._sounding = track
            self._fader.level = 1.0
            track.begin(frame, self._clock.now())
        frames = min(len(out), span.end - self._ring.read)
        if not audible:
            frames = min(frames, self._fader.frames_to(0.0))
        if frames:
            block = out[:frames]
            self._ring.pop_into(block)
            self._fader.apply(block, float(audible))
            self._last = float(block[-1])
            track.end_frame = frame + frames
            track.rendered += frames
        return frames

    def _rest(self, out: NDArray[np.float32], span: Span) -> int:
        """Leave ``out`` silent for as long as ``span`` rests; how many frames that was."""
        if self._paused:
            return 0
        if self._last != 0.0:
            self._tail_from, self._tail.level = self._last, 1.0
        sinking = self._tail.frames_to(0.0)
        frames = min(span.rest, sinking or len(out))
        span.rest -= frames
        span.track.rendered += frames
        return self._fall(out) if sinking else frames

    def _run_dry(self) -> bool:
        """Note that there is nothing to play; return whether a tail was begun to end it gently."""
        if self._sounding is not None and self._fader.level:
            if not (self._paused or self._sounding.stopped):
                self.underruns += 1
            self._fader.level = 0.0
        if self._sounding is not None and self._sounding.stopped:
            self._end(self._sounding)
        if self._last == 0.0:
            return False
        self._tail_from, self._tail.level = self._last, 1.0
        return True

    def _fall(self, out: NDArray[np.float32]) -> int:
        """Let the last sample sink to zero: an abrupt end would click."""
        block = out[: self._tail.frames_to(0.0)]
        block.fill(self._tail_from)
        self._tail.apply(block, 0.0)
        self._last = float(block[-1])
        return len(block)

    def _end(self, track: Track) -> None:
        if track is self._sounding:
            self._sounding = None
        track.end()

    def _span_for(self, track: Track) -> Span:
        newest = self._newest
        if newest is None or newest.last or newest.track is not track:
            newest = Span(track, self._ring.written)
            self._append(newest)
        return newest

    def _append(self, span: Span) -> None:
        # Kept apart from the queue, whose end the rendering side may be about to take away.
        self._newest = span
        self._spans.append(span)
