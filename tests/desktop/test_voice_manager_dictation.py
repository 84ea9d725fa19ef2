"""Transcribing a part: asked for, downloaded after a question, cancelled, failed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from ishowtts_desktop.core.errors import VoiceError
from tests.support.degraded import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken
    from tests.support.voice_hands import VoiceHands


class Typist:
    """Transcribes when it is let, into what the test says."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.fault: VoiceError | None = None
        self.heard: list[tuple[float, str]] = []
        self.cancelled = 0
        self.missing = 0

    def to_download(self) -> int:
        return self.missing

    def transcribe(
        self, recording: AudioChunk, language: str = "", cancel: CancelToken | None = None
    ) -> str:
        self.heard.append((recording.seconds, language))
        assert cancel is not None
        while not self.let.wait(0.01):
            if cancel.cancelled:
                self.cancelled += 1
                raise VoiceError("It was cancelled.")
        if self.fault is not None:
            raise self.fault
        return "what was heard"


def test_the_marked_part_is_transcribed(make: Callable[..., VoiceHands], qtbot: QtBot) -> None:
    typist = Typist()
    hands = make("Anna", transcriber=typist)
    hands.open("Anna")
    hands.window._editor.waveform.show_span(1.0, 3.0)
    button = hands.button("Transcribe this part")
    button.click()
    assert button.text().replace("&", "") == "Cancel transcribing"
    # WHEN it is cancelled THEN nothing changes
    button.click()
    qtbot.waitUntil(lambda: typist.cancelled == 1)
    assert hands.text.toPlainText() == TEXTS["en"]
    typist.let.set()
    button.click()
    qtbot.waitUntil(lambda: hands.text.toPlainText() == "what was heard")
    seconds, language = typist.heard[-1]
    assert (round(seconds, 2), language) == (2.0, "en")
    hands.text.undo()
    assert hands.text.toPlainText() == TEXTS["en"]
    typist.fault = VoiceError("The model isn't there.", "Connect to the internet once.")
    button.click()
    hands.wait_for("Connect to the internet once.")


def test_without_a_transcriber_the_button_says_what_is_missing(
    make: Callable[..., VoiceHands],
) -> None:
    hands = make("Anna")
    hands.open("Anna")
    button = hands.button("Transcribe this part")
    assert not button.isEnabled()
    assert "transcribe" in button.toolTip()


def question(window: QWidget) -> QMessageBox:
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert isinstance(box, QMessageBox)
    return box


def test_a_recogniser_that_is_not_here_is_downloaded_after_a_question(
    make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    typist = Typist()
    typist.missing = 486_000_000
    typist.let.set()
    hands = make("Anna", transcriber=typist)
    hands.open("Anna")
    button = hands.button("Transcribe this part")
    button.click()
    box = question(hands.window)
    assert "486 MB" in box.text()
    # WHEN it isn't wanted THEN nothing is fetched
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert typist.heard == []
    assert button.text().replace("&", "") == "Transcribe this part"
    button.click()
    question(hands.window).button(QMessageBox.StandardButton.Yes).click()
    qtbot.waitUntil(lambda: hands.text.toPlainText() == "what was heard")


def test_a_recogniser_that_cannot_be_looked_for_is_told(
    make: Callable[..., VoiceHands], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Typist) -> int:
        raise VoiceError("The recogniser isn't installed.", "Install it.")

    monkeypatch.setattr(Typist, "to_download", fail)
    hands = make("Anna", transcriber=Typist())
    hands.open("Anna")
    hands.button("Transcribe this part").click()
    hands.wait_for("isn't installed")
