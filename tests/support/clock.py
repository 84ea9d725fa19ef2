"""A clock whose seconds pass when the test says so."""

from __future__ import annotations

import threading


class FakeClock:
    """Starts at ``now`` (its own zero) and ``wall`` (Unix time); both go on by `advance`."""

    def __init__(self, now: float = 1000.0, wall: float = 1_700_000_000.0) -> None:
        self._lock = threading.Lock()
        self._now = now
        self._ahead = wall - now

    def now(self) -> float:
        return self._now

    def wall(self) -> float:
        return self._now + self._ahead

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += seconds
