"""How many messages were skipped, for a word about it now and then."""

from __future__ import annotations

import math
from typing import Final

_EVERY: Final = 60.0
# The first of a flood is not worth a word: wait for how many it will be.
_GATHER: Final = 10.0


class Skipped:
    """Counts what was skipped since it was last told; times are seconds of `Clock.now`."""

    def __init__(self) -> None:
        self._count = 0
        self._first_at = math.inf
        self._told_at = -math.inf

    def add(self, count: int, now: float) -> None:
        """Count ``count`` more."""
        if count:
            self._count += count
            self._first_at = min(self._first_at, now)

    def due(self, now: float) -> int:
        """Return how many to tell of, 0 while it is too early."""
        early = now < self._told_at + _EVERY or now < self._first_at + _GATHER
        return 0 if early else self._count

    def told(self, now: float) -> None:
        """Begin anew: it was said."""
        self._count, self._first_at, self._told_at = 0, math.inf, now
