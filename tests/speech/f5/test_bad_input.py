"""Broken samples, single frames, empty things: a result plainly right or plainly none."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import MEL_BANDS
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.sampler import noise_for
from tests.support.f5_pair import V1, Utterance, apart, our_vocos, pair, speak, utterance
from tests.support.stock_f5 import stock_sample

FLOOR = 1e-5
BROKEN = (math.nan, math.inf, -math.inf)


@pytest.mark.parametrize("value", BROKEN)
def test_a_broken_sample_breaks_the_frames_that_hear_it_and_no_other(value: float) -> None:
    # GIVEN a second of sound with one sample broken
    samples = noise_for(60, 1).reshape(1, -1)
    clean = MelSpectrogram()(samples)
    samples[0, 3000] = value
    # WHEN its frames are made
    frames = MelSpectrogram()(samples)
    # THEN the four windows over it are not numbers, so that whoever looks can tell
    broken = frames.isnan().any(dim=-1)[0].nonzero().flatten().tolist()
    assert broken == [10, 11, 12, 13]
    whole = [n for n in range(frames.shape[1]) if n not in broken]
    assert torch.equal(frames[:, whole], clean[:, whole])


def test_silence_is_the_floor_in_every_band() -> None:
    frames = MelSpectrogram()(torch.zeros(1, 2400))
    assert apart(frames, torch.full_like(frames, math.log(FLOOR))) <= 1e-6


@given(loudness=st.floats(1e-30, 1e30))
def test_no_loudness_makes_a_frame_that_is_not_a_number(loudness: float) -> None:
    samples = loudness * torch.sin(torch.arange(2000.0))[None]
    frames = MelSpectrogram()(samples)
    assert bool(frames.isfinite().all())
    assert float(frames.min()) >= math.log(FLOOR) - 1e-5


@pytest.mark.parametrize("value", BROKEN)
def test_a_broken_reference_makes_no_sound_at_all(value: float) -> None:
    # GIVEN a reference with one broken number
    said = utterance(V1, 40, 12)
    said.reference[3, 4] = value
    # WHEN it is spoken
    mel = speak(pair(), said)
    # THEN nothing that was made is a number: it can't be taken for speech
    assert bool(mel[len(said.reference) :].isnan().all())


@pytest.mark.parametrize("value", BROKEN)
def test_a_broken_mel_makes_no_sample_near_it(value: float) -> None:
    mel = noise_for(30, 2)[None]
    mel[0, 15] = value
    assert bool(our_vocos()(mel).isnan().all())


@settings(max_examples=20)
@given(level=st.floats(-1e6, 1e6), frames=st.integers(2, 20))
def test_no_level_of_a_mel_makes_noise_at_full_volume(level: float, frames: int) -> None:
    samples = our_vocos()(torch.full((1, frames, MEL_BANDS), level))
    assert bool(samples.isfinite().all())
    assert float(samples.abs().max()) < 10


def test_two_frames_the_shortest_utterance_are_the_published_ones() -> None:
    said = utterance(V1, 2, 1)
    assert len(said.reference) == 1
    mel = speak(pair(), said, padded=32)
    assert apart(mel, speak(pair(), said)) <= 1e-5
    theirs = stock_sample(pair().stock, said.reference, said.tokens, 2, nfe=7)
    assert apart(mel, theirs) <= 1e-5


def test_one_frame_without_a_reference_is_spoken() -> None:
    said = Utterance(torch.zeros(0, MEL_BANDS), torch.tensor([4]), noise_for(1, 5))
    mel = speak(pair(), said)
    assert mel.shape == (1, MEL_BANDS)
    assert apart(mel, speak(pair(), said, padded=32)) <= 1e-5


def test_no_text_is_filler_from_end_to_end() -> None:
    said = utterance(V1, 40, 0)
    mel = speak(pair(), said)
    # a token of -1 is how the stock package pads a batch
    filler = Utterance(said.reference, torch.tensor([-1, -1]), said.noise)
    assert bool(mel.isfinite().all())
    assert torch.equal(mel, speak(pair(), filler))
    assert apart(mel, stock_sample(pair().stock, said.reference, filler.tokens, 40, nfe=7)) <= 1e-5


def test_text_far_longer_than_the_audio_is_cut() -> None:
    # GIVEN 10,000 letters over 40 frames
    said = utterance(V1, 40, 10_000)
    # THEN those that have a frame are all that count
    short = Utterance(said.reference, said.tokens[:40], said.noise)
    assert torch.equal(speak(pair(), said), speak(pair(), short))


@pytest.mark.parametrize("samples", [0, 1, 512])
def test_too_few_samples_for_a_frame_are_told(samples: int) -> None:
    with pytest.raises(EngineError, match=f"too short: {samples} samples"):
        MelSpectrogram()(torch.zeros(1, samples))


@pytest.mark.parametrize("frames", [0, 1])
def test_too_few_frames_for_a_sample_are_told(frames: int) -> None:
    with pytest.raises(EngineError, match=f"no sound in {frames} mel frames"):
        our_vocos()(torch.zeros(1, frames, MEL_BANDS))


@pytest.mark.parametrize(
    ("reference", "frames", "padded"), [(10, 10, None), (10, 6, None), (0, 0, None), (4, 20, 15)]
)
def test_a_length_that_leaves_nothing_to_speak_is_told(
    reference: int, frames: int, padded: int | None
) -> None:
    with pytest.raises(EngineError, match=f"{reference} frames of reference, {frames} in all"):
        pair().sampler.prepare(torch.zeros(reference, MEL_BANDS), torch.tensor([4]), frames, padded)
