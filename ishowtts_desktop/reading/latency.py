"""How long chat takes to become sound, over the last messages."""

from __future__ import annotations

import math
import threading
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def percentile(values: Iterable[float], share: float) -> float | None:
    """Return the nearest-rank percentile; ``share`` is 0..1. None when there are no values."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class LatencyMeter:
    """Rolling percentiles of chat-to-sound seconds over the last ``size``. Thread-safe."""

    def __init__(self, size: int = 100) -> None:
        self._lock = threading.Lock()
        self._seconds: deque[float] = deque(maxlen=size)

    def add(self, seconds: float) -> None:
        """Count one message's chat-to-sound seconds."""
        with self._lock:
            self._seconds.append(seconds)

    @property
    def count(self) -> int:
        """Over how many messages the percentiles are."""
        return len(self._seconds)

    @property
    def p50(self) -> float | None:
        """The median in seconds, None before the first message."""
        return self._percentile(0.5)

    @property
    def p95(self) -> float | None:
        """What nineteen of twenty stay below, in seconds; None before the first message."""
        return self._percentile(0.95)

    def _percentile(self, share: float) -> float | None:
        with self._lock:
            return percentile(self._seconds, share)
