"""The recorder with a microphone that a test steers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)

from ishowtts_desktop.audio.capture import Level
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.desktop.voice_manager.recorder import Recorder

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.core.errors import AudioError
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

SOUND = AudioChunk(np.full(8000, 0.25, np.float32), 8000)


class OneMicrophone:
    """Two inputs, and one microphone that is opened again and again."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.level = Level(-8.0, -20.0)
        self.seconds = 1.0
        self.full = False
        self.problem: AudioError | None = None
        self.fault: AudioError | None = None
        self.unlisted: AudioError | None = None
        self.listable = threading.Event()
        self.listable.set()
        self.stoppable = threading.Event()
        self.stoppable.set()

    def inputs(self) -> list[str]:
        assert self.listable.wait(30)
        if self.unlisted is not None:
            raise self.unlisted
        return ["pulse", "<b>Headset</b>"]

    def microphone(self, device: str) -> OneMicrophone:
        self.calls.append(f"open {device}")
        return self

    def start(self) -> None:
        if self.fault is not None:
            raise self.fault
        self.calls.append("start")

    def stop(self) -> AudioChunk:
        self.calls.append("stop")
        assert self.stoppable.wait(30)
        if self.fault is not None:
            raise self.fault
        return SOUND

    def discard(self) -> None:
        self.calls.append("discard")


class Booth:
    """A recorder with its microphone, what it played and what came of it."""

    def __init__(
        self, qtbot: QtBot, work: VoiceWork, microphone: OneMicrophone | None = None
    ) -> None:
        self.microphone = microphone or OneMicrophone()
        self.played: list[AudioChunk] = []
        self.recorded: list[tuple[AudioChunk, str, str]] = []
        self.held: list[bool] = []
        self.tail = 0.0
        self.window = Recorder(
            self.microphone,  # type: ignore[arg-type]
            work,
            self.played.append,
            "en",
            hold=self._hold,
        )
        self.window.recorded.connect(lambda *what: self.recorded.append(what))
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)

    def _hold(self, held: bool) -> float:
        self.held.append(held)
        return self.tail

    def button(self, text: str) -> QPushButton:
        buttons = self.window.findChildren(QPushButton)
        return next(b for b in buttons if b.text().replace("&", "") == text)

    def words(self) -> str:
        labels = self.window.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    @property
    def text(self) -> QPlainTextEdit:
        edit = self.window.findChild(QPlainTextEdit)
        assert edit is not None
        return edit

    @property
    def devices(self) -> QComboBox:
        boxes = self.window.findChildren(QComboBox)
        return next(box for box in boxes if box.accessibleName() == "Microphone")

    @property
    def ok(self) -> QPushButton:
        box = self.window.findChild(QDialogButtonBox)
        assert box is not None
        return box.button(QDialogButtonBox.StandardButton.Ok)

    def question(self) -> QMessageBox | None:
        """The question that is asked now."""
        boxes = self.window.findChildren(QMessageBox)
        return next((box for box in boxes if box.isVisible()), None)
