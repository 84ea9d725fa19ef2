"""How long to wait before the next attempt: exponential with full jitter.

Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


class Backoff:
    """Delays in seconds, drawn evenly from zero to a ceiling that doubles with every attempt."""

    def __init__(self, rng: random.Random, first: float = 1.0, longest: float = 120.0) -> None:
        self._rng = rng
        self._first = first
        self._longest = longest
        self._ceiling = first

    def next(self) -> float:
        """Return the seconds to wait before the next attempt."""
        delay = self._rng.uniform(0.0, self._ceiling)
        self._ceiling = min(self._longest, self._ceiling * 2)
        return delay

    def reset(self) -> None:
        """Begin again at the first delay, after the connection proved healthy."""
        self._ceiling = self._first
