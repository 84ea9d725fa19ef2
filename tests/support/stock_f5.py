"""The stock F5-TTS and Vocos as oracle: the published code itself, with random weights, on the CPU.

`speech.stock_modules` imports it. Here torchaudio is always stood in for, so that every machine
compares with the same: the stand-in's mel spectrogram is written in float64 over librosa's filters
and NumPy's FFT, and shares nothing with ours.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from ishowtts_desktop.speech.f5.arch import HOP, MEL_BANDS
from ishowtts_desktop.speech.f5.mel import N_FFT
from ishowtts_desktop.speech.stock_modules import (
    TAINTED,
    Stock,
    load_stock,
    mel_bands,
    standing_in,
    tainted,
)

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.arch import Arch

__all__ = [
    "EMA",
    "TAINTED",
    "mel_bands",
    "standing_in",
    "stir",
    "stock",
    "stock_dit",
    "stock_sample",
    "stock_step",
    "stock_vocos",
    "tainted",
]
EMA = "ema_model.transformer."


@functools.cache
def stock() -> Stock:
    """Import the published code, once."""
    # Models this small gain nothing from more threads, and lose much on a machine that is busy.
    torch.set_num_threads(1)
    return load_stock(torchaudio=True)


def stir(module: nn.Module, std: float = 0.2) -> None:
    """Give every constant parameter its own random values.

    AdaLN, GRN and the output layers start at zero and would hide everything behind them; scales
    that all are one would hide that they were mixed up.
    """
    for parameter in module.parameters():
        if bool(parameter.data.min() == parameter.data.max()):
            parameter.data += torch.randn(parameter.shape) * std
        assert float(parameter.data.std()) > 1e-3


@functools.cache
def stock_dit(arch: Arch, seed: int = 0) -> Any:
    """Return the published DiT of ``arch`` with random weights, none of them constant."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        dit = stock().dit(
            dim=arch.dim,
            depth=arch.depth,
            heads=arch.heads,
            dim_head=arch.head_dim,
            ff_mult=arch.ff_mult,
            mel_dim=MEL_BANDS,
            text_num_embeds=arch.vocabulary,
            text_dim=arch.text_dim,
            text_mask_padding=arch.masks_text,
            conv_layers=arch.text_layers,
            pe_attn_head=arch.rotary_heads,
        )
        stir(dit)
        dit.proj_out.weight.data *= 0.4  # velocities of about 1, as trained ones are
    return dit.eval().requires_grad_(requires_grad=False)


def stock_step(
    dit: nn.Module, x: torch.Tensor, reference: torch.Tensor, tokens: torch.Tensor, time: float
) -> torch.Tensor:
    """Return the velocities (2, n, 100), the guided one first, of ``x`` (n, 100) at ``time``."""
    cond = nn.functional.pad(reference, (0, 0, 0, len(x) - len(reference)))
    velocity: torch.Tensor = dit(
        x=x[None], cond=cond[None], text=tokens[None], time=torch.tensor(time), cfg_infer=True
    )
    assert float(velocity.std()) > 0.1
    return velocity


def stock_sample(
    dit: nn.Module,
    reference: torch.Tensor,
    tokens: torch.Tensor,
    frames: int,
    *,
    nfe: int,
    cfg_strength: float = 2.0,
    seed: int = 5,
) -> torch.Tensor:
    """Return the mel (frames, 100) that the published sampler makes of its noise for ``seed``."""

    class NoMel(nn.Module):
        n_mel_channels = MEL_BANDS

    with torch.random.fork_rng():
        mel, _ = (
            stock()
            .cfm(transformer=dit, mel_spec_module=NoMel())
            .sample(
                cond=reference[None],
                text=tokens[None],
                duration=frames,
                steps=nfe,
                cfg_strength=cfg_strength,
                sway_sampling_coef=-1.0,
                seed=seed,
            )
        )
    assert mel.shape[1] == frames
    assert float(mel[0, len(reference) :].std()) > 0.1
    found: torch.Tensor = mel[0]
    return found


@functools.cache
def stock_vocos(seed: int = 0) -> Any:
    """Return the published vocoder as charactr/vocos-mel-24khz builds it, with random weights."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        vocos = stock().vocos(
            stock().vocos_features(padding="center"),
            stock().vocos_backbone(MEL_BANDS, dim=512, intermediate_dim=1536, num_layers=8),
            stock().vocos_head(dim=512, n_fft=N_FFT, hop_length=HOP, padding="center"),
        )
        stir(vocos)
        # Loud enough to be heard, phases all around, and the limit on magnitudes reached.
        vocos.head.out.weight.data *= 3
        vocos.head.out.bias.data[: N_FFT // 2 + 1] += 1
    return vocos.eval().requires_grad_(requires_grad=False)
