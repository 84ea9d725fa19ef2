"""The output that sounds: one stream for the whole life of the application, watched over.

Opening a stream for each utterance would lose some of its head and tail. A device that goes away
raises nothing, its callbacks just stop; so a thread watches them and opens the device again.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ishowtts_desktop.audio.base import PlaybackOutput
from ishowtts_desktop.audio.output import OutputState
from ishowtts_desktop.audio.portaudio import PortAudio, active
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ishowtts_desktop.audio.portaudio import Stream
    from ishowtts_desktop.core.clock import Clock

_log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
STALL_SECONDS = 1.0
# A sound server's idle sink may take two seconds before it asks for more than the first blocks.
START_SECONDS = 3.0
RETRY_SECONDS = 2.0
RELEASE_SECONDS = 1.0
LAST_RELEASE_SECONDS = 0.4
QUIET_SECONDS = 0.08
JOIN_SECONDS = 0.9


class Backend(Protocol):
    """What opens streams; see `PortAudio`."""

    def refresh(self) -> None:
        """Load the library, or look for new devices."""
        ...

    def open(self, device: str, rate: int, callback: Callable[..., None]) -> Stream:
        """Open and start a stream."""
        ...

    def release(self, stream: Stream) -> None:
        """Close a stream."""
        ...


class Status(Protocol):
    """What PortAudio tells a callback."""

    @property
    def output_underflow(self) -> bool:
        """Whether the device ran out of samples before this callback."""
        ...


class DeviceOutput(PlaybackOutput):
    """Plays on ``device`` ("" is the sound server's default) through ``backend``.

    While there is no device nothing is consumed, and the speech goes on where it was when there is
    one again. ``dropouts`` counts how often the machine was too busy to keep the sound going.
    """

    def __init__(
        self, clock: Clock, device: str = "", rate: int = 48_000, backend: Backend | None = None
    ) -> None:
        super().__init__(clock, rate)
        self._device = device
        self.dropouts = 0
        self._rate = rate
        self._backend = backend or PortAudio()
        self._closing = threading.Event()
        self._beats = 0
        self._streams = 0
        self._stream: Stream | None = None
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="audio-watchdog", daemon=True)

    @property
    def latency(self) -> float:
        """Seconds from a sample's callback to the sound, as the device tells; 0 without one."""
        stream = self._stream
        return float(stream.latency) if stream is not None else 0.0

    def open(self) -> None:
        """Start to look for the device. The first state told says whether there is one."""
        self._thread.start()

    def close(self) -> None:
        """Fade out and release the device, within a second."""
        self._playback.close()
        self._closing.set()
        if self._thread.ident is None:
            return
        self._thread.join(JOIN_SECONDS)
        if self._thread.is_alive():
            _log.warning("The sound device doesn't answer; it is left to the end of the process")

    def _run(self) -> None:
        while not self._closing.is_set():
            stream = self._try_open()
            if stream is None:
                self._closing.wait(RETRY_SECONDS)
                continue
            self._stream = stream
            self._guard(stream)
            if self._closing.is_set():
                self._fade_out(stream)
            else:
                self._tell(self._silent("The sound device stopped.", "It is opened again."))
            self._stream = None
            self._release(stream)
        self._tell(OutputState(ready=False, device=self._device))

    def _try_open(self) -> Stream | None:
        try:
            self._backend.refresh()
            self._playback.interrupted()
            stream = self._backend.open(self._device, self._rate, self._new_callback())
        except AudioError as error:
            self._tell(self._silent(error.message, error.advice))
        except Exception as error:  # noqa: BLE001 - thread edge: it is tried again
            _log.exception("The sound device can't be opened")
            self._tell(self._silent(f"The sound device failed: {error}.", "See the log."))
        else:
            self._tell(OutputState(ready=True, device=self._device))
            return stream
        return None

    def _silent(self, message: str, advice: str) -> OutputState:
        return OutputState(ready=False, device=self._device, detail=f"{message} {advice}".strip())

    def _guard(self, stream: Stream) -> None:
        """Return when the callbacks have stopped, or at `close`."""
        seen, still, patience = self._beats, 0.0, START_SECONDS
        lasted = 0.0
        while not self._closing.wait(LOOK_SECONDS):
            self._log_fault()
            lasted += LOOK_SECONDS
            if lasted > START_SECONDS:
                patience = STALL_SECONDS
            if self._beats != seen:
                seen, still = self._beats, 0.0
                continue
            still += LOOK_SECONDS
            if still >= patience or not active(stream):
                return

    def _new_callback(self) -> Callable[..., None]:
        """Return PortAudio's callback for the next stream: it never raises, logs or waits."""
        self._streams += 1
        mine = self._streams

        def fill(out: NDArray[np.float32], frames: int, _time: object, status: Status) -> None:
            try:
                if mine != self._streams:  # a frozen server's old stream came to life again
                    out.fill(0)
                    return
                self.dropouts += bool(status and status.output_underflow)
                out[:] = self._playback.render(frames)[:, np.newaxis]
            except Exception as error:  # noqa: BLE001 - thread edge: the watchdog logs it
                out.fill(0)
                self._fault = error
            self._beats += 1

        return fill

    def _log_fault(self) -> None:
        fault, self._fault = self._fault, None
        if fault is not None:
            _log.error("Rendering failed", exc_info=fault)

    def _fade_out(self, stream: Stream) -> None:
        deadline = time.monotonic() + QUIET_SECONDS
        while not self._playback.quiet and time.monotonic() < deadline:
            time.sleep(0.005)
        # What was rendered last is heard only after the device's own latency.
        time.sleep(min(stream.latency, QUIET_SECONDS))

    def _release(self, stream: Stream) -> None:
        """Close the stream in a thread of its own: a frozen sound server would hold us forever."""
        helper = threading.Thread(
            target=self._backend.release, args=(stream,), name="audio-release", daemon=True
        )
        helper.start()
        helper.join(LAST_RELEASE_SECONDS if self._closing.is_set() else RELEASE_SECONDS)
        if helper.is_alive():
            _log.warning("The sound server doesn't answer; its stream is left behind")
