"""``bench`` from the command line, in small: that it runs and what it prints, never how fast."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import torch

from ishowtts_desktop.cli.main import build_parser
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.lab import session
from ishowtts_desktop.speech import stock_modules
from ishowtts_desktop.speech.f5 import precision
from tests.support.application import command_line

if TYPE_CHECKING:
    from pathlib import Path

TINY = ("--random-weights", "--arch", "tiny", "--device", "cpu", "--threads", "1")
SHORT = ("--ref-seconds", "0.8", "--gen-seconds", "0.5")


def figures(*arguments: str) -> dict[str, Any]:
    done = command_line("bench", *arguments, "--json", timeout=120)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["settings"]["weights"] == "random tiny"
    assert found["settings"]["threads"] == 1
    assert "nothing about the sound" in found["note"]
    return found


def test_against_the_stock_package() -> None:
    found = figures("against-stock", *TINY, *SHORT, "--nfe", "7", "--pairs", "1")
    assert {"ratio", "ours", "stock", "distance", "settings"} <= set(found)
    assert found["ratio"] > 0
    # THEN in FP32 both say the same
    assert found["distance"]["mel"]["max_abs"] < 1e-4
    assert found["distance"]["samples"]["max_abs"] < 1e-5
    # AND the ratios are apart
    assert set(found["ratios"]) - {"equal precision BF16"} == {
        "equal precision FP32",
        "default precision",
        "defaults",
    }
    assert found["settings"]["frames"] == found["settings"]["reference_frames"] + 47
    assert found["settings"]["f5-tts"] == "1.1.22"


@pytest.mark.parametrize(
    ("arguments", "rows", "count"),
    [
        (["lengths", "--ref-seconds", "0.6", "0.8", "--gen-seconds", "0.5"], "lengths", 2),
        (["nfe", *SHORT, "--nfe", "2", "4"], "steps", 2),
        (["ablate", *SHORT, "--nfe", "1"], "ablation", 6),
    ],
)
def test_the_other_kinds(arguments: list[str], rows: str, count: int) -> None:
    found = figures(*arguments, *TINY)
    assert len(found[rows]) >= count


def test_a_table_for_people(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    made = command_line("models", "make-random", "--arch", "tiny", "--out", str(folder))
    assert made.returncode == 0, made.stderr
    arguments = ["--checkpoint", str(folder), "--device", "cpu", "--threads", "1"]
    done = command_line("bench", "lengths", *arguments, "--gen-seconds", "0.5")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("| speech ")
    assert str(folder) in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["against-stock", *TINY, "--checkpoint", "."],
        ["lengths", "--arch", "tiny"],
        ["against-stock", *TINY, "--pairs", "0"],
        ["nfe", *TINY, "--nfe", "0"],
        ["ablate", *TINY, "--seed", "9" * 20],
        ["nfe", *TINY, "--seed", "-1"],
        ["gpu", *TINY],
        [],
    ],
)
def test_bad_arguments(arguments: list[str]) -> None:
    done = command_line("bench", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("seed", ["-1", "9" * 20])
def test_a_bad_seed_of_random_weights(seed: str, tmp_path: Path) -> None:
    out = str(tmp_path / "model")
    done = command_line("models", "make-random", "--arch", "tiny", "--out", out, "--seed", seed)
    assert done.returncode == 2
    assert "seed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("fault", ["stock", "out"])
def test_the_gpu_benchmark_finds_out_at_once_what_it_lacks(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a GPU, and no stock package or a folder that is a file
    monkeypatch.setattr(precision, "find_device", lambda _: torch.device("cuda", 0))
    tmp_path.joinpath("file").write_text("", encoding="utf-8")
    out = tmp_path / ("new" if fault == "stock" else "file")
    if fault == "stock":
        monkeypatch.setattr(stock_modules, "load_stock", missing)

    def opened(*_: object) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr(session, "opened", opened)
    options = build_parser().parse_args(["bench", "gpu", *TINY, "--out", str(out)])
    with pytest.raises(EngineError, match="f5_tts" if fault == "stock" else "file"):
        options.run(options)
    assert not tmp_path.joinpath("new").exists()


def missing() -> None:
    raise EngineError("The stock F5-TTS package can't be imported (f5_tts is missing).", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["lengths", "--device", "cpu", "--checkpoint", "/nowhere"], "/nowhere"),
        (["ablate", *TINY, "--ref-seconds", "0.1"], "reference"),
        (["lengths", "--random-weights", "--device", "phone"], "phone"),
    ],
)
def test_what_cannot_be_measured_is_one_clear_line(arguments: list[str], says: str) -> None:
    done = command_line("bench", *arguments)
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
@pytest.mark.parametrize("device", ["auto", "cpu"])
def test_the_gpu_benchmark_refuses_plainly_without_one(device: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = command_line(
        "bench", "gpu", "--random-weights", "--device", device, "--out", str(out), timeout=30
    )
    assert done.returncode == 1
    assert "NVIDIA GPU" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not out.exists()
