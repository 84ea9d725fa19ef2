"""The buttons that steer the reading, and the volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QSlider, QWidget

from ishowtts_desktop.desktop.shapes import Glyph, glyph_icon
from ishowtts_desktop.desktop.wheel import WheelGuard

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ishowtts_desktop.reading.conductor import ReaderState


class ReadingBar(QWidget):
    """Start or stop, pause or resume, skip, clear, silence, more, voice, volume.

    ``volume`` is 0..1, ``voices`` the menu to choose the voice from, ``more`` what else there is.
    """

    reading_toggled = Signal(bool)
    pause_toggled = Signal(bool)
    skip_requested = Signal()
    clear_requested = Signal()
    panic_requested = Signal()
    volume_changed = Signal(float)

    def __init__(
        self,
        volume: float,
        voices: QMenu,
        more: QMenu,
        *,
        reading: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._paused = False
        self._read = QPushButton()
        self._pause = QPushButton()
        self._skip = QPushButton()
        self._clear = QPushButton()
        self._silence = QPushButton()
        self._more = QPushButton()
        self._more.setMenu(more)
        self._voice = QPushButton()
        self._voice.setMenu(voices)
        self._volume_label = QLabel()
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._volume.setRange(0, 100)
        self._volume.setPageStep(10)
        self._volume.setValue(round(volume * 100))
        em = self.fontMetrics().height()
        self._volume.setMinimumWidth(6 * em)
        self._volume.setMaximumWidth(16 * em)
        self._volume_label.setBuddy(self._volume)
        self._lay_out()
        self._read.clicked.connect(lambda: self.reading_toggled.emit(not self._reading))
        self._pause.clicked.connect(lambda: self.pause_toggled.emit(not self._paused))
        self._useful = {self._skip: False, self._clear: False, self._silence: True}
        asked = {
            self._skip: self.skip_requested,
            self._clear: self.clear_requested,
            self._silence: self.panic_requested,
        }
        for button, signal in asked.items():
            button.clicked.connect(lambda _, b=button, s=signal: self._useful[b] and s.emit())
        self._volume.valueChanged.connect(self._tell_volume)
        self._retranslate()
        for button in self._useful:
            button.installEventFilter(self)
        self._enable()
        self._guard = WheelGuard(self._volume)

    def _lay_out(self) -> None:
        left, right = self._groups = QHBoxLayout(), QHBoxLayout()
        buttons = (self._read, self._pause, self._skip, self._clear, self._silence, self._more)
        for button in (*buttons, self._voice):
            button.setAutoDefault(False)
        for button in buttons:
            left.addWidget(button)
        left.addStretch(1)
        for widget in (self._voice, self._volume_label, self._volume):
            right.addWidget(widget)
        right.addStretch(0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(left, 1)
        self._row.addLayout(right)

    @Slot(object)
    def show_reader(self, state: ReaderState) -> None:
        """Show what the reader does."""
        changed = (state.reading, state.paused) != (self._reading, self._paused)
        self._reading, self._paused = state.reading, state.paused
        # It doesn't turn into its opposite: who is in a hurry presses it twice.
        self._useful = {
            self._skip: state.speaking is not None,
            self._clear: state.queued > 0,
            self._silence: not state.panicked,
        }
        self._enable()
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Disable what became useless while it had the focus."""
        if event.type() is QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._enable)
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what two rows need: they are made where one doesn't fit."""
        widths = (group.minimumSize().width() for group in self._groups)
        return QSize(max(widths), self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Choose between one row and two."""
        super().resizeEvent(event)
        self._choose_rows()

    def _choose_rows(self) -> None:
        wanted = sum(group.sizeHint().width() for group in self._groups) + self._row.spacing()
        fits = self.width() >= wanted
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if fits else directions.TopToBottom)

    def _enable(self) -> None:
        # One that is disabled hands the focus on, and the next press of the space bar would be for
        # its neighbour. This is the focus that comes back with the window, too.
        focused = self.window().focusWidget()
        for button, useful in self._useful.items():
            button.setEnabled(useful or button is focused)

    def _retranslate(self) -> None:
        self._read.setText(self.tr("S&top reading") if self._reading else self.tr("S&tart reading"))
        self._pause.setText(self.tr("&Resume") if self._paused else self.tr("&Pause"))
        self._skip.setText(self.tr("&Skip"))
        self._skip.setAccessibleDescription(self.tr("Stops what is spoken and goes on"))
        self._clear.setText(self.tr("Clear &queue"))
        self._clear.setAccessibleDescription(self.tr("Forgets everything that waits"))
        self._silence.setText(self.tr("Si&lence"))
        self._silence.setAccessibleDescription(
            self.tr("Stops everything at once, until you release it")
        )
        self._more.setText(self.tr("&More"))
        self._more.setAccessibleDescription(self.tr("Replay, selection, muting, reading rules"))
        self._voice.setText(self.tr("Vo&ice"))
        self._voice.setAccessibleDescription(self.tr("Chooses who speaks, and how carefully"))
        self._volume_label.setText(self.tr("V&olume"))
        self._volume.setAccessibleName(self.tr("Volume"))
        signs = (
            (self._read, Glyph.STOP if self._reading else Glyph.PLAY),
            (self._pause, Glyph.PLAY if self._paused else Glyph.PAUSE),
            (self._skip, Glyph.SKIP),
            (self._silence, Glyph.SILENCE),
        )
        side, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        for button, sign in signs:
            button.setIcon(glyph_icon(sign, self.palette(), side, ratio))
            button.setIconSize(QSize(side, side))
        self._choose_rows()

    @Slot(int)
    def _tell_volume(self, value: int) -> None:
        self.volume_changed.emit(value / 100)
