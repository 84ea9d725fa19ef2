"""The window that records a voice: a text to read aloud, a level meter, one button."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
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
from ishowtts_desktop.desktop.voice_manager.player import SILENCE
from ishowtts_desktop.desktop.voice_manager.recorder_guard import RecorderGuard
from ishowtts_desktop.desktop.voice_manager.services import PlayPhase, hold_nothing
from ishowtts_desktop.desktop.voice_manager.take import Take

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from ishowtts_desktop.audio.capture import Microphone
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.voice_manager.services import Microphones
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork


class Recorder(QDialog):
    """Records with one of ``microphones``; ``work`` does what blocks, ``play`` lets it be heard.

    ``hold`` and ``play_changed`` are those of `VoiceServices`: nothing is said while it records.
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
        hold: Callable[[bool], float] = hold_nothing,
        play_changed: SignalInstance | None = None,
    ) -> None:
        super().__init__(parent)
        self._microphones = microphones
        self._work = work
        self._play_recording = play
        self._phase = PlayPhase.ENDED
        self._guard = RecorderGuard(self)
        self._take = Take(microphones, work, hold, self)
        self._unlisted: IshowttsError | None = None
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
        self._lay_out()
        self._wire()
        if play_changed is not None:
            play_changed.connect(self._show_phase)
        self._offer_text()
        self._retranslate()
        self._find_devices()
        self._play_nothing()  # nobody could stop it from here

    @property
    def recording(self) -> AudioChunk | None:
        """What was recorded last."""
        return self._take.recording

    @property
    def unsaved(self) -> bool:
        """Whether closing the window would lose a recording, finished or not."""
        return self._take.unsaved

    def ask_to_close(
        self, then: Callable[[], object], stay: Callable[[], object] | None = None
    ) -> None:
        """Close and call ``then``, after a question where a recording would be lost.

        ``stay`` is called when the user thinks again.
        """
        self._guard.ask(then, stay)

    def done(self, result: int) -> None:
        """End the recording, too."""
        self._discard()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape stops a recording before it closes the window, so that it isn't lost."""
        if event.key() == Qt.Key.Key_Escape and (self._take.running or self._take.ending):
            self._take.stop()
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
        self._take.changed.connect(self._retranslate)
        self._take.kept.connect(self._offer_use)
        self._take.looked.connect(self._show_microphone)
        self._language.currentIndexChanged.connect(self._offer_text)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)

    def _find_devices(self) -> None:
        self._work.run("inputs", self._microphones.inputs, self._show_devices, self._fail_listing)

    def _show_devices(self, names: list[str]) -> None:
        chosen = self._device.currentData()
        self._device.clear()
        self._device.addItem(self.tr("The default microphone"), "")
        for name in names:
            self._device.addItem(plain(name, 80), name)
        self._device.setCurrentIndex(max(0, self._device.findData(chosen)))

    def _fail_listing(self, problem: IshowttsError) -> None:
        """Offer the default one alone; what records already goes on."""
        self._show_devices([])
        self._unlisted = problem
        self._retranslate()

    @Slot()
    def _offer_text(self) -> None:
        # What the user typed stays.
        if self._text.toPlainText().strip() in ("", self._offered):
            self._offered = aloud_text(self._language.language)
            self._text.setPlainText(self._offered)

    @Slot()
    def _toggle(self) -> None:
        if self._take.running:
            self._take.stop()
        elif not self._take.ending:
            self._play_nothing()
            self._record.setFocus()  # so that the space bar stops it, as it says
            self._take.start(str(self._device.currentData() or ""))

    @Slot()
    def _offer_use(self) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()

    @Slot(object)
    def _show_microphone(self, microphone: Microphone) -> None:
        self._meter.show_level(microphone.level, time.monotonic())
        self._show_time(microphone.seconds)

    @Slot(object)
    def _show_phase(self, phase: PlayPhase) -> None:
        self._phase = phase
        self._retranslate()

    def _discard(self) -> None:
        self._work.forget("inputs")
        self._take.discard()
        self._play_nothing()

    @Slot()
    def _hear(self) -> None:
        if self.recording is not None:
            self._play_recording(self.recording)

    def _play_nothing(self) -> None:
        self._play_recording(SILENCE)

    @Slot()
    def _accept(self) -> None:
        recording, text = self.recording, self._text.toPlainText()
        if recording is None:
            return
        self.accept()
        self.recorded.emit(recording, " ".join(text.split()), self._language.language)

    def _show_time(self, seconds: float) -> None:
        text = self.tr("{seconds} of {most} s")
        self._time.setText(text.format(seconds=f"{seconds:.0f}", most=f"{LONGEST_SECONDS:.0f}"))

    @Slot()
    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Record a voice"))
        self._label(self._device, self.tr("&Microphone"))
        self._label(self._language, self.tr("&Language"))
        self._aloud.setText(self.tr("Read this &aloud, calmly, or type what you will say:"))
        self._text.setAccessibleName(self.tr("Text to read aloud"))
        self._text.setPlaceholderText(self.tr("Type one or two sentences, about six seconds long."))
        running = self._take.running
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
        self._show_state()

    def _start_text(self) -> str:
        return self.tr("&Record") if self.recording is None else self.tr("&Record again")

    def _label(self, field: QWidget, text: str) -> None:
        label = self._form.labelForField(field)
        if isinstance(label, QLabel):
            label.setText(text)
        field.setAccessibleName(text.replace("&", ""))

    def _show_state(self) -> None:
        running = self._take.running
        self._again.setVisible(self.recording is not None and not running)
        self._device.setEnabled(not running)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(
            self.recording is not None and not running
        )
        self._meter.setVisible(running)
        if not running:
            self._meter.clear()
            self._show_time(0.0 if self.recording is None else self.recording.seconds)
        self._words.setText(self._sentence())

    def _sentence(self) -> str:
        running = self._take.running
        if self._take.problem is not None and not running:
            return str(self._take.problem)
        if self._take.opening:
            return self.tr("The microphone is opened...")
        if running:
            return self.tr("Speak now. The space bar stops. Chat waits while you record.")
        if self._phase is PlayPhase.WAITING:
            return self.tr("You hear it after what is being said now.")
        if self._phase is PlayPhase.HELD:
            return self.tr("You hear it when the speech goes on: it is paused in the main window.")
        if self.recording is not None:
            return self.tr("Listen to it, then use it or record again.")
        if self._unlisted is not None:
            return str(self._unlisted)
        return self.tr("In a quiet room, a hand's breadth from the microphone. Space begins.")
