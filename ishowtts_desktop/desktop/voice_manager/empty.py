"""What stands at the right of the voice manager while no voice is shown: the next step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class VoiceEmpty(QWidget):
    """Three ways to a voice."""

    file_requested = Signal()
    recording_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        em = self.fontMetrics().height()
        self._title = QLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self._title.setFont(font)
        self._text = QLabel()
        self._text.setWordWrap(True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._file = QPushButton()
        self._record = QPushButton()
        for button in (self._file, self._record):
            button.setAutoDefault(True)
        self._file.clicked.connect(self.file_requested)
        self._record.clicked.connect(self.recording_requested)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._file)
        buttons.addWidget(self._record)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(em // 2)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(em // 2)
        column.addLayout(buttons)
        column.addStretch(1)
        self._retranslate()

    def focus_first(self) -> None:
        """Let Enter take the first way."""
        self._file.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Make a voice of your own"))
        self._text.setText(
            self.tr(
                "Three to eight seconds of clear speech are enough: drop a sound file anywhere in "
                "this window, open one, or read a sentence aloud."
            )
        )
        self._file.setText(self.tr("&Open a file..."))
        self._record.setText(self.tr("&Read it aloud..."))
