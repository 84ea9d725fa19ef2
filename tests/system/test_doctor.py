"""The doctor: every sickness has its finding and its advice, and none of them fells the doctor."""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.system import checks, checks_files, checks_session
from ishowtts_desktop.system.doctor import Finding, examine
from ishowtts_desktop.system.machine import Machine, Trial
from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator


class SickMachine(Machine):
    """A machine where the named things are missing, and trials say what the test wants."""

    def __init__(self, trial: Trial | None = None, **missing: Any) -> None:
        super().__init__(missing.pop("environment", {}))
        self.trial = trial or Trial()
        self.missing = missing

    @property
    def python(self) -> tuple[int, int, int]:
        return self.missing.get("python", super().python)

    def version(self, package: str) -> str:
        return "" if package == self.missing.get("package") else "1.0"

    def library_failure(self, name: str) -> str:
        return "no such file" if name in self.missing.get("libraries", ()) else ""

    def free_bytes(self, folder: Path) -> int | None:
        return self.missing.get("free", 10**12)

    def try_apart(self, code: str, seconds: float = 0) -> Trial:
        return self.trial


def only(found: Iterator[Finding]) -> Finding:
    (finding,) = found
    return finding


def test_a_whole_examination_never_raises_and_every_trouble_has_advice(tmp_path: Path) -> None:
    # GIVEN this very machine, and nothing in its session
    findings = examine(Paths.under(tmp_path), Machine({"PATH": ""}))
    # THEN each check has its say, and each trouble its next step
    assert {name for name, _ in checks.CHECKS} - {"libraries"} <= {f.check for f in findings}
    assert all(bool(f.advice) == (f.level != "ok") for f in findings)
    assert all(f.message and "\n" not in f.message + f.advice for f in findings)


def test_it_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff broken")
    examine(Paths.under(tmp_path), Machine())
    assert [p.name for p in tmp_path.iterdir()] == ["config.toml"]
    assert (tmp_path / "config.toml").read_bytes() == b"\xff broken"


def test_a_check_that_fails_leaves_the_others_their_say(tmp_path: Path) -> None:
    def broken(_machine: Machine, _paths: Any) -> Iterator[Finding]:
        yield Finding("half", "ok", "first")
        raise RuntimeError("surprise")

    def sound(_machine: Machine, _paths: Any) -> Iterator[Finding]:
        yield Finding("whole", "ok", "second")

    findings = examine(Paths.under(tmp_path), Machine(), [("half", broken), ("whole", sound)])
    assert [f.message for f in findings][::2] == ["first", "second"]
    assert "surprise" in findings[1].message
    assert findings[1].level == "warning"


def test_an_old_python_is_a_problem(tmp_path: Path) -> None:
    found = only(checks.check_python(SickMachine(python=(3, 9, 2)), Paths.under(tmp_path)))
    assert (found.level, "3.9.2" in found.message, "3.10" in found.advice) == (
        "problem",
        True,
        True,
    )
    assert only(checks.check_python(Machine(), Paths.under(tmp_path))).level == "ok"


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    found = only(checks.check_packages(SickMachine(package="soxr"), Paths.under(tmp_path)))
    assert (found.level, found.message) == ("problem", "Not installed: soxr.")
    assert only(checks.check_packages(SickMachine(), Paths.under(tmp_path))).level == "ok"


def test_missing_libraries_are_named_with_their_packages(tmp_path: Path) -> None:
    sick = SickMachine(libraries=("libportaudio.so.2", "libEGL.so.1", "libxcb-cursor.so.0"))
    sound, windows = checks.check_libraries(sick, Paths.under(tmp_path))
    assert (sound.level, windows.level) == ("problem", "warning")
    assert "libportaudio2" in sound.advice
    assert "libegl1 libxcb-cursor0" in windows.advice


def test_a_real_missing_library_is_noticed() -> None:
    assert "libnosuch" in Machine().library_failure("libnosuch.so.7")
    assert Machine().library_failure("libc.so.6") == ""


@pytest.mark.parametrize(
    "trial", [Trial(failure="no answer within 20 s"), Trial(answer=[-1, "1.52"])]
)
def test_a_dumb_voice_is_a_problem(trial: Trial, tmp_path: Path) -> None:
    assert only(checks.check_espeak(SickMachine(trial), Paths.under(tmp_path))).level == "problem"


def test_the_real_voice_is_found(tmp_path: Path) -> None:
    found = only(checks.check_espeak(Machine(), Paths.under(tmp_path)))
    assert (found.level, found.message[:10]) == ("ok", "espeak-ng ")


@pytest.mark.parametrize(
    ("trial", "level"),
    [
        (Trial(failure="PortAudio library not found"), "problem"),
        (Trial(answer=[[], ""]), "warning"),
        (Trial(answer=[["pulse", "default"], "default"]), "ok"),
    ],
)
def test_sound_devices(trial: Trial, level: str, tmp_path: Path) -> None:
    assert (
        only(checks_session.check_sound(SickMachine(trial), Paths.under(tmp_path))).level == level
    )


def test_portaudio_itself_is_asked(tmp_path: Path) -> None:
    # GIVEN a machine without any sound server, but with PortAudio
    found = only(checks_session.check_sound(Machine(), Paths.under(tmp_path)))
    assert found.level in ("ok", "warning"), found


@pytest.mark.parametrize(
    ("trial", "level", "message"),
    [
        (Trial(answer=["KWallet", ""]), "ok", "KWallet"),
        (Trial(answer=["", "This desktop offers no keyring."]), "warning", "offers no keyring"),
        (Trial(failure="no answer within 20 s"), "warning", "no answer within 20 s"),
    ],
)
def test_a_keyring_is_named_or_missed(
    trial: Trial, level: str, message: str, tmp_path: Path
) -> None:
    found = only(checks_session.check_keyring(SickMachine(trial), Paths.under(tmp_path)))
    assert found.level == level
    assert message in found.message


def test_without_a_bus_there_is_no_keyring(tmp_path: Path) -> None:
    found = only(checks_session.check_keyring(Machine(), Paths.under(tmp_path)))
    assert (found.level, "no keyring" in found.message) == ("warning", True)


def test_no_display_is_told_and_a_real_one_is_found(tmp_path: Path) -> None:
    nothing = only(checks_session.check_display(SickMachine(), Paths.under(tmp_path)))
    dead = SickMachine(environment={"DISPLAY": ":9999"})
    assert nothing.level == "warning"
    assert only(checks_session.check_display(dead, Paths.under(tmp_path))).level == "warning"
    assert only(checks_session.check_display(Machine(), Paths.under(tmp_path))).level == "ok"


def test_a_session_bus_that_listens_is_found(tmp_path: Path) -> None:
    # GIVEN a short path, as socket names end at 108 bytes
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = f"{folder}/bus"
        server.bind(path)
        server.listen()
        named = SickMachine(environment={"DBUS_SESSION_BUS_ADDRESS": f"unix:guid=1,path={path}"})
        usual = SickMachine(environment={"XDG_RUNTIME_DIR": folder})
        # THEN it is found by its address and at its usual place
        assert only(checks_session.check_session_bus(named, Paths.under(tmp_path))).level == "ok"
        assert only(checks_session.check_session_bus(usual, Paths.under(tmp_path))).level == "ok"
    # WHEN it has gone
    found = only(checks_session.check_session_bus(named, Paths.under(tmp_path)))
    assert (found.level, "doesn't answer" in found.message) == ("warning", True)


def test_an_abstract_bus_address_begins_with_a_zero_byte() -> None:
    address = "unix:abstract=/tmp/dbus-x%20y,guid=1;tcp:host=localhost,port=1"
    sockets = checks_session.bus_sockets({"DBUS_SESSION_BUS_ADDRESS": address})
    assert sockets == ["\0/tmp/dbus-x y"]


@given(st.text())
def test_any_bus_address_is_survived(address: str) -> None:
    machine = SickMachine(environment={"DBUS_SESSION_BUS_ADDRESS": address})
    assert only(checks_session.check_session_bus(machine, Paths.under(Path("/")))).check


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"[audio", "TOML"),
        (b"[audio]\nvolume = 7", "audio.volume"),
        (b"[audio]\nvolume = 'loud'", "audio.volume"),
    ],
)
def test_a_broken_config_is_told_with_its_place(content: bytes, word: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    found = only(checks_files.check_config(Machine(), Paths.under(tmp_path)))
    assert found.level == "warning"
    assert word in found.message


def test_a_good_config_and_none_are_fine(tmp_path: Path) -> None:
    assert only(checks_files.check_config(Machine(), Paths.under(tmp_path))).level == "ok"
    (tmp_path / "config.toml").write_text("[audio]\nvolume = 0.5\nlater = 1\n", encoding="utf-8")
    assert only(checks_files.check_config(Machine(), Paths.under(tmp_path))).level == "ok"


def test_a_config_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    assert only(checks_files.check_config(Machine(), Paths.under(tmp_path))).level == "warning"


@given(st.binary(max_size=60) | st.text("[]{}=.\"'#\n\\ 1ae-:T", max_size=60).map(str.encode))
def test_any_config_is_survived(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "config.toml").write_bytes(content)
        assert (
            only(checks_files.check_config(Machine(), Paths.under(Path(folder)))).check == "config"
        )


def test_folders_that_cannot_be_written_to_are_named(tmp_path: Path) -> None:
    # GIVEN a file where a folder should be: root, too, can't write into that
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    found = only(checks_files.check_folders(Machine(), Paths.under(tmp_path)))
    assert (found.level, str(tmp_path / "data") in found.advice) == ("problem", True)
    assert str(tmp_path / "logs") not in found.message


@pytest.mark.parametrize(("free", "level"), [(None, "warning"), (1, "warning"), (10**10, "ok")])
def test_a_full_disk_is_told(free: int | None, level: str, tmp_path: Path) -> None:
    assert (
        only(checks_files.check_disk(SickMachine(free=free), Paths.under(tmp_path))).level == level
    )


def test_the_space_of_a_folder_that_is_yet_to_be_made_is_that_of_its_parent(tmp_path: Path) -> None:
    free = Machine().free_bytes(tmp_path / "not" / "yet")
    assert free is not None
    assert abs(free - shutil.disk_usage(tmp_path).free) < 2**30


def test_gpu_tools_on_the_path_are_named(tmp_path: Path) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\n", encoding="utf-8")
    tool.chmod(0o755)
    found = only(checks.check_gpu(Machine({"PATH": str(tmp_path)}), Paths.under(tmp_path)))
    assert (found.level, "nvidia-smi" in found.message) == ("ok", True)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print('noise'); print('[1, 2]')", Trial(answer=[1, 2])),
        ("raise ValueError('sick')", Trial(failure="ValueError: sick")),
        ("import os; os._exit(3)", Trial(failure="ended with code 3")),
        ("print('no json')", Trial(failure="an answer that makes no sense")),
        ("", Trial(failure="an answer that makes no sense")),
    ],
)
def test_a_trial_answers_whatever_its_process_does(code: str, expected: Trial) -> None:
    assert Machine().try_apart(code) == expected


def test_a_trial_that_hangs_is_given_up() -> None:
    trial = Machine().try_apart("import threading; threading.Event().wait()", seconds=0.5)
    assert trial.failure == "no answer within 0.5 s"


def test_a_trial_without_python_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert "No such file" in Machine().try_apart("").failure


def test_modules_and_versions_that_are_not_there() -> None:
    machine = Machine()
    assert machine.version("no-such-package") == ""
    assert machine.has_module("tomlkit")
    assert not machine.has_module("no_such_module")
    assert not machine.has_module("no.such.module")
