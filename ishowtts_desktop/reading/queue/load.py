"""What the queue remembers of the last minute: what came in, who was heard, and who wrote."""

from __future__ import annotations

from collections import OrderedDict, deque
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
    """How much was heard of each name within the last minute, in microseconds."""

    def __init__(self) -> None:
        self._heard: deque[tuple[float, str, int]] = deque()
        self._totals: dict[str, int] = {}

    def add(self, name: str, length: int, now: float) -> None:
        """Count ``length`` microseconds of ``name``; "" is nobody's."""
        self._forget(now)
        if name and length > 0:
            self._heard.append((now, name, length))
            self._totals[name] = self._totals.get(name, 0) + length

    def of(self, name: str, now: float) -> int:
        """Return the microseconds that were heard of ``name``."""
        self._forget(now)
        return self._totals.get(name, 0)

    def _forget(self, now: float) -> None:
        while self._heard and self._heard[0][0] <= now - _MINUTE:
            _, name, length = self._heard.popleft()
            self._totals[name] -= length
            if not self._totals[name]:
                del self._totals[name]


class Writers:
    """Who wrote within the last minute."""

    def __init__(self) -> None:
        self._wrote: OrderedDict[str, float] = OrderedDict()

    def add(self, author: str, now: float) -> None:
        """Count a message of ``author``; "" is nobody's."""
        if author:
            self._wrote[author] = now
            self._wrote.move_to_end(author)
        while self._wrote and next(iter(self._wrote.values())) <= now - _MINUTE:
            self._wrote.popitem(last=False)

    def others(self, author: str, now: float) -> bool:
        """Tell whether anybody but ``author`` wrote."""
        for other in reversed(self._wrote):
            if other != author:
                return self._wrote[other] > now - _MINUTE
        return False
