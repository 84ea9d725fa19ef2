"""Music told from speech, telephones from studios, flat tops from round ones."""

from __future__ import annotations

import numpy as np
import pytest
import soxr
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.sound.activity import find_speech
from ishowtts_desktop.sound.bandwidth import bandwidth
from ishowtts_desktop.sound.clipping import clipped
from ishowtts_desktop.sound.music import MUSIC_SHARE, steady_tones
from tests.support.degraded import RATE, chord, melody, noise, sox, spoken, strings


@pytest.mark.parametrize("music", [chord, strings, melody])
def test_notes_are_steady(music: object) -> None:
    assert callable(music)
    assert steady_tones(music(4.0).samples, RATE).mean() > MUSIC_SHARE + 0.1


@pytest.mark.parametrize("voice", ["en", "en+f2", "cmn", "cmn+f2", "ja+m3", "ko+f2"])
def test_voices_are_not(voice: str) -> None:
    speech = spoken(voice, 130)
    tones = steady_tones(speech.samples, RATE)
    assert tones[find_speech(speech.samples, RATE).speech].mean() < MUSIC_SHARE - 0.05


@pytest.mark.parametrize("kind", ["white", "pink", "brown"])
def test_noise_holds_no_tone(kind: str) -> None:
    assert steady_tones(noise(4.0, kind).samples, RATE).mean() < 0.02


def test_the_share_follows_the_music() -> None:
    # GIVEN two seconds of noise and two of a chord
    both = np.concatenate((noise(2.0).samples, chord(2.0).samples))
    tones = steady_tones(both, RATE)
    assert tones[:180].mean() < 0.05
    assert tones[220:].mean() > 0.8


@given(count=st.integers(0, 50_000), rate=st.sampled_from([8_000, 11_025, 16_000, 44_100]))
def test_the_frames_are_those_of_the_activity(count: int, rate: int) -> None:
    samples = np.random.default_rng(count).standard_normal(count).astype(np.float32)
    tones = steady_tones(samples, rate)
    assert len(tones) == len(find_speech(samples, rate).level_db)
    assert ((tones >= 0) & (tones <= 1.001)).all()


@pytest.mark.parametrize("voice", ["en", "cmn+f2", "de+m3", "ja"])
def test_a_telephone_is_told_from_a_studio(voice: str) -> None:
    speech = spoken(voice)
    telephone = sox(sox(speech, rate=8_000), rate=RATE)
    assert bandwidth(speech.samples, RATE) > 7_000
    assert bandwidth(telephone.samples, RATE) == pytest.approx(3_900, abs=200)
    narrow = sox(speech, rate=8_000)
    assert bandwidth(narrow.samples, 8_000) == pytest.approx(3_900, abs=200)


def test_nothing_has_no_bandwidth() -> None:
    assert bandwidth(np.zeros(0, np.float32), RATE) == 0


@pytest.mark.parametrize("gain", [3, 6, 12])
def test_clipped_samples_are_those_cut_off(gain: int) -> None:
    loudest = sox(spoken("en"), "gain", "-n")
    samples = np.clip(loudest.samples * 10 ** (gain / 20), -1, 1).astype(np.float32)
    found = clipped(samples, RATE)
    over = np.abs(samples) > 1 - 2 / 32_768
    assert not found[~over].any()
    assert np.count_nonzero(found) > 0.6 * np.count_nonzero(over)


def test_what_was_clipped_and_turned_down_is_still_clipped() -> None:
    loudest = sox(spoken("en"), "gain", "-n", "8")
    softer = AudioChunk((0.3 * loudest.samples).astype(np.float32), RATE)
    assert clipped(softer.samples, RATE).sum() == clipped(loudest.samples, RATE).sum() > 100


@pytest.mark.parametrize("voice", ["en", "cmn", "de+m3", "ja+f2"])
@pytest.mark.parametrize("rate", [8_000, RATE, 192_000])
def test_as_loud_as_can_be_is_not_clipped(voice: str, rate: int) -> None:
    speech = sox(spoken(voice), "gain", "-n")
    samples = np.asarray(soxr.resample(speech.samples, RATE, rate))
    samples = np.round(samples / np.abs(samples).max() * 32_767) / 32_768
    assert clipped(samples.astype(np.float32), rate).sum() < 12


@pytest.mark.parametrize("samples", [[], [1.0], [1.0, 1.0], [0.0] * 100])
def test_too_little_to_tell_isnt_clipped(samples: list[float]) -> None:
    assert not clipped(np.array(samples, np.float32), RATE).any()
