"""How loud the streamer is, with the level at which talk begins and the one at which it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

LOWEST_DB: Final = -70.0


class GateMeter(QWidget):
    """A bar; None shows that nothing is measured."""

    def __init__(self) -> None:
        super().__init__()
        self._level: float | None = None
        self._talking = False
        self._begins = self._ends = LOWEST_DB
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    @property
    def level(self) -> float | None:
        """What it shows, in dB of full scale."""
        return self._level

    def show_level(self, level: float | None, *, talking: bool) -> None:
        """Show how loud it is, in dB of full scale, and whether that is talk."""
        if (level, talking) != (self._level, self._talking):
            self._level, self._talking = level, talking
            self.update()

    def show_threshold(self, begins: float, ends: float) -> None:
        """Mark where talk begins and where it ends, in dB of full scale."""
        self._begins, self._ends = begins, ends
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a bar as wide as a short sentence."""
        em = self.fontMetrics().height()
        return QSize(14 * em, em * 3 // 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least that still tells something."""
        em = self.fontMetrics().height()
        return QSize(6 * em, em * 3 // 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's
        """Paint the bar, the zone between the two levels, and its frame."""
        painter = QPainter(self)
        palette, height = self.palette(), float(self.height())
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        zone = palette.color(QPalette.ColorRole.Mid)
        zone.setAlphaF(0.4)
        begins, ends = self._x_of(self._begins), self._x_of(self._ends)
        painter.fillRect(QRectF(ends, 0, begins - ends, height), zone)
        if self._level is not None:
            full = palette.color(QPalette.ColorRole.Highlight)
            full.setAlphaF(1.0 if self._talking else 0.5)
            inner = height / 4
            painter.fillRect(QRectF(0, inner, self._x_of(self._level), height - 2 * inner), full)
        painter.fillRect(QRectF(begins - 1, 0, 2, height), palette.color(QPalette.ColorRole.Text))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _x_of(self, db: float) -> float:
        return (max(LOWEST_DB, min(0.0, db)) - LOWEST_DB) / -LOWEST_DB * self.width()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Level of the microphone"))
