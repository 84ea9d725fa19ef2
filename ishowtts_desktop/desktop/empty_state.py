"""What stands where the chat will be: three first steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ishowtts_desktop.desktop.icons import app_icon


class EmptyState(QWidget):
    """Says what to do first. ``waiting`` words stand here once a channel is connected."""

    channel_requested = Signal()
    voice_requested = Signal()
    demo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channel = ""
        em = self.fontMetrics().height()
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(4 * em, 4 * em))
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        self._title.setFont(font)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._pick = QPushButton()
        self._voice = QPushButton()
        self._demo = QPushButton()
        self._pick.clicked.connect(self.channel_requested)
        self._voice.clicked.connect(self.voice_requested)
        self._demo.clicked.connect(self.demo_requested)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self._pick, self._voice, self._demo):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(em // 2)
        for label in (picture, self._title):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)
        column.addSpacing(em // 2)
        column.addLayout(buttons)
        frame = QGridLayout(self)
        frame.setRowStretch(0, 1)
        frame.setRowStretch(2, 1)
        frame.addLayout(column, 1, 0)
        self._retranslate()

    def show_channel(self, channel: str) -> None:
        """Say that ``channel`` is connected and quiet; empty goes back to the first steps."""
        self._channel = channel
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        if self._channel:
            self._title.setText(self.tr("Listening to {channel}").format(channel=self._channel))
            self._text.setText(self.tr("Nobody has written yet. Messages appear here."))
        else:
            self._title.setText(self.tr("Let your chat speak"))
            self._text.setText(
                self.tr("Pick a channel, and its chat is read aloud. No account is needed.")
            )
        self._pick.setText(self.tr("Pick a c&hannel"))
        self._pick.setAccessibleDescription(self.tr("Goes to the channel field"))
        self._voice.setText(self.tr("Hear a &voice"))
        self._voice.setAccessibleDescription(self.tr("Says a sentence"))
        self._demo.setText(self.tr("Try the d&emo chat"))
        self._demo.setAccessibleDescription(self.tr("Reads a chat that comes with the application"))
        self._pick.setVisible(not self._channel)
        self._demo.setVisible(not self._channel)
