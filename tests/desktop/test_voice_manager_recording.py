"""The recorder within the voice manager and the application: quiet meanwhile, nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from ishowtts_desktop.desktop.voice_manager.recorder import Recorder
from tests.support.booth import OneMicrophone
from tests.support.voice_hands import VoiceHands
from tests.support.voice_studio import VoiceStudio, anna

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

DISCARD, CANCEL = QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Cancel


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[VoiceHands]:
    microphones = OneMicrophone()
    studio = VoiceStudio(tmp_path / "voices", microphones=microphones)  # type: ignore[arg-type]
    studio.library.add(*anna())
    studio.window.show()
    qtbot.waitExposed(studio.window)
    hands = VoiceHands(studio, qtbot)
    hands.open("Anna")
    yield hands
    studio.window.leave()
    studio.window.deleteLater()


def record(hands: VoiceHands, qtbot: QtBot) -> Recorder:
    """Open the recorder and leave a finished recording in it."""
    hands.window._actions.recording_requested.emit()
    recorder = hands.window.findChild(Recorder)
    assert recorder is not None
    button = next(
        b for b in recorder.findChildren(QPushButton) if b.text().replace("&", "") == "Record"
    )
    button.click()
    qtbot.waitUntil(lambda: not recorder._take.opening)
    button.click()
    qtbot.waitUntil(lambda: recorder.recording is not None)
    return recorder


def test_a_recording_that_nobody_took_is_asked_for_before_the_application_ends(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    told: list[str] = []
    window = hands.window
    assert not window.unsaved
    recorder = record(hands, qtbot)
    assert window.unsaved
    # WHEN the application is to end and the user thinks again
    window.ask_to_leave(lambda: told.append("left"), lambda: told.append("stayed"))
    hands.answer(CANCEL)
    assert told == ["stayed"]
    assert recorder.isVisible()
    # WHEN it may be lost THEN the rest goes on
    window.ask_to_leave(lambda: told.append("left"), lambda: told.append("stayed"))
    hands.answer(DISCARD)
    assert told == ["stayed", "left"]
    assert not window.unsaved


def test_closing_the_window_asks_for_both_the_recording_and_the_changes(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    record(hands, qtbot)
    hands.text.setPlainText("Something else.")
    hands.window.close()
    box = hands.question()
    assert box is not None
    assert box.text() == "Discard the recording?"
    hands.answer(DISCARD)
    qtbot.waitUntil(lambda: hands.question() is not None and hands.question() is not box)
    assert hands.window.isVisible()
    hands.answer(DISCARD)
    qtbot.waitUntil(hands.window.isHidden)
