"""The voice manager takes care: nothing typed is lost, edges find silence, files drop anywhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit

from ishowtts_desktop.desktop.voice_manager import intake
from ishowtts_desktop.voices.recordings import read_recording, write_recording
from tests.support.degraded import TEXTS, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.voices.recordings import ReadRecording
    from tests.support.voice_hands import VoiceHands


@pytest.fixture
def hands(make: Callable[..., VoiceHands]) -> VoiceHands:
    hands = make("Anna", "Bea")
    hands.open("Anna")
    return hands


def test_what_is_typed_while_a_long_file_is_read_is_asked_for(
    hands: VoiceHands, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a file that takes long
    let, begun = threading.Event(), threading.Event()

    def read_slowly(path: Path) -> ReadRecording:
        begun.set()
        let.wait(10)
        return read_recording(path)

    monkeypatch.setattr(intake, "read_recording", read_slowly)
    write_recording(tmp_path / "long.wav", spoken("en"))
    hands.drop(tmp_path / "long.wav")
    assert begun.wait(10)
    qtbot.waitUntil(hands.window._busy.isVisible)
    # WHEN something is typed before it is read
    hands.text.setPlainText("Typed meanwhile.")
    let.set()
    hands.answer(QMessageBox.StandardButton.Save)
    # THEN that is saved first
    qtbot.waitUntil(lambda: hands.line("Name").text() == "long")
    assert hands.studio.library.get("anna").text == "Typed meanwhile."
    assert hands.window._busy.isHidden()


def test_a_file_of_which_only_the_beginning_is_read_is_told(
    hands: VoiceHands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_little(path: Path) -> ReadRecording:
        return read_recording(path, limit_seconds=3.0)

    monkeypatch.setattr(intake, "read_recording", read_little)
    write_recording(tmp_path / "long.wav", spoken("en"))
    hands.drop(tmp_path / "long.wav")
    hands.wait_for("Only the first 0 minutes of the file were read.")


@pytest.mark.parametrize(("dropped", "expected"), [(2.45, 2.61), (2.2, 2.2), (2.55, 2.55)])
def test_an_edge_that_is_dropped_beside_a_silence_snaps_into_it(
    dropped: float, expected: float, hands: VoiceHands, qtbot: QtBot, tmp_path: Path
) -> None:
    write_recording(tmp_path / "a.wav", spoken("en"))
    hands.drop(tmp_path / "a.wav")
    hands.wait_for("There is no reference text.")
    waveform = hands.window._editor.waveform
    waveform.show_span(0.0, 5.0)
    left, y = Qt.MouseButton.LeftButton, waveform.height() // 3
    qtbot.mousePress(waveform, left, pos=QPoint(round(waveform._x_of(5.0)), y))
    qtbot.mouseMove(waveform, QPoint(round(waveform._x_of(dropped)), y))
    qtbot.mouseRelease(waveform, left, pos=QPoint(round(waveform._x_of(dropped)), y))
    work = hands.window._work
    qtbot.waitUntil(lambda: not work.busy("snap"))
    assert waveform.span is not None
    assert waveform.span.end == pytest.approx(expected, abs=0.02)


def test_every_field_leaves_files_to_the_window(hands: VoiceHands) -> None:
    fields = [*hands.window.findChildren(QLineEdit), *hands.window.findChildren(QPlainTextEdit)]
    assert len(fields) > 4
    assert [field for field in fields if field.acceptDrops()] == []
    assert not hands.text.viewport().acceptDrops()


def test_the_menu_offers_only_what_can_be_done(
    hands: VoiceHands, qtbot: QtBot, tmp_path: Path
) -> None:
    def offered() -> list[str]:
        actions = hands.window._actions.actions()
        return [a.text().replace("&", "") for a in actions if a.isEnabled() and a.text()]

    always = ["New from a file...", "New by recording...", "Import..."]
    later = ["Bring back what was removed last", "Find", "Close"]
    own = ["Rename", "Make a copy", "Export...", "Remove"]
    assert offered() == [*always, *own, *later]
    hands.text.setPlainText("Something else.")
    assert offered() == [*always, "Save", *own, *later]
    hands.text.setPlainText(TEXTS["en"])
    hands.open("Starter, English")
    assert offered() == [*always, "Make a copy", *later]
    write_recording(tmp_path / "a.wav", spoken("en"))
    hands.drop(tmp_path / "a.wav")
    hands.wait_for("There is no reference text.")
    assert offered() == [*always, "Save", "Rename", *later]


def test_a_text_in_several_lines_that_was_not_touched_stays(
    hands: VoiceHands, qtbot: QtBot
) -> None:
    library = hands.studio.library
    library.update(library.get("bea").model_copy(update={"text": "One.\nTwo."}))
    hands.open("Bea")
    qtbot.waitUntil(lambda: hands.text.toPlainText() == "One.\nTwo.")
    assert not hands.window.unsaved
    hands.text.setPlainText("One.\nTwo.\nThree. ")
    hands.button("Save").click()
    qtbot.waitUntil(lambda: library.get("bea").text == "One. Two. Three.")
