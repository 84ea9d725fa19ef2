"""An input device whose samples come from the test."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 8000
BLOCK = 160


class HandFed:
    """Can be opened again and again; ``asked`` counts that, ``opened`` names what was opened.

    ``fault`` is what opening raises, ``hold`` cleared lets it take forever.
    """

    latency = 0.0
    active = True

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.hold = threading.Event()
        self.hold.set()
        self.asked = 0
        self.opened: list[str] = []
        self.released = 0
        self.starved = False
        self._callback: Callable[..., None] | None = None

    @property
    def listening(self) -> bool:
        """Whether a stream is open."""
        return self._callback is not None and len(self.opened) > self.released

    def open_input(
        self, device: str, callback: Callable[..., None], *, quick: bool = False
    ) -> tuple[Any, int]:
        self.asked += 1
        self.hold.wait(20)
        if self.fault is not None:
            raise self.fault
        self._callback = callback
        self.opened.append(device)
        return self, RATE

    def release(self, stream: object) -> None:
        self.released += 1

    def feed(self, samples: np.ndarray) -> None:
        assert self._callback is not None
        for at in range(0, len(samples), BLOCK):
            block = np.array(samples[at : at + BLOCK], np.float32)
            buffer = block if block.ndim == 2 else block[:, np.newaxis]
            self._callback(buffer, len(buffer), None, None)
            buffer[:] = 9.0  # as PortAudio does: the buffer is used again

    def start(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...
