"""The voice manager on a real library: what is done with the voices that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from ishowtts_desktop.desktop.language import Language
from ishowtts_desktop.desktop.voice_manager.voice_list import SEARCH_FROM
from ishowtts_desktop.voice_book import DRAFT
from ishowtts_desktop.voices.recordings import write_recording
from tests.support.degraded import TEXTS, spoken
from tests.support.voice_studio import anna

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.support.voice_hands import VoiceHands


def test_the_first_own_voice_is_shown_at_once_and_can_be_walked_to(
    make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    hands = make("Anna", "Bea")
    qtbot.waitUntil(lambda: hands.line("Name").text() == "Anna")
    qtbot.waitUntil(hands.list.hasFocus)
    qtbot.keyClick(hands.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: hands.line("Name").text() == "Bea")
    assert not hands.window.unsaved
    qtbot.keyClick(hands.window, Qt.Key.Key_F2)
    assert hands.line("Name").hasFocus()
    assert hands.line("Name").selectedText() == "Bea"


def test_a_removed_voice_comes_back_by_undo(make: Callable[..., VoiceHands], qtbot: QtBot) -> None:
    hands = make("Anna", "Bea")
    hands.open("Bea")
    for _ in range(3):  # the key is held down
        qtbot.keyClick(hands.list, Qt.Key.Key_Delete)
    hands.wait_for("Bea was removed.")
    assert [voice.name for voice in hands.studio.library.voices()] == ["Anna"]
    assert not any(row.startswith("Bea") for row in hands.rows())
    hands.button("Undo").click()
    qtbot.waitUntil(lambda: "Bea: English" in hands.rows())
    assert "Bea was removed." not in hands.labels()
    assert hands.studio.library.get("bea").text == TEXTS["en"]
    qtbot.waitUntil(lambda: hands.line("Name").isVisible())
    assert hands.line("Name").text() == "Bea"


def test_what_was_removed_earlier_comes_back_by_the_menu(
    make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    hands = make("Anna")
    hands.open("Anna")
    hands.window._actions.remove_requested.emit()
    hands.wait_for("Anna was removed.")
    hands.window._actions.restore_requested.emit()
    qtbot.waitUntil(lambda: hands.line("Name").isVisible())
    assert len(hands.studio.library.voices()) == 1
    hands.window._actions.restore_requested.emit()
    hands.wait_for("No voice was removed.")


def test_a_copy_is_a_voice_of_its_own(make: Callable[..., VoiceHands], qtbot: QtBot) -> None:
    hands = make("Anna")
    hands.open("Anna")
    hands.window._actions.copy_requested.emit()
    qtbot.waitUntil(lambda: hands.line("Name").text() == "Anna (2)")
    assert {voice.id for voice in hands.studio.library.voices()} == {"anna", "anna-2"}


def test_an_exported_voice_is_imported_again_by_dropping_it(
    make: Callable[..., VoiceHands], qtbot: QtBot, tmp_path: Path
) -> None:
    hands = make("Anna")
    hands.open("Anna")
    target = tmp_path / "anna.ishowvoice"
    hands.window._actions.export_requested.emit()
    hands.choose_file(target)
    hands.wait_for("Anna was exported.")
    hands.studio.library.remove("anna")
    hands.drop(target)
    qtbot.waitUntil(lambda: len(hands.studio.library.voices()) == 1)
    assert hands.studio.library.get("anna").text == TEXTS["en"]
    # WHEN it isn't what it seems THEN that is told
    target.write_bytes(b"PK nonsense")
    hands.window._import.click()
    hands.choose_file(target)
    hands.wait_for("anna.ishowvoice")


def test_a_sentence_is_tried_in_the_voice_as_it_is_now(
    make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    hands = make("Anna", "Bea")
    hands.open("Anna")
    studio, line = hands.studio, hands.line("What to say")
    assert line.text().startswith("Welcome to the stream!")
    line.setText("Good evening")
    hands.button("Try A").click()
    assert studio.heard == [("Good evening", "anna")]
    # WHEN something isn't saved THEN that is what speaks
    hands.text.setPlainText("Something else.")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert studio.heard[-1] == ("Good evening", DRAFT)
    draft = studio.drafts[-1]
    assert draft is not None
    assert (draft.id, draft.text) == (DRAFT, "Something else.")
    # AND another voice keeps the sentence; the draft, which may still wait to be said, is kept
    hands.pick("Bea")
    hands.answer(QMessageBox.StandardButton.Discard)
    qtbot.waitUntil(lambda: hands.line("Name").text() == "Bea")
    assert line.text() == "Good evening"
    assert studio.drafts[-1] is draft
    hands.window.leave()
    assert studio.drafts[-1] is None


def test_two_voices_are_compared_and_swapped(make: Callable[..., VoiceHands], qtbot: QtBot) -> None:
    hands = make("Anna", "Bea")
    hands.open("Anna")
    trial = hands.window._trial
    offered = [trial._other.itemData(at) for at in range(trial._other.count())]
    assert offered == ["starter-en", "starter-zh", "bea"]
    trial.pick_other("bea")
    hands.button("Try B").click()
    assert hands.studio.heard[-1][1] == "bea"
    hands.button("Swap").click()
    qtbot.waitUntil(lambda: hands.line("Name").text() == "Bea")
    assert trial.other == "anna"
    hands.button("Try A").click()
    hands.button("Try B").click()
    assert [voice for _, voice in hands.studio.heard[-2:]] == ["bea", "anna"]


def test_the_marked_part_is_played_and_stopped(
    make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    hands = make("Anna")
    hands.open("Anna")
    hands.window._editor.waveform.show_span(1.0, 2.0)
    button = hands.button("Play")
    button.click()
    assert hands.studio.played[-1].seconds == pytest.approx(1.0, abs=0.01)
    qtbot.waitUntil(lambda: (hands.window._editor.waveform._playhead or 0) > 1.1)
    assert button.text().replace("&", "") == "Stop playing"
    button.click()
    assert len(hands.studio.played[-1].samples) == 0
    button.click()
    qtbot.waitUntil(lambda: button.text().replace("&", "") == "Play")
    assert hands.window._editor.waveform._playhead is None


def test_the_voice_that_reads_chat_is_marked(make: Callable[..., VoiceHands], qtbot: QtBot) -> None:
    hands = make("Anna")
    hands.open("Anna")
    hands.button("Use this voice").click()
    assert hands.studio.used == ["anna"]
    hands.window.show_used("anna")
    assert "Anna: reads chat · English" in hands.rows()


def test_a_starter_voice_is_heard_and_copied_but_not_changed(
    make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    hands = make()
    hands.open("Starter, English")
    assert "comes with the application" in hands.labels()
    assert hands.text.isReadOnly()
    assert not hands.button("Best part").isEnabled()
    hands.button("Try A").click()
    assert hands.studio.heard[-1][1] == "starter-en"
    hands.window._actions.copy_requested.emit()
    assert hands.line("Name").text() == "Starter, English (2)"
    hands.box("agreed").setChecked(True)
    hands.button("Save").click()
    qtbot.waitUntil(lambda: len(hands.studio.library.voices()) == 1)


def test_a_voice_that_vanished_from_the_disk_is_told(
    make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    hands = make("Anna", "Bea")
    hands.open("Anna")
    hands.studio.library.remove("bea")
    hands.pick("Bea")
    hands.wait_for("There is no voice bea")
    assert hands.line("Name").text() == "Anna"
    assert hands.list.currentItem().text() == "Anna"


def test_a_broken_voice_is_told_beside_the_others(
    make: Callable[..., VoiceHands], tmp_path: Path
) -> None:
    broken = tmp_path / "voices" / "broken"
    broken.mkdir(parents=True)
    (broken / "voice.toml").write_bytes(b"\xff\xfe")
    hands = make("Anna")
    hands.wait_for("broken")
    assert "Anna: English" in hands.rows()


def test_many_voices_can_be_searched(make: Callable[..., VoiceHands], qtbot: QtBot) -> None:
    hands = make("Anna")
    hands.open("Anna")
    assert hands.line("Search voices").isHidden()
    for number in range(SEARCH_FROM):
        hands.studio.library.add(*anna(f"Voice {number}"))
    hands.window._keeper.refresh()
    qtbot.waitUntil(lambda: hands.line("Search voices").isVisible())
    qtbot.keyClick(hands.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert hands.line("Search voices").hasFocus()
    qtbot.keyClicks(hands.line("Search voices"), "voice 3")
    assert hands.rows() == ["Voice 3: English"]


def test_files_that_are_no_local_ones_are_not_taken(
    make: Callable[..., VoiceHands], tmp_path: Path
) -> None:
    hands = make()
    write_recording(tmp_path / "b.wav", spoken("en"))
    hands.drop(tmp_path / "b.wav", tmp_path / "c.wav")
    hands.wait_for("There is no reference text.")
    assert hands.line("Name").text() == "b"


def test_the_language_is_switched_while_the_window_is_open(
    make: Callable[..., VoiceHands], qtbot: QtBot, qapp: QApplication
) -> None:
    language = Language(qapp)
    hands = make("Anna")
    hands.open("Anna")
    try:
        language.install("zh_CN")
        qtbot.waitUntil(lambda: hands.window.windowTitle() == "声音[*]")
        hands.wait_for("参考")
        assert "starter voice" not in "".join(hands.rows())
    finally:
        language.install("en")
    qtbot.waitUntil(lambda: hands.window.windowTitle() == "Voices[*]")


def test_the_geometry_is_remembered(make: Callable[..., VoiceHands], qtbot: QtBot) -> None:
    hands = make()
    hands.window.resize(900, 700)
    qtbot.waitUntil(lambda: hands.window.width() == 900)
    text = hands.window.geometry_text()
    again = make(geometry=text)
    qtbot.waitUntil(lambda: again.window.width() == 900)
    assert make(geometry="nonsense").window.width() > 300
