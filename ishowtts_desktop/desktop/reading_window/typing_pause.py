"""The moment after the last key, when what was typed counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

PAUSE_MS: Final = 600


class TypingPause(QObject):
    """``over`` comes ``pause`` milliseconds after the last `begin`."""

    over = Signal()

    def __init__(self, parent: QObject, pause: int = PAUSE_MS) -> None:
        super().__init__(parent)
        self._typing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(self.over)

    @property
    def typing(self) -> bool:
        """Whether something was typed that didn't count yet."""
        return self._typing

    @Slot()
    def begin(self) -> None:
        """Note a key."""
        self._typing = True
        self._timer.start()

    def end(self) -> bool:
        """Let what was typed count now; return whether anything was."""
        self._timer.stop()
        typed, self._typing = self._typing, False
        return typed
