"""The recorder: meter, text to read, and one button; its microphone is a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ishowtts_desktop.audio.capture import FLOOR_DB, Level
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.desktop.voice_manager.languages import aloud_text
from ishowtts_desktop.desktop.voice_manager.level_meter import (
    HOLD_SECONDS,
    LevelMeter,
    PeakHold,
    Verdict,
)
from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
from tests.support.booth import SOUND, Booth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[VoiceWork]:
    work = VoiceWork()
    yield work
    assert work.close()


@pytest.fixture
def booth(qtbot: QtBot, work: VoiceWork) -> Booth:
    return Booth(qtbot, work)


def test_the_space_bar_records_and_stops_and_enter_uses_it(booth: Booth, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: booth.devices.count() == 3)
    record = booth.button("Record")
    qtbot.waitUntil(record.hasFocus)
    qtbot.keyClick(record, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Speak now" in booth.words())
    qtbot.waitUntil(lambda: "Good" in booth.words())
    assert "1 of 60 s" in booth.words()
    assert not booth.devices.isEnabled()
    qtbot.keyClick(record, Qt.Key.Key_Space)
    qtbot.waitUntil(booth.ok.isEnabled)
    assert booth.microphone.calls == ["open ", "start", "stop"]
    qtbot.keyClick(booth.ok, Qt.Key.Key_Return)
    assert booth.recorded == [(SOUND, aloud_text("en"), "en")]
    assert booth.window.isHidden()


def test_what_was_recorded_can_be_heard_and_recorded_again(booth: Booth, qtbot: QtBot) -> None:
    booth.button("Record").click()
    qtbot.waitUntil(lambda: "start" in booth.microphone.calls)
    booth.button("Stop").click()
    qtbot.waitUntil(lambda: booth.button("Play").isVisible())
    booth.button("Play").click()
    assert booth.played[-1] is SOUND
    booth.button("Record again").click()
    # THEN the old one is silent, so that it isn't recorded, and can't be used any more
    assert len(booth.played[-1].samples) == 0
    assert not booth.ok.isEnabled()
    booth.window.reject()
    qtbot.waitUntil(lambda: "discard" in booth.microphone.calls)
    assert booth.recorded == []


def test_the_chosen_microphone_is_used_and_named_plainly(booth: Booth, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: booth.devices.count() == 3)
    booth.devices.setCurrentIndex(2)
    booth.button("Record").click()
    assert booth.microphone.calls[0] == "open <b>Headset</b>"
    booth.window.reject()


def test_a_microphone_that_cannot_be_opened_is_told_with_the_next_step(
    booth: Booth, qtbot: QtBot
) -> None:
    booth.microphone.fault = AudioError("No microphone was found.", "Connect one and try again.")
    booth.button("Record").click()
    qtbot.waitUntil(lambda: "No microphone was found. Connect one" in booth.words())
    assert booth.button("Record").isEnabled()
    booth.microphone.fault = None
    booth.button("Record").click()
    qtbot.waitUntil(lambda: "Speak now" in booth.words())
    assert "No microphone" not in booth.words()
    booth.window.reject()


def test_a_microphone_that_vanishes_is_told_and_what_it_gave_is_kept(
    booth: Booth, qtbot: QtBot
) -> None:
    booth.button("Record").click()
    qtbot.waitUntil(lambda: "Speak now" in booth.words())
    booth.microphone.problem = AudioError("The microphone stopped.", "Check it.")
    qtbot.waitUntil(lambda: "The microphone stopped. Check it." in booth.words())
    qtbot.waitUntil(booth.ok.isEnabled)
    assert booth.window.recording is SOUND


def test_escape_stops_a_recording_before_it_closes_the_window(booth: Booth, qtbot: QtBot) -> None:
    booth.button("Record").click()
    qtbot.waitUntil(lambda: "Speak now" in booth.words())
    qtbot.keyClick(booth.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(booth.ok.isEnabled)
    assert booth.window.isVisible()
    qtbot.keyClick(booth.window, Qt.Key.Key_Escape)
    assert booth.window.isHidden()
    assert booth.recorded == []


def test_a_full_recording_ends_by_itself(booth: Booth, qtbot: QtBot) -> None:
    booth.microphone.full = True
    booth.button("Record").click()
    qtbot.waitUntil(booth.ok.isEnabled)


def test_a_text_is_offered_in_the_language_but_not_over_a_typed_one(booth: Booth) -> None:
    languages = next(
        box for box in booth.window.findChildren(QComboBox) if box.accessibleName() == "Language"
    )
    assert booth.text.toPlainText() == aloud_text("en")
    languages.setCurrentIndex(languages.findData("zh"))
    assert booth.text.toPlainText() == aloud_text("zh")
    languages.setCurrentIndex(languages.findData("de"))
    assert booth.text.toPlainText() == ""
    booth.text.setPlainText("Guten  Abend\nzusammen")
    languages.setCurrentIndex(languages.findData("zh"))
    assert booth.text.toPlainText() == "Guten  Abend\nzusammen"


def test_a_peak_is_held_for_a_while() -> None:
    hold = PeakHold()
    assert hold.verdict is Verdict.SILENT
    for peak, now, verdict in (
        (-70.0, 0.0, Verdict.SILENT),
        (-40.0, 0.1, Verdict.QUIET),
        (-8.0, 0.2, Verdict.GOOD),
        (-0.2, 0.3, Verdict.LOUD),
        (-12.0, 0.4, Verdict.LOUD),
        (-12.0, 0.35 + HOLD_SECONDS, Verdict.GOOD),
        (FLOOR_DB, 0.4 + 3 * HOLD_SECONDS, Verdict.SILENT),
    ):
        hold.take(peak, now)
        assert hold.verdict is verdict, (peak, now)


def test_the_meter_says_it_in_words_and_shows_it(qtbot: QtBot) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.resize(400, 30)
    assert meter.word == ""
    silent = meter.grab().toImage()
    meter.show_level(Level(-0.1, -6.0), 0.0)
    assert meter.word == "Too loud: go further away"
    assert meter.accessibleDescription() == meter.word
    assert meter.grab().toImage() != silent
    meter.clear()
    assert meter.word == ""
    meter.show_level(Level(-45.0, -50.0), 1.0)
    assert meter.word == "Too quiet: go closer"
