"""The line to type and speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

MAX_CHARACTERS: Final = 1000
MAX_HISTORY: Final = 50


class HistoryLine(QLineEdit):
    """A line that brings earlier lines back by Up and Down, as a shell does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: list[str] = []
        self._at = 0
        self._draft = ""

    def remember(self, text: str) -> None:
        """Keep ``text`` as the newest earlier line."""
        if text in self._history:
            self._history.remove(text)
        self._history = [*self._history, text][-MAX_HISTORY:]
        self._at = len(self._history)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and Down walk the earlier lines; what was being typed comes back at the end."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step == 0:
            super().keyPressEvent(event)
            return
        if self._at >= len(self._history):
            self._draft = self.text()
        self._at = min(len(self._history), max(0, self._at + step))
        at_end = self._at == len(self._history)
        self.setText(self._draft if at_end else self._history[self._at])


class SayBar(QWidget):
    """A line and a button; both say the line."""

    say_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = HistoryLine()
        self._line.setMaxLength(MAX_CHARACTERS)
        self._line.setClearButtonEnabled(True)
        self._button = QPushButton()
        self._button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        self._line.returnPressed.connect(self.say)
        self._button.clicked.connect(self.say)
        self._line.textChanged.connect(self._enable)
        self._retranslate()
        self._enable()

    @Slot()
    def say(self) -> None:
        """Ask for the line to be said and make room for the next."""
        text = self._line.text().strip()
        if not text:
            return
        self._line.remember(text)
        self._line.clear()
        self.say_requested.emit(text)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._line.setPlaceholderText(self.tr("Type something to say, then press Enter"))
        self._line.setAccessibleName(self.tr("Line to say"))
        self._button.setText(self.tr("S&ay"))
        self._button.setAccessibleDescription(self.tr("Says the line you typed"))

    @Slot()
    def _enable(self) -> None:
        self._button.setEnabled(bool(self._line.text().strip()))
