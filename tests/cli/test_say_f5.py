"""The F5 engine from the command line, with random weights: the whole path, not the sound."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ishowtts_desktop.cli.arguments import chosen_engine
from ishowtts_desktop.cli.main import build_parser
from ishowtts_desktop.core.config import SpeechConfig
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


def test_everything_may_be_chosen_by_hand(checkpoint: Path, tmp_path: Path) -> None:
    out = tmp_path / "said.wav"
    how = ["--engine", "f5", "--checkpoint", str(checkpoint), "--nfe", "3", "--seed", "1"]
    more = ["--cfg", "0.5", "--sway", "0.3", "--speed", "1.6", "--duration", "stock"]
    where = ["--device", "cpu", "--precision", "fp32", "--out", str(out)]
    command = ["say", "hello everybody", *how, *more, *where]
    done = command_line(*command)
    assert done.returncode == 0, done.stderr
    assert 0.3 < soundfile.info(out).duration < 3
    # AND each of them is what the engine gets
    speech = chosen_engine(build_parser().parse_args(command), SpeechConfig())
    assert speech == SpeechConfig(
        engine="f5",
        checkpoint=str(checkpoint),
        nfe=3,
        seed=1,
        cfg_strength=0.5,
        sway=0.3,
        speed=1.6,
        device="cpu",
        precision="fp32",
        duration="stock",
    )
    unchosen = build_parser().parse_args(["say", "hello"])
    assert chosen_engine(unchosen, speech) == speech


def test_the_stock_package_says_it_too(checkpoint: Path, tmp_path: Path) -> None:
    out = tmp_path / "stock.wav"
    how = ["--engine", "f5-reference", "--checkpoint", str(checkpoint), "--preset", "turbo"]
    # Not measured: following every line of the package's many imports takes longer than the test.
    env = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = command_line("say", "hello there", *how, "--out", str(out), "--json", env=env)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["engine"], figures["nfe"]) == ("f5-reference", 5)
    assert soundfile.info(out).duration > 0.5


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nfe", "0"],
        ["--nfe", "x"],
        ["--preset", "best"],
        ["--cfg", "-1"],
        ["--cfg", "nan"],
        ["--sway", "2"],
        ["--speed", "9"],
        ["--seed", "-1"],
        ["--seed", "9" * 30],
        ["--precision", "int1"],
    ],
)
def test_bad_quality_is_a_bad_argument(arguments: list[str]) -> None:
    assert command_line("say", "hello", "--engine", "f5", *arguments).returncode == 2


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    done = command_line("say", "hello", "--engine", "f5", "--checkpoint", str(tmp_path))
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert done.stderr.count("\n") == 1
