"""What the voice windows play: it takes its turn with the speech, and the button says how it is."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from ishowtts_desktop.assembly import Pipeline
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.desktop.placement import show_in_front
from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft
from ishowtts_desktop.desktop.voice_manager.editor import VoiceEditor
from ishowtts_desktop.desktop.voice_manager.player import SILENCE, VoicePlayer
from ishowtts_desktop.desktop.voice_manager.services import PlayPhase
from ishowtts_desktop.desktop.voice_manager.sound import VoiceSound
from ishowtts_desktop.reading.history import History
from ishowtts_desktop.voices.voice import Span
from tests.support.fakes import FakeEngine, FakeOutput
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

RECORDING = AudioChunk(np.full(20_000, 0.25, np.float32), 10_000)
PART = Span(start=0.5, end=0.6)


class Stage:
    """The real pipeline before an output that holds every sound until it is told to end it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        clock = SystemClock()
        self.output = FakeOutput(clock)
        self.output.hold = True
        history = History(folder / "history.sqlite", clock)
        self.pipeline = Pipeline(Config(), self.output, FakeEngine(), history, clock)
        self.pipeline.start()
        self._speaker = threading.Thread(target=self.pipeline.speaker.run, name="speaker")
        self._speaker.start()
        self.sound = VoiceSound(self.pipeline)
        self.phases: list[PlayPhase] = []
        self.sound.phase_changed.connect(self.phases.append)
        self.editor = VoiceEditor(QMenu())
        qtbot.addWidget(self.editor)
        self.player = VoicePlayer(self.editor, self.play, self.sound.phase_changed)
        self.editor.show_draft(VoiceDraft.new("Ben", "en", RECORDING, PART, ""))
        self.editor.show()
        self.button = next(
            b for b in self.editor.findChildren(QPushButton) if b.text().replace("&", "") == "Play"
        )

    def play(self, recording: AudioChunk) -> None:
        self.sound.play(recording, "a recording")

    @property
    def playhead(self) -> float | None:
        return self.editor.waveform._playhead

    def say(self, text: str) -> str:
        """Begin to say something, and return its id."""
        name = self.pipeline.conductor.say(text)
        wait_until(lambda: name in self.output.waited)
        return name

    def shows(self, text: str) -> bool:
        return self.button.text().replace("&", "") == text

    def close(self) -> None:
        assert self.pipeline.shutdown()
        self._speaker.join(5)
        assert not self._speaker.is_alive()


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(tmp_path, qtbot)
    yield stage
    stage.close()


def test_the_button_follows_what_is_heard_and_not_the_click(stage: Stage, qtbot: QtBot) -> None:
    # GIVEN a line that is being said, WHEN the part is played
    line = stage.say("a line of chat")
    stage.button.click()
    # THEN it waits, for as long as that takes
    clock = QElapsedTimer()
    clock.start()
    qtbot.waitUntil(lambda: clock.elapsed() > 1_000 * (PART.end - PART.start) + 50)
    assert stage.shows("Waiting...")
    assert stage.button.toolTip() == "Something else is said first"
    assert stage.playhead is None
    # WHEN the line ends THEN the part sounds, and the playhead begins where the part does
    stage.output.stop(line)
    qtbot.waitUntil(lambda: stage.shows("Stop playing"))
    qtbot.waitUntil(lambda: stage.playhead is not None)
    assert PART.start <= (stage.playhead or 0) <= PART.end
    # WHEN the device is slower than the clock THEN it still sounds, until the device is done
    clock.restart()
    qtbot.waitUntil(lambda: clock.elapsed() > 1_000 * (PART.end - PART.start) + 50)
    assert stage.shows("Stop playing")
    stage.output.stop(stage.output.waited[-1])
    qtbot.waitUntil(lambda: stage.shows("Play"))
    assert stage.playhead is None


def test_a_part_that_waits_can_be_taken_back(stage: Stage, qtbot: QtBot) -> None:
    line = stage.say("a line of chat")
    stage.button.click()
    qtbot.waitUntil(lambda: stage.shows("Waiting..."))
    stage.button.click()
    assert stage.shows("Play")
    # THEN it isn't heard after the line, either, even if it was made ready meanwhile
    stage.output.stop(line)
    after = stage.say("another line")
    stopped = stage.output.stopped
    assert [tag for tag in stage.output.waited if tag not in stopped] == [after]


def test_while_the_speech_is_paused_so_is_the_part(stage: Stage, qtbot: QtBot) -> None:
    stage.editor.choose_part(Span(start=PART.start, end=RECORDING.seconds))
    stage.pipeline.pause()
    stage.button.click()
    assert stage.shows("Paused")
    assert "paused in the main window" in stage.button.accessibleDescription()
    stage.pipeline.resume()
    qtbot.waitUntil(lambda: stage.shows("Stop playing"))
    qtbot.waitUntil(lambda: (stage.playhead or 0) > PART.start + 0.15)
    # WHEN the speech is held in the middle THEN the playhead stands
    stage.pipeline.pause()
    qtbot.waitUntil(lambda: stage.shows("Paused"))
    before = stage.playhead
    clock = QElapsedTimer()
    clock.start()
    qtbot.waitUntil(lambda: clock.elapsed() > 120)
    assert stage.playhead == before
    # WHEN it goes on THEN so does the part, from there, and it can be stopped
    stage.pipeline.resume()
    qtbot.waitUntil(lambda: stage.playhead != before)
    assert before is not None
    assert (stage.playhead or 0) > before
    assert stage.shows("Stop playing")
    stage.button.click()
    assert stage.shows("Play")
    wait_until(lambda: stage.output.stopped == stage.output.waited)


def test_what_the_main_window_skips_is_over_here_too(stage: Stage, qtbot: QtBot) -> None:
    stage.button.click()
    qtbot.waitUntil(lambda: stage.shows("Stop playing"))
    stage.pipeline.conductor.skip()
    qtbot.waitUntil(lambda: stage.shows("Play"))
    # WHEN it is played again THEN all of it is heard again
    stage.button.click()
    qtbot.waitUntil(lambda: stage.shows("Stop playing"))
    assert stage.phases[-2:] == [PlayPhase.WAITING, PlayPhase.SOUNDING]


def test_quiet_stops_what_another_window_plays(stage: Stage, qtbot: QtBot) -> None:
    stage.play(RECORDING)
    qtbot.waitUntil(lambda: PlayPhase.SOUNDING in stage.phases)
    assert stage.shows("Play")
    stage.player.quiet()
    assert stage.phases[-1] is PlayPhase.ENDED
    assert stage.output.stopped == stage.output.waited


def test_the_key_of_play_stays_whatever_the_button_says(stage: Stage, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    stage.pipeline.pause()
    show_in_front(stage.editor)
    qtbot.waitUntil(stage.editor.isActiveWindow)
    qtbot.keyClick(stage.editor, Qt.Key.Key_Y, alt)
    qtbot.waitUntil(lambda: stage.shows("Paused"))
    qtbot.keyClick(stage.editor, Qt.Key.Key_Y, alt)
    qtbot.waitUntil(lambda: stage.shows("Play"))


def test_speech_waits_for_the_microphone_and_what_was_paused_stays_so(stage: Stage) -> None:
    def paused() -> bool:
        return stage.pipeline.conductor.state.paused

    assert stage.sound.hold(True) > 0
    assert paused()
    assert stage.sound.hold(False) == 0
    assert not paused()
    # WHEN the user had paused it THEN it stays paused
    stage.pipeline.pause()
    stage.sound.hold(True)
    stage.sound.hold(False)
    assert paused()
    stage.pipeline.resume()
    # WHEN nothing was held THEN nothing goes on
    stage.pipeline.pause()
    stage.sound.hold(False)
    assert paused()


def test_silence_is_over_at_once(stage: Stage) -> None:
    stage.play(SILENCE)
    assert stage.phases == [PlayPhase.ENDED]
    assert stage.pipeline.play(SILENCE, "nothing") == ""
