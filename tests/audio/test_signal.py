"""The tests' own ear must hear right."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from tests.support.signal import Recording, chirp, find

RATE = 48_000


def noise(seconds: float, seed: int = 1, level: float = 0.01) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.normal(0, level, round(seconds * RATE)).astype(np.float32)


def test_a_quiet_sound_in_a_long_noisy_recording_is_found_to_the_frame() -> None:
    recording = noise(60)
    needle = chirp(0.5, RATE)
    recording[1_234_567 : 1_234_567 + len(needle)] += 0.05 * needle
    start, likeness = find(needle, recording, RATE)
    assert start == 1_234_567
    assert likeness > 0.8


def test_a_resampled_and_louder_sound_is_found() -> None:
    needle = chirp(0.5, 22_050)
    heard = np.concatenate([noise(1), 1.9 * soxr.resample(needle, 22_050, RATE), noise(1, 2)])
    start, likeness = Recording(heard, RATE).find(needle, 22_050)
    assert abs(start - RATE) <= 1
    assert likeness > 0.98


def test_of_several_sounds_each_is_found_at_its_own_place() -> None:
    sounds = [chirp(0.4, RATE, low, low + 500) for low in (300, 900, 1500, 2100)]
    recording = Recording(np.concatenate(sounds), RATE)
    for number, sound in enumerate(sounds):
        assert recording.find(sound).start == number * len(sound)


def test_a_sound_that_is_not_there_is_not_found() -> None:
    assert find(chirp(0.5, RATE), noise(3, level=0.3), RATE).correlation < 0.2
    assert find(chirp(0.5, RATE), chirp(2.0, RATE, 3000, 4000), RATE).correlation < 0.5


@pytest.mark.parametrize(("needle", "haystack"), [(0, 100), (100, 0), (100, 99), (1, 1)])
def test_silence_and_shortness_match_nothing(needle: int, haystack: int) -> None:
    found = find(np.zeros(needle, np.float32), np.zeros(haystack, np.float32), RATE)
    assert found == (0, 0.0)


def test_a_sound_at_the_very_ends_is_found() -> None:
    needle = chirp(0.3, RATE)
    assert find(needle, np.concatenate([needle, noise(1)]), RATE).start == 0
    assert find(needle, np.concatenate([noise(1), needle]), RATE).start == RATE
    assert find(needle, needle, RATE).correlation == pytest.approx(1.0)
