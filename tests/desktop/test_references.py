"""PySide6 must not lose references: one release does, and ends the process (ADR 0006)."""

from __future__ import annotations

import sys

from PySide6.QtGui import QImage, QPainter

CALLS = 500


def test_calls_that_return_nothing_leave_none_alone() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.save()
        painter.restore()
    lost = before - sys.getrefcount(None)
    painter.end()
    assert abs(lost) < CALLS // 2
