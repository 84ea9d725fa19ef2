"""The vocoder: mel frames to samples, by ConvNeXt blocks and one inverse Fourier transform.

Paper: Vocos, arXiv:2306.00814; the published model is charactr/vocos-mel-24khz.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, MEL_BANDS
from ishowtts_desktop.speech.f5.mel import N_FFT

DIM = 512
HIDDEN = 1536
DEPTH = 8
KERNEL = 7
EPSILON = 1e-6
LOUDEST = 1e2
REACH = (KERNEL // 2) * (DEPTH + 1) + N_FFT // HOP // 2
"""So many frames on each side can change a sample: what a piece must bring along as context."""


class VocosBlock(nn.Module):
    """One ConvNeXt block over (b, n, 512), with a learned scale on its change."""

    def __init__(self) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(DIM, DIM, KERNEL, padding=KERNEL // 2, groups=DIM)
        self.norm = nn.LayerNorm(DIM, eps=EPSILON)
        self.widen = nn.Linear(DIM, HIDDEN)
        self.narrow = nn.Linear(HIDDEN, DIM)
        self.scale = nn.Parameter(torch.ones(DIM))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return ``x`` with the block's change added."""
        hidden = self.norm(self.depthwise(x.transpose(1, 2)).transpose(1, 2))
        changed: torch.Tensor = x + self.scale * self.narrow(F.gelu(self.widen(hidden)))
        return changed


class Vocos(nn.Module):
    """Turns log-mel frames (b, n, 100) into samples (b, 256 (n - 1))."""

    def __init__(self) -> None:
        super().__init__()
        self.mel_in = nn.Conv1d(MEL_BANDS, DIM, KERNEL, padding=KERNEL // 2)
        self.norm_in = nn.LayerNorm(DIM, eps=EPSILON)
        self.blocks = nn.ModuleList(VocosBlock() for _ in range(DEPTH))
        self.norm_out = nn.LayerNorm(DIM, eps=EPSILON)
        self.spectrum_out = nn.Linear(DIM, N_FFT + 2)
        self.register_buffer("window", torch.hann_window(N_FFT), persistent=False)
        self.window: torch.Tensor

    @torch.inference_mode()
    def forward(self, mel: torch.Tensor) -> torch.Tensor:
        """Decode ``mel`` as a whole; raises `EngineError` for fewer than two frames."""
        if mel.shape[1] < 2:
            raise EngineError(f"There is no sound in {mel.shape[1]} mel frames.", "Say more.")
        return self._samples(self._spectrum(mel))

    @torch.inference_mode()
    def piece(self, mel: torch.Tensor, start: int, stop: int) -> torch.Tensor:
        """Decode frames ``start`` to ``stop`` of ``mel`` as they sound in the whole.

        Returns (b, 256 (stop - start)), the samples from frame ``start``'s centre on; at the very
        end of ``mel`` 256 fewer, as in the whole.
        """
        first, last = max(0, start - REACH), min(mel.shape[1], stop + REACH)
        samples = self._samples(self._spectrum(mel[:, first:last]))
        return samples[:, (start - first) * HOP : (stop - first) * HOP]

    def _spectrum(self, mel: torch.Tensor) -> torch.Tensor:
        x = self.norm_in(self.mel_in(mel.transpose(1, 2)).transpose(1, 2))
        for block in self.blocks:
            x = block(x)
        magnitude, phase = self.spectrum_out(self.norm_out(x)).float().chunk(2, dim=-1)
        magnitude = magnitude.exp().clamp(max=LOUDEST)
        return torch.polar(magnitude, phase).transpose(1, 2)

    def _samples(self, spectrum: torch.Tensor) -> torch.Tensor:
        return torch.istft(spectrum, N_FFT, hop_length=HOP, window=self.window, center=True)
