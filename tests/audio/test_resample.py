"""Streams at any rate become streams at the output's rate, whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.audio.resample import Resampler
from ishowtts_desktop.core.errors import AudioError
from tests.support.signal import chirp, find

RATES = [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000, 192_000]


@given(st.sampled_from(RATES), st.lists(st.integers(0, 3000), max_size=8))
@settings(max_examples=100)
def test_the_length_is_kept_within_one_sample(rate: int, sizes: list[int]) -> None:
    resampler = Resampler(rate, 48_000)
    out = [resampler.process(np.zeros(size, np.float32)) for size in sizes]
    out.append(resampler.flush())
    assert abs(sum(map(len, out)) - sum(sizes) * 48_000 / rate) <= 1
    assert all(part.dtype == np.float32 for part in out)


@pytest.mark.parametrize("rate", RATES)
def test_head_and_tail_are_where_they_were(rate: int) -> None:
    # GIVEN a chirp at the engine's rate, in chunks
    sound = chirp(0.3, rate)
    resampler = Resampler(rate, 48_000)
    parts = [resampler.process(sound[at : at + 500]) for at in range(0, len(sound), 500)]
    out = np.concatenate([*parts, resampler.flush()])
    # THEN the first and the last 20 ms of it are at the first and the last 20 ms of the output
    wanted = chirp(0.3, 48_000)
    padded = np.concatenate([np.zeros(4800, np.float32), out, np.zeros(4800, np.float32)])
    for part, at in ((wanted[:960], 4800), (wanted[-960:], 4800 + len(wanted) - 960)):
        start, likeness = find(part, padded, 48_000)
        assert abs(start - at) <= 2
        assert likeness > 0.99


def test_the_own_rate_passes_untouched() -> None:
    sound = chirp(0.1, 48_000)
    resampler = Resampler(48_000, 48_000)
    np.testing.assert_array_equal(resampler.process(sound), sound)
    assert not len(resampler.flush())


@pytest.mark.parametrize("rate", [0, -1, 1, 2**31])
def test_a_rate_that_no_sound_has_is_a_typed_error(rate: int) -> None:
    with pytest.raises(AudioError, match=f"Audio at {rate} Hz"):
        Resampler(rate, 48_000)
