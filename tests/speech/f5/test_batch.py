"""Several utterances in one pass come out as each would alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.f5 import batch
from ishowtts_desktop.speech.f5.batch import sample_batch
from tests.support.f5_pair import BOTH, V1, apart, pair, speak, utterance

if TYPE_CHECKING:
    import torch

    from ishowtts_desktop.speech.f5.arch import Arch


def together(
    arch: Arch = V1, lengths: tuple[int, ...] = (83, 40, 128)
) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Return the mels of utterances made in one batch, and each made alone."""
    both = pair(arch)
    said = [utterance(arch, frames, frames // 3, seed=frames) for frames in lengths]
    ready = [both.sampler.prepare(one.reference, one.tokens, one.frames) for one in said]
    made = sample_batch(both.sampler, ready, both.tables(), [one.noise for one in said])
    assert made is not None
    return made, [speak(both, one) for one in said]


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
def test_a_ragged_batch_is_each_alone(arch: Arch) -> None:
    made, alone = together(arch)
    assert [len(mel) for mel in made] == [83, 40, 128]
    assert max(map(apart, made, alone)) <= 1e-5


def test_a_batch_of_one_length_needs_no_mask() -> None:
    made, alone = together(lengths=(64, 64))
    assert max(map(apart, made, alone)) <= 1e-5


def test_without_its_mask_a_shorter_one_would_be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    joined = batch._joined
    monkeypatch.setattr(batch, "_joined", lambda *args: replace(joined(*args), valid=None))
    made, alone = together()
    assert apart(made[1], alone[1]) > 1e-3
    # AND the longest, which has no padding, stays
    assert apart(made[2], alone[2]) <= 1e-5


def test_a_cancel_ends_all_of_them() -> None:
    both, said = pair(), utterance(V1, 40, 9)
    cancel = CancelToken()
    cancel.cancel()
    ready = [both.sampler.prepare(said.reference, said.tokens, said.frames)]
    assert sample_batch(both.sampler, ready, both.tables(), [said.noise], cancel=cancel) is None
