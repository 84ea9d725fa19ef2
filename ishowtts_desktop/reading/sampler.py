"""How the queue stands, put into the history now and then while something is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.reading.history_file import QueueSample

if TYPE_CHECKING:
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.reading.conductor import Conductor
    from ishowtts_desktop.reading.history import History
    from ishowtts_desktop.reading.latency import LatencyMeter

EVERY_SECONDS = 10.0


class QueueSampler:
    """Takes a sample every ten seconds, if `look` is called so often. Not thread-safe."""

    def __init__(
        self, conductor: Conductor, latency: LatencyMeter, history: History, clock: Clock
    ) -> None:
        self._conductor = conductor
        self._latency = latency
        self._history = history
        self._clock = clock
        self._due_at = 0.0

    def look(self) -> bool:
        """Record a sample if one is due, and tell whether it was. Never blocks for long."""
        now = self._clock.now()
        if now < self._due_at:
            return False
        self._due_at = now + EVERY_SECONDS
        state = self._conductor.state
        self._history.record_sample(
            QueueSample(
                at=self._clock.wall(),
                queued=state.queued,
                seconds=state.seconds_queued,
                age=state.age(now),
                stage=int(state.stage),
                p50=self._latency.p50,
                p95=self._latency.p95,
            )
        )
        return True
