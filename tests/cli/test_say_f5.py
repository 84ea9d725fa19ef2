"""The F5 engine from the command line, with random weights: the whole path, not the sound."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from tests.support.application import command_line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    made = command_line("models", "make-random", "--arch", "tiny", "--out", str(folder))
    assert made.returncode == 0, made.stderr
    assert "noise" in made.stdout
    return folder


def test_a_line_in_english_and_chinese_is_made_and_repeats_by_its_seed(
    checkpoint: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "one.wav", tmp_path / "two.wav"]
    for out in files:
        arguments = ["--engine", "f5", "--checkpoint", str(checkpoint), "--preset", "turbo"]
        more = ["--voice", "espeak-zh", "--seed", "7", "--out", str(out), "--json"]
        done = command_line("say", "你好 chat, welcome", *arguments, *more)
        assert done.returncode == 0, done.stderr
        figures = json.loads(done.stdout)
        assert (figures["engine"], figures["preset"], figures["nfe"]) == ("f5", "turbo", 5)
        assert figures["sample_rate"] == 24_000
        assert soundfile.info(out).subtype == "PCM_16"
        assert abs(soundfile.info(out).duration - figures["audio_seconds"]) < 0.01
    first, second = (soundfile.read(out)[0] for out in files)
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("arguments", [["--nfe", "0"], ["--nfe", "x"], ["--preset", "best"]])
def test_bad_quality_is_a_bad_argument(arguments: list[str]) -> None:
    assert command_line("say", "hello", "--engine", "f5", *arguments).returncode == 2


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    done = command_line("say", "hello", "--engine", "f5", "--checkpoint", str(tmp_path))
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert done.stderr.count("\n") == 1
