"""A notice that something is gone, with the way to have it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.shapes import Glyph, glyph_icon


class UndoBar(QFrame):
    """Stands until it is closed, used, or the next thing is removed."""

    undo_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = ""
        self._name = ""
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._undo = QPushButton()
        self._undo.setAutoDefault(False)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        side = self.fontMetrics().height()
        row.setContentsMargins(side // 2, side // 4, side // 4, side // 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._close)
        self._undo.clicked.connect(self._ask)
        self._close.clicked.connect(self.hide)
        self._retranslate()
        self.hide()

    def show_removed(self, token: str, name: str) -> None:
        """Say that ``name`` was removed; ``token`` is what brings it back."""
        self._token, self._name = token, name
        self._retranslate()
        self.show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language or theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

    def _retranslate(self) -> None:
        text = self.tr("{name} was removed.").format(name=plain(self._name, 80))
        self._words.setText(text)
        self.setAccessibleName(self.tr("Notice"))
        self.setAccessibleDescription(text)
        self._undo.setText(self.tr("Un&do"))
        side, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        self._close.setIcon(glyph_icon(Glyph.CLOSE, self.palette(), side, ratio))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))

    @Slot()
    def _ask(self) -> None:
        self.hide()
        self.undo_requested.emit(self._token)
