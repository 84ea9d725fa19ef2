"""A line that says when it isn't the cloned voice that is heard, and what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStyle, QWidget

from ishowtts_desktop.speech.hosted import HostPhase

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.voice_state import VoiceState


class EngineLine(QFrame):
    """Hidden while the F5 engine speaks, and until it is known what does.

    ``models_requested`` and ``f5_requested`` are its button's, whichever helps.
    """

    models_requested = Signal()
    f5_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase = HostPhase.READY
        self._switched_off = False
        side = self.fontMetrics().height()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._sign = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._help = QPushButton()
        self._help.setAutoDefault(False)
        self._help.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(side // 2, side // 4, side // 4, side // 4)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._help)
        self.show_engine(None)

    def show_engine(self, voice: VoiceState | None) -> None:
        """Follow who speaks."""
        if voice is not None:
            self._phase = voice.host.phase
            self._switched_off = voice.engine == "espeak"
        self._retranslate()
        self.setVisible(self._phase is not HostPhase.READY)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language or theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

    def _retranslate(self) -> None:
        side = self.fontMetrics().height()
        sign = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxInformation)
        self._sign.setPixmap(sign.pixmap(side, side))
        if self._phase is HostPhase.LOADING:
            text = self.tr("The F5 voice is loading: until then you hear the embedded voice.")
        elif self._phase is HostPhase.LOST:
            text = self.tr("The F5 voice needs a restart: what you hear is the embedded voice.")
        else:
            text = self.tr("The F5 voice isn't ready: what you hear is the embedded voice.")
        self._words.setText(text)
        self.setAccessibleName(self.tr("Notice"))
        self.setAccessibleDescription(text)
        off, models = self.tr("Switch to F&5"), self.tr("Manage models...")
        self._help.setText(off if self._switched_off else models)
        self._help.setAccessibleDescription(text)
        helpless = (HostPhase.LOADING, HostPhase.LOST, HostPhase.CLOSED)
        self._help.setVisible(self._phase not in helpless)

    @Slot()
    def _ask(self) -> None:
        if self._switched_off:
            self.f5_requested.emit()
        else:
            self.models_requested.emit()
