"""One step of the transformer against the published one, and what would make them differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
import torch.nn.functional as F

from ishowtts_desktop.speech.f5 import weights
from ishowtts_desktop.speech.f5.dit import rotary_tables, turn
from ishowtts_desktop.speech.f5.sampler import Sampler
from ishowtts_desktop.speech.f5.schedule import modulation, time_grid
from tests.support.f5_pair import BOTH, V1, Utterance, apart, checkpoint, pair, utterance
from tests.support.stock_f5 import stock_step

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.arch import Arch

NFE = 7
UNUSED = "rotary_embed.inv_freq"


def our_step(
    arch: Arch, tensors: dict[str, torch.Tensor], said: Utterance, step: int = 3
) -> torch.Tensor:
    """Load a checkpoint and return its velocities (2, n, 100) for one step."""
    source = weights.Source(tensors, "oracle")
    dit, times = weights.load_dit(arch, source)
    sampler = Sampler(dit, weights.load_text_encoder(arch, source))
    ready = sampler.prepare(said.reference, said.tokens, said.frames)
    tables = modulation(times, NFE)
    with torch.inference_mode():
        velocity: torch.Tensor = dit(
            said.noise[None], ready.constant, tables.blocks[step], tables.final[step], ready.rotary
        )
    return velocity


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
@pytest.mark.parametrize(
    ("frames", "letters"), [(100, 30), (257, 80), (37, 60), (64, 64), (64, 1), (2, 1), (2, 9)]
)
def test_a_step_is_the_published_one(arch: Arch, frames: int, letters: int) -> None:
    # GIVEN text shorter and longer than the audio
    said = utterance(arch, frames, letters)
    for step in (0, 3, 6):
        # WHEN both compute the velocity at the same time
        theirs = stock_step(
            pair(arch).stock, said.noise, said.reference, said.tokens, float(time_grid(NFE)[step])
        )
        ours = our_step(arch, checkpoint(arch), said, step)
        # THEN both halves are the same
        assert apart(ours, theirs) <= 1e-5


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
def test_the_oracle_would_see_any_tensor_mixed_up(arch: Arch) -> None:
    # GIVEN a step that agrees with the published one
    said = utterance(arch, 60, 20)
    right = our_step(arch, checkpoint(arch), said)
    for name, tensor in checkpoint(arch).items():
        if name.endswith(UNUSED):
            continue
        # WHEN any one tensor is turned back to front
        wrong = {**checkpoint(arch), name: tensor.flip(tuple(range(tensor.ndim)))}
        # THEN the difference is far above the bound
        assert apart(our_step(arch, wrong, said), right) > 1e-3, name


@pytest.mark.parametrize("arch", BOTH, ids=lambda arch: arch.name)
@pytest.mark.parametrize("nfe", [5, 8, 16])
def test_the_tables_hold_what_live_adaln_computes(arch: Arch, nfe: int) -> None:
    # GIVEN the tables of a grid
    tables = pair(arch).tables(nfe)
    # WHEN the published AdaLN layers run at its times
    stock = pair(arch).stock
    embedded = F.silu(stock.time_embed(time_grid(nfe)[:-1]))
    live = [block.attn_norm.linear(embedded) for block in stock.transformer_blocks]
    # THEN every number is the same, and depends on the time
    assert apart(tables.blocks.flatten(2), torch.stack(live, dim=1)) <= 1e-6
    assert apart(tables.final.flatten(1), stock.norm_out.linear(embedded)) <= 1e-6
    assert float(tables.blocks.std(dim=0).max()) > 0.1


def test_without_the_reordering_to_halves_the_step_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # GIVEN the step as it should be
    said = utterance(V1, 60, 20)
    right = our_step(V1, checkpoint(), said)
    # WHEN queries and keys keep the published order of rows
    monkeypatch.setattr(weights, "halves", lambda arch, weight, heads: weight)
    # THEN the heads turn the wrong dimensions
    assert apart(our_step(V1, checkpoint(), said), right) > 1e-2


def test_turning_halves_of_reordered_rows_is_turning_pairs() -> None:
    # GIVEN queries and keys (heads, n, head_dim) in the published order
    frames, heads, width = 40, V1.heads, V1.head_dim
    q, k = torch.randn(2, heads, frames, width, generator=torch.Generator().manual_seed(3))
    # WHEN ours are turned by halves after the reordering, and those by pairs, as complex numbers
    ours = [
        turn(
            weights.halves(V1, x.transpose(1, 2).reshape(heads * width, frames), heads)
            .view(1, heads, width, frames)
            .transpose(2, 3),
            *rotary_tables(V1, frames),
        )[0]
        for x in (q, k)
    ]
    rates = 10000.0 ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
    angles = torch.arange(frames, dtype=torch.float64)[:, None] * rates
    spin = torch.polar(torch.ones_like(angles), angles)
    pairs = [torch.view_as_complex(x.double().reshape(heads, frames, -1, 2)) * spin for x in (q, k)]
    # THEN all products of queries and keys are the same
    expected = torch.einsum("hid,hjd->hij", pairs[0], pairs[1].conj()).real.float()
    assert apart(ours[0] @ ours[1].transpose(1, 2), expected) <= 1e-4
    assert float(expected.std()) > 1
