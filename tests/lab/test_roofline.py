"""The arithmetic of an utterance, against torch's own count, and the peaks of chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from ishowtts_desktop.lab.roofline import (
    flops_of,
    measured_peak_tflops,
    peak_tflops,
    reached,
)
from ishowtts_desktop.speech.f5.arch import ARCHS
from ishowtts_desktop.speech.stock_model import StockModel

if TYPE_CHECKING:
    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint


@pytest.mark.parametrize(
    ("seconds", "frames", "tera"), [(3.5, 796, 5.0), (10.0, 1406, 10.0), (28.0, 3093, 28.5)]
)
def test_the_published_model_costs_what_the_design_says(
    seconds: float, frames: int, tera: float
) -> None:
    flops = flops_of(ARCHS["v1_base"], frames, 7, round(seconds * 93.75))
    assert flops.total / 1e12 == pytest.approx(tera, rel=0.02)
    assert flops.vocoder / flops.total == pytest.approx(0.002, abs=0.001)


def test_the_count_is_that_of_the_stock_model_less_what_ours_saves(
    checkpoint: Checkpoint, line: Line
) -> None:
    # GIVEN torch's own count of one step of the published model, without its vocoder
    model = StockModel.load(checkpoint, "cpu")
    text = line.prompt + line.text
    with FlopCounterMode(display=False) as one:
        model.mel(line.reference, text, line.frames, 1, 0)
    with FlopCounterMode(display=False) as two:
        model.mel(line.reference, text, line.frames, 2, 0)
    step = two.get_total_flops() - one.get_total_flops()
    # THEN ours is that, but for the tables and for the input, which doesn't change between steps
    arch, rows = ARCHS["tiny"], 2 * line.frames
    tables = 2 * 2 * arch.dim * (arch.depth * 6 * arch.dim + 2 * arch.dim)
    times = 2 * 1 * (256 * arch.dim + arch.dim * arch.dim)
    whole_input = 2 * rows * (200 + arch.text_dim) * arch.dim
    ours_in = 2 * line.frames * 100 * arch.dim
    twice, once = (flops_of(arch, line.frames, nfe, 0) for nfe in (2, 1))
    ours = twice.total - once.total
    # torch doesn't count the attention of a CPU
    attention = 4 * rows * line.frames * arch.inner * arch.depth
    assert ours - attention == pytest.approx(
        step - tables - times - whole_input + ours_in, rel=1e-6
    )


@pytest.mark.parametrize(
    ("name", "peak"),
    [
        ("NVIDIA H200", 989.0),
        ("NVIDIA H100 80GB HBM3", 989.0),
        ("NVIDIA H100 PCIe", 756.0),
        ("NVIDIA H100 NVL", None),
        ("NVIDIA H200 NVL", None),
        ("NVIDIA H100 80GB HBM3 MIG 1g.10gb", None),
        ("NVIDIA GH200 480GB", None),
        ("NVIDIA A100-SXM4-80GB", 312.0),
        ("NVIDIA A100-PCIE-40GB", 312.0),
        ("NVIDIA A100 80GB PCIe", 312.0),
        ("NVIDIA GeForce RTX 4070 Ti", 80.2),
        ("NVIDIA GeForce RTX 4070 Ti SUPER", None),
        ("NVIDIA GeForce RTX 4070", 58.3),
        ("NVIDIA GeForce RTX 4070 Laptop GPU", None),
        ("NVIDIA GeForce RTX 3060 Ti", None),
        ("NVIDIA L40S", 362.0),
        ("NVIDIA L40", None),
        ("NVIDIA L4", 121.0),
        ("NVIDIA A10", 125.0),
        ("NVIDIA A10G", None),
        ("Some other chip", None),
    ],
)
def test_the_peak_of_a_chip_by_its_name(name: str, peak: float | None) -> None:
    assert peak_tflops(name) == peak


def test_an_orin_is_judged_by_its_size_and_the_clock_that_it_runs_at() -> None:
    assert peak_tflops("Orin", 1300) == pytest.approx(42.6)
    assert peak_tflops("Orin", 650) == pytest.approx(21.3)
    assert peak_tflops("Orin", 1300, 16) == peak_tflops("Orin") == pytest.approx(42.6)
    # such as an Orin NX with half as many multiprocessors
    assert peak_tflops("Orin (nvgpu)", 650, 8) == pytest.approx(10.65)


def test_the_peak_of_a_processor_is_measured() -> None:
    assert measured_peak_tflops(torch.float32, size=64, runs=1) > 0


def test_a_share_is_work_by_time_by_peak() -> None:
    flops = flops_of(ARCHS["tiny"], 100, 7, 50)
    found = reached(flops, 0.5, 2.0)
    assert found.tflops == pytest.approx(flops.total / 0.5 / 1e12)
    assert found.share == pytest.approx(found.tflops / 2)
    assert reached(flops, 0.5, None).share is None
