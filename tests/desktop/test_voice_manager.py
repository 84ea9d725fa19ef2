"""The voice manager on a real library: making, changing and keeping a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft
from ishowtts_desktop.voices.recordings import write_recording
from tests.support.degraded import TEXTS, noise, spoken
from tests.support.voice_hands import VoiceHands
from tests.support.voice_studio import VoiceStudio, anna

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Answer = QMessageBox.StandardButton


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., VoiceHands]]:
    made = []

    def make_one(**options: object) -> VoiceHands:
        studio = VoiceStudio(tmp_path / "voices", **options)  # type: ignore[arg-type]
        made.append(studio)
        studio.window.show()
        qtbot.waitExposed(studio.window)
        return VoiceHands(studio, qtbot)

    yield make_one
    for studio in made:
        studio.window.leave()
        studio.window.deleteLater()


@pytest.fixture
def hands(make: Callable[..., VoiceHands]) -> VoiceHands:
    return make()


def sound_file(folder: Path, name: str = "My_voice.wav") -> Path:
    path = folder / name
    write_recording(path, spoken("en"))
    return path


def test_an_empty_library_says_the_next_step(hands: VoiceHands, qtbot: QtBot) -> None:
    assert "Make a voice of your own" in hands.labels()
    assert hands.rows() == ["Starter, English: English · starter voice",
                            "Starter, 中文: 中文 · starter voice"]  # fmt: skip
    qtbot.waitUntil(hands.button("Open a file...").hasFocus)
    # WHEN the list gets the focus THEN it goes to no voice that nobody asked for
    hands.list.setFocus()
    qtbot.waitUntil(hands.list.hasFocus)
    assert hands.list.currentRow() == -1
    assert "Make a voice of your own" in hands.labels()


def test_a_dropped_file_becomes_a_voice_once_text_and_consent_are_given(
    hands: VoiceHands, qtbot: QtBot, tmp_path: Path
) -> None:
    hands.drop(sound_file(tmp_path))
    # THEN it is shown with a name, its best part, and what is missing
    hands.wait_for("There is no reference text.")
    assert hands.line("Name").text() == "My voice"
    assert "My voice: English · not saved" in hands.rows()
    assert hands.window.isWindowModified()
    hands.text.setPlainText(TEXTS["en"])
    hands.wait_for("This makes a good reference.")
    # WHEN it is saved without consent THEN the window says what is missing, and keeps all
    hands.button("Save").click()
    hands.wait_for("Tick below that the person who is heard agreed.")
    assert hands.box("agreed").hasFocus()
    assert hands.studio.library.voices() == ()
    hands.box("agreed").setChecked(True)
    assert "Tick below" not in hands.labels()
    qtbot.keyClick(hands.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: hands.studio.library.voices() != ())
    voice, recording = hands.studio.library.both("my-voice")
    assert (voice.name, voice.text, voice.consent) == ("My voice", TEXTS["en"], True)
    assert voice.span is not None
    assert voice.loudness is not None
    assert recording.seconds == pytest.approx(spoken("en").seconds)
    qtbot.waitUntil(lambda: not hands.window.isWindowModified())
    assert "My voice: English" in hands.rows()


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"RIFF\0\0\0\0WAVEfmt "])
def test_a_bad_file_is_told_and_harms_nothing(
    content: bytes, hands: VoiceHands, tmp_path: Path
) -> None:
    bad = tmp_path / "<b>bad.wav"
    bad.write_bytes(content)
    hands.drop(bad)
    hands.wait_for("bad.wav")
    assert "Make a voice of your own" in hands.labels()
    hands.drop(sound_file(tmp_path))
    hands.wait_for("There is no reference text.")
    assert "bad.wav" not in hands.labels()


def test_every_field_is_kept_and_reverted(
    make: Callable[..., VoiceHands], qtbot: QtBot, tmp_path: Path
) -> None:
    hands = make()
    hands.studio.library.add(*anna())
    before = hands.studio.library.get("anna")
    hands.window._keeper.refresh()
    hands.open("Anna")
    hands.line("Name").selectAll()
    qtbot.keyClicks(hands.line("Name"), "Bea")
    hands.line("Licence note").selectAll()
    qtbot.keyClicks(hands.line("Licence note"), "CC0")
    hands.text.setPlainText("Hello everybody.")
    hands.box("Ready").setChecked(True)
    editor = hands.window._editor
    editor.terms._speed.setValue(1.25)
    editor._language.show_language("de")
    qtbot.keyClick(editor.waveform, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert hands.window.unsaved
    # WHEN it is reverted THEN it is as it was
    hands.button("Revert").click()
    qtbot.waitUntil(lambda: not hands.window.unsaved)
    shown = hands.window._desk.draft
    revision = hands.studio.library.revision("anna")
    assert shown == VoiceDraft(before, shown.recording, before, revision=revision)
    assert hands.line("Name").text() == "Anna"
    # WHEN the same is done and saved THEN all of it is kept, and the loudness measured anew
    editor.choose_part(before.span.model_copy(update={"end": 3.0}))
    hands.line("Name").selectAll()
    qtbot.keyClicks(hands.line("Name"), "Bea")
    hands.text.setPlainText("Hello everybody, welcome to my stream.")
    editor.terms._speed.setValue(1.25)
    hands.button("Save").click()
    qtbot.waitUntil(lambda: hands.studio.library.get("anna").name == "Bea")
    after = hands.studio.library.get("anna")
    assert (after.speed, after.text) == (1.25, "Hello everybody, welcome to my stream.")
    assert after.span.end == 3.0
    assert after.loudness != before.loudness


def test_another_recording_and_its_text_are_kept_together(
    make: Callable[..., VoiceHands], qtbot: QtBot, tmp_path: Path
) -> None:
    hands = make()
    hands.studio.library.add(*anna())
    hands.window._keeper.refresh()
    hands.open("Anna")
    other = tmp_path / "other.wav"
    write_recording(other, spoken("de"))
    hands.window._other_file.trigger()
    hands.choose_file(other)
    qtbot.waitUntil(lambda: hands.window.unsaved)
    hands.text.setPlainText(TEXTS["de"])
    assert hands.studio.library.get("anna").text == TEXTS["en"]
    hands.button("Save").click()
    qtbot.waitUntil(lambda: hands.studio.library.get("anna").text == TEXTS["de"])
    assert hands.studio.library.recording("anna").seconds == pytest.approx(spoken("de").seconds)


@pytest.mark.parametrize("answer", [Answer.Save, Answer.Discard, Answer.Cancel])
def test_unsaved_changes_are_asked_for_before_another_voice_is_shown(
    answer: Answer, make: Callable[..., VoiceHands], qtbot: QtBot
) -> None:
    hands = make()
    hands.studio.library.add(*anna())
    hands.studio.library.add(*anna("Bea"))
    hands.window._keeper.refresh()
    hands.open("Anna")
    hands.text.setPlainText("Something else.")
    hands.pick("Bea")
    hands.answer(answer)
    shown = "Anna" if answer is Answer.Cancel else "Bea"
    qtbot.waitUntil(lambda: hands.line("Name").text() == shown)
    assert hands.list.currentItem().text() == shown
    kept = "Something else." if answer is Answer.Save else TEXTS["en"]
    assert hands.studio.library.get("anna").text == kept
    assert hands.window.unsaved is (answer is Answer.Cancel)


@pytest.mark.parametrize("answer", [Answer.Save, Answer.Discard, Answer.Cancel])
def test_unsaved_changes_are_asked_for_before_the_window_closes(
    answer: Answer, hands: VoiceHands, qtbot: QtBot, tmp_path: Path
) -> None:
    hands.drop(sound_file(tmp_path))
    hands.wait_for("There is no reference text.")
    hands.box("agreed").setChecked(True)
    with qtbot.waitSignal(hands.window.geometry_changed) as told:
        hands.window.close()
    assert told.args == [hands.window.geometry_text()]
    assert hands.window.isVisible()
    hands.answer(answer)
    qtbot.waitUntil(lambda: hands.window.isVisible() is (answer is Answer.Cancel))
    assert len(hands.studio.library.voices()) == (answer is Answer.Save)


def test_a_save_that_fails_is_told_and_nothing_is_lost(
    hands: VoiceHands, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN a voice that can't be kept: a file stands where its folder should be
    hands.drop(sound_file(tmp_path))
    hands.wait_for("There is no reference text.")
    hands.text.setPlainText(TEXTS["en"])
    hands.box("agreed").setChecked(True)
    folder = hands.studio.library.folder
    assert not folder.exists()
    folder.write_bytes(b"in the way")
    hands.button("Save").click()
    hands.wait_for("voices can't be kept")
    assert hands.window.unsaved
    assert hands.text.toPlainText() == TEXTS["en"]
    assert hands.text.isEnabled()
    # WHEN that is mended THEN it is saved
    folder.unlink()
    hands.button("Save").click()
    qtbot.waitUntil(lambda: not hands.window.unsaved)
    assert hands.studio.library.get("my-voice").text == TEXTS["en"]


def test_findings_follow_the_span_and_the_text(hands: VoiceHands, tmp_path: Path) -> None:
    quiet = spoken("en")
    hiss = noise(quiet.seconds + 1).samples[: len(quiet.samples)]
    noisy = np.concatenate([quiet.samples + hiss, quiet.samples])
    write_recording(tmp_path / "a.wav", type(quiet)(noisy.astype(np.float32), quiet.rate))
    hands.drop(tmp_path / "a.wav")
    hands.wait_for("There is no reference text.")
    assert "nois" not in hands.labels()  # the best part is the clean one
    hands.text.setPlainText(TEXTS["en"])
    hands.wait_for("This makes a good reference.")
    hands.window._editor.waveform.show_span(0.0, 4.0)
    hands.window._editor.edited.emit()
    hands.wait_for("nois")
    hands.button("Best part").click()
    hands.wait_for("This makes a good reference.")
