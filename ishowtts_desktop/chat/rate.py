"""A limit on how often something may be sent."""

from __future__ import annotations

import asyncio
from collections import deque


class RateLimit:
    """At most ``count`` passes in any ``seconds``; whoever comes too early waits for a turn."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._passed: deque[float] = deque(maxlen=count)

    async def wait(self) -> None:
        """Return when it may be sent."""
        loop = asyncio.get_running_loop()
        at = loop.time()
        if len(self._passed) == self._count:
            at = max(at, self._passed[0] + self._seconds)
        # The turn is taken before the wait, so that two waiters never get the same one.
        self._passed.append(at)
        await asyncio.sleep(at - loop.time())
