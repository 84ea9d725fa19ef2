"""From samples to the log-mel frames that the model reads, equal to torchaudio's.

24 kHz, n_fft = window = 1024, hop 256, Hann, centred, magnitude, 100 HTK mel bands without
normalisation, log of the value clamped at 1e-5.
"""

from __future__ import annotations

import math

import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, MEL_BANDS, SAMPLE_RATE

N_FFT = 1024
FLOOR = 1e-5


def mel_filters() -> torch.Tensor:
    """Return triangular HTK filters: float32 of shape (513, 100), frequency bin by mel band."""
    frequencies = torch.linspace(0, SAMPLE_RATE // 2, N_FFT // 2 + 1)
    # HTK: mel = 2595 log10(1 + f / 700).
    highest = 2595.0 * math.log10(1.0 + (SAMPLE_RATE / 2) / 700.0)
    points = torch.linspace(0.0, highest, MEL_BANDS + 2)
    corners = 700.0 * (10.0 ** (points / 2595.0) - 1.0)
    widths = corners[1:] - corners[:-1]
    slopes = corners[None, :] - frequencies[:, None]
    rising = -slopes[:, :-2] / widths[:-1]
    falling = slopes[:, 2:] / widths[1:]
    return torch.clamp(torch.minimum(rising, falling), min=0.0)


class MelSpectrogram:
    """Log-mel frames of mono audio; keeps its filters on ``device``."""

    def __init__(self, device: torch.device | str = "cpu") -> None:
        self._window = torch.hann_window(N_FFT, device=device)
        self._filters = mel_filters().to(device)

    def __call__(self, samples: torch.Tensor) -> torch.Tensor:
        """Return frames of ``samples``: float32 (b, s) at 24 kHz -> float32 (b, s // 256 + 1, 100).

        At least 513 samples are needed to mirror the edges; raises `EngineError` for fewer.
        """
        if samples.shape[-1] <= N_FFT // 2:
            raise EngineError(
                f"The recording is too short: {samples.shape[-1]} samples.",
                "Choose one of a few seconds.",
            )
        spectrum = torch.stft(
            samples,
            N_FFT,
            hop_length=HOP,
            window=self._window,
            center=True,
            pad_mode="reflect",
            return_complex=True,
        )
        bands = spectrum.abs().transpose(1, 2) @ self._filters
        return bands.clamp(min=FLOOR).log()
