"""The buttons that steer the reading, and the volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSlider, QWidget

from ishowtts_desktop.desktop.shapes import Glyph, glyph_icon

if TYPE_CHECKING:
    from ishowtts_desktop.reading.conductor import ReaderState


class ReadingBar(QWidget):
    """Start or stop, pause or resume, skip, clear, voice, volume.

    ``volume`` is 0..1, ``voices`` the menu to choose the voice from.
    """

    reading_toggled = Signal(bool)
    pause_toggled = Signal(bool)
    skip_requested = Signal()
    clear_requested = Signal()
    volume_changed = Signal(float)

    def __init__(
        self, volume: float, voices: QMenu, *, reading: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._paused = False
        self._read = QPushButton()
        self._pause = QPushButton()
        self._skip = QPushButton()
        self._clear = QPushButton()
        self._voice = QPushButton()
        self._voice.setMenu(voices)
        self._volume_label = QLabel()
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setRange(0, 100)
        self._volume.setPageStep(10)
        self._volume.setValue(round(volume * 100))
        self._volume.setMinimumWidth(6 * self.fontMetrics().height())
        self._volume_label.setBuddy(self._volume)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self._read, self._pause, self._skip, self._clear):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self._voice.setAutoDefault(False)
        row.addWidget(self._voice)
        row.addWidget(self._volume_label)
        row.addWidget(self._volume)
        self._read.clicked.connect(lambda: self.reading_toggled.emit(not self._reading))
        self._pause.clicked.connect(lambda: self.pause_toggled.emit(not self._paused))
        self._skip.clicked.connect(self.skip_requested)
        self._clear.clicked.connect(self.clear_requested)
        self._volume.valueChanged.connect(self._tell_volume)
        self._retranslate()
        self._enable(speaking=False, waiting=False)

    @Slot(object)
    def show_reader(self, state: ReaderState) -> None:
        """Show what the reader does."""
        changed = (state.reading, state.paused) != (self._reading, self._paused)
        self._reading, self._paused = state.reading, state.paused
        self._enable(speaking=state.speaking is not None, waiting=state.queued > 0)
        if changed:
            self._retranslate()

    @Slot(float)
    def show_volume(self, volume: float) -> None:
        """Show a volume that was set elsewhere."""
        self._volume.blockSignals(True)
        self._volume.setValue(round(volume * 100))
        self._volume.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language or theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what the layout needs."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def _enable(self, *, speaking: bool, waiting: bool) -> None:
        self._skip.setEnabled(speaking)
        self._clear.setEnabled(waiting)

    def _retranslate(self) -> None:
        self._read.setText(self.tr("S&top reading") if self._reading else self.tr("S&tart reading"))
        self._pause.setText(self.tr("&Resume") if self._paused else self.tr("&Pause"))
        self._skip.setText(self.tr("&Skip"))
        self._skip.setAccessibleDescription(self.tr("Stops what is spoken and goes on"))
        self._clear.setText(self.tr("Clear &queue"))
        self._clear.setAccessibleDescription(self.tr("Forgets everything that waits"))
        self._voice.setText(self.tr("Vo&ice"))
        self._voice.setAccessibleDescription(self.tr("Chooses who speaks, and how carefully"))
        self._volume_label.setText(self.tr("V&olume"))
        self._volume.setAccessibleName(self.tr("Volume"))
        signs = (
            (self._read, Glyph.STOP if self._reading else Glyph.PLAY),
            (self._pause, Glyph.PLAY if self._paused else Glyph.PAUSE),
            (self._skip, Glyph.SKIP),
        )
        side, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        for button, sign in signs:
            button.setIcon(glyph_icon(sign, self.palette(), side, ratio))
            button.setIconSize(QSize(side, side))

    @Slot(int)
    def _tell_volume(self, value: int) -> None:
        self.volume_changed.emit(value / 100)
