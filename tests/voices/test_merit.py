"""What makes one stretch better than another: each thing alone."""

from __future__ import annotations

import pytest

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.sound.activity import find_speech
from ishowtts_desktop.voices.merit import Merit
from tests.support.degraded import RATE, chord, joined, mixed, noise, silence, sox, spoken, strings

SENTENCE = "Tonight we play a new game, and I hope you will like it."


def sentence() -> AudioChunk:
    """About three and a half seconds, soft enough that nothing clips."""
    return AudioChunk(0.5 * spoken("en", 160, SENTENCE).samples, RATE)


def advantage(better: AudioChunk, worse: AudioChunk) -> float:
    """By how much the first is better; they are stretches of one recording, a second apart."""
    recording = joined(silence(1.0), better, silence(1.0), worse, silence(1.0))
    merit = Merit(recording, find_speech(recording.samples, RATE))
    first = 90, 110 + round(better.seconds * 100)
    second = first[1] + 80, first[1] + 100 + round(worse.seconds * 100)
    return merit.of(first) - merit.of(second)


def test_the_same_is_as_good() -> None:
    assert advantage(sentence(), sentence()) == pytest.approx(0.0, abs=0.05)


def test_clipped_is_worse() -> None:
    clipped = sox(sentence(), "gain", "-n", "6")
    assert advantage(sox(sentence(), "gain", "-n"), clipped) > 0.5


@pytest.mark.parametrize("decibels", [10, 20, 30])
def test_noisy_is_worse(decibels: int) -> None:
    noisy = mixed(spoken("en", 160, SENTENCE), noise(9.0, "pink"), decibels)
    assert advantage(sentence(), noisy) > 0.5


@pytest.mark.parametrize("decibels", [10, 20])
def test_music_is_worse_than_as_much_noise(decibels: int) -> None:
    speech = spoken("en", 160, SENTENCE)
    noisy = mixed(speech, noise(9.0, "pink"), decibels)
    for music in (chord(9.0), strings(9.0)):
        assert advantage(noisy, mixed(speech, music, decibels)) > 0.5


def test_a_long_pause_is_worse() -> None:
    paused = joined(sentence(), silence(0.8), sentence())
    flowing = joined(sentence(), sentence())
    assert advantage(flowing, paused) > 1.5


def test_louder_and_softer_in_turn_is_worse() -> None:
    soft = AudioChunk(0.25 * sentence().samples, RATE)
    assert advantage(joined(sentence(), sentence()), joined(sentence(), soft)) > 0.2


def test_too_long_and_too_short_are_worse() -> None:
    assert advantage(sentence(), joined(sentence(), sentence())) > 0.2
    short = AudioChunk(0.5 * spoken("en", 160, "Tonight we play.").samples, RATE)
    assert advantage(sentence(), short) > 0.2


def test_an_edge_where_the_next_word_follows_is_worse() -> None:
    # GIVEN two sentences, one with a word right after it
    word = AudioChunk(0.5 * spoken("en", 160, "Hello.").samples, RATE)
    gap = silence(0.05)
    recording = joined(silence(1.0), sentence(), silence(1.0), sentence(), gap, word, silence(1.0))
    activity = find_speech(recording.samples, RATE)
    merit, length = Merit(recording, activity), round(sentence().seconds * 100)
    alone, followed = (100, 100 + length), (200 + length, 200 + 2 * length)
    assert merit.of(alone) > merit.of(followed) + 0.2


def test_nothing_said_is_worst() -> None:
    recording = joined(silence(4.0), sentence())
    assert Merit(recording, find_speech(recording.samples, RATE)).of((0, 300)) == -float("inf")
