"""Pieces are joined without a click, at a quiet place, and nothing is lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.speech.f5.arch import SAMPLE_RATE
from ishowtts_desktop.speech.f5.joining import FADE, SEARCH, Joiner, quietest


def tone(seconds: float, phase: float) -> np.ndarray:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.5 * np.sin(2 * np.pi * 150 * time + phase)).astype(np.float32)


def join(*pieces: np.ndarray) -> np.ndarray:
    joiner = Joiner()
    return np.concatenate([*(joiner.add(piece) for piece in pieces), joiner.end()])


def test_two_tones_out_of_phase_meet_without_a_step() -> None:
    joined = join(tone(1, 0.0), tone(1, 2.0))
    # A tone of 150 Hz at half scale moves so much a sample; a cut would move up to 1.
    assert np.abs(np.diff(joined)).max() < 0.5 * 2 * np.pi * 150 / SAMPLE_RATE + 1.0 / FADE * 2


def test_the_joint_is_where_the_first_piece_is_quiet() -> None:
    first = tone(1, 0.0)
    first[-SEARCH // 2 - FADE : -SEARCH // 2] = 0
    at = quietest(first[-SEARCH:], FADE)
    assert abs(at - (SEARCH - SEARCH // 2 - FADE)) <= 1


def test_a_consonant_after_a_gap_is_not_lost_at_the_joint() -> None:
    # GIVEN a word whose last sound, a short one, follows a gap: "that"
    first = tone(1, 0.0)
    burst = slice(len(first) - 3600 - 240, len(first) - 3600)
    first[burst.start - 1800 : burst.start] = 0
    first[burst.stop :] = 1e-4  # the silence after it, not quite as silent as the gap
    joined = join(first, np.zeros(SAMPLE_RATE, np.float32))
    # THEN the sound is there
    np.testing.assert_array_equal(joined[burst], first[burst])


def test_one_piece_is_left_as_it_is() -> None:
    piece = tone(0.7, 0.0)
    np.testing.assert_array_equal(join(piece), piece)


@given(st.lists(st.integers(0, 3 * SEARCH), max_size=5))
def test_any_lengths_join_to_finite_sound_no_longer_than_the_pieces(lengths: list[int]) -> None:
    joined = join(*(np.full(length, 0.25, np.float32) for length in lengths))
    assert len(joined) <= sum(lengths)
    assert len(joined) >= sum(lengths) - len(lengths) * (SEARCH + FADE)
    assert np.abs(joined).max(initial=0) <= 0.2501
