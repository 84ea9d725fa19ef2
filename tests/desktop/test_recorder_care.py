"""The recorder when things go wrong or go fast: nothing is lost, nothing goes on listening."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
from tests.support.booth import SOUND, Booth, OneMicrophone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

UNLISTED = AudioError("The microphones can't be listed.", "Check the sound settings.")


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[VoiceWork]:
    work = VoiceWork()
    yield work
    assert work.close()


@pytest.fixture
def booth(qtbot: QtBot, work: VoiceWork) -> Booth:
    return Booth(qtbot, work)


def start(booth: Booth, qtbot: QtBot) -> None:
    booth.button("Record").click()
    qtbot.waitUntil(lambda: "Speak now" in booth.words())


def record(booth: Booth, qtbot: QtBot) -> None:
    start(booth, qtbot)
    booth.button("Stop").click()
    qtbot.waitUntil(booth.ok.isEnabled)


def test_a_list_of_devices_that_fails_late_leaves_the_recording_alone(
    work: VoiceWork, qtbot: QtBot
) -> None:
    # GIVEN a sound server that takes its time over the list
    microphone = OneMicrophone()
    microphone.listable.clear()
    microphone.unlisted = UNLISTED
    booth = Booth(qtbot, work, microphone)
    start(booth, qtbot)
    # WHEN the list fails while the microphone listens
    microphone.listable.set()
    qtbot.waitUntil(lambda: not work.busy("inputs"))
    # THEN it goes on, and is closed when it is stopped
    assert "Speak now" in booth.words()
    booth.button("Stop").click()
    qtbot.waitUntil(booth.ok.isEnabled)
    assert microphone.calls == ["open ", "start", "stop"]
    assert "Listen to it" in booth.words()


def test_without_a_list_the_default_microphone_is_there_and_the_reason_is_told(
    work: VoiceWork, qtbot: QtBot
) -> None:
    microphone = OneMicrophone()
    microphone.unlisted = UNLISTED
    booth = Booth(qtbot, work, microphone)
    qtbot.waitUntil(lambda: "can't be listed. Check the sound" in booth.words())
    assert booth.devices.currentText() == "The default microphone"
    record(booth, qtbot)


def test_a_microphone_that_fails_is_closed(booth: Booth, qtbot: QtBot) -> None:
    booth.microphone.fault = AudioError("The sound server doesn't answer.", "Restart it.")
    booth.button("Record").click()
    qtbot.waitUntil(lambda: "doesn't answer" in booth.words())
    qtbot.waitUntil(lambda: "discard" in booth.microphone.calls)
    assert booth.held == [True, False]


def test_what_comes_after_the_window_was_closed_goes_nowhere(
    booth: Booth, work: VoiceWork, qtbot: QtBot
) -> None:
    booth.microphone.stoppable.clear()
    start(booth, qtbot)
    booth.button("Stop").click()
    qtbot.waitUntil(lambda: "stop" in booth.microphone.calls)
    # WHEN the window is closed, and deleted perhaps, before the device gives the recording
    booth.window.reject()
    assert not work.busy("microphone")
    assert booth.held == [True, False]
    booth.microphone.stoppable.set()
    # THEN nothing is told to it any more
    assert work.close()
    QApplication.processEvents()
    assert booth.window.recording is None
    assert booth.held == [True, False]


def test_escape_and_space_wait_for_a_recording_that_is_about_to_be_there(
    booth: Booth, qtbot: QtBot
) -> None:
    booth.microphone.stoppable.clear()
    start(booth, qtbot)
    qtbot.keyClick(booth.window, Qt.Key.Key_Escape)
    # WHEN one who is in a hurry presses once more THEN that loses nothing
    qtbot.keyClick(booth.window, Qt.Key.Key_Escape)
    qtbot.keyClick(booth.button("Record"), Qt.Key.Key_Space)
    assert booth.window.isVisible()
    booth.microphone.stoppable.set()
    qtbot.waitUntil(booth.ok.isEnabled)
    assert booth.window.recording is SOUND
    assert booth.microphone.calls == ["open ", "start", "stop"]


def test_the_space_bar_stops_wherever_the_focus_was(booth: Booth, qtbot: QtBot) -> None:
    booth.text.setFocus()
    qtbot.waitUntil(booth.text.hasFocus)
    qtbot.keyClick(booth.window, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "The space bar stops" in booth.words())
    focus = booth.window.focusWidget()
    assert focus is booth.button("Stop")
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    qtbot.waitUntil(booth.ok.isEnabled)


def test_the_application_is_quiet_while_it_records(booth: Booth, qtbot: QtBot) -> None:
    # GIVEN an open window, what was played before it is silent
    assert [len(played.samples) for played in booth.played] == [0]
    assert booth.held == []
    start(booth, qtbot)
    assert "Chat waits while you record." in booth.words()
    assert booth.held == [True]
    # WHEN it stops THEN chat goes on only once the device is closed
    booth.microphone.stoppable.clear()
    booth.button("Stop").click()
    qtbot.waitUntil(lambda: "stop" in booth.microphone.calls)
    assert booth.held == [True]
    booth.microphone.stoppable.set()
    qtbot.waitUntil(booth.ok.isEnabled)
    assert booth.held == [True, False]


def test_the_microphone_is_opened_only_when_the_last_sound_is_over(
    booth: Booth, qtbot: QtBot
) -> None:
    booth.tail = 0.3
    clock = QElapsedTimer()
    clock.start()
    booth.button("Record").click()
    assert "The microphone is opened..." in booth.words()
    qtbot.waitUntil(lambda: "start" in booth.microphone.calls)
    assert clock.elapsed() >= 1_000 * booth.tail
    booth.window.reject()


def test_a_microphone_that_is_given_up_before_that_is_not_opened(
    booth: Booth, work: VoiceWork
) -> None:
    booth.tail = 0.2
    booth.button("Record").click()
    booth.window.reject()
    assert work.close()
    assert booth.microphone.calls == ["open ", "discard"]


def test_a_recording_that_nobody_took_is_lost_only_after_a_question(
    booth: Booth, qtbot: QtBot
) -> None:
    told: list[str] = []

    def ask(name: str) -> None:
        booth.window.ask_to_close(
            lambda: told.append(f"{name} goes on"), lambda: told.append(f"{name} stays")
        )

    assert not booth.window.unsaved
    start(booth, qtbot)
    assert booth.window.unsaved
    booth.button("Stop").click()
    assert booth.window.unsaved
    qtbot.waitUntil(booth.ok.isEnabled)
    assert booth.window.unsaved
    # WHEN somebody wants to close, and another one meanwhile THEN there is one question
    ask("first")
    ask("second")
    box = booth.question()
    assert box is not None
    assert box.text() == "Discard the recording?"
    assert told == []
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert told == ["first stays", "second stays"]
    assert booth.window.isVisible()
    # WHEN it is asked again and may be lost THEN the recorder closes
    ask("third")
    again = booth.question()
    assert again is not None
    again.button(QMessageBox.StandardButton.Discard).click()
    assert told[2:] == ["third goes on"]
    assert booth.window.isHidden()
    assert booth.recorded == []


def test_a_recorder_without_a_recording_closes_without_a_question(booth: Booth) -> None:
    told: list[str] = []
    booth.window.ask_to_close(lambda: told.append("goes on"))
    assert told == ["goes on"]
    assert booth.question() is None
    assert booth.window.isHidden()
