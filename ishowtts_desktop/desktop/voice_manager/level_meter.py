"""How loud the microphone is: a bar with its peak held for a while, and a word for it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ishowtts_desktop.audio.capture import FLOOR_DB, Level

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

LOWEST_DB: Final = -60.0
TOO_LOUD_DB: Final = -1.0
TOO_QUIET_DB: Final = -30.0
SILENT_DB: Final = -50.0
HOLD_SECONDS: Final = 2.0


class Verdict(Enum):
    """What is to be said of a level."""

    SILENT = "silent"
    QUIET = "quiet"
    GOOD = "good"
    LOUD = "loud"


class PeakHold:
    """The highest peak of the last two seconds, and what it means."""

    def __init__(self) -> None:
        self._peaks: list[tuple[float, float]] = []

    def take(self, peak: float, now: float) -> None:
        """Note a peak in dB of full scale at ``now`` seconds."""
        kept = [(db, at) for db, at in self._peaks if now - at < HOLD_SECONDS and db > peak]
        self._peaks = [*kept, (peak, now)]

    @property
    def peak(self) -> float:
        """The highest one, in dB."""
        return max((db for db, _ in self._peaks), default=FLOOR_DB)

    @property
    def verdict(self) -> Verdict:
        """What to say of it."""
        if self.peak >= TOO_LOUD_DB:
            return Verdict.LOUD
        if self.peak >= TOO_QUIET_DB:
            return Verdict.GOOD
        return Verdict.QUIET if self.peak >= SILENT_DB else Verdict.SILENT


class LevelMeter(QWidget):
    """Shows levels as they come; `clear` shows that nothing is measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hold: PeakHold | None = None
        self._bar = _Bar()
        self._word = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar, 1)
        row.addWidget(self._word)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    @property
    def word(self) -> str:
        """What is said of the level; empty while nothing is measured."""
        return self._word.text()

    def show_level(self, level: Level, now: float) -> None:
        """Show how loud it is at ``now`` seconds of any clock that goes forwards."""
        self._hold = self._hold or PeakHold()
        self._hold.take(level.peak, now)
        self._bar.show_levels(level.rms, self._hold.peak)
        self._say()

    def clear(self) -> None:
        """Show that nothing is measured."""
        self._hold = None
        self._bar.show_levels(FLOOR_DB, FLOOR_DB)
        self._say()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._retranslate()

    def _words(self) -> dict[Verdict, str]:
        return {
            Verdict.SILENT: self.tr("Nothing is heard"),
            Verdict.QUIET: self.tr("Too quiet: go closer"),
            Verdict.GOOD: self.tr("Good"),
            Verdict.LOUD: self.tr("Too loud: go further away"),
        }

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Level"))
        self._word.setAccessibleName(self.tr("Level"))
        # The widest word has room from the start, so that the bar never jumps.
        metrics = self._word.fontMetrics()
        widest = max(metrics.horizontalAdvance(word) for word in self._words().values())
        self._word.setMinimumWidth(widest + metrics.averageCharWidth())
        self._say()

    def _say(self) -> None:
        word = "" if self._hold is None else self._words()[self._hold.verdict]
        if word != self._word.text():
            self._word.setText(word)
            self.setAccessibleDescription(word)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._rms = self._peak = FLOOR_DB
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_levels(self, rms: float, peak: float) -> None:
        self._rms, self._peak = rms, peak
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        em = self.fontMetrics().height()
        return QSize(14 * em, em)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        em = self.fontMetrics().height()
        return QSize(6 * em, em)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        height = float(self.height())
        full = palette.color(QPalette.ColorRole.Highlight)
        pale = palette.color(QPalette.ColorRole.Highlight)
        pale.setAlphaF(0.4)
        painter.fillRect(QRectF(0, 0, self._x_of(self._peak), height), pale)
        painter.fillRect(QRectF(0, 0, self._x_of(self._rms), height), full)
        marks = palette.color(QPalette.ColorRole.PlaceholderText)
        for db in (TOO_QUIET_DB, TOO_LOUD_DB):  # good is between the two
            painter.fillRect(QRectF(self._x_of(db) - 0.5, 0, 1, height), marks)
        if self._peak > LOWEST_DB:
            text = palette.color(QPalette.ColorRole.Text)
            painter.fillRect(QRectF(self._x_of(self._peak) - 1, 0, 2, height), text)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _x_of(self, db: float) -> float:
        share = (max(LOWEST_DB, min(0.0, db)) - LOWEST_DB) / -LOWEST_DB
        return share * self.width()
