"""Cancellation that any thread may ask for and the working thread looks at between steps."""

from __future__ import annotations

import threading


class CancelToken:
    """A flag that goes up once and stays up."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the worker to stop at its next step. May be called often and from any thread."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep up to ``seconds``; return at once with True when cancelled."""
        return self._event.wait(seconds)
