"""What the sound device and the WAV file share: everything but where the samples go."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.audio.output import OutputState
from ishowtts_desktop.audio.playback import Playback, clean
from ishowtts_desktop.audio.resample import Resampler
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ishowtts_desktop.audio.output import Played
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.clock import Clock

_log = logging.getLogger(__name__)

BUFFER_SECONDS = 2.0
FULL_POLL_SECONDS = 0.02
MANY = 16


class PlaybackOutput:
    """Utterances into a `Playback`; a subclass takes them out of it. See `AudioOutput`."""

    def __init__(self, clock: Clock, rate: int) -> None:
        self._clock = clock
        self._playback = Playback(clock, rate, BUFFER_SECONDS)
        self._resamplers: dict[str, Resampler] = {}
        self._listeners: list[Callable[[OutputState], None]] = []
        self._state = OutputState(ready=False)
        self._told = threading.Lock()

    def watch(self, listener: Callable[[OutputState], None]) -> None:
        """Call ``listener`` on every change of state, on the output's thread."""
        self._listeners.append(listener)

    @property
    def state(self) -> OutputState:
        """Whether sound is heard now, and if not, why."""
        return self._state

    @property
    def ready(self) -> bool:
        """Whether sound is heard now."""
        return self._state.ready

    @property
    def position(self) -> float:
        """Seconds handed over since `open`."""
        return self._playback.position

    @property
    def buffered(self) -> float:
        """Seconds that are still to come of what was written, rests included."""
        return self._playback.buffered

    @property
    def underruns(self) -> int:
        """How often an utterance had to pause because its samples came late."""
        return self._playback.underruns

    def write(self, tag: str, chunk: AudioChunk, cancel: CancelToken) -> None:
        """Append audio; blocks while the buffer is full, returns early when cancelled.

        Cancelling stops the utterance: what is buffered of it fades out. Raises `AudioError` for
        audio that can't be played (no mono, no sensible rate).
        """
        if np.ndim(chunk.samples) != 1:
            raise AudioError(
                f"Audio of shape {np.shape(chunk.samples)} can't be played; mono is expected.",
                "This is a fault of the speech engine.",
            )
        if self._playback.is_stopped(tag):  # what was held back of it isn't to be heard either
            self._resamplers.pop(tag, None)
        resampler = self._resamplers.get(tag)
        if resampler is None or resampler.source != chunk.rate:
            successor = Resampler(chunk.rate, self._playback.rate)
            if resampler is not None:
                self._push(tag, resampler.flush(), cancel, tail=True)
            resampler = self._resamplers[tag] = successor
            if len(self._resamplers) > MANY:  # left by writers that failed before their `finish`
                del self._resamplers[next(iter(self._resamplers))]
        self._push(tag, resampler.process(clean(chunk.samples)), cancel)

    def finish(self, tag: str, rest: float = 0.0) -> None:
        """Say that no more audio comes for ``tag``, but ``rest`` seconds of silence."""
        resampler = self._resamplers.pop(tag, None)
        if resampler is not None:
            self._push(tag, resampler.flush(), CancelToken(), tail=True)
        self._playback.finish(tag, rest)
        self._fed()

    def wait(self, tag: str, cancel: CancelToken) -> Played:
        """Block until ``tag`` and its rest were handed over, or it was stopped."""
        played = self._playback.wait(tag, cancel)
        self._resamplers.pop(tag, None)
        return played

    def stop(self, tag: str) -> None:
        """Fade ``tag`` out at once and forget the rest of it. From any thread."""
        self._playback.stop(tag)
        self._fed()

    def pause(self) -> None:
        """Fade to silence and hold the position."""
        self._playback.pause()

    def resume(self) -> None:
        """Go on where `pause` held."""
        self._playback.resume()
        self._fed()

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0..1."""
        self._playback.set_volume(volume)

    def duck(self, gain: float) -> None:
        """Lower what sounds to ``gain``, 0..1, of the volume; 1.0 takes it back."""
        self._playback.duck(gain)

    def _push(
        self, tag: str, samples: NDArray[np.float32], cancel: CancelToken, *, tail: bool = False
    ) -> None:
        while len(samples) and not cancel.cancelled:
            owner = None if tail else cancel
            taken = self._playback.write(tag, samples, owner, tail=tail)
            samples = samples[taken:]
            self._fed()
            if len(samples):
                cancel.wait(FULL_POLL_SECONDS)
        # Looked at last: a stop may have come just before the tag was known.
        if cancel.cancelled:
            self.stop(tag)

    def _fed(self) -> None:
        """Something changed that a sleeping thread may have to look at."""

    def _tell(self, state: OutputState) -> None:
        with self._told:
            if state == self._state:
                return
            self._state = state
        for listener in tuple(self._listeners):
            _call(listener, state)


def _call(listener: Callable[[OutputState], None], state: OutputState) -> None:
    try:
        listener(state)
    except Exception:  # noqa: BLE001 - thread edge: a listener's fault must not end the sound
        _log.exception("A listener of the audio output failed")
