"""The published model with a checkpoint's weights: the stock package from tokens to samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, MEL_BANDS
from ishowtts_desktop.speech.f5.checkpoint import arch_of
from ishowtts_desktop.speech.f5.mel import N_FFT
from ishowtts_desktop.speech.f5.tensor_files import read_tensors
from ishowtts_desktop.speech.f5.vocos import DEPTH, DIM, HIDDEN
from ishowtts_desktop.speech.stock_modules import load_stock

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.arch import Arch
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.search import Files
    from ishowtts_desktop.speech.stock_modules import Stock


@dataclass(frozen=True)
class StockModel:
    """The published model and vocoder with the weights of a checkpoint."""

    stock: Stock
    cfm: Any
    vocos: Any
    device: str

    @classmethod
    def load(
        cls, checkpoint: Checkpoint, device: str | None = None, dtype: torch.dtype | None = None
    ) -> StockModel:
        """Load by the package's own functions; None is the package's own choice.

        That is CUDA where there is one, and FP16 there, else FP32. The vocoder is always FP32.
        Raises `EngineError`.
        """
        stock = load_stock()
        files = checkpoint.files
        device = device or str(stock.inference.device)
        arch = arch_of(read_tensors(files.model), files.model)
        numbers, size = stock.utilities.get_tokenizer(str(files.vocabulary), "custom")
        model = stock.cfm(
            transformer=_dit(stock, arch, size),
            mel_spec_module=_Mel(stock),
            vocab_char_map=numbers,
        )
        try:
            model = stock.inference.load_checkpoint(model, str(files.model), device, dtype=dtype)
        except (RuntimeError, KeyError) as error:
            raise EngineError(
                f"The stock F5-TTS can't load {files.model}: it expects other names or shapes.",
                "Choose a checkpoint in the published layout, keys ema_model.transformer.*.",
            ) from error
        return cls(stock, model.eval(), _vocos(stock, files).to(device), device)

    @property
    def dtype(self) -> torch.dtype:
        """What the weights are in."""
        found: torch.dtype = self.cfm.transformer.proj_out.weight.dtype
        return found

    @torch.inference_mode()
    def mel(
        self, reference_mel: torch.Tensor, text: str, frames: int, nfe: int, seed: int
    ) -> torch.Tensor:
        """Return the mel (frames, 100) in float32 of ``text``, the reference's text included.

        ``reference_mel`` is (r, 100). The noise is the package's for ``seed``: see `noise`.
        """
        mel, _ = self.cfm.sample(
            cond=reference_mel[None].to(self.device),
            text=self.stock.utilities.convert_char_to_pinyin([text]),
            duration=frames,
            steps=nfe,
            cfg_strength=2.0,
            sway_sampling_coef=-1.0,
            seed=seed,
        )
        found: torch.Tensor = mel[0].float()
        return found

    @torch.inference_mode()
    def samples(self, mel: torch.Tensor) -> torch.Tensor:
        """Return float32 (256 (n - 1),) of ``mel`` (n, 100)."""
        found: torch.Tensor = self.vocos.decode(mel.T[None])[0]
        return found

    def noise(self, frames: int, seed: int) -> torch.Tensor:
        """Return what `mel` starts from, (frames, 100) in float32 on the device."""
        generator = torch.Generator(device=self.device).manual_seed(seed)
        drawn = torch.randn(
            frames, MEL_BANDS, generator=generator, device=self.device, dtype=self.dtype
        )
        return drawn.float()


class _Mel(nn.Module):
    """The package's mel of raw samples, (b, s) to (b, 100, n), as its own `MelSpec` calls it."""

    n_mel_channels = MEL_BANDS

    def __init__(self, stock: Stock) -> None:
        super().__init__()
        self._mel = stock.mel

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        """Return log-mel frames."""
        return self._mel(samples)


def _dit(stock: Stock, arch: Arch, vocabulary: int) -> nn.Module:
    dit: nn.Module = stock.dit(
        dim=arch.dim,
        depth=arch.depth,
        heads=arch.heads,
        dim_head=arch.head_dim,
        ff_mult=arch.ff_mult,
        mel_dim=MEL_BANDS,
        text_num_embeds=vocabulary,
        text_dim=arch.text_dim,
        text_mask_padding=arch.masks_text,
        conv_layers=arch.text_layers,
        pe_attn_head=arch.rotary_heads,
    )
    return dit


def _vocos(stock: Stock, files: Files) -> nn.Module:
    """Build the vocoder as charactr/vocos-mel-24khz has it."""
    vocos: nn.Module = stock.vocos(
        stock.vocos_features(padding="center"),
        stock.vocos_backbone(MEL_BANDS, dim=DIM, intermediate_dim=HIDDEN, num_layers=DEPTH),
        stock.vocos_head(dim=DIM, n_fft=N_FFT, hop_length=HOP, padding="center"),
    )
    tensors = read_tensors(files.vocos)
    missing = [name for name, _ in vocos.named_parameters() if name not in tensors]
    if missing:
        raise EngineError(
            f"{files.vocos} is not a Vocos checkpoint: {missing[0]} is missing.",
            "Choose pytorch_model.bin of charactr/vocos-mel-24khz.",
        )
    # Its windows and filters are no weights, and not every file has them.
    vocos.load_state_dict(tensors, strict=False)
    return vocos.eval().requires_grad_(requires_grad=False)
