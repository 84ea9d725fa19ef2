"""One microphone's stream, held so that no frozen sound server or lost device can hold us up."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ishowtts_desktop.audio.portaudio import active
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ishowtts_desktop.audio.portaudio import Stream

_log = logging.getLogger(__name__)

OPEN_SECONDS = 5.0
# A sound server's idle source may take two seconds before it gives the first samples.
START_SECONDS = 4.0
STALL_SECONDS = 1.5
RELEASE_SECONDS = 1.0


class InputBackend(Protocol):
    """What opens input streams; see `SoundDevices`."""

    def open_input(
        self, device: str, callback: Callable[..., None], *, quick: bool = False
    ) -> tuple[Stream, int]:
        """Open and start a stream; return it with its rate. ``quick`` asks for little delay."""
        ...

    def release(self, stream: Stream) -> None:
        """Close a stream."""
        ...

    @property
    def starved(self) -> bool:
        """Whether an output waits until no stream is open, so that new devices can be found."""
        ...


class InputStream:
    """Opened and released once. ``take`` gets each block, mono float32 of shape (n,), all finite.

    It is called on PortAudio's thread: it must not wait; what it raises is a `problem`. The rest
    may be looked at from any thread.
    """

    def __init__(
        self,
        backend: InputBackend,
        device: str,
        take: Callable[[NDArray[np.float32]], None],
        *,
        quick: bool = False,
    ) -> None:
        self._backend = backend
        self._device = device
        self._take = take
        self._quick = quick
        self._given_up = threading.Event()
        self._answered = threading.Event()
        self._opened = threading.Lock()
        self._stream: Stream | None = None
        self._helpers: list[threading.Thread] = []
        self.rate = 0
        self.frames = 0
        self._beat = 0.0
        self._fault: Exception | None = None

    def open(self) -> None:
        """Open the device; blocks a few seconds at most, not beyond `release`.

        Raises `AudioError`.
        """
        told: list[AudioError] = []
        helper = threading.Thread(
            target=self._open, args=(told,), name="microphone-open", daemon=True
        )
        self._helpers.append(helper)
        helper.start()
        self._answered.wait(OPEN_SECONDS)
        with self._opened:
            if self._stream is None:
                self._given_up.set()
        if told:
            raise told[0]
        if self._stream is None:  # a frozen sound server; what it opens late is closed at once
            raise silent_server()

    def release(self, patience: float = RELEASE_SECONDS) -> None:
        """Release the device at once, whatever it does. Calling it again does nothing."""
        with self._opened:
            self._given_up.set()  # one that is still being opened is closed when it is open
            self._answered.set()
            stream, self._stream = self._stream, None
        if stream is None:
            return
        # In a thread of its own: a frozen sound server would hold us forever.
        helper = threading.Thread(
            target=self._backend.release, args=(stream,), name="microphone-release", daemon=True
        )
        self._helpers.append(helper)
        helper.start()
        helper.join(patience)
        if helper.is_alive():
            _log.warning("The sound server doesn't answer; its stream is left behind")

    @property
    def hanging(self) -> bool:
        """Whether the sound server still owes an answer to `open` or `release`: a thread waits."""
        return any(helper.is_alive() for helper in self._helpers)

    @property
    def latency(self) -> float:
        """Seconds from a sound to its callback, as the device tells; 0 without one."""
        stream = self._stream
        return float(stream.latency) if stream is not None else 0.0

    @property
    def still(self) -> float:
        """Seconds since the last block, or since the stream was opened."""
        return time.monotonic() - self._beat

    @property
    def problem(self) -> AudioError | None:
        """Why nothing is heard any more, or None; to be looked at now and then.

        A device that goes away raises nothing, its samples just stop.
        """
        stream = self._stream
        if stream is None:
            return None
        if self._fault is not None:
            return AudioError(f"The microphone failed: {self._fault}.", "Try again.")
        heard = bool(self.frames)
        patience = STALL_SECONDS if heard else START_SECONDS
        if self.still < patience and active(stream):
            return None
        return AudioError(
            "The microphone stopped." if heard else "The microphone gives no sound.",
            "Check that it is connected, or choose another one.",
        )

    def _open(self, told: list[AudioError]) -> None:
        try:
            self._open_or_tell(told)
        finally:
            self._answered.set()

    def _open_or_tell(self, told: list[AudioError]) -> None:
        try:
            stream, rate = self._backend.open_input(self._device, self._call, quick=self._quick)
        except AudioError as error:
            told.append(error)
            return
        except Exception as error:  # noqa: BLE001 - thread edge: told as the rest is
            _log.exception("The microphone can't be opened")
            told.append(AudioError(f"The microphone failed: {error}.", "See the log."))
            return
        with self._opened:
            if not self._given_up.is_set():
                self._beat = time.monotonic()
                self.rate = rate
                self._stream = stream
                return
        self._backend.release(stream)

    def _call(
        self, samples: NDArray[np.float32], frames: int, _time: object, _status: object
    ) -> None:
        """PortAudio's callback: never raises, logs or waits. The buffer is PortAudio's own."""
        try:
            mono = samples.mean(axis=1, dtype=np.float32)
            self._take(np.nan_to_num(mono, copy=False))
            self.frames += frames
        except Exception as error:  # noqa: BLE001 - thread edge: `problem` tells it
            self._fault = error
        self._beat = time.monotonic()


def silent_server() -> AudioError:
    """Return what to tell of a sound server that is frozen."""
    return AudioError(
        "The sound server doesn't answer.", "Restart it, or choose another microphone."
    )
