"""Characters to one vector a frame: an embedding, positions, and ConvNeXt V2 blocks.

ConvNeXt V2: arXiv:2301.00808. It runs once an utterance, at its exact length: its response norm
looks at all frames, so padding would change every one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from ishowtts_desktop.speech.f5.arch import TEXT_KERNEL

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.arch import Arch

EPSILON = 1e-6
FILLER = 0


class TextBlock(nn.Module):
    """One ConvNeXt V2 block over (b, n, dim)."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(dim, dim, TEXT_KERNEL, padding=TEXT_KERNEL // 2, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=EPSILON)
        self.widen = nn.Linear(dim, 2 * dim)
        self.gain = nn.Parameter(torch.zeros(2 * dim))
        self.offset = nn.Parameter(torch.zeros(2 * dim))
        self.narrow = nn.Linear(2 * dim, dim)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return ``x`` with the block's change added."""
        hidden = self.norm(self.depthwise(x.transpose(1, 2)).transpose(1, 2))
        hidden = F.gelu(self.widen(hidden))
        # Global response normalisation: a channel counts by its norm over all frames.
        strength = torch.linalg.vector_norm(hidden, dim=1, keepdim=True)
        relative = strength / (strength.mean(dim=-1, keepdim=True) + EPSILON)
        hidden = self.gain * (hidden * relative) + self.offset + hidden
        changed: torch.Tensor = x + self.narrow(hidden)
        return changed


class TextEncoder(nn.Module):
    """Token ids to text vectors of the utterance's length."""

    def __init__(self, arch: Arch) -> None:
        super().__init__()
        self.masks = arch.masks_text
        self.dim = arch.text_dim
        self.embedding = nn.Embedding(arch.vocabulary + 1, arch.text_dim)
        self.blocks = nn.ModuleList(TextBlock(arch.text_dim) for _ in range(arch.text_layers))

    def forward(self, tokens: torch.Tensor, frames: int, *, drop: bool = False) -> torch.Tensor:
        """Map tokens (b, t) of vocab.txt to (b, frames, text_dim).

        Text longer than the audio is cut, shorter text is filled. ``drop`` gives the vectors of no
        text at all, for the unconditional half; the filler's places are still the text's.
        """
        filled = self._fill(tokens, frames)
        return self._encode(torch.zeros_like(filled) if drop else filled, filled)

    def both(self, tokens: torch.Tensor, frames: int) -> torch.Tensor:
        """Return (2 b, frames, text_dim): with the text, then without, in one pass."""
        filled = self._fill(tokens, frames)
        return self._encode(
            torch.cat((filled, torch.zeros_like(filled))), torch.cat((filled, filled))
        )

    def _fill(self, tokens: torch.Tensor, frames: int) -> torch.Tensor:
        cut = tokens[:, :frames] + 1
        return F.pad(cut, (0, frames - cut.shape[1]), value=FILLER)

    def _encode(self, shown: torch.Tensor, filled: torch.Tensor) -> torch.Tensor:
        x: torch.Tensor = self.embedding(shown) + self._positions(shown.shape[1])
        if not self.masks:
            for block in self.blocks:
                x = block(x)
            return x
        empty = (filled == FILLER)[..., None]
        x = x.masked_fill(empty, 0.0)
        for block in self.blocks:
            x = block(x).masked_fill(empty, 0.0)
        return x

    def _positions(self, frames: int) -> torch.Tensor:
        """Return sinusoidal positions (frames, dim), cosines first."""
        weight = self.embedding.weight
        steps = torch.arange(0, self.dim, 2, device=weight.device)[: self.dim // 2].float()
        rates = 1.0 / (10000.0 ** (steps / self.dim))
        angles = torch.outer(torch.arange(frames, device=weight.device), rates).float()
        return torch.cat((angles.cos(), angles.sin()), dim=-1).to(weight.dtype)
