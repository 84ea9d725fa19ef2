"""The microphone: records up to a minute, and tells meanwhile how loud it is."""

from __future__ import annotations

import logging
import math
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ishowtts_desktop.audio.portaudio import Stream

_log = logging.getLogger(__name__)

LONGEST_SECONDS = 60.0
LEVEL_SECONDS = 0.1
FLOOR_DB = -90.0
OPEN_SECONDS = 5.0
# A sound server's idle source may take two seconds before it gives the first samples.
START_SECONDS = 4.0
STALL_SECONDS = 1.5
LONGEST_TAIL_SECONDS = 0.4
RELEASE_SECONDS = 1.0
LOOK_SECONDS = 0.01


class InputBackend(Protocol):
    """What opens input streams; see `SoundDevices`."""

    def open_input(self, device: str, callback: Callable[..., None]) -> tuple[Stream, int]:
        """Open and start a stream; return it with its rate."""
        ...

    def release(self, stream: Stream) -> None:
        """Close a stream."""
        ...


@dataclass(frozen=True)
class Level:
    """How loud the last tenth of a second was, in dB of full scale, -90 at least."""

    peak: float
    rms: float


class Microphone:
    """Records once from ``device`` ("" is the default one), ``longest`` seconds at most.

    `start` and `stop` block; the rest may be looked at from any thread. What was recorded before a
    device vanished isn't lost: `stop` returns it.
    """

    def __init__(
        self, backend: InputBackend, device: str = "", longest: float = LONGEST_SECONDS
    ) -> None:
        self._backend = backend
        self._device = device
        self._longest = longest
        self._given_up = threading.Event()
        self._opened = threading.Lock()
        self._stream: Stream | None = None
        self._rate = 0
        self._blocks: list[NDArray[np.float32]] = []
        self._frames = 0
        self._beat = 0.0
        self._began = 0.0
        self._fault: Exception | None = None

    def start(self) -> None:
        """Open the device and record from now on; raises `AudioError`."""
        told: list[AudioError] = []
        helper = threading.Thread(
            target=self._open, args=(told,), name="microphone-open", daemon=True
        )
        helper.start()
        helper.join(OPEN_SECONDS)
        with self._opened:
            if self._stream is None:
                self._given_up.set()
        if told:
            raise told[0]
        if self._stream is None:  # a frozen sound server; what it opens late is closed at once
            raise AudioError(
                "The sound server doesn't answer.", "Restart it, or choose another microphone."
            )

    def stop(self) -> AudioChunk:
        """Release the device and return what was recorded, mono float32 at the device's rate.

        What was said until now is in it: the device's own delay is waited for. Raises `AudioError`
        when there is nothing.
        """
        if self._stream is not None:
            self._take_tail(self._stream)
        self.discard()
        blocks = list(self._blocks)
        if not blocks:
            raise AudioError(
                "Nothing was recorded.", "Check that the microphone is connected and not muted."
            )
        return AudioChunk(np.concatenate(blocks)[: self._most], self._rate)

    def discard(self) -> None:
        """Release the device at once, whatever it does."""
        with self._opened:
            self._given_up.set()  # one that is still being opened is closed when it is open
            stream, self._stream = self._stream, None
        if stream is not None:
            self._release(stream)

    @property
    def seconds(self) -> float:
        """How much was recorded so far."""
        return min(self._longest, self._frames / self._rate) if self._rate else 0.0

    @property
    def full(self) -> bool:
        """Whether no more fits."""
        return bool(self._rate) and self._frames >= self._most

    @property
    def level(self) -> Level:
        """How loud it is now."""
        wanted, recent = round(self._rate * LEVEL_SECONDS), np.zeros(0, np.float32)
        blocks, at = self._blocks, len(self._blocks)
        while at and len(recent) < wanted:
            at -= 1
            recent = np.concatenate([blocks[at], recent])
        recent = recent[-wanted:] if wanted else recent
        if not len(recent):
            return Level(FLOOR_DB, FLOOR_DB)
        peak = float(np.abs(recent).max())
        return Level(_decibels(peak), _decibels(float(np.sqrt(np.mean(recent**2)))))

    @property
    def problem(self) -> AudioError | None:
        """Why nothing is recorded any more, or None; to be looked at now and then.

        A device that goes away raises nothing, its samples just stop.
        """
        if self._stream is None or self.full:
            return None
        if self._fault is not None:
            return AudioError(f"The recording failed: {self._fault}.", "Record again.")
        now = time.monotonic()
        heard = bool(self._frames)
        still = now - (self._beat if heard else self._began)
        if still < (STALL_SECONDS if heard else START_SECONDS):
            return None
        return AudioError(
            "The microphone stopped." if heard else "The microphone gives no sound.",
            "Check that it is connected, or choose another one.",
        )

    @property
    def _most(self) -> int:
        return round(self._longest * self._rate)

    def _open(self, told: list[AudioError]) -> None:
        try:
            stream, rate = self._backend.open_input(self._device, self._take)
        except AudioError as error:
            told.append(error)
            return
        except Exception as error:  # noqa: BLE001 - thread edge: told as the rest is
            _log.exception("The microphone can't be opened")
            told.append(AudioError(f"The microphone failed: {error}.", "See the log."))
            return
        with self._opened:
            if not self._given_up.is_set():
                self._began = time.monotonic()
                self._rate = rate
                self._stream = stream
                return
        self._backend.release(stream)

    def _take(
        self, samples: NDArray[np.float32], frames: int, _time: object, _status: object
    ) -> None:
        """PortAudio's callback: never raises, logs or waits. The buffer is PortAudio's own."""
        try:
            if not self.full:
                mono = samples.mean(axis=1, dtype=np.float32)
                self._blocks.append(np.nan_to_num(mono, copy=False))
                self._frames += frames
        except Exception as error:  # noqa: BLE001 - thread edge: `problem` tells it
            self._fault = error
        self._beat = time.monotonic()

    def _take_tail(self, stream: Stream) -> None:
        delay = min(stream.latency, LONGEST_TAIL_SECONDS)
        wanted = self._frames + round(delay * self._rate)
        deadline = time.monotonic() + delay + LONGEST_TAIL_SECONDS
        while self._frames < wanted and not self.full and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)

    def _release(self, stream: Stream) -> None:
        """Close the stream in a thread of its own: a frozen sound server would hold us forever."""
        helper = threading.Thread(
            target=self._backend.release, args=(stream,), name="microphone-release", daemon=True
        )
        helper.start()
        helper.join(RELEASE_SECONDS)
        if helper.is_alive():
            _log.warning("The sound server doesn't answer; its stream is left behind")


def _decibels(value: float) -> float:
    return max(FLOOR_DB, 20 * math.log10(value)) if value > 0 else FLOOR_DB
