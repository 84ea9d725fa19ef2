"""Loudness against the standard's own figures and a recursive filter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from ishowtts_desktop.sound.loudness import OFFSET, integrated_loudness, k_weighting
from tests.support.degraded import spoken

RATE = 48_000
# ITU-R BS.1770-4, tables 1 and 2.
SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285)
SHELF_BACK = (1.0, -1.69065929318241, 0.73248077421585)
HIGH_PASS_BACK = (1.0, -1.99004745483398, 0.99007225036621)


def tone(decibels: float, seconds: float, rate: int = RATE, hertz: float = 1000.0) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return (10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def one_by_one(samples: np.ndarray, rate: int) -> float:
    """The standard's text, word for word: recursive filters, blocks, both gates."""
    x = samples.astype(np.float64)
    for ahead, back in k_weighting(rate):
        x = lfilter(ahead, back, x)
    powers = [
        np.mean(x[round(at * rate / 10) : round((at + 4) * rate / 10)] ** 2)
        for at in range(len(x) * 10 // rate - 3)
    ]
    heard = [p for p in powers if p > 0 and OFFSET + 10 * math.log10(p) > -70]
    if not heard:
        return -math.inf
    gate = np.mean(heard) / 10
    return OFFSET + 10 * math.log10(np.mean([p for p in heard if p > gate]))


def test_the_filters_at_48_khz_are_those_of_the_standard() -> None:
    (shelf, shelf_back), (high_pass, high_pass_back) = k_weighting(48_000)
    np.testing.assert_allclose(shelf, SHELF, atol=1e-12)
    np.testing.assert_allclose(shelf_back, SHELF_BACK, atol=1e-12)
    np.testing.assert_allclose(high_pass, (1, -2, 1), atol=0)
    np.testing.assert_allclose(high_pass_back, HIGH_PASS_BACK, atol=1e-12)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 192_000])
def test_a_full_scale_sine_of_997_hz_has_the_loudness_of_the_standard(rate: int) -> None:
    loudness = integrated_loudness(tone(0.0, 5.0, rate, 997.0), rate)
    assert loudness == pytest.approx(-3.01, abs=0.01 if rate == 48_000 else 0.06)


@pytest.mark.parametrize(
    ("parts", "expected"),
    # EBU Tech 3341, table 1, cases 1 to 5 with one channel instead of two: 3.01 LU less.
    [
        ([(-23, 20)], -26.01),
        ([(-33, 20)], -36.01),
        ([(-36, 10), (-23, 60), (-36, 10)], -26.01),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -26.01),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -26.01),
    ],
)
def test_the_gates_work_as_in_the_cases_of_the_ebu(
    parts: list[tuple[float, float]], expected: float
) -> None:
    samples = np.concatenate([tone(decibels, seconds) for decibels, seconds in parts])
    assert integrated_loudness(samples, RATE) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 96_000])
def test_it_equals_the_recursive_filter_on_noise_that_comes_and_goes(rate: int) -> None:
    random = np.random.default_rng(rate)
    steps = np.repeat(10 ** random.uniform(-4, -0.5, 40), rate // 5)
    samples = (steps * random.standard_normal(len(steps))).astype(np.float32)
    expected = one_by_one(samples, rate)
    assert integrated_loudness(samples, rate) == pytest.approx(expected, abs=1e-6)


def test_a_long_recording_is_measured_in_pieces_without_a_seam() -> None:
    samples = np.resize(spoken("en").samples, 30 * 22_050)
    assert integrated_loudness(samples, 22_050) == pytest.approx(
        one_by_one(samples, 22_050), abs=1e-6
    )


def test_silence_around_speech_doesnt_make_it_quieter() -> None:
    speech = spoken("en")
    alone = integrated_loudness(speech.samples, speech.rate)
    padded = np.pad(speech.samples, 5 * speech.rate)
    assert integrated_loudness(padded, speech.rate) == pytest.approx(alone, abs=0.3)


def test_a_sound_shorter_than_a_block_is_measured_as_it_is() -> None:
    assert integrated_loudness(tone(-20.0, 0.2), RATE) == pytest.approx(-23.0, abs=0.2)


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.2, 3.0])
def test_silence_is_infinitely_quiet(seconds: float) -> None:
    assert integrated_loudness(np.zeros(int(seconds * RATE), np.float32), RATE) == -math.inf


@given(count=st.integers(1, 30_000), gain=st.floats(0.01, 1.0), rate=st.sampled_from([8000, 24000]))
def test_a_gain_moves_the_loudness_by_itself(count: int, gain: float, rate: int) -> None:
    samples = np.random.default_rng(count).standard_normal(count).astype(np.float32)
    whole, less = (integrated_loudness(s, rate) for s in (samples, samples * np.float32(gain)))
    assert less == pytest.approx(whole + 20 * math.log10(gain), abs=1e-3)
