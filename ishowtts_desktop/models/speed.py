"""How fast bytes come, over the last seconds."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ishowtts_desktop.core.clock import Clock

WINDOW_SECONDS: Final = 5.0
# A speed from less than this says nothing yet.
_LEAST_SECONDS: Final = 0.5


class SpeedMeter:
    """Is told how many bytes are there, often or seldom, and knows the speed of late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, done: int) -> None:
        """Note that ``done`` bytes are there now. Fewer than before: they were thrown away."""
        now = self._clock.now()
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, done))
        while len(self._seen) > 1 and now - self._seen[1][0] >= WINDOW_SECONDS:
            self._seen.popleft()

    @property
    def bytes_per_second(self) -> float:
        """The mean over the last seconds; 0 while that is unknown, and when nothing comes."""
        if len(self._seen) < 2:
            return 0.0
        (began, first), (ended, last) = self._seen[0], self._seen[-1]
        seconds = ended - began
        return (last - first) / seconds if seconds >= _LEAST_SECONDS else 0.0

    def seconds_left(self, total: int) -> float | None:
        """Return how long the rest of ``total`` bytes takes at that speed; None: unknown."""
        speed = self.bytes_per_second
        return (total - self._seen[-1][1]) / speed if speed > 0 else None
