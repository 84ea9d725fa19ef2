"""The windows beside the main one: opened when asked for, remembered, told of, closed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.desktop.app import build
from ishowtts_desktop.desktop.model_manager.state import Trouble
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.desktop.voice_manager.row import ABOUT
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.speech.clips import CLIP
from ishowtts_desktop.speech.hosted import HostPhase, HostState
from ishowtts_desktop.system.paths import Paths
from ishowtts_desktop.voice_book import DRAFT
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.desktop.application import Application

HUM = AudioChunk((0.2 * np.sin(np.arange(48_000) * 0.05)).astype(np.float32), 16_000)


@pytest.fixture
def application(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """Without a sound device, so that what is queued stays queued."""
    monkeypatch.setattr("ishowtts_desktop.assembly.maker", lambda *_: None)
    paths = Paths.under(tmp_path)
    VoiceLibrary(paths.voices).add(Voice(id="", name="Mina", text="Hm."), HUM)
    shell = Shell()
    application = build(paths, shell)
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    shell.show(qt)
    application.start()
    qtbot.addWidget(application.window)
    yield application
    assert application.shutdown()


def test_the_window_of_voices_opens_and_its_place_is_remembered(
    application: Application, qtbot: QtBot
) -> None:
    application.dispatcher.run("voices", [])
    window = application._windows._voices
    assert window is not None
    assert window.isVisible()
    window.resize(901, 702)
    window.close()
    assert application._config.window.voices_geometry
    application.commands.manage_voices()
    assert application._windows._voices is window


def test_what_is_tried_there_is_said_by_the_pipeline(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[Any, ...]] = []
    monkeypatch.setattr(application._pipeline.conductor, "say", lambda *how: said.append(how))
    application.commands.manage_voices()
    window = application._windows._voices
    assert window is not None
    services = window._services
    services.speak("Hello.", DRAFT)
    services.play(HUM)
    assert [how[-1] for how in said] == [DRAFT, CLIP]
    services.set_draft(Voice(id="", name="Draft", text="Hm."), HUM)
    assert application._book.recording(DRAFT, "en").text == "Hm."
    services.set_draft(None, None)
    with pytest.raises(EngineError):
        application._book.recording(DRAFT, "en")
    services.use("mina")
    assert application.status()["voice"] == "mina"


def test_a_download_is_told_in_the_tray_and_its_failure_on_the_main_window(
    application: Application, qtbot: QtBot
) -> None:
    application.dispatcher.run("models", [])
    windows = application._windows
    assert windows._models is not None
    assert windows._jobs is not None
    assert windows._models.isVisible()
    windows._jobs.progress_changed.emit("Downloading F5: 34 %")
    assert "34 %" in application.tray._icon.toolTip()
    assert any("34 %" in action.text() for action in application.tray.menu.actions())
    # WHEN it fails while its window can be seen THEN it is told there alone
    windows._jobs.failed.emit("F5", Trouble("The disk is full.", "Make room."))
    qtbot.wait(150)
    assert "disk" not in str(application.status()["problems"])
    windows._models.close()
    windows._jobs.failed.emit("F5", Trouble("The disk is full.", "Make room."))
    qtbot.waitUntil(lambda: "disk is full" in str(application.status()["problems"]))
    windows._jobs.downloaded.emit("f5", "/nowhere")
    qtbot.waitUntil(lambda: "disk is full" not in str(application.status()["problems"]))
    windows._jobs.progress_changed.emit("")
    assert "34 %" not in application.tray._icon.toolTip()


@pytest.mark.parametrize("phase", [HostPhase.OFF, HostPhase.FAILED])
def test_an_engine_without_a_model_uses_none(
    application: Application, phase: HostPhase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looked: list[str] = []
    windows = application._windows
    monkeypatch.setattr(windows, "_found_model", lambda: looked.append("looked") or "/model")
    application._config.speech = application._config.speech.model_copy(update={"engine": "f5"})
    host = application._pipeline.host
    host._state = HostState(HostPhase.READY)
    assert [windows._model_in_use() for _ in range(3)] == ["/model"] * 3
    assert looked == ["looked"]
    host._state = HostState(phase)
    assert windows._model_in_use() == ""


def test_quitting_with_an_unsaved_voice_asks_and_a_second_time_it_just_goes(
    application: Application, qtbot: QtBot
) -> None:
    gone: list[str] = []
    application.ask_to_end(lambda: gone.append("before any window"))
    application.commands.manage_voices()
    application.ask_to_end(lambda: gone.append("nothing unsaved"))
    assert gone == ["before any window", "nothing unsaved"]
    window = application._windows._voices
    assert window is not None
    qtbot.waitUntil(lambda: window._editor.draft is not None)
    name = next(n for n in window.findChildren(QLineEdit) if n.accessibleName() == "Name")
    name.setText("Mina the Second")
    assert window.unsaved
    # WHEN the user thinks again THEN nothing happens, and it is asked anew
    for answer in (QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard):
        application.ask_to_end(lambda: gone.append("discarded"))
        box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
        if answer is QMessageBox.StandardButton.Cancel:
            box.button(answer).click()
            assert len(gone) == 2
    # WHEN it is asked for twice THEN nobody waits for the answer
    application.ask_to_end(lambda: gone.append("insisted"))
    assert gone[2:] == ["insisted"]
    box.button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: gone[-1] == "discarded")


def test_quitting_while_something_else_is_asked_is_asked_anew_later(
    application: Application, qtbot: QtBot
) -> None:
    gone: list[str] = []
    application.commands.manage_voices()
    window = application._windows._voices
    assert window is not None
    qtbot.waitUntil(lambda: window._editor.draft is not None)
    name = next(n for n in window.findChildren(QLineEdit) if n.accessibleName() == "Name")
    name.setText("Mina the Second")
    window.close()
    # WHEN it is quit while that question is open THEN it is as if the user had thought again
    application.ask_to_end(lambda: gone.append("quit"))
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    box.button(QMessageBox.StandardButton.Cancel).click()
    application.ask_to_end(lambda: gone.append("quit"))
    assert gone == []
    assert name.text() == "Mina the Second"
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    box.button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: gone == ["quit"])


def test_the_window_of_voices_follows_the_engine_and_the_library(
    application: Application, qtbot: QtBot
) -> None:
    application.commands.use_voice("mina")
    asked: list[str] = []
    application.commands.engine_requested.connect(asked.append)
    application.commands.models_requested.disconnect(application._windows.open_models)
    application.commands.models_requested.connect(lambda: asked.append("models"))
    application.commands.manage_voices()
    window = application._windows._voices
    assert window is not None
    # THEN it says at once that F5 doesn't speak yet
    assert not window._engine.isHidden()
    qtbot.waitUntil(lambda: window._editor.draft is not None)

    def rows() -> list[str]:
        listed = window._list._list
        return [str(listed.item(at).data(ABOUT)) for at in range(listed.count())]

    qtbot.waitUntil(lambda: any(row.startswith("chosen for chat") for row in rows()))
    assert window._engine.isVisible()
    window.models_requested.emit()
    window.f5_requested.emit()
    assert asked == ["models", "f5"]
    ready = VoiceState.of(application._config.speech, HostState(HostPhase.READY))
    application.feed.post_voice(ready)
    qtbot.waitUntil(lambda: any(row.startswith("reads chat") for row in rows()))
    assert window._engine.isHidden()
    # WHEN another program renames the voice THEN it is seen without coming back to the window
    library = application._book.library
    assert library is not None
    VoiceLibrary(library.folder).rename("mina", "Mina Lou")
    name = next(n for n in window.findChildren(QLineEdit) if n.accessibleName() == "Name")
    qtbot.waitUntil(lambda: name.text() == "Mina Lou")


def test_what_is_played_in_the_window_of_voices_waits_for_its_turn(
    application: Application, qtbot: QtBot
) -> None:
    # GIVEN no sound device, so that nothing gets its turn
    application.commands.manage_voices()
    window = application._windows._voices
    assert window is not None
    window._keeper.pick("mina")
    qtbot.waitUntil(lambda: window._editor.draft is not None)
    button = window._editor._play
    button.click()
    assert button.text() == "Waiting..."
    # WHEN chat is paused THEN it says so
    application.commands.pause()
    qtbot.waitUntil(lambda: button.text() == "Paused")
    application.commands.resume()
    qtbot.waitUntil(lambda: button.text() == "Waiting...")
    # WHEN the main window clears what waits THEN it is over
    application.commands.clear()
    qtbot.waitUntil(lambda: button.text().replace("&", "") == "Play")
    # WHEN a microphone listens THEN the speech waits
    services = window._services
    services.hold(True)
    assert application._pipeline.conductor.state.paused
    services.hold(False)
    assert not application._pipeline.conductor.state.paused
