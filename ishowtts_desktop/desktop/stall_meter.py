"""How long the event loop is held up: what the user feels as a window that hangs."""

from __future__ import annotations

import time
from collections import deque
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

INTERVAL_MS: Final = 5
KEPT: Final = 20_000


class StallMeter(QObject):
    """A timer that notices when it is late. Figures are seconds over the last ticks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._late: deque[float] = deque(maxlen=KEPT)
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def ticks(self) -> int:
        """How many intervals were measured."""
        return len(self._late)

    @property
    def longest(self) -> float:
        """The longest stall."""
        return max(self._late, default=0.0)

    def percentile(self, percent: float) -> float:
        """Return the stall that ``percent`` of the ticks stay under; 0 before the first tick."""
        if not self._late:
            return 0.0
        ordered = sorted(self._late)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    @Slot()
    def start(self) -> None:
        """Measure from now on, anew."""
        self._late.clear()
        self._last = time.monotonic()
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Measure no more; the figures stay."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = time.monotonic()
        self._late.append(max(0.0, now - self._last - INTERVAL_MS / 1000))
        self._last = now
