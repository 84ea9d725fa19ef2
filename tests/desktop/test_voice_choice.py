"""Choosing a voice in the running application: remembered, without loading anew, gone and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tomlkit
from PySide6.QtWidgets import QApplication

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.core.files import replace_file
from ishowtts_desktop.desktop.app import build
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.system.paths import Paths
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.desktop.application import Application

HUM = AudioChunk((0.2 * np.sin(np.arange(48_000) * 0.05)).astype(np.float32), 16_000)


@pytest.fixture(autouse=True)
def _no_engine_but_the_embedded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ishowtts_desktop.assembly.maker", lambda *_: None)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


@pytest.fixture
def library(paths: Paths) -> VoiceLibrary:
    library = VoiceLibrary(paths.voices)
    for name in ("Mina", "Otto"):
        library.add(Voice(id="", name=name, text="Hm."), HUM)
    return library


@pytest.fixture
def started(paths: Paths, library: VoiceLibrary, qtbot: QtBot) -> Iterator[Callable[..., Any]]:
    """What starts the application, with this text as its configuration."""
    running: list[Application] = []

    def start(config: str = "") -> Application:
        paths.config_file.write_text(config, encoding="utf-8")
        shell = Shell()
        application = build(paths, shell)
        running.append(application)
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        shell.show(qt)
        application.start()
        qtbot.addWidget(application.window)
        return application

    yield start
    assert all(application.shutdown() for application in running)


def speaks_with(application: Application) -> str:
    """The voice that the next utterance gets."""
    return application._pipeline.speaker._how[0]


def engines_made(application: Application, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    monkeypatch.setattr(application._pipeline.host, "use", lambda *_: made.append("made"))
    return made


def test_a_cloned_voice_brings_its_engine_and_is_remembered(
    started: Callable[..., Any], paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = started()
    made = engines_made(application, monkeypatch)
    application.dispatcher.run("voice", ["mina"])
    assert speaks_with(application) == "mina"
    assert made == ["made"]
    # WHEN another one is chosen THEN no model is loaded for it
    application.dispatcher.run("voice", ["otto"])
    assert (speaks_with(application), made) == ("otto", ["made"])
    status = application.status()
    assert (status["voice"], status["engine"]) == ("otto", "f5")

    def written() -> None:
        text = paths.config_file.read_text("utf-8")
        assert tomlkit.parse(text).unwrap().get("speech") == {"engine": "f5", "voice": "otto"}

    qtbot.waitUntil(written, timeout=5000)
    # WHEN an embedded voice is chosen THEN the other engine goes
    application.dispatcher.run("voice", ["espeak-zh"])
    assert (speaks_with(application), len(made)) == ("espeak-zh", 2)
    assert application.status()["engine"] == "espeak"


def test_the_embedded_engine_does_not_keep_a_voice_that_it_has_not(
    started: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    application = started()
    engines_made(application, monkeypatch)
    application.dispatcher.run("voice", ["mina"])
    application.dispatcher.run("engine", ["espeak"])
    assert speaks_with(application) == ""


def test_only_voices_that_there_are_can_be_chosen(started: Callable[..., Any]) -> None:
    application = started()
    with pytest.raises(InstanceError, match="nobody"):
        application.dispatcher.run("voice", ["nobody"])
    application.commands.use_voice("nobody")
    assert speaks_with(application) == ""


def test_a_voice_made_elsewhere_appears_in_the_menu(
    started: Callable[..., Any], library: VoiceLibrary, qtbot: QtBot
) -> None:
    application = started()
    menu = application.tray._voices
    qtbot.waitUntil(lambda: "mina" in menu._voices, timeout=5000)
    library.add(Voice(id="", name="Zoe", text="Hm."), HUM)
    qtbot.waitUntil(lambda: "zoe" in menu._voices, timeout=5000)
    library.rename("zoe", "Zora")
    qtbot.waitUntil(lambda: menu._voices["zoe"].text() == "Zora", timeout=5000)


def test_a_chosen_voice_that_goes_is_told_and_speaks_again_when_it_comes_back(
    started: Callable[..., Any], library: VoiceLibrary, qtbot: QtBot, paths: Paths
) -> None:
    application = started('[speech]\nvoice = "mina"\nengine = "f5"\ncheckpoint = "/none"\n')
    assert speaks_with(application) == "mina"
    token = library.remove("mina")
    qtbot.waitUntil(lambda: speaks_with(application) == "", timeout=5000)
    qtbot.waitUntil(lambda: "mina" in str(application.status()["problems"]), timeout=5000)
    library.restore(token)
    qtbot.waitUntil(lambda: speaks_with(application) == "mina", timeout=5000)
    qtbot.waitUntil(lambda: "mina" not in str(application.status()["problems"]), timeout=5000)
    assert 'voice = "mina"' in paths.config_file.read_text("utf-8")


def test_a_voice_that_is_gone_before_the_start_is_told(
    started: Callable[..., Any], qtbot: QtBot
) -> None:
    application = started('[speech]\nvoice = "lost"\nengine = "f5"\ncheckpoint = "/none"\n')
    qtbot.waitUntil(lambda: "lost" in str(application.status()["problems"]), timeout=5000)
    assert speaks_with(application) == ""


def test_a_missing_voice_does_not_come_back_with_another_choice(
    started: Callable[..., Any], qtbot: QtBot
) -> None:
    application = started('[speech]\nvoice = "lost"\nengine = "f5"\ncheckpoint = "/none"\n')
    qtbot.waitUntil(lambda: "lost" in str(application.status()["problems"]), timeout=5000)
    application.dispatcher.run("preset", ["turbo"])
    assert speaks_with(application) == ""
    # WHEN nobody wants it any more THEN nobody is told that it is missing
    application.dispatcher.run("engine", ["espeak"])
    qtbot.waitUntil(lambda: "lost" not in str(application.status()["problems"]), timeout=5000)


def test_a_voice_edited_in_place_is_noticed(
    started: Callable[..., Any], library: VoiceLibrary, qtbot: QtBot
) -> None:
    menu = started().tray._voices
    qtbot.waitUntil(lambda: "mina" in menu._voices, timeout=5000)
    file = library.folder / "mina" / "voice.toml"
    for name in ("Minna", "Minnie"):
        text = file.read_text("utf-8")
        file.write_text(text.replace(menu._voices["mina"].text(), name), "utf-8")
        qtbot.waitUntil(lambda name=name: menu._voices["mina"].text() == name, timeout=5000)


def test_a_broken_voice_that_is_mended_by_hand_is_noticed(
    started: Callable[..., Any], library: VoiceLibrary, qtbot: QtBot
) -> None:
    file = library.folder / "mina" / "voice.toml"
    good = file.read_bytes()
    file.write_bytes(b"name = ")
    menu = started().tray._voices
    qtbot.waitUntil(lambda: "otto" in menu._voices, timeout=5000)
    assert "mina" not in menu._voices
    replace_file(file, good)
    qtbot.waitUntil(lambda: "mina" in menu._voices, timeout=5000)
