"""The F5 engine in the tray: loads beside the speech, fails without silence, comes back."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.application import RunningApplication, command_line
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTY = (sys.executable, "-m", "tests.support.faulty_application")
QUIT_SECONDS = 2.0
SLACK = 1.0


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    made = command_line("models", "make-random", "--arch", "tiny", "--out", str(folder))
    assert made.returncode == 0, made.stderr
    return folder


def config(checkpoint: Path) -> str:
    return f"""
[window]
welcomed = true
[speech]
engine = "f5"
checkpoint = "{checkpoint}"
preset = "turbo"
"""


def state_is(app: RunningApplication, state: str, timeout: float = 40) -> None:
    wait_until(lambda: app.status().get("engine_state") == state, timeout, state)


def say(app: RunningApplication, text: str) -> None:
    """Say a line and wait until it was heard."""
    spoken = app.status()["spoken"]
    app.try_ctl("say", text)
    wait_until(lambda: app.status()["spoken"] == spoken + 1, 40, f"{text} was said")


def open_files(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def test_the_embedded_voice_speaks_while_it_loads_and_the_quality_changes_live(
    tmp_path: Path, machine: dict[str, str], checkpoint: Path
) -> None:
    home = tmp_path / "home"
    with RunningApplication(home, env=machine, config=config(checkpoint)) as app:
        status = app.status()
        assert (status["engine_state"], status["speaks"]) == ("loading", "espeak")
        assert status["problems"] == []
        say(app, "hello")
        state_is(app, "ready")
        status = app.status()
        assert (status["engine"], status["preset"], status["nfe"]) == ("f5", "turbo", 5)
        say(app, "and by the other voice")
        # WHEN the quality is changed, then the engine, and back
        app.ctl("preset", "balanced")
        wait_until(lambda: app.status()["speaks"] == "f5", 20, "it is ready again")
        assert app.status()["nfe"] == 12
        app.ctl("engine", "espeak")
        state_is(app, "off")
        say(app, "embedded")
        app.ctl("engine", "f5")
        state_is(app, "ready")
        assert app.status()["dropped"] == 0
        assert app.quit() == 0
        assert "Traceback" not in app.log() + app.errors()
        assert " engine ishowtts_desktop.speech.hosted: ready" in app.log()
    # THEN the choice is remembered
    assert 'preset = "balanced"' in (home / "config.toml").read_text("utf-8")


def test_a_model_that_is_put_in_place_later_is_found(
    tmp_path: Path, machine: dict[str, str], checkpoint: Path
) -> None:
    model = tmp_path / "model"
    with RunningApplication(tmp_path / "home", env=machine, config=config(model)) as app:
        state_is(app, "failed")
        (problem,) = wait_until(lambda: app.status()["problems"], 10, "it is told")
        assert str(model) in problem
        assert "The embedded voice speaks; the next try is in 5 s." in problem
        say(app, "hello")
        shutil.copytree(checkpoint, model)
        state_is(app, "ready")
        wait_until(lambda: app.status()["problems"] == [], 10, "the banner is gone")
        # AND another one can be chosen with a path of the caller's
        elsewhere = tmp_path / "elsewhere"
        shutil.copytree(checkpoint, elsewhere)
        relative = os.path.relpath(elsewhere)
        app.ctl("model", relative)
        wait_until(lambda: app.status()["speaks"] == "f5", 20, "it is ready again")
        assert app.quit() == 0
    assert f'checkpoint = "{elsewhere}"' in (tmp_path / "home" / "config.toml").read_text("utf-8")


def test_after_a_lost_gpu_the_embedded_voice_speaks_and_a_restart_brings_it_back(
    tmp_path: Path, machine: dict[str, str], checkpoint: Path
) -> None:
    faulty = (*FAULTY, "lost")
    home = tmp_path / "home"
    with RunningApplication(home, env=machine, config=config(checkpoint), command=faulty) as app:
        assert app.process is not None
        # GIVEN that torch raises what it raises for a GPU that is gone
        wait_until(lambda: app.status()["engine_state"] in ("ready", "lost"), 40, "it is loaded")
        say(app, "this is said all the same")
        state_is(app, "lost")
        status = app.status()
        assert (status["speaks"], status["spoken"]) == ("espeak", 1)
        assert "illegal memory access" in str(status["problems"])
        assert "restart" in str(status["problems"])
        say(app, "and so is this")
        descriptors = open_files(app.process.pid)
        # WHEN it is restarted
        app.ctl("restart")
        wait_until(lambda: app.status().get("spoken") == 0, 40, "it has started again")
        # THEN it is the same process, with the same arguments, and the engine is back
        state_is(app, "ready")
        line = Path(f"/proc/{app.process.pid}/cmdline").read_bytes().split(b"\0")
        assert [word.decode() for word in line[:-1]] == list(faulty)
        say(app, "hello again")
        assert app.status()["speaks"] == "f5"
        wait_until(lambda: app.status()["problems"] == [], 10, "no banner")
        assert open_files(app.process.pid) <= descriptors + 3
        assert app.quit() == 0
        assert "threads left" not in app.log()


def test_an_engine_that_hangs_does_not_hold_the_end(
    tmp_path: Path, machine: dict[str, str], checkpoint: Path
) -> None:
    stuck = (*FAULTY, "stuck")
    home = tmp_path / "home"
    with RunningApplication(home, env=machine, config=config(checkpoint), command=stuck) as app:
        state_is(app, "loading")
        say(app, "hello")
        asked = time.monotonic()
        assert app.quit() == 0, app.errors()
        assert time.monotonic() - asked < QUIT_SECONDS + SLACK


def test_quitting_while_torch_is_imported(
    tmp_path: Path,
    machine: dict[str, str],
    checkpoint: Path,
    figure: Callable[[str], None],
) -> None:
    ends = []
    for number in range(4):
        home = tmp_path / f"home{number}"
        with RunningApplication(home, env=machine, config=config(checkpoint)) as app:
            time.sleep(0.15 * number)  # another part of the import each time
            asked = time.monotonic()
            assert app.quit() == 0, app.errors()
            ends.append(time.monotonic() - asked)
            assert "Traceback" not in app.log() + app.errors()
            assert "Fatal" not in app.errors()
    figure(f"quit while the engine loads: longest {max(ends):.2f} s")
    assert max(ends) < QUIT_SECONDS + SLACK
