"""Silence after the last sound is cut off, sound never."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.speech.f5.arch import SAMPLE_RATE
from ishowtts_desktop.speech.f5.joining import Joiner
from ishowtts_desktop.speech.f5.trailing import GUARD_SECONDS, with_pause, without_trailing_silence

RANDOM = np.random.default_rng(1)


def noise(seconds: float, level: float) -> np.ndarray:
    """Noise of so many dBFS."""
    samples = RANDOM.standard_normal(round(seconds * SAMPLE_RATE)) * 10 ** (level / 20)
    return samples.astype(np.float32)


def seconds(samples: np.ndarray) -> float:
    return len(samples) / SAMPLE_RATE


@pytest.mark.parametrize("silence", [0.0, 0.1, 0.3, 1.0])
@pytest.mark.parametrize("floor", [-200.0, -80.0])
def test_what_the_queue_would_wait_for_is_gone(silence: float, floor: float) -> None:
    speech = noise(0.5, -20)
    whole = np.concatenate((speech, noise(silence, floor)))
    kept = without_trailing_silence(whole)
    assert seconds(kept) == pytest.approx(0.5 + min(silence, GUARD_SECONDS), abs=0.011)
    np.testing.assert_array_equal(kept[: len(speech)], speech)


def test_a_soft_last_consonant_after_a_gap_is_kept() -> None:
    # GIVEN the "ts" of "that's": a closure, then a hiss 35 dB below the vowel, then silence
    word = np.concatenate((noise(0.3, -20), noise(0.08, -90), noise(0.05, -55), noise(0.6, -95)))
    kept = without_trailing_silence(word)
    assert seconds(kept) == pytest.approx(0.43 + GUARD_SECONDS, abs=0.011)
    end = round(0.43 * SAMPLE_RATE)
    np.testing.assert_array_equal(kept[:end], word[:end])


def test_a_noisy_voice_keeps_its_noise() -> None:
    whole = np.concatenate((noise(0.5, -20), noise(0.5, -60)))
    np.testing.assert_array_equal(without_trailing_silence(whole), whole)


def test_it_ends_without_a_click() -> None:
    kept = without_trailing_silence(np.concatenate((noise(0.5, -20), noise(0.5, -78))))
    assert seconds(kept) < 0.7
    assert abs(kept[-1]) == 0


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.integers(0, 3000), st.sampled_from([-200, -90, -60, -40, -20, -1])), max_size=6
    )
)
def test_no_sound_is_ever_cut(parts: list[tuple[int, int]]) -> None:
    whole = np.concatenate(
        [np.zeros(0, np.float32), *(noise(n / SAMPLE_RATE, level) for n, level in parts)]
    )
    before = whole.copy()
    kept = without_trailing_silence(whole)
    assert len(kept) <= len(whole)
    np.testing.assert_array_equal(whole, before)  # it isn't changed in place
    gone = whole[len(kept) :]
    # Single samples stand out of noise by some 13 dB.
    assert np.abs(gone).max(initial=0) <= max(10 ** (-37 / 20) * np.abs(whole).max(initial=0), 1e-3)


@pytest.mark.parametrize(
    ("text", "pause"),
    [("One. ", 0.15), ("一。", 0.15), ("One!) ", 0.15), ("One, ", 0.05), ("one ", 0.0), ("", 0.0)],
)
def test_a_piece_that_others_follow_pauses_as_its_sign_asks(text: str, pause: float) -> None:
    speech = noise(0.5, -20)
    assert seconds(with_pause(speech, text)) == pytest.approx(0.5 + pause)


def test_sentences_do_not_run_together_at_a_joint() -> None:
    joiner = Joiner()
    first = without_trailing_silence(np.concatenate((noise(0.5, -20), noise(0.6, -90))))
    whole = [joiner.add(with_pause(first, "One.")), joiner.add(noise(0.5, -20)), joiner.end()]
    level = np.abs(np.concatenate(whole))
    loud = np.flatnonzero(level > 0.001)
    gap = np.diff(loud).max() / SAMPLE_RATE
    assert 0.2 < gap < 0.32
