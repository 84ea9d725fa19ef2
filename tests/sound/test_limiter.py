"""The limiter: nothing above the ceiling, nothing changed below, in pieces as in one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.sound.limiter import CEILING, Limiter, limited
from tests.support.degraded import spoken

RATE = 24_000


def loud_noise(seed: int, count: int, gain: float) -> np.ndarray:
    """Noise whose level jumps: as hard on a limiter as it gets."""
    random = np.random.default_rng(seed)
    steps = np.repeat(random.choice([0.0, 0.1, 1.0, 3.0], count // 50 + 1), 50)[:count]
    return (gain * steps * random.standard_normal(count)).astype(np.float32)


@given(
    seed=st.integers(0, 1000),
    count=st.integers(0, 4000),
    gain=st.floats(0.01, 100.0),
    rate=st.sampled_from([8_000, 22_050, 24_000, 48_000]),
    ceiling=st.floats(0.05, 1.0),
)
def test_nothing_is_above_the_ceiling_and_nothing_is_lost(
    seed: int, count: int, gain: float, rate: int, ceiling: float
) -> None:
    out = limited(loud_noise(seed, count, gain), rate, ceiling)
    assert out.dtype == np.float32
    assert len(out) == count
    assert float(np.abs(out).max(initial=0.0)) <= ceiling  # numpy would round the ceiling


@given(seed=st.integers(0, 1000), cuts=st.lists(st.integers(0, 3000), max_size=8))
def test_in_pieces_it_is_the_same_as_in_one(seed: int, cuts: list[int]) -> None:
    samples = loud_noise(seed, 3000, 2.0)
    limiter = Limiter(RATE)
    pieces = [limiter.process(piece) for piece in np.split(samples, sorted(cuts))]
    out = np.concatenate([*pieces, limiter.flush()])
    np.testing.assert_allclose(out, limited(samples, RATE), atol=1e-6)
    assert float(np.abs(out).max()) <= CEILING


def test_below_the_ceiling_not_a_bit_is_changed() -> None:
    samples = spoken("en").samples
    assert np.abs(samples).max() < CEILING
    np.testing.assert_array_equal(limited(samples, 22_050), samples)


def test_well_after_a_peak_not_a_bit_is_changed() -> None:
    # GIVEN a peak in the middle of a soft sound
    samples = loud_noise(1, 4 * RATE, 0.05)
    samples[RATE] = 5.0
    out = limited(samples, RATE)
    # THEN it is soft around it, and the same again before and long after
    before, after = slice(0, RATE - 200), slice(3 * RATE, None)
    assert np.abs(out[RATE - 50 : RATE + 50]).sum() < np.abs(samples[RATE - 50 : RATE + 50]).sum()
    np.testing.assert_array_equal(out[before], samples[before])
    np.testing.assert_array_equal(out[after], samples[after])


def test_the_output_is_late_by_the_look_ahead_only() -> None:
    limiter = Limiter(RATE)
    assert limiter.delay == 120
    assert [len(limiter.process(np.zeros(100, np.float32))) for _ in range(3)] == [0, 80, 100]
    assert len(limiter.flush()) == 120


def test_after_a_flush_it_begins_anew() -> None:
    limiter, samples = Limiter(RATE), loud_noise(2, 2000, 2.0)
    outs = [np.concatenate((limiter.process(samples), limiter.flush())) for _ in range(2)]
    np.testing.assert_array_equal(*outs)


def test_the_gain_has_no_steps() -> None:
    # GIVEN a steady tone that is suddenly much too loud, and as suddenly not
    time = np.arange(2 * RATE) / RATE
    level = np.where((time > 0.5) & (time < 1.0), 4.0, 0.5)
    samples = (level * np.cos(2 * np.pi * 3000 * time)).astype(np.float32)
    # WHEN it is limited
    out = limited(samples, RATE)
    gain = out[:: RATE // 3000] / samples[:: RATE // 3000]  # at the tone's peaks
    # THEN the gain takes milliseconds down and tens of milliseconds up
    assert gain.min() == pytest.approx(CEILING / 4.0, rel=0.01)
    assert np.diff(gain).min() > -0.15
    assert 0 < np.diff(gain).max() < 0.005
    # and it is back within a quarter of a second
    assert gain[round(1.4 * 3000)] > 0.98


def test_speech_that_is_lifted_far_too_high_is_still_that_speech() -> None:
    samples = spoken("en").samples * 6
    out = limited(samples, 22_050)
    likeness = np.corrcoef(out, samples)[0, 1]
    clipped = np.corrcoef(np.clip(samples, -CEILING, CEILING), samples)[0, 1]
    assert likeness > max(0.9, clipped)


def test_values_that_are_no_sound_become_silence() -> None:
    samples = np.full(3000, 0.5, np.float32)
    samples[1000:1003] = np.nan, np.inf, -np.inf
    out = limited(samples, RATE)
    np.testing.assert_array_equal(out[1000:1003], 0)
    np.testing.assert_array_equal(np.delete(out, range(1000, 1003)), 0.5)
