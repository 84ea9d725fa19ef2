"""`say`, as a user types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from tests.support.application import command_line

if TYPE_CHECKING:
    from pathlib import Path


def test_say_writes_exactly_the_speech_as_16_bit_pcm(tmp_path: Path) -> None:
    out = tmp_path / "hello.wav"
    done = command_line("say", "Hello chat, nice to see you.", "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    info = soundfile.info(out)
    assert info.subtype == "PCM_16"
    assert abs(info.duration - figures["audio_seconds"]) < 0.002
    assert figures["engine"] == "espeak"
    assert 0 < figures["rtf"] < 1
    assert np.abs(soundfile.read(out)[0]).max() > 0.05


def test_piped_lines_are_said_one_after_the_other(tmp_path: Path) -> None:
    # GIVEN lines with a blank one and with bytes that are no UTF-8
    out, one = tmp_path / "lines.wav", tmp_path / "one.wav"
    done = command_line(
        "say", "-", "--out", str(out), stdin="你好世界\n\n".encode() + b"good \xff evening\n"
    )
    assert done.returncode == 0, done.stderr
    command_line("say", "你好世界", "--out", str(one))
    # THEN the second line was said after the first
    assert soundfile.info(out).duration > soundfile.info(one).duration + 0.4


def test_text_without_words_is_a_clear_error(tmp_path: Path) -> None:
    done = command_line("say", "", "--out", str(tmp_path / "none.wav"))
    assert done.returncode == 1
    assert "nothing to say" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_that_is_missing_is_one_line_and_exit_1(tmp_path: Path) -> None:
    done = command_line("say", "hello", "--out", str(tmp_path / "missing" / "x.wav"))
    assert done.returncode == 1
    assert "missing" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
