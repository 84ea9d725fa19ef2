"""What the queue remembers of the last minute: what came in, and how much of whom."""

from __future__ import annotations

from collections import deque
from typing import Final

_SPAN: Final = 10
_MINUTE: Final = 60.0
# How far one utterance changes the pace: a dozen make it.
_LEARNED: Final = 0.1


class OfferedLoad:
    """Seconds of speech that came in per second, over the last ten seconds."""

    def __init__(self) -> None:
        self._buckets: deque[tuple[int, int]] = deque()

    def add(self, length: int, now: float) -> None:
        """Count ``length`` microseconds of speech that came at ``now``."""
        second = int(now)
        if self._buckets and self._buckets[-1][0] == second:
            length += self._buckets.pop()[1]
        self._buckets.append((second, length))
        while self._buckets[0][0] <= second - _SPAN:
            self._buckets.popleft()

    def offered(self, now: float) -> float:
        """Return the mean over the last ten seconds."""
        return self._between(now, _SPAN, 0) / 1e6 / _SPAN

    def sustained(self, now: float) -> float:
        """Return the mean over the less loaded half of the last ten seconds.

        A burst is in one of the halves only, so it is no sustained load however large it is.
        """
        half = _SPAN // 2
        return min(self._between(now, _SPAN, half), self._between(now, half, 0)) / 1e6 / half

    def _between(self, now: float, oldest: int, newest: int) -> int:
        second = int(now)
        return sum(
            length for at, length in self._buckets if second - oldest < at <= second - newest
        )


class Pace:
    """How much of what is predicted is said in a second: names off and a faster rate make it more.

    Between one and two, so that what was cut short can't mislead it.
    """

    def __init__(self) -> None:
        self.factor = 1.0

    def heard(self, predicted: float, seconds: float) -> None:
        """Learn that ``predicted`` seconds took ``seconds``."""
        if seconds > 0:
            pace = min(2.0, max(1.0, predicted / seconds))
            self.factor += (pace - self.factor) * _LEARNED


class LastMinute:
    """How much there was of each name within the last minute, in microseconds."""

    def __init__(self) -> None:
        self._heard: deque[tuple[float, str, int]] = deque()
        self._totals: dict[str, int] = {}
        self._total = 0

    def add(self, name: str, length: int, now: float) -> None:
        """Count ``length`` microseconds of ``name``; "" is nobody in particular."""
        self._forget(now)
        if length > 0:
            self._heard.append((now, name, length))
            self._total += length
            if name:
                self._totals[name] = self._totals.get(name, 0) + length

    def of(self, name: str, now: float) -> int:
        """Return the microseconds of ``name``, none of nobody's."""
        self._forget(now)
        return self._totals.get(name, 0)

    def others(self, name: str, now: float) -> int:
        """Return the microseconds of all but ``name``."""
        self._forget(now)
        return self._total - self._totals.get(name, 0)

    def _forget(self, now: float) -> None:
        while self._heard and self._heard[0][0] <= now - _MINUTE:
            _, name, length = self._heard.popleft()
            self._total -= length
            if not name:
                continue
            self._totals[name] -= length
            if not self._totals[name]:
                del self._totals[name]
