"""Where speech is: espeak-ng's words, with silences, noise and tones of known length around."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.sound.activity import FRAME_SECONDS, find_speech, runs
from tests.support.degraded import RATE, chord, joined, mixed, noise, silence, sox, spoken

WORD = "welcome"


def word() -> AudioChunk:
    """One word without a silence at either end, about half a second long."""
    said = spoken("en", 160, WORD).samples
    heard = np.flatnonzero(np.abs(said) > 0.01)
    return AudioChunk(said[heard[0] : heard[-1]], RATE)


def stretches(recording: AudioChunk) -> list[tuple[float, float]]:
    """Where speech is, in seconds."""
    found = find_speech(recording.samples, recording.rate).runs()
    return [(first * FRAME_SECONDS, last * FRAME_SECONDS) for first, last in found]


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 48_000])
@pytest.mark.parametrize("hiss", [0.0, 0.002])
def test_words_are_found_where_they_are(rate: int, hiss: float) -> None:
    # GIVEN two words after 1 s and with 0.7 s between, in silence or a soft hiss
    one = word()
    said = joined(silence(1.0), one, silence(0.7), one, silence(1.0))
    behind = hiss * np.random.default_rng(0).standard_normal(len(said.samples))
    recording = sox(AudioChunk((said.samples + behind).astype(np.float32), RATE), rate=rate)
    # THEN both are found, to a few frames
    begins = [1.0, 1.7 + one.seconds]
    expected = [(begin, begin + one.seconds) for begin in begins]
    np.testing.assert_allclose(stretches(recording), expected, atol=0.06)


def test_a_closure_within_a_word_is_no_pause() -> None:
    said = joined(silence(0.5), word(), silence(0.07), word(), silence(0.5))
    assert len(stretches(said)) == 1


def test_the_pauses_of_a_sentence_are_found() -> None:
    # GIVEN two sentences and a comma
    found = stretches(spoken("en", 130))
    # THEN there are three phrases or more, whole ones
    assert 3 <= len(found) <= 5
    assert all(end - begin > 0.4 for begin, end in found)


def test_seconds_are_those_of_the_speech_alone() -> None:
    speech = spoken("de")
    alone = find_speech(speech.samples, RATE).seconds
    padded = joined(silence(3.0), speech, silence(4.0))
    assert find_speech(padded.samples, RATE).seconds == pytest.approx(alone, abs=0.05)
    assert 0.7 * speech.seconds < alone < speech.seconds


@pytest.mark.parametrize("kind", ["white", "pink", "brown"])
def test_steady_noise_is_no_speech(kind: str) -> None:
    assert find_speech(noise(6.0, kind).samples, RATE).seconds < 0.3


def test_a_held_chord_is_no_speech() -> None:
    assert find_speech(chord(6.0).samples, RATE).seconds < 0.3


@pytest.mark.parametrize("count", [0, 1, 100, RATE])
def test_silence_is_no_speech(count: int) -> None:
    activity = find_speech(np.zeros(count, np.float32), RATE)
    assert activity.seconds == 0
    assert activity.runs() == ()
    assert activity.speech_db == -100


def test_noise_that_begins_in_the_middle_isnt_taken_for_speech() -> None:
    # GIVEN a sentence in silence, and then five seconds of a fan
    speech = spoken("en")
    fan = AudioChunk(0.1 * noise(5.0, "pink").samples, RATE)
    activity = find_speech(joined(speech, fan).samples, RATE)
    # THEN the fan isn't speech, but for its beginning
    after = activity.speech[round(speech.seconds * 100) :]
    assert np.count_nonzero(after) < 30


@pytest.mark.parametrize("decibels", [25, 15, 5])
def test_speech_is_found_in_noise_and_the_noise_is_measured(decibels: int) -> None:
    speech = spoken("en")
    clean = find_speech(speech.samples, RATE)
    activity = find_speech(mixed(speech, noise(8.0, "pink"), decibels).samples, RATE)
    agree = np.mean(clean.speech == activity.speech)
    assert agree > {25: 0.9, 15: 0.85, 5: 0.75}[decibels]
    assert activity.speech_db - activity.noise_db == pytest.approx(decibels, abs=4)


def test_speech_without_a_pause_still_tells_its_noise() -> None:
    # GIVEN a stretch of one phrase, cut at both ends
    speech = spoken("de", 160)
    first, last = (round(at * RATE) for at in (3.4, 5.0))
    phrase = AudioChunk(speech.samples[first:last], RATE)
    # WHEN there is noise 10 dB below it, or none
    noisy = find_speech(mixed(phrase, noise(2.0), 10).samples, RATE)
    clean = find_speech(phrase.samples, RATE)
    # THEN that is told, though nothing but speech is there
    assert np.count_nonzero(~clean.speech) < 10
    assert clean.noise_db < clean.speech_db - 20
    assert noisy.noise_db == pytest.approx(noisy.speech_db - 10, abs=3)


def test_the_level_of_a_full_scale_sine_is_zero() -> None:
    time = np.arange(RATE) / RATE
    level = find_speech(np.sin(2 * np.pi * 1000 * time).astype(np.float32), RATE).level_db
    np.testing.assert_allclose(level[5:-5], 0.0, atol=0.1)
    assert len(level) == 100


@given(
    count=st.integers(0, 60_000),
    rate=st.sampled_from([4_000, 8_000, 11_025, 44_100, 96_000]),
    gain=st.sampled_from([0.0, 1e-6, 0.5, 1e4]),
)
def test_any_signal_is_looked_at(count: int, rate: int, gain: float) -> None:
    random = np.random.default_rng(count)
    samples = (gain * random.standard_normal(count)).astype(np.float32)
    activity = find_speech(samples, rate)
    frames = len(activity.level_db)
    assert abs(frames - count * 100 / rate) <= 2
    assert len(activity.speech) == len(activity.loud) == len(activity.background) == frames
    assert np.isfinite(activity.level_db).all()
    assert not (activity.loud & ~activity.speech).any()


@given(st.lists(st.booleans(), max_size=30))
def test_runs_tell_the_mask_again(mask: list[bool]) -> None:
    again = np.zeros(len(mask), np.bool_)
    found = runs(np.array(mask, np.bool_))
    for first, last in found:
        again[first:last] = True
    assert again.tolist() == mask
    assert all(a[1] < b[0] for a, b in pairwise(found))
