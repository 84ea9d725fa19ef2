"""What the arithmetic of an utterance costs, and which share of the chip's peak was reached.

FLOPs count a multiplication and an addition as two, and products only: norms, activations and the
inverse transform of the vocoder are less than a percent. Guidance doubles the transformer's batch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import torch
import torch.nn.functional as F

from ishowtts_desktop.lab.timing import seconds_of
from ishowtts_desktop.speech.f5 import vocos
from ishowtts_desktop.speech.f5.arch import (
    MEL_BANDS,
    POSITION_GROUPS,
    POSITION_KERNEL,
    TEXT_KERNEL,
    Arch,
)
from ishowtts_desktop.speech.f5.mel import N_FFT
from ishowtts_desktop.speech.f5.products import linear

if TYPE_CHECKING:
    from collections.abc import Mapping

GUIDED: Final = 2
"""Classifier-free guidance: with text and reference, and without."""

# Dense FP16 products with FP32 sums, in TFLOP/s at the boost clock, by the makers' tables.
PEAKS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "H200": 989.0,
        "H100 PCIe": 756.0,
        "H100": 989.0,
        "A100": 312.0,
        "A100 PCIe": 312.0,
        "L40S": 362.0,
        "L20": 119.5,
        "L4": 121.0,
        "A10": 125.0,
        "RTX 5090": 209.5,
        "RTX 5080": 112.6,
        "RTX 5070 Ti": 87.9,
        "RTX 5070": 61.7,
        "RTX 4090": 165.2,
        "RTX 4080": 97.5,
        "RTX 4070 Ti": 80.2,
        "RTX 4070": 58.3,
        "RTX 4060": 30.2,
        "RTX 3090": 71.0,
        "RTX 3080": 59.5,
        "RTX 3070": 40.6,
        "RTX 3060": 25.5,
        "RTX 2080 Ti": 53.8,
    }
)
ORIN: Final = "Orin"
# AGX Orin 64 GB: 42.6 by 16 multiprocessors at 1300 MHz. Its siblings have fewer, and any of them
# may be set to less, so the peak is that of both.
ORIN_PROCESSORS: Final = 16
ORIN_MHZ: Final = 1300.0
ORIN_TFLOPS: Final = 42.6
# What says nothing about the peak: the maker, the memory, the socket of a whole one.
_PLAIN_WORD: Final = re.compile(r"NVIDIA|GeForce|Tesla|SXM\d?|\d+GB|HBM\d\w?", re.IGNORECASE)
PROBE: Final = 2048


@dataclass(frozen=True)
class Flops:
    """Floating-point operations of one utterance, by part."""

    linears: float
    attention: float
    positions: float
    text: float
    vocoder: float

    @property
    def total(self) -> float:
        """All of them."""
        return self.linears + self.attention + self.positions + self.text + self.vocoder


def flops_of(arch: Arch, frames: int, nfe: int, spoken: int) -> Flops:
    """Count an utterance of ``frames`` frames in all, ``spoken`` of which the vocoder decodes."""
    rows = GUIDED * frames
    block = 4 * arch.dim * arch.inner + 2 * arch.dim * arch.dim * arch.ff_mult
    # In and out of the transformer: the noise goes in and the velocity comes out at each step.
    edges = MEL_BANDS * arch.dim + MEL_BANDS * arch.dim / GUIDED
    constant = (MEL_BANDS + arch.text_dim) * arch.dim
    conv = 2 * arch.dim * (arch.dim // POSITION_GROUPS) * POSITION_KERNEL
    text_block = arch.text_dim * (2 * 2 * arch.text_dim + TEXT_KERNEL)
    vocos_block = vocos.DIM * (2 * vocos.HIDDEN + vocos.KERNEL)
    decoded = MEL_BANDS * vocos.DIM * vocos.KERNEL + vocos.DIM * (N_FFT + 2)
    return Flops(
        linears=2.0 * rows * (nfe * (arch.depth * block + edges) + constant),
        attention=4.0 * rows * frames * arch.inner * arch.depth * nfe,
        positions=2.0 * rows * conv * nfe,
        text=2.0 * rows * arch.text_layers * text_block,
        vocoder=2.0 * spoken * (vocos.DEPTH * vocos_block + decoded),
    )


def peak_tflops(
    name: str, clock_mhz: float | None = None, processors: int | None = None
) -> float | None:
    """Return the peak of the GPU called ``name``, in FP16 with FP32 sums; None for an unknown one.

    ``clock_mhz`` is the clock that an Orin runs at, ``processors`` how many multiprocessors it has.
    """
    words = [word for word in re.split(r"[\s-]+", name) if not _PLAIN_WORD.fullmatch(word)]
    if ORIN in words:
        share = (processors or ORIN_PROCESSORS) / ORIN_PROCESSORS
        return ORIN_TFLOPS * share * (clock_mhz or ORIN_MHZ) / ORIN_MHZ
    # No word may be left over: a 3060 Ti is no 3060, an H100 NVL no H100.
    model = " ".join(words).casefold()
    return next((peak for known, peak in PEAKS.items() if known.casefold() == model), None)


def measured_peak_tflops(dtype: torch.dtype, size: int = PROBE, runs: int = 5) -> float:
    """Return what this CPU reaches in one large product of ``dtype``: the best of ``runs``."""
    left, right = torch.randn(size, size).to(dtype), torch.randn(size, size).to(dtype)
    bias = torch.zeros(size, dtype=dtype)
    # The engine's own way and PyTorch's: which of them is the faster one depends on the processor.
    works = (lambda: linear(left, right, bias), lambda: F.linear(left, right, bias))
    best = min(seconds_of(work, "cpu") for work in works for _ in range(runs))
    return 2 * size**3 / best / 1e12


@dataclass(frozen=True)
class Reached:
    """What a run made of the chip. ``share`` of the peak is None where the peak isn't known."""

    tflop: float
    tflops: float
    peak_tflops: float | None

    @property
    def share(self) -> float | None:
        """The part of the peak, 0..1."""
        return None if self.peak_tflops is None else self.tflops / self.peak_tflops


def reached(flops: Flops, seconds: float, peak: float | None) -> Reached:
    """Set a run's arithmetic against its time and the chip's ``peak`` in TFLOP/s."""
    return Reached(flops.total / 1e12, flops.total / seconds / 1e12, peak)
