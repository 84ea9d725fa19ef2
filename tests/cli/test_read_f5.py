"""``read`` with the F5 engine: the embedded voice first, then the other, and a quick end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import soundfile

from ishowtts_desktop.assembly import Pipeline
from ishowtts_desktop.cli.main import build_parser
from ishowtts_desktop.cli.read import Reading
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.config import Config, SpeechConfig
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.reading.history import History
from ishowtts_desktop.speech.hosted import HostPhase, HostState
from tests.support.application import command_line
from tests.support.fakes import FakeEngine, FakeOutput

if TYPE_CHECKING:
    from pathlib import Path


STUCK = """
import sys
from ishowtts_desktop import engines
from ishowtts_desktop.cli.main import run
from tests.support.faulty_application import stick
engines.make_engine = stick
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "ISHOWTTS_HOME": str(tmp_path / "home")}


def test_all_is_said_by_the_one_that_is_ready(tmp_path: Path, env: dict[str, str]) -> None:
    checkpoint, chat, out = tmp_path / "tiny", tmp_path / "short.chat", tmp_path / "chat.wav"
    command_line("models", "make-random", "--arch", "tiny", "--out", str(checkpoint))
    chat.write_text("Mia: hello there\n8 Tom: good evening\n")
    how = ["--engine", "f5", "--checkpoint", str(checkpoint), "--preset", "turbo", "--seed", "3"]
    source = ["--source", f"replay://{chat}", "--out", str(out), "--json"]
    done = command_line("read", *source, *how, env=env)
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [outcome["state"] for outcome in outcomes] == ["spoken", "spoken"]
    told = done.stderr.splitlines()
    assert "The F5 voice is loading; the embedded voice speaks meanwhile." in told
    assert "The F5 voice is ready." in told
    assert soundfile.info(out).duration > 2


def test_without_a_model_the_embedded_voice_reads_and_says_why(
    tmp_path: Path, env: dict[str, str]
) -> None:
    chat, out = tmp_path / "short.chat", tmp_path / "chat.wav"
    chat.write_text("Mia: hello there\n4 Mia: and goodbye\n")
    where = ["--source", f"replay://{chat}", "--out", str(out), "--json"]
    done = command_line(
        "read", *where, "--engine", "f5", "--checkpoint", str(tmp_path / "none"), env=env
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"spoken"') >= 2
    assert str(tmp_path / "none") in done.stderr
    assert "The embedded voice speaks." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("source", ["replay:///nowhere/at/all.chat", "gopher://x"])
def test_an_error_while_the_engine_loads_is_one_error_and_no_crash(
    source: str, tmp_path: Path, env: dict[str, str]
) -> None:
    arguments = ["read", "--source", source, "--out", str(tmp_path / "x.wav"), "--engine", "f5"]
    done = command_line(*arguments, "--checkpoint", str(tmp_path), env=env)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "terminate" not in done.stderr


@pytest.mark.parametrize(
    ("source", "code"), [("replay:///nowhere/at/all.chat", 1), ("gopher://x", 2)]
)
def test_an_error_ends_it_although_the_engine_never_comes_back(
    source: str, code: int, tmp_path: Path, env: dict[str, str]
) -> None:
    arguments = ["read", "--source", source, "--out", str(tmp_path / "x.wav"), "--engine", "f5"]
    command = [sys.executable, "-c", STUCK, *arguments, "--checkpoint", str(tmp_path)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == code
    assert [line[:18] for line in done.stderr.splitlines()].count("ishowtts-desktop: ") == 1
    assert "Traceback" not in done.stderr


def test_a_message_that_failed_is_told_and_the_voice_is_not_ready_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = SystemClock()
    history = History(tmp_path / "history.sqlite", clock)
    pipeline = Pipeline(Config(), FakeOutput(clock), FakeEngine(), history, clock)
    reading = Reading(pipeline, as_json=True)
    full = EngineError("The device's memory is full.", "Choose a quicker preset.")
    ready = HostState(HostPhase.READY)
    for state in (HostState(HostPhase.LOADING), ready, HostState(HostPhase.READY, full), ready):
        reading._take_host_state(state)
    told = capsys.readouterr().err.splitlines()
    assert told[1:] == ["The F5 voice is ready.", f"{full} The embedded voice said it."]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("f5", "/m", 9)),
        (["--preset", "turbo"], ("f5", "/m", 5)),
        (["--nfe", "3"], ("f5", "/m", 3)),
        (["--engine", "espeak"], ("espeak", "/m", 9)),
        (["--checkpoint", "/other"], ("f5", "/other", 9)),
    ],
)
def test_arguments_win_over_the_configuration(
    arguments: list[str], expected: tuple[str, str, int]
) -> None:
    from ishowtts_desktop.cli.arguments import chosen_engine

    options = build_parser().parse_args(["read", "--source", "demo://", *arguments])
    configured = SpeechConfig(engine="f5", checkpoint="/m", preset="studio", nfe=9)
    chosen = chosen_engine(options, configured)
    assert (chosen.engine, chosen.checkpoint, chosen.steps) == expected
