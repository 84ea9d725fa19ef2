"""Exit codes and outputs of the other verbs."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.support.application import command_line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment whose user has no files yet."""
    return {**os.environ, "ISHOWTTS_HOME": str(tmp_path / "home")}


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["say"],
        ["say", "hello", "--voice", "grandmother"],
        ["voices"],
        ["read"],
        ["read", "--source", "gopher://x"],
        ["read", "--source", "demo://", "--seconds", "-1"],
        ["read", "--source", "demo://", "--seconds", "nan"],
        ["chat", "parse", "telegram"],
        ["ctl", "dance"],
        ["ctl", "mute"],
        ["ctl", "mute", " "],
        ["ctl", "skip", "everything"],
        ["ctl", "engine"],
        ["ctl", "engine", "remote"],
        ["ctl", "preset", "best"],
        ["read", "--source", "demo://", "--preset", "fast", "--nfe", "7"],
        ["read", "--source", "demo://", "--engine", "remote"],
    ],
)
def test_bad_arguments_exit_with_2_and_no_traceback(
    arguments: list[str], env: dict[str, str]
) -> None:
    done = command_line(*arguments, env=env)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_ctl_without_a_running_instance_says_so(env: dict[str, str]) -> None:
    done = command_line("ctl", "skip", env=env)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "running" in done.stderr


def test_chat_parse_prints_one_object_a_line_and_skips_nothing() -> None:
    raw = (
        "@badges=moderator/1;color=;display-name=Mia;emotes=25:6-10;id=abc;room-id=1;user-id=7;"
        "tmi-sent-ts=1700000000000 :mia!mia@mia.tmi.twitch.tv PRIVMSG #chan :hello Kappa\r\n"
        "@target-msg-id=abc :tmi.twitch.tv CLEARMSG #chan :hello Kappa\r\n"
    )
    done = command_line("chat", "parse", "twitch", stdin=raw.encode() + b"\x00\xff garbage\r\n")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["kind"] for event in events] == ["message", "removal", "malformed"]
    assert events[0]["emotes"] == [{"id": "25", "start": 6, "end": 11}]
    assert events[0]["roles"] == ["moderator"]
    assert events[1]["scope"] == "message"
    assert events[1]["target_id"] == "abc"


def test_doctor_gives_every_finding_a_level_and_every_problem_an_advice(
    env: dict[str, str],
) -> None:
    done = command_line("doctor", "--json", env=env)
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(findings) > 5
    assert {finding["level"] for finding in findings} <= {"ok", "warning", "problem"}
    assert all(finding["advice"] for finding in findings if finding["level"] != "ok")
    assert done.returncode == int(any(finding["level"] == "problem" for finding in findings))


def test_a_reader_that_goes_away_is_no_error() -> None:
    import subprocess

    from tests.support.application import COMMAND

    script = '"$@" chat parse twitch | head -n 1; exit ${PIPESTATUS[0]}'
    lines = b":a!a@a PRIVMSG #c :hello\r\n" * 20000
    pipe = subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND],
        input=lines,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert pipe.returncode == 0, pipe.stderr
    assert pipe.stderr == b""


@pytest.mark.parametrize(
    ("redirected", "code"),
    [
        ("voices list >&-", 0),
        ("chat parse twitch <&-", 0),
        ("say - --out nothing.wav <&-", 1),
        ("voices list >/dev/full", 1),
    ],
)
def test_closed_and_full_streams_give_no_traceback(
    redirected: str, code: int, env: dict[str, str], tmp_path: Path
) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m ishowtts_desktop {redirected}"],
        env=env,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (code, code), done.stderr
    assert "Traceback" not in done.stderr


def test_every_listed_voice_is_one_that_say_takes(tmp_path: Path) -> None:
    voices = json.loads(command_line("voices", "list", "--json").stdout)["voices"]
    assert {"en", "zh"} <= {voice["language"] for voice in voices}
    listed = command_line("voices", "list").stdout
    for voice in (voices[0], voices[-1]):
        assert voice["id"] in listed
        out = tmp_path / "voice.wav"
        done = command_line("say", "hello", "--voice", voice["id"], "--out", str(out))
        assert done.returncode == 0, done.stderr
        assert out.stat().st_size > 10_000


def test_without_a_model_the_embedded_voice_says_it_unless_another_is_insisted_on(
    tmp_path: Path,
) -> None:
    out = str(tmp_path / "voice.wav")
    how = ["say", "hello", "--voice", "starter-zh", "--out", out, "--json"]
    done = command_line(*how)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["engine"] == "espeak"
    assert "The embedded voice says it." in done.stderr
    assert command_line(*how, "--engine", "f5").returncode == 1


def test_a_terminal_without_chinese_gets_it_escaped(env: dict[str, str]) -> None:
    done = command_line("voices", "list", env={**env, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "\\u4e2d" in done.stdout


def test_say_tells_of_a_broken_configuration_and_leaves_it(
    env: dict[str, str], tmp_path: Path
) -> None:
    config = tmp_path / "home" / "config.toml"
    config.parent.mkdir()
    config.write_text("[speech\n", encoding="utf-8")
    done = command_line("say", "hello", "--out", str(tmp_path / "o.wav"), env=env)
    assert done.returncode == 0
    assert "can't be understood" in done.stderr
    assert config.exists()
