"""The last line of the window: what was changed last, with the way back, and what closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ishowtts_desktop.desktop.status_bar import ElidedLabel

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk


class Footer(QWidget):
    """Shows what ``desk`` did last."""

    close_requested = Signal()

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._desk = desk
        self._said = ElidedLabel()
        self._undo, self._redo = QPushButton(), QPushButton()
        self._close = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._said, 1)
        for button in (self._undo, self._redo, self._close):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._undo.clicked.connect(desk.undo)
        self._redo.clicked.connect(desk.redo)
        self._close.clicked.connect(self.close_requested)
        desk.history_changed.connect(self.show_last)
        self.retranslate()

    @property
    def said(self) -> str:
        """What stands there of the last change."""
        return self._said.accessibleName()

    def tell(self, sentence: str) -> None:
        """Say something else until the next change."""
        self._said.show_text(sentence)

    @Slot()
    def show_last(self) -> None:
        """Say what was changed, or taken back."""
        last, undone = self._desk.last, self._desk.undone
        if undone is not None:
            text = self.tr("Taken back: {change}").format(change=undone.tell(undone))
        else:
            text = "" if last is None else last.tell(last)
        # A button with the focus isn't taken from under it: the keyboard would be nowhere.
        if self._undo.hasFocus() and last is None:
            self._redo.setEnabled(True)
            self._redo.setFocus()
        elif self._redo.hasFocus() and undone is None:
            self._undo.setEnabled(True)
            self._undo.setFocus()
        self._undo.setEnabled(last is not None)
        self._redo.setEnabled(undone is not None)
        self._said.show_text(text or self.tr("Changes apply at once."))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._undo.setText(self.tr("Un&do"))
        self._redo.setText(self.tr("R&edo"))
        self._close.setText(self.tr("&Close"))
        self.show_last()
