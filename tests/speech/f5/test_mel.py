"""Log-mel frames against torchaudio's own numbers, float64 arithmetic, and the stock package."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.speech.f5.mel import MelSpectrogram, mel_filters
from tests.support.f5_pair import apart
from tests.support.stock_f5 import mel_bands, stock

# What torchaudio 2.11.0 makes of `chirps`: MelSpectrogram(24000, 1024, win_length=1024,
# hop_length=256, n_mels=100, power=1, center=True, normalized=False, norm=None), log at 1e-5.
GOLDEN_FRAMES, GOLDEN_BANDS = (0, 3, 11, 23), (0, 1, 7, 33, 50, 78, 99)
GOLDEN = (
    (2.824049, 2.714736, 1.98134, 0.385916, 0.898102, 1.591097, 2.268048),
    (3.079733, 2.75772, -0.497355, 3.553288, 0.906081, 1.701132, 2.28357),
    (-0.553583, 0.444988, -0.953062, -0.047286, 0.91742, 1.560026, 2.251451),
    (0.802223, 0.755579, 2.836385, 0.795014, 1.005744, 1.643033, 2.568565),
)


def chirps() -> torch.Tensor:
    """A quarter of a second that moves through all bands: float32 (1, 6000)."""
    t = np.arange(6000) / 24000
    low, high = np.sin(2 * np.pi * 440 * t * t), np.sin(2 * np.pi * (80 * t + 20000 * t * t))
    rough = np.cos(np.arange(6000) ** 2 * 0.37)
    return torch.from_numpy((0.3 * high + 0.1 * low + 0.05 * rough).astype(np.float32))[None]


def noise(samples: int, batch: int = 1) -> torch.Tensor:
    return 0.1 * torch.randn(batch, samples, generator=torch.Generator().manual_seed(samples))


def test_frames_are_torchaudios_golden_values() -> None:
    frames = MelSpectrogram()(chirps())[0]
    assert frames.shape == (24, 100)
    found = frames[list(GOLDEN_FRAMES)][:, list(GOLDEN_BANDS)]
    assert apart(found, torch.tensor(GOLDEN)) <= 1e-5


@pytest.mark.parametrize("samples", [chirps(), noise(9000), noise(513), noise(5000, batch=3)])
def test_frames_are_those_of_float64_arithmetic_but_for_torchaudios_rounding(
    samples: torch.Tensor,
) -> None:
    # torchaudio places its filters in float32, up to 3 mHz off: 4e-5 in the logarithm
    exact = np.log(np.maximum(mel_bands(samples.double().numpy()), 1e-5)).transpose(0, 2, 1)
    ours = MelSpectrogram()(samples)
    assert apart(ours.double(), torch.from_numpy(exact)) <= 5e-5


def test_frames_are_those_of_the_stock_package() -> None:
    theirs = stock().mel(noise(9000)).transpose(1, 2)
    assert apart(MelSpectrogram()(noise(9000)), theirs) <= 5e-5


def test_the_stand_in_computes_torchaudios_golden_values_too() -> None:
    theirs = stock().mel(chirps())[0].T[list(GOLDEN_FRAMES)][:, list(GOLDEN_BANDS)]
    assert apart(theirs, torch.tensor(GOLDEN)) <= 5e-5


def test_filters_are_triangles_that_share_each_bin_between_neighbours() -> None:
    filters = mel_filters()
    assert filters.shape == (513, 100)
    assert float(filters.min()) == 0.0
    assert bool((filters.sum(dim=0) > 0).all())
    # between the first and the last peak the two slopes over a bin add up to one
    inner = filters.sum(dim=1)[5:480]
    assert apart(inner, torch.ones_like(inner)) <= 1e-3


@given(samples=st.integers(513, 4000))
def test_there_is_a_frame_per_hop_and_one_more(samples: int) -> None:
    assert MelSpectrogram()(torch.zeros(1, samples)).shape == (1, samples // 256 + 1, 100)


def test_each_of_a_batch_is_as_if_alone() -> None:
    together = MelSpectrogram()(noise(5000, batch=3))
    alone = torch.cat([MelSpectrogram()(one[None]) for one in noise(5000, batch=3)])
    assert apart(together, alone) <= 1e-5
