"""Rules that a script hands to the running application: read by at once, kept, and undone."""

from __future__ import annotations

import gc
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomlkit

from ishowtts_desktop.cli.main import run
from ishowtts_desktop.core.errors import ConfigError
from ishowtts_desktop.desktop.app import build
from ishowtts_desktop.desktop.instance import InstanceServer
from ishowtts_desktop.desktop.instance_client import socket_path
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.system.paths import Paths
from tests.support.desktop import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.desktop.application import Application

RULES = """
[rules]
blocked_words = ["spoiler"]
minimum_role = "vip"
wisdom = 1
[words.nicknames]
bob = "Bobby"
"""


class Desk:
    """The application, listening, in a home of its own; and the command line beside it."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        self._qtbot = qtbot
        self.paths = Paths.under(home)
        self.application: Application = build(self.paths, Shell())
        qtbot.addWidget(self.application.window)
        self.files: list[Path] = []
        self.server = InstanceServer(socket_path(self.paths), self._answer)
        assert self.server.start()
        self.rules = home / "theirs.toml"
        self.rules.write_text(RULES, encoding="utf-8")

    def _answer(self, verb: str, arguments: list[str]) -> dict[str, Any]:
        self.files += map(Path, arguments)
        return self.application.dispatcher.run(verb, arguments)

    def command_line(self, *arguments: str) -> int:
        with ThreadPoolExecutor(1) as pool:
            code = pool.submit(run, arguments)
            self._qtbot.waitUntil(code.done, timeout=15_000)
            return code.result()

    def config_file(self) -> str:
        return self.paths.config_file.read_text("utf-8") if self.paths.config_file.exists() else ""

    def wait_saved(self, words: list[str]) -> None:
        def saved() -> None:
            config = tomlkit.parse(self.config_file()).unwrap()
            assert config.get("rules", {}).get("blocked_words", []) == words

        self._qtbot.waitUntil(saved, timeout=5000)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ISHOWTTS_HOME", str(tmp_path))
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.server.close()
    assert desk.application.shutdown()
    # What Qt owns is freed on its own thread, not wherever the next test happens to collect.
    del desk.application
    gc.collect()


def reasons(application: Application) -> dict[str, str]:
    """What would become of messages now."""
    told = {}
    conductor = application._pipeline.conductor
    conductor.watch(lambda o: told.update({o.text: str(o.reason and o.reason.value)}))
    for number, text in enumerate(("hello", "a spoiler")):
        conductor.handle(message(number, text))
    return told


def test_an_import_applies_at_once_and_survives_the_next_change(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.command_line("rules", "import", str(desk.rules), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "changed": ["rules.minimum_role", "rules.blocked_words", "words.nicknames"],
        "skipped": ["rules.wisdom"],
    }
    assert reasons(desk.application)["hello"] == "role"
    desk.wait_saved(["spoiler"])
    # WHEN something else is changed there THEN what was imported isn't written over
    desk.application.commands.block("bob")
    assert desk.application._config.rules.blocked_words == ["spoiler"]
    # AND the same once more is no change
    assert desk.command_line("rules", "import", str(desk.rules)) == 0
    printed = capsys.readouterr()
    assert printed.out == "Nothing changed.\n"
    assert "rules.wisdom" in printed.err


def test_an_import_is_undone_but_not_what_was_decided_since(desk: Desk) -> None:
    assert desk.command_line("ctl", "import-rules", str(desk.rules)) == 0
    config = desk.application._config
    words = config.words.nicknames
    assert words == {"bob": "Bobby"}
    rules = config.rules.model_copy(update={"blocked_words": ["spoiler", "mine"]})
    desk.application.commands.change_reading({"rules": rules})
    assert desk.command_line("ctl", "undo") == 0
    assert (config.rules.minimum_role, config.words.nicknames) == ("everyone", {})
    assert config.rules.blocked_words == ["mine"]
    desk.wait_saved(["mine"])
    assert desk.command_line("ctl", "undo") == 1


@pytest.mark.parametrize("verb", [("rules", "import"), ("ctl", "import-rules")])
def test_a_broken_file_is_told_and_changes_nothing(
    desk: Desk, verb: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    desk.rules.write_text("[rules]\nshortest = -1\n", encoding="utf-8")
    assert desk.command_line(*verb, str(desk.rules)) == 1
    error = capsys.readouterr().err
    assert "(line 2)" in error
    assert error.count("\n") == 1
    assert desk.application._config.rules.shortest == 0


def test_names_are_those_of_the_scripts_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.rules.parent / "sub"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert desk.command_line("rules", "import", "../theirs.toml") == 0
    assert desk.command_line("ctl", "undo") == 0
    assert desk.command_line("ctl", "import-rules", "../theirs.toml") == 0
    assert desk.application._config.rules.blocked_words == ["spoiler"]
    # The application has a folder of its own.
    assert all(file.is_absolute() for file in desk.files)


def test_a_pipe_is_read_by_the_script_and_never_waited_for_by_the_application(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = desk.rules.with_name("pipe")
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(pipe.write_text, RULES)
        assert desk.command_line("rules", "import", str(pipe)) == 0
    assert desk.application._config.rules.blocked_words == ["spoiler"]
    assert desk.command_line("ctl", "import-rules", str(pipe)) == 1
    assert "isn't a file" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nowhere", "", "a\0b"])
def test_what_cannot_be_read_has_a_typed_error(desk: Desk, name: str) -> None:
    with pytest.raises(ConfigError):
        desk.application.dispatcher.run("import-rules", (f"{desk.rules.parent}/{name}",))
