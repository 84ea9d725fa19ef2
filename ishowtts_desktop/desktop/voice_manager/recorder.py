"""The window that records a voice: a text to read aloud, a level meter, one button."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.audio.capture import LONGEST_SECONDS
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.shapes import Glyph, glyph_icon
from ishowtts_desktop.desktop.voice_manager.language_box import LanguageBox
from ishowtts_desktop.desktop.voice_manager.languages import aloud_text
from ishowtts_desktop.desktop.voice_manager.level_meter import LevelMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from ishowtts_desktop.audio.capture import Microphone
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.voice_manager.services import Microphones
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

LOOK_MS: Final = 50


class Recorder(QDialog):
    """Records with one of ``microphones``; ``work`` does what blocks, ``play`` lets it be heard.

    ``recorded`` gives the recording, the text that was read aloud, and its language.
    """

    recorded = Signal(object, str, str)

    def __init__(
        self,
        microphones: Microphones,
        work: VoiceWork,
        play: Callable[[AudioChunk], None],
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._microphones = microphones
        self._work = work
        self._play_recording = play
        self._microphone: Microphone | None = None
        self._recording: AudioChunk | None = None
        self._problem: IshowttsError | None = None
        self._offered = ""
        self._device = QComboBox()
        self._language = LanguageBox()
        self._language.show_language(language)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._meter = LevelMeter()
        policy = self._meter.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._meter.setSizePolicy(policy)
        self._time = QLabel()
        self._record = QPushButton()
        self._again = QPushButton()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._form = QFormLayout()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self._wire()
        self._offer_text()
        self._retranslate()
        self._find_devices()

    @property
    def recording(self) -> AudioChunk | None:
        """What was recorded last."""
        return self._recording

    def done(self, result: int) -> None:
        """End the recording, too."""
        self._discard()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape stops a recording before it closes the window, so that it isn't lost."""
        if event.key() == Qt.Key.Key_Escape and self._microphone is not None:
            self._stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """End the recording, too."""
        self._discard()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language or theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        font = self._text.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)  # it is read from a distance
        self._text.setFont(font)
        self._text.setMinimumHeight(6 * em)
        self._device.setMinimumWidth(14 * em)
        self._time.setMinimumWidth(self.fontMetrics().horizontalAdvance("00 / 60 s  "))
        self._form.addRow(" ", self._device)
        self._form.addRow(" ", self._language)
        steer = QHBoxLayout()
        steer.addWidget(self._record)
        steer.addWidget(self._again)
        steer.addWidget(self._time)
        steer.addWidget(self._meter, 1)
        column = QVBoxLayout(self)
        column.addLayout(self._form)
        self._aloud = QLabel()
        self._aloud.setBuddy(self._text)
        column.addWidget(self._aloud)
        column.addWidget(self._text, 1)
        column.addLayout(steer)
        column.addWidget(self._words)
        column.addWidget(self._buttons)
        for button in (self._record, self._again):
            button.setAutoDefault(False)
        self.resize(36 * em, 24 * em)
        self._record.setFocus()

    def _wire(self) -> None:
        self._record.clicked.connect(self._toggle)
        self._again.clicked.connect(self._hear)
        self._language.currentIndexChanged.connect(self._offer_text)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)

    def _find_devices(self) -> None:
        self._work.run("inputs", self._microphones.inputs, self._show_devices, self._fail)

    def _show_devices(self, names: list[str]) -> None:
        chosen = self._device.currentData()
        self._device.clear()
        self._device.addItem(self.tr("The default microphone"), "")
        for name in names:
            self._device.addItem(plain(name, 80), name)
        self._device.setCurrentIndex(max(0, self._device.findData(chosen)))

    @Slot()
    def _offer_text(self) -> None:
        # What the user typed stays.
        if self._text.toPlainText().strip() in ("", self._offered):
            self._offered = aloud_text(self._language.language)
            self._text.setPlainText(self._offered)

    @Slot()
    def _toggle(self) -> None:
        if self._microphone is None:
            self._start()
        else:
            self._stop()

    def _start(self) -> None:
        self._play_nothing()
        self._problem = self._recording = None
        microphone = self._microphones.microphone(str(self._device.currentData() or ""))
        self._microphone = microphone
        self._timer.start()
        self._work.run("microphone", microphone.start, lambda _: self._retranslate(), self._fail)
        self._retranslate()

    def _stop(self) -> None:
        microphone, self._microphone = self._microphone, None
        self._timer.stop()
        if microphone is not None:
            self._work.run("microphone", microphone.stop, self._keep, self._fail)
        self._retranslate()

    def _keep(self, recording: AudioChunk) -> None:
        self._recording = recording
        self._retranslate()
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()

    def _fail(self, problem: IshowttsError) -> None:
        self._problem = problem
        self._microphone = None
        self._timer.stop()
        self._retranslate()

    @Slot()
    def _look(self) -> None:
        microphone = self._microphone
        if microphone is None:
            return
        self._meter.show_level(microphone.level, time.monotonic())
        self._show_time(microphone.seconds)
        if microphone.problem is not None:
            self._problem = microphone.problem
            self._stop()
        elif microphone.full:
            self._stop()

    def _discard(self) -> None:
        """Let go of a device that still records; nobody waits for what it brings."""
        microphone, self._microphone = self._microphone, None
        self._timer.stop()
        self._work.forget("inputs")
        if microphone is not None:
            self._work.run("microphone", microphone.discard, lambda _: None)
        elif self._recording is not None:
            self._play_nothing()

    @Slot()
    def _hear(self) -> None:
        if self._recording is not None:
            self._play_recording(self._recording)

    def _play_nothing(self) -> None:
        if self._recording is not None:
            nothing = type(self._recording)(self._recording.samples[:0], self._recording.rate)
            self._play_recording(nothing)

    @Slot()
    def _accept(self) -> None:
        if self._recording is None:
            return
        recording, text = self._recording, self._text.toPlainText()
        self.accept()
        self.recorded.emit(recording, " ".join(text.split()), self._language.language)

    def _show_time(self, seconds: float) -> None:
        text = self.tr("{seconds} of {most} s")
        self._time.setText(text.format(seconds=f"{seconds:.0f}", most=f"{LONGEST_SECONDS:.0f}"))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Record a voice"))
        self._label(self._device, self.tr("&Microphone"))
        self._label(self._language, self.tr("&Language"))
        self._aloud.setText(self.tr("Read this &aloud, calmly, or type what you will say:"))
        self._text.setAccessibleName(self.tr("Text to read aloud"))
        self._text.setPlaceholderText(self.tr("Type one or two sentences, about six seconds long."))
        running = self._microphone is not None
        self._record.setText(self.tr("S&top") if running else self._start_text())
        self._again.setText(self.tr("&Play"))
        kinds = QDialogButtonBox.StandardButton
        self._buttons.button(kinds.Ok).setText(self.tr("&Use this recording"))
        self._buttons.button(kinds.Cancel).setText(self.tr("Cancel"))
        side, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        stop = glyph_icon(Glyph.STOP, self.palette(), side, ratio)
        self._record.setIcon(stop if running else QIcon())
        self._again.setIcon(glyph_icon(Glyph.PLAY, self.palette(), side, ratio))
        for button in (self._record, self._again):
            button.setIconSize(QSize(side, side))
        self._show_state(running=running)

    def _start_text(self) -> str:
        return self.tr("&Record") if self._recording is None else self.tr("&Record again")

    def _label(self, field: QWidget, text: str) -> None:
        label = self._form.labelForField(field)
        if isinstance(label, QLabel):
            label.setText(text)
        field.setAccessibleName(text.replace("&", ""))

    def _show_state(self, *, running: bool) -> None:
        opening = running and self._work.busy("microphone")
        self._again.setVisible(self._recording is not None and not running)
        self._device.setEnabled(not running)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(
            self._recording is not None and not running
        )
        self._meter.setVisible(running)
        if not running:
            self._meter.clear()
            self._show_time(0.0 if self._recording is None else self._recording.seconds)
        self._words.setText(self._sentence(running=running, opening=opening))

    def _sentence(self, *, running: bool, opening: bool) -> str:
        if self._problem is not None and not running:
            return str(self._problem)
        if opening:
            return self.tr("The microphone is opened...")
        if running:
            return self.tr("Speak now. The space bar stops.")
        if self._recording is not None:
            return self.tr("Listen to it, then use it or record again.")
        return self.tr("In a quiet room, a hand's breadth from the microphone. Space begins.")
