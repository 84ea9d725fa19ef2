"""``read`` and the voice gate: it listens where a sound device speaks, and says when it can't."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.system.paths import Paths
from tests.support.application import command_line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A machine without a sound server, and a user who wants the gate."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text('[gate]\nmode = "hold"\n')
    return {**os.environ, "ISHOWTTS_HOME": str(home), "PULSE_SERVER": str(tmp_path / "none")}


def test_a_gate_that_hears_nothing_is_told(tmp_path: Path, env: dict[str, str]) -> None:
    chat = tmp_path / "short.chat"
    chat.write_text("Mia: hello\n")
    done = command_line("read", "--source", f"replay://{chat}", "--seconds", "1", "--json", env=env)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("microphone") == 1
    assert "Traceback" not in done.stderr


def test_voices_of_viewers_that_cannot_be_kept_are_told(
    tmp_path: Path, env: dict[str, str]
) -> None:
    chat = tmp_path / "short.chat"
    chat.write_text("Mia: hello\n")
    paths = Paths.under(tmp_path / "home")
    paths.chosen_voices_file.parent.mkdir(parents=True, exist_ok=True)
    paths.chosen_voices_file.write_text("{")
    where = ["--source", f"replay://{chat}", "--out", str(tmp_path / "x.wav")]
    done = command_line("read", *where, env=env)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("voices that viewers chose") == 1


def test_without_a_sound_device_the_gate_is_off_and_it_is_said(
    tmp_path: Path, env: dict[str, str]
) -> None:
    chat = tmp_path / "short.chat"
    chat.write_text("Mia: hello\n")
    where = ["--source", f"replay://{chat}", "--out", str(tmp_path / "x.wav"), "--json"]
    done = command_line("read", *where, env=env)
    assert done.returncode == 0, done.stderr
    told = done.stderr.splitlines()
    assert "The voice gate is off: it only listens where a sound device speaks." in told
    assert "microphone" not in done.stderr
    assert done.stdout.count('"spoken"') >= 1
