"""The stock F5-TTS and Vocos as oracle: the published code itself, with random weights, on the CPU.

The packages are installed without their dependencies. `f5_tts.model` would import the trainer and
torchaudio is not installed, so both are stood in for while the packages are imported; afterwards
`sys.modules` is as it was. The stand-in's mel spectrogram is written in float64 over librosa's
filters and NumPy's FFT, and shares nothing with ours.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
import math
import sys
import warnings
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from ishowtts_desktop.speech.f5.arch import HOP, MEL_BANDS, SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.speech.f5.arch import Arch

N_FFT = 1024
EMA = "ema_model.transformer."
# What is bound to a stand-in by its imports, and must be imported afresh by whoever wants it.
TAINTED = ("f5_tts", "vocos", "encodec", "torchaudio")


@dataclass(frozen=True)
class Stock:
    """What is used of the published packages."""

    dit: Callable[..., Any]
    cfm: Callable[..., Any]
    vocos: Callable[..., Any]
    vocos_backbone: Callable[..., nn.Module]
    vocos_head: Callable[..., nn.Module]
    vocos_features: Callable[..., nn.Module]
    mel: Callable[[torch.Tensor], torch.Tensor]
    epss_timesteps: Callable[..., torch.Tensor]


def hz_to_mel(hertz: float, mel_scale: str = "htk") -> float:
    assert mel_scale == "htk"
    return 2595.0 * math.log10(1.0 + hertz / 700.0)


def mel_to_hz(mels: Any, mel_scale: str = "htk") -> Any:
    assert mel_scale == "htk"
    return 700.0 * (10.0 ** (mels / 2595.0) - 1.0)


class MelSpectrogram(nn.Module):
    """Stands in for torchaudio.transforms.MelSpectrogram, with the settings of F5-TTS alone."""

    def __init__(self, **settings: Any) -> None:
        super().__init__()
        expected = {
            "sample_rate": SAMPLE_RATE,
            "n_fft": N_FFT,
            "win_length": N_FFT,
            "hop_length": HOP,
            "n_mels": MEL_BANDS,
            "power": 1,
            "center": True,
            "normalized": False,
            "norm": None,
        }
        assert settings.items() <= expected.items(), settings

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        """Map (b, s) to magnitudes (b, 100, frames)."""
        return torch.from_numpy(mel_bands(samples.double().numpy())).float()


def mel_bands(samples: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return mel magnitudes of (b, s) in float64: (b, 100, s // 256 + 1)."""
    from librosa.filters import mel

    filters = mel(
        sr=SAMPLE_RATE, n_fft=N_FFT, n_mels=MEL_BANDS, htk=True, norm=None, dtype=np.float64
    )
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N_FFT) / N_FFT)
    padded = np.pad(samples, ((0, 0), (N_FFT // 2, N_FFT // 2)), mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT, axis=-1)[:, ::HOP]
    magnitudes = np.abs(np.fft.rfft(frames * window, axis=-1))
    bands: np.ndarray[Any, Any] = (magnitudes @ filters.T).transpose(0, 2, 1)
    return bands


def stand_ins() -> dict[str, ModuleType]:
    """Make the modules that the published packages shall find."""
    spec = importlib.util.find_spec("f5_tts")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    names = ["torchaudio", "torchaudio.transforms", "torchaudio.functional"]
    names += ["torchaudio.functional.functional", "f5_tts.model"]
    made: dict[str, Any] = {name: ModuleType(name) for name in names}
    made["f5_tts.model"].__path__ = [next(iter(spec.submodule_search_locations)) + "/model"]
    for name in names[:3]:
        made[name].__path__ = []
    made["torchaudio"].transforms = made["torchaudio.transforms"]
    made["torchaudio"].functional = made["torchaudio.functional"]
    made["torchaudio.functional"].functional = made["torchaudio.functional.functional"]
    made["torchaudio.transforms"].MelSpectrogram = MelSpectrogram
    made["torchaudio.functional.functional"]._hz_to_mel = hz_to_mel
    made["torchaudio.functional.functional"]._mel_to_hz = mel_to_hz
    return made


def tainted() -> dict[str, ModuleType]:
    """Return the loaded modules that know, or may know, a stand-in."""
    return {name: m for name, m in sys.modules.items() if name.partition(".")[0] in TAINTED}


@contextlib.contextmanager
def standing_in() -> Iterator[None]:
    """Let the published packages be imported inside; put `sys.modules` right on leaving."""
    before = tainted()
    for name in before:
        del sys.modules[name]
    sys.modules.update(stand_ins())
    try:
        with warnings.catch_warnings():
            # x_transformers decorates a function with it, whatever the version of torch.
            warnings.filterwarnings("ignore", "`torch.jit.script", DeprecationWarning)
            yield
    finally:
        for name in tainted():
            del sys.modules[name]
        sys.modules.update(before)


@functools.cache
def stock() -> Stock:
    """Import the published code, once."""
    # Models this small gain nothing from more threads, and lose much on a machine that is busy.
    torch.set_num_threads(1)
    with standing_in():
        load = importlib.import_module
        return Stock(
            dit=load("f5_tts.model.backbones.dit").DiT,
            cfm=load("f5_tts.model.cfm").CFM,
            vocos=load("vocos.pretrained").Vocos,
            vocos_backbone=load("vocos.models").VocosBackbone,
            vocos_head=load("vocos.heads").ISTFTHead,
            vocos_features=load("vocos.feature_extractors").MelSpectrogramFeatures,
            mel=load("f5_tts.model.modules").get_vocos_mel_spectrogram,
            epss_timesteps=load("f5_tts.model.utils").get_epss_timesteps,
        )


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
