"""The microphone: records up to a minute, and tells meanwhile how loud it is."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.audio.input_stream import InputStream
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ishowtts_desktop.audio.input_stream import InputBackend

LONGEST_SECONDS = 60.0
LEVEL_SECONDS = 0.1
FLOOR_DB = -90.0
LONGEST_TAIL_SECONDS = 0.4
LOOK_SECONDS = 0.01


@dataclass(frozen=True)
class Level:
    """How loud the last tenth of a second was, in dB of full scale, -90 at least."""

    peak: float
    rms: float

    @classmethod
    def of(cls, samples: NDArray[np.float32]) -> Level:
        """Return the level of samples of shape (n,); the lowest one of none."""
        if not len(samples):
            return cls(FLOOR_DB, FLOOR_DB)
        peak = float(np.abs(samples).max())
        return cls(decibels(peak), decibels(float(np.sqrt(np.mean(samples**2)))))


class Microphone:
    """Records once from ``device`` ("" is the default one), ``longest`` seconds at most.

    `start` and `stop` block; the rest may be looked at from any thread. What was recorded before a
    device vanished isn't lost: `stop` returns it.
    """

    def __init__(
        self, backend: InputBackend, device: str = "", longest: float = LONGEST_SECONDS
    ) -> None:
        self._input = InputStream(backend, device, self._take)
        self._longest = longest
        self._blocks: list[NDArray[np.float32]] = []
        self._frames = 0

    def start(self) -> None:
        """Open the device and record from now on; raises `AudioError`."""
        self._input.open()

    def stop(self) -> AudioChunk:
        """Release the device and return what was recorded, mono float32 at the device's rate.

        What was said until now is in it: the device's own delay is waited for. Raises `AudioError`
        when there is nothing.
        """
        self._take_tail()
        self.discard()
        blocks = list(self._blocks)
        if not blocks:
            raise AudioError(
                "Nothing was recorded.", "Check that the microphone is connected and not muted."
            )
        return AudioChunk(np.concatenate(blocks)[: self._most], self._input.rate)

    def discard(self) -> None:
        """Release the device at once, whatever it does."""
        self._input.release()

    @property
    def seconds(self) -> float:
        """How much was recorded so far."""
        rate = self._input.rate
        return min(self._longest, self._frames / rate) if rate else 0.0

    @property
    def full(self) -> bool:
        """Whether no more fits."""
        return bool(self._input.rate) and self._frames >= self._most

    @property
    def level(self) -> Level:
        """How loud it is now."""
        wanted, recent = round(self._input.rate * LEVEL_SECONDS), np.zeros(0, np.float32)
        blocks, at = self._blocks, len(self._blocks)
        while at and len(recent) < wanted:
            at -= 1
            recent = np.concatenate([blocks[at], recent])
        return Level.of(recent[-wanted:] if wanted else recent)

    @property
    def problem(self) -> AudioError | None:
        """Why nothing is recorded any more, or None; to be looked at now and then."""
        return None if self.full else self._input.problem

    @property
    def _most(self) -> int:
        return round(self._longest * self._input.rate)

    def _take(self, block: NDArray[np.float32]) -> None:
        if not self.full:
            self._blocks.append(block)
            self._frames += len(block)

    def _take_tail(self) -> None:
        delay = min(self._input.latency, LONGEST_TAIL_SECONDS)
        wanted = self._frames + round(delay * self._input.rate)
        deadline = time.monotonic() + delay + LONGEST_TAIL_SECONDS
        while self._frames < wanted and not self.full and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)


def decibels(value: float) -> float:
    """Return an amplitude, 1 is full scale, in dB; `FLOOR_DB` at least."""
    return max(FLOOR_DB, 20 * math.log10(value)) if value > 0 else FLOOR_DB
