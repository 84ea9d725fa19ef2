"""A checkpoint with random weights in the published layout, to test and to time with.

What it says sounds like noise. Also the parameters that training starts at zero are random here: a
model that has them at zero gives zero whatever its code does.
"""

from __future__ import annotations

import json
import math
import shutil
from itertools import product
from typing import TYPE_CHECKING, Final

import torch
from safetensors import SafetensorError
from safetensors.torch import save_file

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.published import VOCABULARY
from ishowtts_desktop.speech.f5 import vocos
from ishowtts_desktop.speech.f5.arch import (
    MEL_BANDS,
    POSITION_GROUPS,
    POSITION_KERNEL,
    TEXT_KERNEL,
    TIME_FEATURES,
    Arch,
)
from ishowtts_desktop.speech.f5.checkpoint import ARCH_FILE, VERSIONS
from ishowtts_desktop.speech.f5.mel import N_FFT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODEL_FILE: Final = "model_random.safetensors"
VOCOS_FILE: Final = "vocos.safetensors"
NOTE: Final = "Random weights for tests and timing: what they say sounds like noise."
PREFIX: Final = "ema_model.transformer."
BYTES: Final = 4
_PUNCTUATION: Final = "、。〈〉《》「」『』【】！（），：；？…—·"
_SYLLABLES: Final = (
    "ba cao da de dian du fa fang gao ge guo hao he hua huan jia jie jin ke kuai la lai lao le li"
    " ma men mei mian ming na ne ni nian nin peng qi qing ren ri shang shei shen shi shuo ta tai"
    " tian wan wei wen wo xia xian xie xing yang yao yi yin you yu zai zao zen zhe zhong zi zuo"
)

Spec = tuple[str, tuple[int, ...], float, float]
"""A tensor: its published name, its shape, and its mean and standard deviation."""


def write_random(arch: Arch, folder: Path, seed: int = 0) -> Path:
    """Write a model, its vocab.txt and its vocoder into ``folder``; return the model's file.

    The same ``seed`` gives the same files. ``v1_base`` takes 1.4 GB, and twice that of memory. A
    folder that has something in it is left alone. Raises `EngineError`.
    """
    parts = {
        folder / "vocos" / VOCOS_FILE: list(_vocos_specs()),
        folder / MODEL_FILE: list(_model_specs(arch)),
    }
    needed = sum(BYTES * math.prod(spec[1]) for specs in parts.values() for spec in specs)
    try:
        _make_ready(folder, needed)
        folder.joinpath(VOCABULARY).write_text(
            "".join(f"{token}\n" for token in vocabulary(arch.vocabulary)),
            encoding="utf-8",
            newline="\n",
        )
        version = VERSIONS[arch.masks_text]
        told = json.dumps({"arch": arch.name, "version": version, "note": NOTE}, indent=2)
        folder.joinpath(ARCH_FILE).write_text(told + "\n", encoding="utf-8")
        generator = torch.Generator().manual_seed(seed)
        for path, specs in parts.items():
            path.parent.mkdir(exist_ok=True)
            tensors = _random_tensors(specs, generator)
            if path.name == MODEL_FILE:
                tensors[f"{PREFIX}rotary_embed.inv_freq"] = _rotary_rates(arch)
            save_file(tensors, path, metadata={"note": NOTE})
    except (OSError, SafetensorError) as error:
        raise EngineError(
            f"Random weights can't be written to {folder}: {error}.", "Choose another folder."
        ) from error
    return folder / MODEL_FILE


def vocabulary(size: int) -> list[str]:
    """Return ``size`` tokens: space, printable ASCII, CJK punctuation, syllables, then fillers."""
    ascii_signs = [chr(code) for code in range(0x20, 0x7F)]
    toned = [a + tone for a, tone in product(_SYLLABLES.split(), ("", "1", "2", "3", "4"))]
    known = [*ascii_signs, *_PUNCTUATION, *toned]
    return [*known, *(f"unused{number}" for number in range(size - len(known)))][:size]


def _make_ready(folder: Path, needed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise EngineError(
            f"{folder} should be an empty folder and has files in it.", "Choose a new folder."
        )
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise EngineError(
            f"{folder} should have {needed / 1e9:.1f} GB free and has {free / 1e9:.1f}.",
            "Choose another folder.",
        )


def _random_tensors(specs: list[Spec], generator: torch.Generator) -> dict[str, torch.Tensor]:
    return {
        name: torch.empty(shape).normal_(mean, deviation, generator=generator)
        for name, shape, mean, deviation in specs
    }


def _rotary_rates(arch: Arch) -> torch.Tensor:
    """Return what the published files hold beside weights, (head_dim / 2,); nobody learns it."""
    return 1.0 / (10000 ** (torch.arange(0, arch.head_dim, 2).float() / arch.head_dim))


def _linear(name: str, rows: int, columns: int, gain: float = 1.0) -> Iterator[Spec]:
    """Yield weights that keep the size of what passes them, times ``gain``."""
    yield from _convolution(name, rows, columns, (), gain)


def _convolution(
    name: str, rows: int, columns: int, kernel: tuple[int, ...], gain: float = 1.0
) -> Iterator[Spec]:
    shape = (rows, columns, *kernel)
    yield f"{name}.weight", shape, 0.0, gain / math.sqrt(math.prod(shape[1:]))
    yield f"{name}.bias", (rows,), 0.0, 0.02


def _norm(name: str, dim: int) -> Iterator[Spec]:
    yield f"{name}.weight", (dim,), 1.0, 0.05
    yield f"{name}.bias", (dim,), 0.0, 0.05


def _model_specs(arch: Arch) -> Iterator[Spec]:
    for name, shape, mean, deviation in _transformer_specs(arch):
        yield PREFIX + name, shape, mean, deviation


def _transformer_specs(arch: Arch) -> Iterator[Spec]:
    dim, wide, text = arch.dim, arch.dim * arch.ff_mult, arch.text_dim
    yield from _linear("time_embed.time_mlp.0", dim, TIME_FEATURES)
    yield from _linear("time_embed.time_mlp.2", dim, dim)
    yield "text_embed.text_embed.weight", (arch.vocabulary + 1, text), 0.0, 1.0
    for number in range(arch.text_layers):
        block = f"text_embed.text_blocks.{number}"
        yield from _convolution(f"{block}.dwconv", text, 1, (TEXT_KERNEL,))
        yield from _norm(f"{block}.norm", text)
        yield from _linear(f"{block}.pwconv1", 2 * text, text)
        yield f"{block}.grn.gamma", (1, 1, 2 * text), 0.0, 0.2
        yield f"{block}.grn.beta", (1, 1, 2 * text), 0.0, 0.2
        yield from _linear(f"{block}.pwconv2", text, 2 * text)
    yield from _linear("input_embed.proj", dim, 2 * MEL_BANDS + text)
    for number in (0, 2):
        name = f"input_embed.conv_pos_embed.conv1d.{number}"
        yield from _convolution(name, dim, dim // POSITION_GROUPS, (POSITION_KERNEL,))
    for number in range(arch.depth):
        block = f"transformer_blocks.{number}"
        # Gates of about a half at most: the sum over all blocks stays of the size of one.
        yield from _linear(f"{block}.attn_norm.linear", 6 * dim, dim, gain=0.5)
        for part in "qkv":
            yield from _linear(f"{block}.attn.to_{part}", arch.inner, dim)
        yield from _linear(f"{block}.attn.to_out.0", dim, arch.inner)
        yield from _linear(f"{block}.ff.ff.0.0", wide, dim)
        yield from _linear(f"{block}.ff.ff.2", dim, wide)
    yield from _linear("norm_out.linear", 2 * dim, dim, gain=0.5)
    yield from _linear("proj_out", MEL_BANDS, dim)


def _vocos_specs() -> Iterator[Spec]:
    yield from _convolution("backbone.embed", vocos.DIM, MEL_BANDS, (vocos.KERNEL,))
    yield from _norm("backbone.norm", vocos.DIM)
    for number in range(vocos.DEPTH):
        block = f"backbone.convnext.{number}"
        yield f"{block}.gamma", (vocos.DIM,), 0.2, 0.05
        yield from _convolution(f"{block}.dwconv", vocos.DIM, 1, (vocos.KERNEL,))
        yield from _norm(f"{block}.norm", vocos.DIM)
        yield from _linear(f"{block}.pwconv1", vocos.HIDDEN, vocos.DIM)
        yield from _linear(f"{block}.pwconv2", vocos.DIM, vocos.HIDDEN)
    yield from _norm("backbone.final_layer_norm", vocos.DIM)
    yield from _linear("head.out", N_FFT + 2, vocos.DIM)
