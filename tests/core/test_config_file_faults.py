"""The configuration's file when it is broken, or can't be written."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.config_file import ConfigFile
from ishowtts_desktop.core.errors import ConfigError
from tests.support.clock import FakeClock

if TYPE_CHECKING:
    from pathlib import Path

WALL = 1_700_000_000.0  # 2023-11-14 22:13:20 UTC
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def file_in(folder: Path) -> ConfigFile:
    return ConfigFile(folder / "config.toml", FakeClock(wall=WALL))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[speech\n", "line 1"),
        (b"[speech]\nspeed = 99\n", "speech.speed"),
        (b"speech = 3\n", "speech"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a = " + b"[" * 5000, ""),
        (b"\0", ""),
    ],
)
def test_a_broken_file_is_set_aside_and_the_defaults_start(
    tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "config.toml").write_bytes(content)

    config, problem = file_in(tmp_path).load()

    assert config == Config()
    assert problem is not None
    aside = tmp_path / "config.broken-20231114-221320.toml"
    assert problem.set_aside == aside
    assert aside.read_bytes() == content
    assert says in problem.message
    assert "\n" not in problem.message
    assert str(aside) in problem.advice
    assert not (tmp_path / "config.toml").exists()


def test_a_second_broken_file_of_that_second_does_not_overwrite_the_first(tmp_path: Path) -> None:
    for content in (b"first =", b"second =", b"third ="):
        (tmp_path / "config.toml").write_bytes(content)
        file_in(tmp_path).load()

    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert kept == {
        "config.broken-20231114-221320.toml": b"first =",
        "config.broken-20231114-221320-2.toml": b"second =",
        "config.broken-20231114-221320-3.toml": b"third =",
    }


def test_the_problem_names_the_last_good_copy(tmp_path: Path) -> None:
    file = file_in(tmp_path)
    config, _ = file.load()
    for speed in (1.1, 1.2):
        config.speech.speed = speed
        file.save(config)
    (tmp_path / "config.toml").write_bytes(b"]")

    _, problem = file_in(tmp_path).load()

    assert problem is not None
    assert str(tmp_path / "config.toml.bak") in problem.advice


def test_a_file_broken_while_running_is_set_aside_and_the_values_are_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"[audio]\nvolume = 0.1\n")
    file = file_in(tmp_path)
    config, _ = file.load()
    path.write_bytes(b"[audio\n")

    config.speech.speed = 1.5
    file.save(config)

    again, problem = file_in(tmp_path).load()
    assert problem is None
    assert (again.audio.volume, again.speech.speed) == (0.1, 1.5)
    assert (tmp_path / "config.broken-20231114-221320.toml").read_bytes() == b"[audio\n"


@pytest.mark.parametrize("below", ["a file", "a folder in its place", "proc"])
def test_where_nothing_can_be_written_a_typed_error_comes(tmp_path: Path, below: str) -> None:
    path = tmp_path / "config.toml"
    if below == "a file":
        (tmp_path / "file").write_bytes(b"")
        path = tmp_path / "file" / "config.toml"
    elif below == "a folder in its place":
        path.mkdir()
    else:
        path = type(tmp_path)("/proc/ishowtts/config.toml")
    file = ConfigFile(path, FakeClock())
    config, problem = file.load()
    assert config == Config()
    assert (problem is None) == (below == "proc")

    config.audio.volume = 0.2
    with pytest.raises(ConfigError, match="can't be written") as caught:
        file.save(config)
    assert caught.value.advice


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    # GIVEN a process that may not write a byte more
    (tmp_path / "config.toml").write_bytes(b"[audio]\nvolume = 0.1\n")
    script = f"""
import resource
from pathlib import Path
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.config_file import ConfigFile
from ishowtts_desktop.core.errors import ConfigError
file = ConfigFile(Path({str(tmp_path / "config.toml")!r}), SystemClock())
config, _ = file.load()
config.audio.volume = 0.9
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
try:
    file.save(config)
except ConfigError as error:
    raise SystemExit(7)
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", script], capture_output=True, text=True, check=False
    )

    assert done.returncode == 7, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]
    assert (tmp_path / "config.toml").read_bytes() == b"[audio]\nvolume = 0.1\n"


def test_a_disk_that_fills_up_at_the_last_moment_leaves_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    file = file_in(tmp_path)
    config, _ = file.load()
    config.audio.volume = 0.9

    with pytest.raises(ConfigError, match="No space left"):
        file.save(config)

    assert list(tmp_path.iterdir()) == []


def test_a_layout_that_swallows_a_change_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a writer that loses the change, as one for some layout not thought of might
    monkeypatch.setattr("ishowtts_desktop.core.config_file._put", lambda *_: None)
    path = tmp_path / "config.toml"
    path.write_bytes(b"# mine")
    file = file_in(tmp_path)
    config, _ = file.load()
    config.audio.volume = 0.9

    with pytest.raises(ConfigError, match="doesn't take the change"):
        file.save(config)

    assert path.read_bytes() == b"# mine"


def test_a_save_that_failed_is_written_by_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    file = file_in(tmp_path)
    config, _ = file.load()
    path.mkdir()
    config.audio.volume = 0.2
    with pytest.raises(ConfigError):
        file.save(config)
    path.rmdir()

    file.save(config)

    assert file_in(tmp_path).load() == (config, None)


@SAME_FOLDER
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_no_bytes_make_loading_fail_and_none_are_lost(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)

    config, problem = file_in(tmp_path).load()

    if problem is None:
        assert path.read_bytes() == content
        Config.model_validate(config.model_dump())
    else:
        assert problem.set_aside is not None
        assert problem.set_aside.read_bytes() == content
        problem.set_aside.unlink()


def test_a_file_that_may_not_be_moved_is_left_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a folder that refuses renames, as a read-only one does (root may write anywhere)
    path = tmp_path / "config.toml"
    path.write_bytes(b"[")

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(type(path), "replace", refuse)
    file = file_in(tmp_path)

    config, problem = file.load()

    assert config == Config()
    assert problem is not None
    assert problem.set_aside is None
    assert "Read-only" in problem.advice
    assert path.read_bytes() == b"["
    assert list(tmp_path.iterdir()) == [path]
    config.audio.volume = 0.3
    with pytest.raises(ConfigError, match="can't be changed"):
        file.save(config)
