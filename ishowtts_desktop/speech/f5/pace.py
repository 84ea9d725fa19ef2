"""Keeps the processor from running ahead of the GPU.

Work on a GPU is only queued by a call. Without a brake all steps of an utterance would be queued
before the first has run, and nobody could cancel them any more.
"""

from __future__ import annotations

import torch


class Pace:
    """Lets one step be queued while another runs. On a processor, where calls wait, does nothing.

    Waiting lets go of the interpreter's lock and takes no processor time.
    """

    def __init__(self, device: torch.device) -> None:
        self._events: list[torch.cuda.Event] = []
        if device.type == "cuda":
            self._events = [_event(), _event()]
        self._queued = 0

    def wait(self) -> None:
        """Return when at most one step is still at work."""
        if self._events and self._queued >= len(self._events):
            self._events[self._queued % len(self._events)].synchronize()

    def mark(self) -> None:
        """Note that a step was queued."""
        if self._events:
            self._events[self._queued % len(self._events)].record()
        self._queued += 1


def _event() -> torch.cuda.Event:
    event: torch.cuda.Event = torch.cuda.Event(blocking=True)  # type: ignore[no-untyped-call]
    return event
