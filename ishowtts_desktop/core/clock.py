"""Time, injected, so that every policy can be tested in simulated seconds."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> float:
        """Seconds that only go forward; their zero means nothing."""
        ...

    def wall(self) -> float:
        """Seconds of Unix time."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> float:
        """Seconds of the monotonic clock."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds of Unix time."""
        return time.time()
