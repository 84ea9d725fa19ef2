"""Several utterances in one pass, for a device that a single short line doesn't fill.

The shorter ones are padded to the longest and masked, so each comes out as it would alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from ishowtts_desktop.speech.f5.sampler import Conditions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.f5.sampler import Sampler
    from ishowtts_desktop.speech.f5.schedule import Modulation


@torch.inference_mode()
def sample_batch(
    sampler: Sampler,
    items: Sequence[Conditions],
    modulation: Modulation,
    noises: Sequence[torch.Tensor],
    cfg_strength: float = 2.0,
    cancel: CancelToken | None = None,
) -> list[torch.Tensor] | None:
    """Return each item's mel (frames, 100), or None when ``cancel`` went up between steps.

    ``items`` are conditions without padding of their own, ``noises`` float32 (frames, 100) each.
    """
    joined = _joined(sampler, items)
    x = torch.stack([_longer(noise.float(), joined.padded) for noise in noises])
    blocks, final = modulation.blocks.to(sampler.dtype), modulation.final.to(sampler.dtype)
    for step, length in enumerate(modulation.steps.tolist()):
        if cancel is not None and cancel.cancelled:
            return None
        x = x + length * sampler.velocity(x, joined, blocks[step], final[step], cfg_strength)
    return [item.finish(row) for item, row in zip(items, x, strict=True)]


def _joined(sampler: Sampler, items: Sequence[Conditions]) -> Conditions:
    """Put the guided halves of all ``items`` before all their free halves."""
    longest = max(item.frames for item in items)
    halves = [half for side in (0, 1) for half in (item.constant[side] for item in items)]
    constant = torch.stack([_longer(half, longest) for half in halves])
    valid = None
    if any(item.frames < longest for item in items):
        frames = torch.tensor([item.frames for item in items] * 2, device=constant.device)
        valid = torch.arange(longest, device=constant.device)[None] < frames[:, None]
    first = items[0]
    return Conditions(constant, sampler.rotary(longest), valid, first.reference, first.frames)


def _longer(rows: torch.Tensor, frames: int) -> torch.Tensor:
    return F.pad(rows, (0, 0, 0, frames - len(rows)))
