"""The diffusion transformer of F5-TTS, for inference: one Euler step's velocity.

Differences from the stock package, none of which changes a number beyond rounding: AdaLN comes from
tables (`schedule`), the part of the input that doesn't change within an utterance is made once,
queries, keys and values are one product, and heads turn by halves instead of by pairs (`weights`
reorders the rows once).

Paper: F5-TTS, arXiv:2410.06885; DiT, arXiv:2212.09748.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
import torch.nn.functional as F
from torch import nn

from ishowtts_desktop.speech.f5.arch import MEL_BANDS, POSITION_GROUPS, POSITION_KERNEL
from ishowtts_desktop.speech.f5.products import attention, linear, linear_gelu

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.arch import Arch

EPSILON = 1e-6
BlockStep = Callable[..., torch.Tensor]


@dataclass(frozen=True)
class TimeWeights:
    """What turns a time into AdaLN numbers, float32; only `schedule.modulation` needs it.

    ``hidden_in`` (dim, 256), ``hidden_out`` (dim, dim), ``blocks`` (6 dim, dim) of each block,
    ``final`` (2 dim, dim), and their biases. The blocks may be read from the file at each pass.
    """

    hidden_in: torch.Tensor
    hidden_in_bias: torch.Tensor
    hidden_out: torch.Tensor
    hidden_out_bias: torch.Tensor
    blocks: Iterable[torch.Tensor]
    blocks_bias: Iterable[torch.Tensor]
    final: torch.Tensor
    final_bias: torch.Tensor


def rotary_tables(arch: Arch, frames: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return cosines and sines for ``frames`` positions: float32 (heads or 1, frames, head_dim).

    RoFormer, arXiv:2104.09864. Heads that don't turn (v0) get cosine 1 and sine 0.
    """
    rates = 1.0 / (10000 ** (torch.arange(0, arch.head_dim, 2).float() / arch.head_dim))
    angles = torch.arange(frames).float()[:, None] * rates[None, :]
    angles = torch.cat((angles, angles), dim=-1)
    cosines, sines = angles.cos()[None], angles.sin()[None]
    if arch.rotary_heads is None:
        return cosines, sines
    still = arch.heads - arch.rotary_heads
    return (
        torch.cat((cosines, torch.ones_like(cosines).expand(still, -1, -1))),
        torch.cat((sines, torch.zeros_like(sines).expand(still, -1, -1))),
    )


def turn(x: torch.Tensor, cosines: torch.Tensor, sines: torch.Tensor) -> torch.Tensor:
    """Turn heads by their position: (b, heads, n, head_dim), tables as `rotary_tables` gives.

    The tables are float32, and so is what comes out.
    """
    first, second = x.chunk(2, dim=-1)
    return x * cosines + torch.cat((-second, first), dim=-1) * sines


class Block(nn.Module):
    """The weights of one block; `block_step` is what it does."""

    def __init__(self, arch: Arch) -> None:
        super().__init__()
        self.qkv = nn.Linear(arch.dim, 3 * arch.inner)
        self.out = nn.Linear(arch.inner, arch.dim)
        self.ff_in = nn.Linear(arch.dim, arch.dim * arch.ff_mult)
        self.ff_out = nn.Linear(arch.dim * arch.ff_mult, arch.dim)

    def tensors(self) -> tuple[torch.Tensor, ...]:
        """Return weight and bias of each product, in the order that `block_step` takes them."""
        layers = (self.qkv, self.out, self.ff_in, self.ff_out)
        return tuple(tensor for layer in layers for tensor in (layer.weight, layer.bias))


def block_step(
    x: torch.Tensor,
    mod: torch.Tensor,
    cosines: torch.Tensor,
    sines: torch.Tensor,
    keys: torch.Tensor | None,
    heads: int,
    *weights: torch.Tensor,
) -> torch.Tensor:
    """Attention, then feed-forward, each modulated before and gated after: (b, n, dim) to the same.

    ``mod`` is (6, dim), ``keys`` (b, 1, 1, n) or None. A function of tensors alone, so that one
    compiled version serves all blocks and lengths.
    """
    qkv, qkv_bias, out, out_bias, ff_in, ff_in_bias, ff_out, ff_out_bias = weights
    shift, scale, gate, ff_shift, ff_scale, ff_gate = mod.unbind(0)
    batch, frames, _ = x.shape
    joint = linear(modulate(x, scale, shift), qkv, qkv_bias)
    q, k, v = joint.view(batch, frames, 3, heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
    mixed = attention(turn(q, cosines, sines), turn(k, cosines, sines), v, keys)
    x = x + gate * linear(mixed, out, out_bias)
    hidden = linear_gelu(modulate(x, ff_scale, ff_shift), ff_in, ff_in_bias)
    return x + ff_gate * linear(hidden, ff_out, ff_out_bias)


def modulate(x: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor) -> torch.Tensor:
    """Normalise (.., dim) and give it the step's scale and shift, each (dim,)."""
    return F.layer_norm(x, x.shape[-1:], eps=EPSILON) * (1 + scale) + shift


class DiT(nn.Module):
    """From noised mel to velocity, for one step of one utterance (or several of one length).

    ``step`` does a block's work; a compiled version of `block_step` may be put there.
    """

    step: BlockStep

    def __init__(self, arch: Arch) -> None:
        super().__init__()
        self.arch = arch
        self.step = block_step
        self.noise_in = nn.Linear(MEL_BANDS, arch.dim, bias=False)
        self.reference_in = nn.Linear(MEL_BANDS, arch.dim, bias=False)
        self.text_in = nn.Linear(arch.text_dim, arch.dim)
        self.position = nn.ModuleList(
            nn.Conv1d(
                arch.dim,
                arch.dim,
                POSITION_KERNEL,
                padding=POSITION_KERNEL // 2,
                groups=POSITION_GROUPS,
            )
            for _ in range(2)
        )
        self.blocks = nn.ModuleList(Block(arch) for _ in range(arch.depth))
        self.mel_out = nn.Linear(arch.dim, MEL_BANDS)

    def constant(
        self, projected: torch.Tensor, text: torch.Tensor, no_text: torch.Tensor
    ) -> torch.Tensor:
        """Return the input's part that doesn't change in an utterance: (2 b, n, dim).

        ``projected`` (b, r, dim) is `reference_in` of the reference mel, r <= n: where speech is to
        come it is zero. ``text`` and ``no_text`` (b, n, text_dim) come from the text encoder. The
        second half of the batch is the unconditional one of classifier-free guidance, without
        reference and text.
        """
        text = self.text_in(text)
        guided = F.pad(projected, (0, 0, 0, text.shape[1] - projected.shape[1])) + text
        return torch.cat((guided, self.text_in(no_text)))

    def forward(
        self,
        x: torch.Tensor,
        constant: torch.Tensor,
        blocks: torch.Tensor,
        final: torch.Tensor,
        rotary: tuple[torch.Tensor, torch.Tensor],
        valid: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """Return the velocity, guided half first: (2 b, n, 100).

        ``x`` (b, n, 100) is the noised mel, ``constant`` as `constant` makes it, ``blocks`` (depth,
        6, dim) and ``final`` (2, dim) this step's rows of `Modulation`. ``valid`` (2 b, n) is True
        on real frames when the length was padded; None when all are real.
        """
        noise = self.noise_in(x)
        hidden = torch.cat((noise, noise)) + constant
        hidden = hidden + self._positions(hidden, valid)
        keys = None if valid is None else valid[:, None, None, :]
        for block, mod in zip(self.blocks, blocks.unbind(0), strict=True):
            hidden = self.step(
                hidden, mod, *rotary, keys, self.arch.heads, *cast("Block", block).tensors()
            )
        scale, shift = final.unbind(0)
        velocity: torch.Tensor = self.mel_out(modulate(hidden, scale, shift))
        return velocity

    def _positions(self, x: torch.Tensor, valid: torch.Tensor | None) -> torch.Tensor:
        """Return the convolutional position embedding; padding is zero before each layer."""
        hidden = x.transpose(1, 2)
        for conv in self.position:
            if valid is not None:
                hidden = hidden.masked_fill(~valid[:, None, :], 0.0)
            hidden = F.mish(conv(hidden))
        return hidden.transpose(1, 2)
