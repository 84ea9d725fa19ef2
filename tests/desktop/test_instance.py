"""One instance per user, and the line protocol that drives it."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.instance import MAX_CLIENTS, InstanceServer
from ishowtts_desktop.desktop.instance_client import MAX_LINE, send, socket_path
from ishowtts_desktop.desktop.verbs import VerbDispatcher
from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


# Shows the tray icon, and lets Qt's loop run until another thread has been answered.
ASKED_WHILE_STARTING = """
import os, threading
from PySide6.QtWidgets import QApplication
from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.desktop import app, instance_client
from ishowtts_desktop.system.paths import Paths

def ask():
    try:
        print(instance_client.send("show", paths=Paths.of_user()))
    except InstanceError as error:
        print(error, flush=True)

def show(shell, qt):
    thread = threading.Thread(target=ask)
    thread.start()
    while thread.is_alive():
        qt.processEvents()
    os._exit(0)

app.Shell.show = show
app.run_application()
"""


class Instance:
    """A listening instance, and calls to it from another thread as from another process."""

    def __init__(self, qtbot: QtBot, paths: Paths) -> None:
        self._qtbot = qtbot
        self.paths = paths
        self.asked: list[tuple[Any, ...]] = []
        self.commands = Commands()
        for name in [name for name in vars(Commands) if name.endswith("_requested")]:
            signal = getattr(self.commands, name)
            signal.connect(lambda *args, name=name: self.asked.append((name, *args)))
        self.dispatcher = VerbDispatcher(
            self.commands, lambda: {"queued": 3}, lambda: ["starter-en"], lambda _: {}, lambda: True
        )
        self.server = InstanceServer(socket_path(paths), self.dispatcher.run)

    def call(self, what: Callable[[], Any]) -> Any:
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(what)
            self._qtbot.waitUntil(future.done, timeout=15_000)
            return future.result()

    def send(self, verb: str, *arguments: str) -> dict[str, Any]:
        return self.call(lambda: send(verb, arguments, paths=self.paths))

    def raw(self, data: bytes) -> list[Any]:
        return [json.loads(line) for line in self.call(lambda: self._exchange(data)).splitlines()]

    def _exchange(self, data: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(10)
            link.connect(str(socket_path(self.paths)))
            try:
                link.sendall(data)
                link.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # hung up on while sending, which is an answer too
            received = b""
            try:
                while part := link.recv(65_536):
                    received += part
            except ConnectionResetError:
                pass
            return received


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


@pytest.fixture
def instance(qtbot: QtBot, paths: Paths) -> Iterator[Instance]:
    instance = Instance(qtbot, paths)
    assert instance.server.start()
    yield instance
    instance.server.close()


def test_every_verb_asks_for_its_command(instance: Instance) -> None:
    expected = {
        "start": ("reading_requested", True),
        "stop": ("reading_requested", False),
        "show": ("show_requested",),
        "pause": ("pause_requested", True),
        "resume": ("pause_requested", False),
        "skip": ("skip_requested",),
        "clear": ("clear_requested",),
        "replay": ("replay_requested",),
        "read-selected": ("selected_requested",),
        "toggle-pause": ("pause_toggle_requested",),
        "mute-speaking": ("mute_speaking_requested",),
        "panic": ("panic_requested",),
        "release": ("release_requested",),
        "undo": ("undo_requested",),
        "rules": ("reading_rules_requested",),
        "quit": ("quit_requested",),
    }
    for verb in expected:
        assert instance.send(verb) == {"ok": True}
    assert instance.asked == list(expected.values())


def test_verbs_carry_arguments_and_answers(instance: Instance) -> None:
    assert instance.send("mute", "小明 ") == {"ok": True}
    for verb in ("unmute", "block", "unblock"):
        assert instance.send(verb, " @bob ") == {"ok": True}
    assert instance.send("status") == {"ok": True, "queued": 3}
    assert instance.asked == [
        ("mute_requested", "小明"),
        ("unmute_requested", "@bob"),
        ("block_requested", "@bob"),
        ("unblock_requested", "@bob"),
    ]


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("dance", ()),
        ("mute", ()),
        ("mute", ("a", "b")),
        ("mute", (" ",)),
        ("skip", ("x",)),
        ("", ()),
    ],
)
def test_a_wrong_command_is_refused_with_a_sentence(
    instance: Instance, verb: str, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(InstanceError) as refused:
        instance.send(verb, *arguments)
    assert refused.value.message
    assert refused.value.advice
    assert instance.asked == []


def test_several_commands_may_come_on_one_connection(instance: Instance) -> None:
    line = json.dumps({"verb": "skip"}).encode() + b"\n"
    assert instance.raw(line * 50) == [{"ok": True}] * 50


def test_a_line_without_end_is_refused_and_the_instance_lives_on(instance: Instance) -> None:
    answers = instance.raw(b"x" * (4 * MAX_LINE))
    assert "error" in answers[0]
    assert instance.send("skip") == {"ok": True}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(
        lambda value: json.dumps({"verb": value, "args": value}).encode()
    )
)
def test_any_bytes_are_answered_with_an_error(instance: Instance, data: bytes) -> None:
    line = data.replace(b"\n", b"") + b"\n"
    assert all("error" in answer for answer in instance.raw(line))
    assert instance.asked == []


def test_a_deeply_nested_line_is_answered_with_an_error(instance: Instance) -> None:
    answers = instance.raw(b'{"verb":' + b"[" * (MAX_LINE // 2) + b"\n")
    assert "error" in answers[0]


def test_clients_that_hang_on_are_bounded(instance: Instance, qtbot: QtBot) -> None:
    path = str(socket_path(instance.paths))
    links = [socket.socket(socket.AF_UNIX) for _ in range(3 * MAX_CLIENTS)]
    try:
        for link in links:
            link.connect(path)
            qtbot.wait(1)
        # THEN the surplus is hung up on
        links[-1].settimeout(5)
        assert instance.call(lambda: links[-1].recv(10)) == b""
    finally:
        for link in links:
            link.close()

    def answers() -> bool:
        try:
            return instance.send("skip") == {"ok": True}
        except InstanceError:
            return False

    qtbot.waitUntil(answers)


def test_the_socket_is_the_users_alone(instance: Instance) -> None:
    path = socket_path(instance.paths)
    assert path.stat().st_mode & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_second_one_is_not_the_instance(instance: Instance, paths: Paths) -> None:
    second = InstanceServer(socket_path(paths), instance.dispatcher.run)
    assert not second.start()
    second.close()
    # THEN the first one is untouched, and makes room when it goes
    assert instance.send("skip") == {"ok": True}
    instance.server.close()
    assert second.start()
    second.close()


def test_what_a_crash_left_behind_is_no_obstacle(qtbot: QtBot, paths: Paths) -> None:
    path = socket_path(paths)
    path.parent.mkdir(parents=True)
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(path))
    dead.close()
    path.with_name(path.name + ".lock").touch()
    instance = Instance(qtbot, paths)
    assert instance.server.start()
    assert instance.send("skip") == {"ok": True}
    instance.server.close()


def test_without_an_instance_the_client_says_how_to_start_one(paths: Paths) -> None:
    with pytest.raises(InstanceError, match=r"not running.*Start it with"):
        send("skip", paths=paths)


def test_an_instance_that_hangs_is_told_in_time(paths: Paths) -> None:
    path = socket_path(paths)
    path.parent.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(path))
        deaf.listen()
        with pytest.raises(InstanceError, match="did not answer"):
            send("skip", timeout=0.2, paths=paths)


def test_a_foreign_answer_is_told(paths: Paths) -> None:
    path = socket_path(paths)
    path.parent.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()

        def babble() -> None:
            link, _ = server.accept()
            with link:
                link.recv(1000)
                link.sendall(b"SSH-2.0\r\n")

        thread = threading.Thread(target=babble, name="babble")
        thread.start()
        with pytest.raises(InstanceError, match="no answer"):
            send("skip", paths=paths)
        thread.join()


def test_a_long_home_still_gets_a_socket(qtbot: QtBot, tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / ("x" * 120))
    assert len(os.fsencode(socket_path(paths))) < 100
    assert socket_path(paths) != socket_path(Paths.under(tmp_path / ("y" * 120)))
    instance = Instance(qtbot, paths)
    assert instance.server.start()
    assert instance.send("skip") == {"ok": True}
    instance.server.close()


def test_a_folder_that_cannot_be_written_to_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "runtime").write_text("a file where the folder should be")
    instance = Instance(qtbot, Paths.under(tmp_path))
    with pytest.raises(InstanceError, match="can't be written to"):
        instance.server.start()


def test_the_client_needs_no_qt() -> None:
    code = (
        "import sys, ishowtts_desktop.desktop.instance_client;"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_who_asks_while_the_application_starts_is_told_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED_WHILE_STARTING],
        env={**os.environ, "ISHOWTTS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "The application is still starting. Try again.\n")
    assert "Traceback" not in done.stderr
