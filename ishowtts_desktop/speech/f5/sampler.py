"""From noise to mel frames: Euler steps along the flow, with classifier-free guidance.

Noise, time and step lengths stay in float32 whatever the weights are in; the velocity is computed
in the weights' precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import MEL_BANDS
from ishowtts_desktop.speech.f5.dit import rotary_tables
from ishowtts_desktop.speech.f5.pace import Pace

if TYPE_CHECKING:
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.f5.dit import DiT
    from ishowtts_desktop.speech.f5.schedule import Modulation
    from ishowtts_desktop.speech.f5.text_encoder import TextEncoder

ROTARY_FRAMES = 4096
SNAP = 32
"""Lengths are rounded up to a multiple of so many frames, so that few lengths occur."""
LEAST_MISSED = 8
"""Frames that an utterance may be shortened by, which is less than its guard."""


def snapped(frames: int) -> int:
    """Return the next length that `SNAP` divides."""
    return -(-frames // SNAP) * SNAP


def nearest(frames: int) -> int:
    """Return a length close by that `SNAP` divides: at most 0.09 s less, or 0.25 s more.

    What is missing comes out of the guard behind the last sound, what is too much is cut off as
    silence: so too much is the lesser evil.
    """
    return max(SNAP, snapped(frames - LEAST_MISSED))


@dataclass(frozen=True)
class Conditions:
    """What one utterance is made from, ready for the steps.

    ``constant`` (2, n, dim) is `DiT.constant`; ``rotary`` the tables for n positions; ``valid``
    (2, n) marks real frames when n was padded, else None; ``reference`` (r, 100) is kept as it is.
    """

    constant: torch.Tensor
    rotary: tuple[torch.Tensor, torch.Tensor]
    valid: torch.Tensor | None
    reference: torch.Tensor
    frames: int

    @property
    def padded(self) -> int:
        """The length that is computed, ``frames`` of which are real."""
        return self.constant.shape[1]

    def finish(self, x: torch.Tensor) -> torch.Tensor:
        """Return the mel (frames, 100) of the flow's end ``x`` (n, 100)."""
        return torch.cat((self.reference, x[len(self.reference) : self.frames]))


class Sampler:
    """Owns the model's parts that one utterance passes. All on one device, in one precision."""

    def __init__(self, dit: DiT, text_encoder: TextEncoder) -> None:
        self.dit = dit
        self.text_encoder = text_encoder
        self._rotary: tuple[torch.Tensor, torch.Tensor] | None = None

    @property
    def device(self) -> torch.device:
        """Where the model is."""
        return self.dit.mel_out.weight.device

    @property
    def dtype(self) -> torch.dtype:
        """What the weights are in."""
        return self.dit.mel_out.weight.dtype

    def rotary(self, frames: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return `rotary_tables` on the device, a view of a longer one that is made once."""
        if self._rotary is None or self._rotary[0].shape[1] < frames:
            cosines, sines = rotary_tables(self.dit.arch, max(frames, ROTARY_FRAMES))
            self._rotary = (cosines.to(self.device), sines.to(self.device))
        return self._rotary[0][:, :frames], self._rotary[1][:, :frames]

    @torch.inference_mode()
    def project(self, reference: torch.Tensor) -> torch.Tensor:
        """Return a reference's share of the input (r, dim), the same in all its utterances.

        ``reference`` is float32 (r, 100), on the device.
        """
        projected: torch.Tensor = self.dit.reference_in(reference.to(self.dtype))
        return projected

    @torch.inference_mode()
    def prepare(
        self,
        reference: torch.Tensor,
        tokens: torch.Tensor,
        frames: int,
        padded: int | None = None,
        projected: torch.Tensor | None = None,
    ) -> Conditions:
        """Make the conditions of an utterance of ``frames`` frames, the reference's included.

        ``reference`` is float32 (r, 100) with r < frames, ``tokens`` (t,). ``projected`` is what
        `project` made of the reference, None where that is still to be done. With ``padded`` >
        frames the rest is masked out. Raises `EngineError` when nothing is left to be spoken.
        """
        total = padded or frames
        if not len(reference) < frames <= total:
            raise EngineError(
                f"Nothing fits: {len(reference)} frames of reference, {frames} in all,"
                f" {total} with padding.",
                "Choose a shorter reference.",
            )
        # The text encoder sees the exact length: its norm looks at all frames.
        text, no_text = self.text_encoder.both(tokens[None], frames).chunk(2)
        fill = (0, 0, 0, total - frames)
        if projected is None:
            projected = self.project(reference)
        constant = self.dit.constant(
            projected[None], F.pad(text, fill).to(self.dtype), F.pad(no_text, fill).to(self.dtype)
        )
        rotary = self.rotary(total)
        valid = None
        if total > frames:
            valid = (torch.arange(total, device=self.device) < frames).expand(2, -1)
        return Conditions(constant, rotary, valid, reference, frames)

    @torch.inference_mode()
    def sample(
        self,
        conditions: Conditions,
        modulation: Modulation,
        noise: torch.Tensor,
        cfg_strength: float = 2.0,
        cancel: CancelToken | None = None,
    ) -> torch.Tensor | None:
        """Return the mel (frames, 100) in float32, or None when ``cancel`` went up between steps.

        ``noise`` is float32 (frames, 100). The reference's frames come back as they were given.
        """
        x = F.pad(noise, (0, 0, 0, conditions.padded - len(noise)))[None].float()
        blocks, final = modulation.blocks.to(self.dtype), modulation.final.to(self.dtype)
        pace = Pace(self.device)
        for step, length in enumerate(modulation.steps.tolist()):
            pace.wait()
            if cancel is not None and cancel.cancelled:
                return None
            x = x + length * self.velocity(x, conditions, blocks[step], final[step], cfg_strength)
            pace.mark()
        return conditions.finish(x[0])

    def velocity(
        self,
        x: torch.Tensor,
        conditions: Conditions,
        blocks: torch.Tensor,
        final: torch.Tensor,
        cfg_strength: float,
    ) -> torch.Tensor:
        """Return the guided velocity at ``x`` (b, n, 100), float32, by a step's table rows."""
        both: torch.Tensor = self.dit(
            x.to(self.dtype),
            conditions.constant,
            blocks,
            final,
            conditions.rotary,
            conditions.valid,
        )
        guided, free = both.float().chunk(2)
        return guided + (guided - free) * cfg_strength


def noise_for(frames: int, seed: int | None, device: torch.device | str = "cpu") -> torch.Tensor:
    """Return float32 (frames, 100); the same ``seed`` and device kind give the same noise."""
    generator = None
    if seed is not None:
        generator = torch.Generator(device=device).manual_seed(seed)
    return torch.randn(frames, MEL_BANDS, generator=generator, device=device)
