"""Importing the stock `f5_tts` and `vocos` packages where their own requirements are not installed.

`f5_tts.model` would import the trainer, wandb and datasets; `f5_tts.infer.utils_infer` plots and a
transcriber; and a torchaudio that wasn't built for this very torch refuses to load. None of it is
needed to speak, so it is stood in for while the packages are imported. Afterwards `sys.modules` is
as it was. A torchaudio that works is left alone.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
import math
import os
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch import nn

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, MEL_BANDS, SAMPLE_RATE
from ishowtts_desktop.speech.f5.mel import N_FFT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

# What is bound to a stand-in by its imports, and must be imported afresh by whoever wants it.
TAINTED: Final = ("f5_tts", "vocos", "encodec", "torchaudio", "matplotlib", "pydub", "transformers")
FALLBACK: Final = "PYTORCH_ENABLE_MPS_FALLBACK"
# As in packaging/oracle.txt, which the tests use.
PACKAGES: Final = "f5-tts==1.1.22 vocos==0.1.0 encodec==0.1.1"
ADVICE: Final = (
    f'Run: pip install "ishowtts-desktop[reference]" && pip install --no-deps {PACKAGES}'
)


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
    utilities: ModuleType
    """`f5_tts.model.utils`: its tokens."""
    inference: ModuleType
    """`f5_tts.infer.utils_infer`: cuts and durations; see `load_stock` on the order of pieces."""


def load_stock(*, torchaudio: bool = False) -> Stock:
    """Import the published code; raises `EngineError` where it, or what it imports, is missing.

    ``torchaudio`` as for `standing_in`. The package makes the pieces of a long text side by side;
    here they come in order: the noise of a seed would else fall to whoever is first.
    """
    try:
        with standing_in(torchaudio=torchaudio):
            load = importlib.import_module
            cfm = load("f5_tts.model.cfm").CFM
            # `utils_infer` takes it from the package whose __init__ was stood in for.
            vars(sys.modules["f5_tts.model"])["CFM"] = cfm
            inference = load("f5_tts.infer.utils_infer")
            vars(inference)["ThreadPoolExecutor"] = functools.partial(
                ThreadPoolExecutor, max_workers=1
            )
            utilities = load("f5_tts.model.utils")
            return Stock(
                dit=load("f5_tts.model.backbones.dit").DiT,
                cfm=cfm,
                vocos=load("vocos.pretrained").Vocos,
                vocos_backbone=load("vocos.models").VocosBackbone,
                vocos_head=load("vocos.heads").ISTFTHead,
                vocos_features=load("vocos.feature_extractors").MelSpectrogramFeatures,
                mel=load("f5_tts.model.modules").get_vocos_mel_spectrogram,
                epss_timesteps=utilities.get_epss_timesteps,
                utilities=utilities,
                inference=inference,
            )
    except ImportError as error:
        missing = error.name or str(error)
        raise EngineError(
            f"The stock F5-TTS package can't be imported ({missing} is missing).", ADVICE
        ) from error


@contextlib.contextmanager
def standing_in(*, torchaudio: bool = False) -> Iterator[None]:
    """Let the published packages be imported inside; put everything right on leaving.

    ``torchaudio`` stands in for that also where the installed one works. Raises `ImportError`
    where there is no `f5_tts`.
    """
    before = tainted()
    named = stand_ins()
    names: Sequence[str] = TAINTED
    if not torchaudio and _torchaudio_works():
        # It registers its operators with torch, once: it must stay.
        names = [name for name in TAINTED if name != "torchaudio"]
    else:
        named |= torchaudio_stand_ins()
    fallback, path = os.environ.get(FALLBACK), list(sys.path)
    _forget(names)
    sys.modules.update(named)
    try:
        with warnings.catch_warnings():
            # x_transformers decorates a function with it, whatever the version of torch.
            warnings.filterwarnings("ignore", "`torch.jit.script", DeprecationWarning)
            yield
    finally:
        _forget(names)
        sys.modules.update(before)
        # `utils_infer` sets a variable, and a folder for a vocoder that isn't used here.
        os.environ.pop(FALLBACK, None)
        if fallback is not None:
            os.environ[FALLBACK] = fallback
        sys.path[:] = path


def tainted(names: Sequence[str] = TAINTED) -> dict[str, ModuleType]:
    """Return the loaded modules that know, or may know, a stand-in."""
    return {name: m for name, m in sys.modules.items() if name.partition(".")[0] in names}


def _forget(names: Sequence[str]) -> None:
    for name in tainted(names):
        del sys.modules[name]


def stand_ins() -> dict[str, ModuleType]:
    """Make the modules that the published packages shall find, but for torchaudio."""
    spec = importlib.util.find_spec("f5_tts")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("No module named 'f5_tts'", name="f5_tts")
    names = ("f5_tts.model", "matplotlib", "matplotlib.pylab", "pydub", "transformers")
    made = {name: ModuleType(name) for name in names}
    made["f5_tts.model"].__path__ = [next(iter(spec.submodule_search_locations)) + "/model"]
    vars(made["matplotlib"]).update(__path__=[], pylab=made["matplotlib.pylab"], use=lambda _: None)
    vars(made["pydub"]).update(AudioSegment=None, silence=None)
    vars(made["transformers"]).update(pipeline=None)
    return made


def torchaudio_stand_ins() -> dict[str, ModuleType]:
    """Make a torchaudio that knows the mel spectrogram of F5-TTS and nothing more."""
    top, transforms, functional, inner = (
        ModuleType("torchaudio" + rest)
        for rest in ("", ".transforms", ".functional", ".functional.functional")
    )
    vars(top).update(__path__=[], transforms=transforms, functional=functional)
    vars(transforms).update(__path__=[], MelSpectrogram=MelSpectrogram)
    vars(functional).update(__path__=[], functional=inner)
    vars(inner).update(_hz_to_mel=hz_to_mel, _mel_to_hz=mel_to_hz)
    return {module.__name__: module for module in (top, transforms, functional, inner)}


def hz_to_mel(hertz: float, mel_scale: str = "htk") -> float:  # noqa: ARG001 - torchaudio's own
    """Return the HTK mel of a frequency."""
    return 2595.0 * math.log10(1.0 + hertz / 700.0)


def mel_to_hz(mels: torch.Tensor, mel_scale: str = "htk") -> torch.Tensor:  # noqa: ARG001 - likewise
    """Return the frequencies of HTK mels."""
    return 700.0 * (10.0 ** (mels / 2595.0) - 1.0)


class MelSpectrogram(nn.Module):
    """Stands in for torchaudio.transforms.MelSpectrogram, with the settings of F5-TTS alone."""

    def __init__(self, **settings: object) -> None:
        super().__init__()
        known = {
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
        if not settings.items() <= known.items():
            raise EngineError(f"The stock F5-TTS asks for another mel: {settings}.", ADVICE)

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        """Map (b, s) to magnitudes (b, 100, frames)."""
        bands = mel_bands(samples.double().cpu().numpy())
        return torch.from_numpy(bands).float().to(samples.device)


def mel_bands(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return mel magnitudes of (b, s) in float64: (b, 100, s // 256 + 1).

    Over librosa's filters and NumPy's transform, so that it shares nothing with `speech.f5.mel`,
    which the tests compare with it.
    """
    from librosa.filters import mel

    filters = mel(
        sr=SAMPLE_RATE, n_fft=N_FFT, n_mels=MEL_BANDS, htk=True, norm=None, dtype=np.float64
    )
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N_FFT) / N_FFT)
    padded = np.pad(samples, ((0, 0), (N_FFT // 2, N_FFT // 2)), mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT, axis=-1)[:, ::HOP]
    magnitudes = np.abs(np.fft.rfft(frames * window, axis=-1))
    bands: NDArray[np.float64] = (magnitudes @ filters.T).transpose(0, 2, 1)
    return bands


def _torchaudio_works() -> bool:
    try:
        importlib.import_module("torchaudio.transforms")
        inner = importlib.import_module("torchaudio.functional.functional")
    except (ImportError, OSError, RuntimeError):
        # Built for another torch, it fails in the loader of its library.
        return False
    return hasattr(inner, "_hz_to_mel") and hasattr(inner, "_mel_to_hz")
