"""Voices are equally loud whatever their recordings were, and never above the ceiling."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.sound.limiter import CEILING
from ishowtts_desktop.sound.loudness import TARGET_LUFS, integrated_loudness
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import LOUDNESS, Recording, prepare
from tests.support.signal import chirp

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.reference import Heard

FULL_SCALE = chirp(2.0, SAMPLE_RATE) / np.abs(chirp(2.0, SAMPLE_RATE)).max()


def at(level: float, loudness: float | None = None) -> Recording:
    """A recording whose peak is at ``level`` dBFS."""
    samples = (FULL_SCALE * 10 ** (level / 20)).astype(np.float32)
    return Recording(samples, SAMPLE_RATE, "A tone that rises.", loudness)


def heard(recording: Recording) -> Heard:
    return prepare(recording, MelSpectrogram()).heard


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> F5Engine:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    levels = {str(level): at(level) for level in (-40, -30, -23, -6)}
    given = {f"given {lufs}": at(-30, lufs) for lufs in (-6.0, -18.0, -24.0, -70.0)}
    voices = {**levels, **given}
    engine = F5Engine(
        Checkpoint.find(folder), lambda voice, _: voices[voice], F5Options(nfe=2, seed=1)
    )
    engine.load()
    return engine


def said(engine: F5Engine, voice: str) -> np.ndarray:
    chunks = engine.synthesize(SpeechRequest("hello there", voice=voice), CancelToken())
    return np.concatenate([chunk.samples for chunk in chunks])


@pytest.mark.parametrize("level", [-40, -30, -20, -12, -6, 0])
def test_the_gain_is_what_the_recording_lacks_to_the_target(level: float) -> None:
    recording = at(level)
    found = heard(recording)
    # GIVEN what a perfect model would say: the recording as it heard it
    copied = recording.samples * found.lift * found.gain
    assert integrated_loudness(copied, SAMPLE_RATE) == pytest.approx(TARGET_LUFS, abs=0.05)
    assert (found.lift > 1) == (float(np.sqrt(np.mean(recording.samples**2))) < LOUDNESS)


def test_ten_decibels_less_are_ten_more_of_gain() -> None:
    # Both are above what is lifted.
    ratio = heard(at(-6)).gain / heard(at(-2)).gain
    assert 20 * math.log10(ratio) == pytest.approx(4.0, abs=0.05)
    # AND of a lifted one, which the model hears as loud as any, gain and lift are ten together
    quiet, quieter = heard(at(-30)), heard(at(-40))
    ratio = quieter.gain * quieter.lift / (quiet.gain * quiet.lift)
    assert 20 * math.log10(ratio) == pytest.approx(10.0, abs=0.05)


def test_quiet_recordings_of_one_voice_are_heard_alike(engine: F5Engine) -> None:
    loudness = [integrated_loudness(said(engine, str(level)), SAMPLE_RATE) for level in (-40, -23)]
    assert loudness[0] == pytest.approx(loudness[1], abs=0.2)
    assert math.isfinite(loudness[0])


def test_what_is_made_is_scaled_by_the_gain(engine: F5Engine) -> None:
    # GIVEN the same sound, said to be of another loudness
    loud, usual = said(engine, "given -6.0"), said(engine, "given -18.0")
    assert np.abs(usual).max() < CEILING  # or else the limiter is at work
    np.testing.assert_allclose(usual, loud * 10 ** (12 / 20), rtol=1e-4, atol=1e-6)


def test_peaks_are_limited_and_never_above_the_ceiling(engine: F5Engine) -> None:
    peaks = said(engine, "given -70.0")
    assert np.abs(peaks).max() <= CEILING
    assert np.abs(peaks).max() > 0.9 * CEILING
    # AND the limiter turns down, it doesn't cut off
    assert np.count_nonzero(np.abs(peaks) > 0.999 * CEILING) < 0.2 * len(peaks)


@pytest.mark.parametrize("loudness", [math.nan, math.inf, -math.inf, 99.0])
def test_a_senseless_loudness_is_measured_anew(loudness: float) -> None:
    assert heard(at(-20, loudness)).gain == heard(at(-20)).gain


def test_a_recording_below_the_gate_of_the_measure_is_not_blown_up() -> None:
    # GIVEN a sound so soft that BS.1770 takes it for silence
    recording = at(-72)
    assert integrated_loudness(recording.samples, SAMPLE_RATE) == -math.inf
    found = heard(recording)
    copied = integrated_loudness(recording.samples * found.lift * found.gain, SAMPLE_RATE)
    assert copied == pytest.approx(TARGET_LUFS, abs=4)


def test_the_speed_of_the_voice_is_its_own(
    engine: F5Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = replace(at(-20), speed=0.5)
    lengths = [len(said(engine, "-23"))]
    monkeypatch.setattr(engine, "_recordings", lambda *_: slow)
    lengths.append(len(said(engine, "")))
    assert lengths[1] > 1.3 * lengths[0]
