"""The voice manager while another program changes the library: nothing stale, nothing mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMessageBox

from ishowtts_desktop.desktop.voice_manager.outside import VoiceOutside
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.recordings import write_recording
from tests.support.degraded import TEXTS, spoken
from tests.support.voice_studio import anna

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.voice_hands import VoiceHands

CHANGED = "Another program changed this voice meanwhile."
REMOVED = "Another program removed Anna."


@pytest.fixture
def hands(make: Callable[..., VoiceHands]) -> VoiceHands:
    hands = make("Anna", "Bea")
    hands.open("Anna")
    return hands


@pytest.fixture
def other(tmp_path: Path) -> VoiceLibrary:
    """Another program's."""
    return VoiceLibrary(tmp_path / "voices")


def by_hand(other: VoiceLibrary, text: str) -> None:
    """Put another recording and text into Anna's folder, as a user with an editor would."""
    folder = other.folder / "anna"
    write_recording(folder / "reference.wav", spoken("de"))
    file = folder / "voice.toml"
    file.write_text(file.read_text("utf-8").replace(TEXTS["en"], text), "utf-8")


def call_her_anna_maria(hands: VoiceHands, qtbot: QtBot) -> None:
    hands.line("Name").selectAll()
    qtbot.keyClicks(hands.line("Name"), "Anna Maria")


def look(hands: VoiceHands, qtbot: QtBot) -> None:
    hands.window.look()
    qtbot.waitUntil(lambda: not hands.window._work.busy("look"))


def test_what_nobody_edits_here_is_shown_as_it_is_there_now(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    other.rename("anna", "Anna Lena")
    look(hands, qtbot)
    assert hands.line("Name").text() == "Anna Lena"
    assert not hands.window.unsaved
    by_hand(other, "Guten Abend.")
    look(hands, qtbot)
    assert hands.text.toPlainText() == "Guten Abend."
    draft = hands.window._desk.draft
    assert draft is not None
    assert draft.recording.seconds == pytest.approx(spoken("de").seconds)
    # WHEN it is edited and saved now THEN it is over what was seen
    hands.text.setPlainText("Guten Morgen.")
    hands.button("Save").click()
    qtbot.waitUntil(lambda: other.get("anna").text == "Guten Morgen.")
    assert other.get("anna").name == "Anna Lena"


def test_a_save_does_not_mix_an_old_text_with_a_new_recording(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    # GIVEN an edit here, and one there that nobody looked at
    call_her_anna_maria(hands, qtbot)
    by_hand(other, "Guten Abend.")
    hands.button("Save").click()
    hands.wait_for(CHANGED)
    # THEN what is there stays, and so does what is typed
    assert (other.get("anna").name, other.get("anna").text) == ("Anna", "Guten Abend.")
    assert hands.line("Name").text() == "Anna Maria"
    assert hands.line("Name").isEnabled()
    hands.button("Revert").click()
    qtbot.waitUntil(lambda: hands.text.toPlainText() == "Guten Abend.")
    assert CHANGED not in hands.labels()
    call_her_anna_maria(hands, qtbot)
    hands.button("Save").click()
    qtbot.waitUntil(lambda: other.get("anna").name == "Anna Maria")
    assert other.get("anna").text == "Guten Abend."


def test_another_recording_alone_is_a_change_too(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    write_recording(other.folder / "anna" / "reference.wav", spoken("de"))
    look(hands, qtbot)
    draft = hands.window._desk.draft
    assert draft is not None
    assert draft.recording.seconds == pytest.approx(spoken("de").seconds)


def test_what_is_edited_here_stays_and_the_change_there_is_told_once(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    hands.text.setPlainText("Typed here.")
    other.rename("anna", "Anna Lena")
    look(hands, qtbot)
    assert CHANGED in hands.labels()
    assert hands.text.toPlainText() == "Typed here."
    hands.window._solve()  # closed by the user
    look(hands, qtbot)
    assert CHANGED not in hands.labels()
    other.rename("anna", "Anna Lene")
    look(hands, qtbot)
    assert CHANGED in hands.labels()


def test_a_voice_that_is_removed_there_is_shown_no_more(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    other.remove("anna")
    look(hands, qtbot)
    assert REMOVED in hands.labels()
    assert "Make a voice of your own" in hands.labels()
    qtbot.waitUntil(lambda: not any(row.startswith("Anna") for row in hands.rows()))
    # WHEN a recording comes for it now THEN it becomes a voice of its own
    keeper = hands.window._keeper
    write_recording(other.folder / "late.wav", spoken("en"))
    keeper._intake.read(other.folder / "late.wav", keeper._replace)
    qtbot.waitUntil(lambda: hands.line("Name").text() == "late")


def test_what_is_edited_of_a_voice_that_is_removed_there_can_be_saved_anew(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    hands.text.setPlainText("Typed here.")
    other.remove("anna")
    look(hands, qtbot)
    assert REMOVED in hands.labels()
    qtbot.waitUntil(lambda: "Anna: English · not saved" in hands.rows())
    assert hands.text.toPlainText() == "Typed here."
    hands.button("Save").click()
    qtbot.waitUntil(lambda: [v.name for v in other.voices()] == ["Anna", "Bea"])
    assert other.get("anna").text == "Typed here."
    assert other.recording("anna").seconds == pytest.approx(anna()[1].seconds)


def test_files_that_were_only_touched_are_no_change(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    hands.text.setPlainText("Typed here.")
    (other.folder / "anna" / "voice.toml").touch()
    look(hands, qtbot)
    assert CHANGED not in hands.labels()
    hands.button("Save").click()
    qtbot.waitUntil(lambda: other.get("anna").text == "Typed here.")


def test_own_changes_are_not_taken_for_those_of_others(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    for text in ("Once.", "Twice."):
        hands.text.setPlainText(text)
        hands.button("Save").click()
        qtbot.waitUntil(lambda: not hands.window.unsaved)
        look(hands, qtbot)
        assert other.get("anna").text == text
    assert CHANGED not in hands.labels()


def test_what_was_looked_at_before_another_voice_was_opened_counts_no_more(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    asked = hands.window._desk.draft
    assert asked is not None
    outside = hands.window.findChild(VoiceOutside)
    assert outside is not None
    hands.open("Bea")
    outside._take(asked, None)
    assert hands.line("Name").isVisible()
    assert "Another program removed" not in hands.labels()


def test_a_change_is_noticed_when_the_user_comes_back(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    hands.window.hide()
    other.rename("anna", "Anna Lena")
    hands.window.look()  # hidden it has no need to
    assert not hands.window._work.busy("look")
    hands.window.show()
    qtbot.waitUntil(lambda: hands.line("Name").text() == "Anna Lena")


def test_removing_asks_first_for_what_is_not_saved(
    hands: VoiceHands, other: VoiceLibrary, qtbot: QtBot
) -> None:
    hands.text.setPlainText("Typed here.")
    hands.window._actions.remove_requested.emit()
    hands.answer(QMessageBox.StandardButton.Cancel)
    assert other.get("anna").text == TEXTS["en"]
    assert hands.text.toPlainText() == "Typed here."
    hands.window._actions.remove_requested.emit()
    hands.answer(QMessageBox.StandardButton.Save)
    hands.wait_for("Anna was removed.")
    # THEN undo brings it back with all that was typed
    hands.button("Undo").click()
    qtbot.waitUntil(lambda: any(voice.id == "anna" for voice in other.voices()))
    assert other.get("anna").text == "Typed here."
