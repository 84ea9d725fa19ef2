"""Whole utterances against the published sampler; padding, snapping, guidance and cancelling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.f5.dit import DiT, block_step, rotary_tables
from ishowtts_desktop.speech.f5.sampler import (
    LEAST_MISSED,
    ROTARY_FRAMES,
    SNAP,
    Sampler,
    nearest,
    noise_for,
    snapped,
)
from tests.support.f5_pair import BOTH, V1, Utterance, apart, pair, speak, utterance
from tests.support.stock_f5 import stock_sample

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.arch import Arch


def stock_speak(
    arch: Arch, said: Utterance, nfe: int = 7, cfg_strength: float = 2.0
) -> torch.Tensor:
    return stock_sample(
        pair(arch).stock,
        said.reference,
        said.tokens,
        said.frames,
        nfe=nfe,
        cfg_strength=cfg_strength,
    )


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
@pytest.mark.parametrize("nfe", [5, 6, 7, 8, 16, 32])
def test_a_whole_utterance_is_the_published_one(arch: Arch, nfe: int) -> None:
    said = utterance(arch, 96, 40)
    assert apart(speak(pair(arch), said, nfe=nfe), stock_speak(arch, said, nfe)) <= 1e-4


@pytest.mark.parametrize("strength", [0.0, 1.0, 3.5])
def test_guidance_is_the_published_one_at_any_strength(strength: float) -> None:
    said = utterance(V1, 50, 20)
    ours = speak(pair(), said, cfg_strength=strength)
    assert apart(ours, stock_speak(V1, said, cfg_strength=strength)) <= 1e-4


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
def test_a_padded_utterance_is_the_unpadded_and_the_published_one(arch: Arch) -> None:
    # GIVEN a length that is no multiple of anything
    said = utterance(arch, 83, 30)
    # WHEN it is computed with 45 frames of padding
    padded = speak(pair(arch), said, padded=128)
    # THEN nothing of it is heard
    assert apart(padded, speak(pair(arch), said)) <= 1e-5
    assert apart(padded, stock_speak(arch, said)) <= 1e-5


def test_padding_without_its_masks_would_be_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a padded utterance
    said, sampler, tables = utterance(V1, 83, 30), pair().sampler, pair().tables()
    right = speak(pair(), said)
    ready = sampler.prepare(said.reference, said.tokens, said.frames, 128)

    def heard() -> float:
        mel = sampler.sample(ready, tables, said.noise)
        assert mel is not None
        return apart(mel, right)

    # WHEN nothing is masked THEN it is another one
    unmasked = sampler.sample(replace(ready, valid=None), tables, said.noise)
    assert unmasked is not None
    assert apart(unmasked, right) > 1e-2
    # AND so it is when either the positions or the keys are left unmasked
    positions, dit = DiT._positions, sampler.dit
    with monkeypatch.context() as patch:
        patch.setattr(DiT, "_positions", lambda self, x, valid: positions(self, x, None))
        assert heard() > 1e-3
    with monkeypatch.context() as patch:
        # the fifth argument of a step are the keys that may be looked at
        patch.setattr(dit, "step", lambda *a: block_step(*[*a[:4], None, *a[5:]]))
        assert heard() > 1e-3
    assert heard() <= 1e-5


def test_text_vectors_of_the_padded_length_would_be_wrong() -> None:
    # GIVEN an encoder without masks, as v0's
    said, encoder = utterance(BOTH[1], 83, 30), pair(BOTH[1]).sampler.text_encoder
    # WHEN it is given the padded length instead of the exact one
    with torch.inference_mode():
        exact = encoder(said.tokens[None], 83)
        longer = encoder(said.tokens[None], 128)[:, :83]
    # THEN even the real frames change: its norm looks at all of them
    assert apart(exact, longer) > 1e-2


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
@pytest.mark.parametrize("frames", [65, 83, 96])
def test_a_snapped_utterance_is_the_published_one_of_that_length(arch: Arch, frames: int) -> None:
    said = utterance(arch, frames, 30)
    snap = replace(said, noise=noise_for(snapped(frames), 5))
    assert snap.frames == 96
    assert apart(speak(pair(arch), snap), stock_speak(arch, snap)) <= 1e-5


@given(frames=st.integers(1, 10_000))
def test_a_length_snaps_up_by_less_than_one_step(frames: int) -> None:
    assert snapped(frames) % SNAP == 0
    assert frames <= snapped(frames) < frames + SNAP
    assert nearest(frames) % SNAP == 0
    assert nearest(frames) > 0
    assert frames - LEAST_MISSED <= nearest(frames) < max(frames - LEAST_MISSED, 1) + SNAP


def test_the_reference_comes_back_as_it_was_given() -> None:
    said = utterance(V1, 50, 20)
    mel = speak(pair(), said)
    assert torch.equal(mel[: len(said.reference)], said.reference)


def test_positions_beyond_those_made_at_first_are_the_same() -> None:
    # GIVEN a sampler that was asked for a short length first
    sampler = Sampler(pair().sampler.dit, pair().sampler.text_encoder)
    short = sampler.rotary(40)
    # WHEN a longer one than it keeps is needed
    longer = sampler.rotary(ROTARY_FRAMES + 8)
    # THEN every table is the one of its length
    for tables, frames in ((short, 40), (longer, ROTARY_FRAMES + 8), (sampler.rotary(77), 77)):
        for ours, expected in zip(tables, rotary_tables(V1, frames), strict=True):
            assert torch.equal(ours, expected)


def test_the_same_seed_gives_the_same_noise_and_no_seed_another() -> None:
    assert torch.equal(noise_for(40, 7), noise_for(40, 7))
    assert not torch.equal(noise_for(40, 7), noise_for(40, 8))
    assert not torch.equal(noise_for(40, None), noise_for(40, None))
    # a longer noise of the same seed is the stock package's too: it starts the same
    torch.manual_seed(7)
    assert torch.equal(noise_for(40, 7), torch.randn(40, 100))


@pytest.mark.parametrize(
    ("at_step", "steps_made", "spoken"),
    [(None, 7, True), (0, 0, False), (1, 1, False), (4, 4, False), (7, 7, True)],
)
def test_a_cancel_is_seen_before_the_next_step(
    at_step: int | None, steps_made: int, spoken: bool
) -> None:
    # GIVEN an utterance of seven steps
    said, sampler, cancel, made = utterance(V1, 50, 20), pair().sampler, CancelToken(), []
    ready = sampler.prepare(said.reference, said.tokens, said.frames)
    if at_step == 0:
        cancel.cancel()

    # WHEN a cancel comes in the middle of a step
    def count(*_: Any) -> None:
        made.append(1)
        if len(made) == at_step:
            cancel.cancel()

    with sampler.dit.register_forward_pre_hook(count):
        mel = sampler.sample(ready, pair().tables(), said.noise, cancel=cancel)
    # THEN no other step is begun, and there is nothing to hear unless it was the last
    assert len(made) == steps_made
    assert (mel is not None) is spoken
