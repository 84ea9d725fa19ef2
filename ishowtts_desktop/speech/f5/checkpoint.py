"""From a folder, a file or the Hugging Face cache to a model: weights, vocabulary and vocoder."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import ARCHS, MEL_BANDS, Arch
from ishowtts_desktop.speech.f5.search import Files, find_files
from ishowtts_desktop.speech.f5.tensor_files import read_tensors
from ishowtts_desktop.speech.f5.tokens import Vocabulary
from ishowtts_desktop.speech.f5.weights import (
    PREFIXES,
    Source,
    load_dit,
    load_text_encoder,
    load_vocos,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ishowtts_desktop.speech.f5.dit import DiT, TimeWeights
    from ishowtts_desktop.speech.f5.text_encoder import TextEncoder
    from ishowtts_desktop.speech.f5.vocos import Vocos

ARCH_FILE: Final = "arch.json"
VERSIONS: Final = ("v0", "v1")
# "F5TTS_Base" and "F5TTS_Small" are v0; the later ones have the version in their names.
_V0: Final = re.compile(r"F5TTS_(Base|Small)|(?<![a-z0-9])v0(?![0-9])", re.IGNORECASE)
_OTHER_VOCODER: Final = re.compile("bigvgan", re.IGNORECASE)
_EXPECTED = "Choose a checkpoint of F5-TTS v1 Base, v1 Small or v0 Base."


@dataclass(frozen=True)
class Model:
    """Everything that speaks, on one device.

    ``dit`` has the precision that was asked for, the rest is float32. ``time_weights`` are on the
    CPU, most of them still in the file.
    """

    arch: Arch
    dit: DiT
    time_weights: TimeWeights
    text_encoder: TextEncoder
    vocos: Vocos
    vocabulary: Vocabulary


@dataclass(frozen=True)
class Checkpoint:
    """The files of one model. Nothing but their names has been looked at."""

    files: Files

    @classmethod
    def find(
        cls, where: Path | None = None, environment: Mapping[str, str] = os.environ
    ) -> Checkpoint:
        """Find the files: ``where`` is a folder or a model's file, None the Hugging Face cache.

        Without network. Raises `EngineError` that says what is missing, and where it was expected.
        """
        return cls(find_files(where, environment))

    def load(self, device: torch.device | str = "cpu", dtype: torch.dtype = torch.float32) -> Model:
        """Read everything to ``device``, the transformer in ``dtype``.

        Raises `EngineError` that says what was expected and what was found, or how much memory is
        needed and how much there is.
        """
        device = torch.device(device)
        files = self.files
        vocabulary = Vocabulary.load(files.vocabulary)
        tensors = read_tensors(files.model)
        arch = arch_of(tensors, files.model)
        if vocabulary.size != arch.vocabulary:
            raise EngineError(
                f"{files.model} knows {arch.vocabulary} tokens and {files.vocabulary} has"
                f" {vocabulary.size}.",
                "Take the vocab.txt that belongs to the checkpoint.",
            )
        source = Source(tensors, str(files.model))
        dit, time_weights = load_dit(arch, source, device, dtype)
        text_encoder = load_text_encoder(arch, source, device)
        vocos = load_vocos(read_tensors(files.vocos), str(files.vocos), device)
        return Model(arch, dit, time_weights, text_encoder, vocos, vocabulary)


def arch_of(tensors: Mapping[str, torch.Tensor], model: Path) -> Arch:
    """Return the architecture that the shapes of ``tensors`` tell.

    v0 has the shapes of v1: an ``arch.json`` beside the file ({"version": "v0"}) tells them
    apart, else the name of the file or its folder (F5TTS_Base, "v0"); without either it is v1.
    Raises `EngineError` when ``tensors`` are no F5-TTS.
    """
    if _OTHER_VOCODER.search(f"{model.parent.name}/{model.name}"):
        raise EngineError(
            f"{model} is made for the BigVGAN vocoder, whose mel frames differ.", _EXPECTED
        )
    source = Source(tensors, str(model))

    def matrix(name: str) -> tuple[int, int]:
        shape = source.shape(name)
        if len(shape) != 2:
            found = f"has the shape {list(shape)}" if shape else "is missing"
            raise EngineError(f"{model} is not an F5-TTS checkpoint: {name} {found}.", _EXPECTED)
        return shape[0], shape[1]

    width, columns = matrix("input_embed.proj.weight")
    inner, _ = matrix("transformer_blocks.0.attn.to_q.weight")
    wide, _ = matrix("transformer_blocks.0.ff.ff.0.0.weight")
    embeddings, _ = matrix("text_embed.text_embed.weight")
    shaped = Arch(
        name="custom",
        dim=width,
        depth=_count(tensors, r"transformer_blocks\.(\d+)\."),
        heads=inner // Arch.head_dim,
        ff_mult=wide // width,
        text_dim=columns - 2 * MEL_BANDS,
        text_layers=_count(tensors, r"text_embed\.text_blocks\.(\d+)\."),
        vocabulary=embeddings - 1,
    )
    if _is_v0(model):
        v0 = ARCHS["v0_base"]
        shaped = replace(shaped, masks_text=v0.masks_text, rotary_heads=v0.rotary_heads)
    # A fine-tune has another vocabulary and is still of the published architecture.
    named = (replace(arch, vocabulary=shaped.vocabulary) for arch in ARCHS.values())
    return next((arch for arch in named if replace(shaped, name=arch.name) == arch), shaped)


def _count(tensors: Mapping[str, torch.Tensor], pattern: str) -> int:
    prefixes = "|".join(re.escape(prefix) for prefix in PREFIXES)
    number = re.compile(f"(?:{prefixes}){pattern}")
    found = (number.match(name) for name in tensors)
    return max((int(match[1]) + 1 for match in found if match), default=0)


def _is_v0(model: Path) -> bool:
    told = model.parent / ARCH_FILE
    if not told.exists():
        return bool(_V0.search(f"{model.parent.name}/{model.name}"))
    try:
        version = json.loads(told.read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise _tells_nothing(told) from error
    if version not in VERSIONS:
        raise _tells_nothing(told)
    return bool(version == VERSIONS[0])


def _tells_nothing(told: Path) -> EngineError:
    return EngineError(
        f'{told} should say "version": "v0" or "v1" and does not.',
        'Write {"version": "v1"} into it, or remove it.',
    )
