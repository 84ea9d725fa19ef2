"""What is written down of the machine."""

from __future__ import annotations

import stat
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import torch

from ishowtts_desktop.lab import machine
from ishowtts_desktop.lab.machine import cpu_name, describe, gpu_clocks, peak_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_processor_is_described_with_threads_and_versions() -> None:
    found = describe("cpu")
    assert found["threads"] == torch.get_num_threads()
    assert found["torch"] == torch.__version__
    assert found["f5-tts"] == "1.1.22"
    assert found["cpu"]
    assert "gpu" not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("processor\t: 0\nmodel name\t: A Fast One\n", "A Fast One"),
        ("processor\t: 0\nCPU part\t: 0xd42\n", ""),
    ],
)
def test_the_name_of_a_processor(text: str, name: str, tmp_path: Path) -> None:
    tmp_path.joinpath("cpuinfo").write_text(text, encoding="utf-8")
    found = cpu_name(tmp_path / "cpuinfo")
    assert found == (name or cpu_name(tmp_path / "missing"))
    assert found


@pytest.mark.parametrize(("lowest", "locked"), [("1300500000", 1.0), ("306000000", 0.0)])
def test_the_clock_of_a_jetson(lowest: str, locked: float, tmp_path: Path) -> None:
    folder = tmp_path / "17000000.gpu"
    folder.mkdir()
    for name, value in (("cur", "1300500000"), ("min", lowest), ("max", "1300500000")):
        folder.joinpath(f"{name}_freq").write_text(value + "\n", encoding="ascii")
    found = gpu_clocks(f"{tmp_path}/*gpu*")
    assert found == {"gpu_mhz": 1300.5, "gpu_max_mhz": 1300.5, "gpu_locked": locked}


@pytest.mark.parametrize(
    ("says", "found"),
    [
        ("echo 1980, 1980", {"gpu_mhz": 1980.0, "gpu_max_mhz": 1980.0}),
        ("echo [N/A], [N/A]", {}),
        ("exit 9", {}),
        ("true", {}),
    ],
)
def test_the_clock_of_a_pc(
    says: str, found: dict[str, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert gpu_clocks(f"{tmp_path}/nothing*") == found


def test_without_a_gpu_there_are_no_clocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert gpu_clocks(f"{tmp_path}/nothing*") == {}


def test_a_gpu_is_judged_by_its_name_and_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "gpu_name", lambda _: "Orin")
    monkeypatch.setattr(machine, "gpu_clocks", lambda: {"gpu_mhz": 650.0})
    made = SimpleNamespace(multi_processor_count=8)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: made)
    assert peak_of("cuda", torch.float16) == pytest.approx(21.3 / 2)
