"""When the flow is evaluated, and what depends on that time alone.

The grid is computed in float32 and in the stock package's order of operations: the time enters a
sine with a factor of 1000, so another rounding of it would be seen in the output.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import torch
import torch.nn.functional as F

from ishowtts_desktop.speech.f5.arch import TIME_FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.speech.f5.dit import TimeWeights

# Empirically pruned step sampling (Fast F5-TTS, arXiv:2505.19931): points in 1/32.
EPSS: Final[Mapping[int, tuple[int, ...]]] = MappingProxyType(
    {
        5: (0, 2, 4, 8, 16, 32),
        6: (0, 2, 4, 6, 8, 16, 32),
        7: (0, 2, 4, 6, 8, 16, 24, 32),
        10: (0, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32),
        12: (0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32),
        16: (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32),
    }
)


def time_grid(nfe: int, sway: float = -1.0) -> torch.Tensor:
    """Return the ``nfe`` + 1 times from 0 to 1, float32: an EPSS grid where there is one, swayed.

    Sway sampling is t + s (cos(pi t / 2) - 1 + t), F5-TTS eq. 8.
    """
    points = EPSS.get(nfe)
    times = torch.linspace(0, 1, nfe + 1) if points is None else (1 / 32) * torch.tensor(points)
    return times + sway * (torch.cos(torch.pi / 2 * times) - 1 + times)


@dataclass(frozen=True)
class Modulation:
    """The AdaLN numbers of one grid: they depend on the time step and on nothing else.

    ``steps`` (float32, nfe): length of each Euler step. ``blocks`` (nfe, depth, 6, dim): shift,
    scale and gate of attention, then of the feed-forward. ``final`` (nfe, 2, dim): scale, shift.
    """

    steps: torch.Tensor
    blocks: torch.Tensor
    final: torch.Tensor


def time_features(times: torch.Tensor) -> torch.Tensor:
    """Return the sinusoids of ``times``: float32 (n,) -> (n, 256), sines first."""
    half = TIME_FEATURES // 2
    rates = torch.exp(
        torch.arange(half, device=times.device).float() * -(math.log(10000) / (half - 1))
    )
    angles = 1000 * times[:, None] * rates[None, :]
    return torch.cat((angles.sin(), angles.cos()), dim=-1)


def modulation(weights: TimeWeights, nfe: int, sway: float = -1.0) -> Modulation:
    """Compute a grid's tables in float32, once per preset: they replace 41 % of the weights."""
    grid = time_grid(nfe, sway).to(weights.hidden_in.device)
    hidden = F.linear(time_features(grid[:-1]), weights.hidden_in, weights.hidden_in_bias)
    embedded = F.silu(F.linear(F.silu(hidden), weights.hidden_out, weights.hidden_out_bias))
    rows = zip(weights.blocks, weights.blocks_bias, strict=True)
    blocks = torch.stack([F.linear(embedded, weight, bias) for weight, bias in rows], dim=1)
    dim = embedded.shape[1]
    final = F.linear(embedded, weights.final, weights.final_bias)
    steps = grid[1:] - grid[:-1]
    return Modulation(
        steps, blocks.view(nfe, -1, blocks.shape[2] // dim, dim), final.view(nfe, 2, dim)
    )
