"""What the voice manager tells: who is heard, what was left out, what is asked, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.desktop.voice_manager.engine_line import EngineLine
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.speech.hosted import HostPhase, HostState
from ishowtts_desktop.voices.bundle import export_voice
from ishowtts_desktop.voices.recordings import write_recording
from tests.support.degraded import spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.core.presets import EngineName
    from tests.support.voice_hands import VoiceHands

EMBEDDED = "you hear is the embedded voice."
UNSAVED = "Tick below that the person who is heard agreed."


@pytest.fixture
def hands(make: Callable[..., VoiceHands]) -> VoiceHands:
    hands = make("Anna")
    hands.open("Anna")
    return hands


def state(phase: HostPhase, engine: EngineName = "f5") -> VoiceState:
    problem = EngineError("It broke.") if phase is HostPhase.FAILED else None
    return VoiceState(engine, "fast", 7, HostState(phase, problem), "anna")


def helper(hands: VoiceHands) -> QPushButton | None:
    line = hands.window.findChild(EngineLine)
    assert line is not None
    button = line.findChild(QPushButton)
    return button if button is not None and button.isVisible() else None


@pytest.mark.parametrize(
    ("phase", "engine", "words", "asked"),
    [
        (HostPhase.OFF, "f5", EMBEDDED, "models"),
        (HostPhase.FAILED, "f5", EMBEDDED, "models"),
        (HostPhase.OFF, "espeak", EMBEDDED, "f5"),
        (HostPhase.LOADING, "f5", "is loading: until then you hear the embedded voice.", ""),
        (HostPhase.LOST, "f5", "needs a restart: what you hear is the embedded voice.", ""),
    ],
)
def test_a_clone_is_not_judged_by_the_embedded_voice(
    phase: HostPhase, engine: EngineName, words: str, asked: str, hands: VoiceHands
) -> None:
    wishes: list[str] = []
    hands.window.models_requested.connect(lambda: wishes.append("models"))
    hands.window.f5_requested.connect(lambda: wishes.append("f5"))
    hands.window.show_used("anna")
    hands.window.show_engine(state(phase, engine))
    assert words in hands.labels()
    assert "Anna: chosen for chat · English" in hands.rows()
    button = helper(hands)
    if button is not None:
        button.click()
    assert "".join(wishes) == asked
    # WHEN the engine is ready THEN it is this voice that speaks
    hands.window.show_engine(state(HostPhase.READY))
    assert "embedded voice" not in hands.labels()
    assert "Anna: reads chat · English" in hands.rows()


def test_a_row_that_is_cut_off_can_be_read_whole(hands: VoiceHands, qtbot: QtBot) -> None:
    hands.studio.library.rename("anna", "<b>Anna</b>")
    hands.window.look()
    qtbot.waitUntil(lambda: "<b>Anna</b>: English" in hands.rows())
    hands.window.show_used("anna")
    tip = next(t for t in (hands.list.item(at).toolTip() for at in range(3)) if "Anna" in t)
    assert "&lt;b&gt;Anna&lt;/b&gt;" in tip
    assert "reads chat · English" in tip


def test_a_tried_draft_is_there_until_it_is_said(hands: VoiceHands, qtbot: QtBot) -> None:
    hands.text.setPlainText("Something else.")
    hands.button("Try A").click()
    tried = hands.studio.drafts[-1]
    assert tried is not None
    hands.button("Save").click()
    qtbot.waitUntil(lambda: not hands.window.unsaved)
    hands.window.close()
    assert hands.studio.drafts[-1] is tried


def test_a_notice_of_what_was_given_up_goes_with_it(
    hands: VoiceHands, qtbot: QtBot, tmp_path: Path
) -> None:
    write_recording(tmp_path / "a.wav", spoken("en"))
    hands.drop(tmp_path / "a.wav")
    hands.wait_for("There is no reference text.")
    hands.button("Save").click()
    assert UNSAVED in hands.labels()
    hands.button("Revert").click()
    assert "Make a voice of your own" in hands.labels()
    assert UNSAVED not in hands.labels()


def test_of_several_recordings_the_one_that_is_taken_is_named(
    hands: VoiceHands, tmp_path: Path
) -> None:
    for name in ("b.wav", "c.wav"):
        write_recording(tmp_path / name, spoken("en"))
    hands.drop(tmp_path / "b.wav", tmp_path / "c.wav")
    hands.wait_for("Only b.wav was opened: one recording at a time.")
    assert hands.line("Name").text() == "b"
    hands.window._desk.revert()
    hands.drop(tmp_path / "c.wav")
    hands.wait_for("There is no reference text.")
    assert "was opened" not in hands.labels()


def test_what_became_of_each_dropped_file_is_told(
    hands: VoiceHands, qtbot: QtBot, tmp_path: Path
) -> None:
    broken, good = tmp_path / "broken.ishowvoice", tmp_path / "good.ishowvoice"
    broken.write_bytes(b"PK nonsense")
    export_voice(hands.studio.library, "anna", good)
    hands.drop(broken, good, tmp_path / "c.wav")
    hands.wait_for("broken.ishowvoice can't be imported")
    assert "Anna (2) was imported." in hands.labels()
    assert "c.wav wasn't opened" in hands.labels()
    assert hands.line("Name").text() == "Anna (2)"
    # WHEN all is well THEN there is nothing to tell; WHEN none is, THEN the voice stays
    hands.drop(good)
    qtbot.waitUntil(lambda: hands.line("Name").text() == "Anna (3)")
    assert "import" not in hands.labels()
    hands.drop(broken, *[tmp_path / f"{number}.ishowvoice" for number in range(9)])
    hands.wait_for("broken.ishowvoice can't be imported")
    assert hands.labels().count("ishowvoice can't be") == 5
    assert hands.line("Name").text() == "Anna (3)"


def test_a_question_that_is_asked_already_is_answered_before_the_next(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    told: list[str] = []
    hands.line("Name").setText("Anna Maria")
    hands.window.close()
    qtbot.waitUntil(lambda: hands.question() is not None)
    hands.window.ask_to_leave(lambda: told.append("left"), lambda: told.append("stayed"))
    assert told == []
    hands.answer(QMessageBox.StandardButton.Cancel)
    assert told == ["stayed"]
