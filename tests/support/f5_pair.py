"""Our F5-TTS loaded from the oracle's weights, and inputs for both."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import torch

from ishowtts_desktop.speech.f5.arch import ARCHS, MEL_BANDS, Arch
from ishowtts_desktop.speech.f5.sampler import Sampler, noise_for
from ishowtts_desktop.speech.f5.schedule import modulation
from ishowtts_desktop.speech.f5.weights import Source, load_dit, load_text_encoder, load_vocos
from tests.support.stock_f5 import EMA, stock_dit, stock_vocos

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.dit import TimeWeights
    from ishowtts_desktop.speech.f5.schedule import Modulation
    from ishowtts_desktop.speech.f5.vocos import Vocos

V1 = ARCHS["tiny"]
# As v0 differs from v1, and with heads that are together wider than the model.
V0 = replace(
    V1, name="tiny_v0", dim=96, heads=3, ff_mult=3, masks_text=False, rotary_heads=1, vocabulary=300
)
BOTH = (V1, V0)


@dataclass(frozen=True)
class Pair:
    """The published model and ours, of the same weights."""

    arch: Arch
    stock: Any
    sampler: Sampler
    time_weights: TimeWeights

    def tables(self, nfe: int = 7) -> Modulation:
        """Return the AdaLN tables of a grid."""
        return modulation(self.time_weights, nfe)


@dataclass(frozen=True)
class Utterance:
    """A reference mel (r, 100), tokens (t,), and the noise of seed 5 over all frames (n, 100)."""

    reference: torch.Tensor
    tokens: torch.Tensor
    noise: torch.Tensor

    @property
    def frames(self) -> int:
        """The length in frames, the reference's included."""
        return len(self.noise)


@functools.cache
def pair(arch: Arch = V1) -> Pair:
    """Build both models, once."""
    dit, times = load_dit(arch, source := Source(checkpoint(arch), "oracle"))
    return Pair(arch, stock_dit(arch), Sampler(dit, load_text_encoder(arch, source)), times)


def checkpoint(arch: Arch = V1, prefix: str = EMA) -> dict[str, torch.Tensor]:
    """Return the oracle's tensors under the names of a published checkpoint."""
    return {prefix + name: tensor for name, tensor in stock_dit(arch).state_dict().items()}


@functools.cache
def our_vocos() -> Vocos:
    """Build our vocoder from the oracle's weights, once."""
    return load_vocos(stock_vocos().state_dict(), "oracle")


def utterance(arch: Arch, frames: int, letters: int, seed: int = 1) -> Utterance:
    """Make an utterance whose first third is reference."""
    generator = torch.Generator().manual_seed(seed)
    reference = torch.randn(max(1, frames // 3), MEL_BANDS, generator=generator)
    tokens = torch.randint(0, arch.vocabulary, (letters,), generator=generator)
    return Utterance(reference, tokens, noise_for(frames, 5))


def speak(
    pair: Pair,
    said: Utterance,
    *,
    nfe: int = 7,
    padded: int | None = None,
    cfg_strength: float = 2.0,
) -> torch.Tensor:
    """Return our mel (frames, 100) of an utterance."""
    ready = pair.sampler.prepare(said.reference, said.tokens, said.frames, padded)
    mel = pair.sampler.sample(ready, pair.tables(nfe), said.noise, cfg_strength)
    assert mel is not None
    return mel


def apart(one: torch.Tensor, other: torch.Tensor) -> float:
    """Return the largest distance of two tensors of one shape, infinite where one isn't finite."""
    assert one.shape == other.shape, (one.shape, other.shape)
    distance = (one - other).abs().max()
    return float(distance) if bool(distance.isfinite()) else float("inf")
