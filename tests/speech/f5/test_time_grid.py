"""The times of the steps: the published ones bit for bit, a sine multiplies them by 1000."""

from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.speech.f5.schedule import EPSS, time_grid
from tests.support.stock_f5 import stock


def published(nfe: int, sway: float) -> torch.Tensor:
    times = stock().epss_timesteps(nfe, device="cpu", dtype=torch.float32)
    # as the published sampler does it
    return times + sway * (torch.cos(torch.pi / 2 * times) - 1 + times)


def test_every_grid_is_the_published_one_bit_for_bit() -> None:
    for nfe in range(1, 65):
        for sway in (-1.0, 0.0, -0.5, 0.4):
            assert torch.equal(time_grid(nfe, sway), published(nfe, sway)), (nfe, sway)


def test_the_pruned_grids_differ_from_even_ones_and_eight_has_none() -> None:
    assert set(EPSS) == {5, 6, 7, 10, 12, 16}
    for nfe in EPSS:
        assert not torch.equal(time_grid(nfe, 0.0), torch.linspace(0, 1, nfe + 1))
    assert torch.equal(time_grid(8, 0.0), torch.linspace(0, 1, 9))


@given(nfe=st.integers(1, 64), sway=st.floats(-1.0, 2 / (torch.pi - 2)))
def test_times_rise_from_nought_to_one(nfe: int, sway: float) -> None:
    times = time_grid(nfe, sway)
    assert times.dtype == torch.float32
    assert len(times) == nfe + 1
    assert abs(float(times[0])) <= 1e-6
    assert abs(float(times[-1]) - 1) <= 1e-6
    assert bool((times[1:] - times[:-1] > -1e-6).all())
