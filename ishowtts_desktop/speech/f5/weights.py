"""From an official checkpoint's names and layout to ours, tensor by tensor.

The names on the left of `block_tensors` and its neighbours are the published checkpoints'
(`ema_model.transformer.*` of SWivid/F5-TTS, charactr/vocos-mel-24khz): that is a file format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import MEL_BANDS
from ishowtts_desktop.speech.f5.dit import DiT, TimeWeights
from ishowtts_desktop.speech.f5.text_encoder import TextEncoder
from ishowtts_desktop.speech.f5.vocos import Vocos

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ishowtts_desktop.speech.f5.arch import Arch

PREFIXES = ("ema_model.transformer.", "transformer.", "")


class Source:
    """A checkpoint's tensors by their published names. Tells what is missing or misshapen."""

    def __init__(self, tensors: Mapping[str, torch.Tensor], where: str) -> None:
        self._tensors = tensors
        self._where = where
        probe = "input_embed.proj.weight"
        self._prefix = next((p for p in PREFIXES if p + probe in tensors), "")

    def take(self, name: str, *shape: int) -> torch.Tensor:
        """Return a tensor as float32 of exactly ``shape``; raises `EngineError`."""
        tensor = self._tensors.get(self._prefix + name)
        if tensor is None:
            raise EngineError(
                f"{self._where} is not an F5-TTS checkpoint: {name} is missing.",
                "Choose a checkpoint of F5-TTS v1 Base, v1 Small or v0 Base.",
            )
        if tuple(tensor.shape) != shape:
            raise EngineError(
                f"{self._where} doesn't fit: {name} should be {list(shape)}"
                f" and is {list(tensor.shape)}.",
                "Choose the architecture and vocab.txt that it was trained with.",
            )
        return tensor.float()

    def shape(self, name: str) -> tuple[int, ...]:
        """Return a tensor's shape; empty when there is no such tensor."""
        tensor = self._tensors.get(self._prefix + name)
        return () if tensor is None else tuple(tensor.shape)


def halves(arch: Arch, weight: torch.Tensor, heads: int) -> torch.Tensor:
    """Reorder the rows of a query or key projection from pairs that turn to halves that turn.

    The published model turns dimensions 0 and 1, 2 and 3, ... together; ours d and d + 32. The same
    reordering of queries and keys leaves their products alone.
    """
    rows = weight.view(heads, arch.head_dim // 2, 2, -1)
    return rows.transpose(1, 2).reshape(weight.shape)


def load_dit(arch: Arch, source: Source) -> tuple[DiT, TimeWeights]:
    """Build the transformer and the tensors of its time tables, float32, on the CPU."""
    with torch.device("meta"):
        dit = DiT(arch)
    state = dict(_input_tensors(arch, source))
    for number in range(arch.depth):
        state.update(_block_tensors(arch, source, number))
    dit.load_state_dict(state, strict=True, assign=True)
    return dit.eval().requires_grad_(requires_grad=False), _time_weights(arch, source)


def load_text_encoder(arch: Arch, source: Source) -> TextEncoder:
    """Build the text encoder, float32, on the CPU."""
    dim = arch.text_dim
    with torch.device("meta"):
        encoder = TextEncoder(arch)
    state = {
        "embedding.weight": source.take("text_embed.text_embed.weight", arch.vocabulary + 1, dim)
    }
    for number in range(arch.text_layers):
        theirs, ours = f"text_embed.text_blocks.{number}.", f"blocks.{number}."
        state |= {
            ours + "depthwise.weight": source.take(theirs + "dwconv.weight", dim, 1, 7),
            ours + "depthwise.bias": source.take(theirs + "dwconv.bias", dim),
            ours + "norm.weight": source.take(theirs + "norm.weight", dim),
            ours + "norm.bias": source.take(theirs + "norm.bias", dim),
            ours + "widen.weight": source.take(theirs + "pwconv1.weight", 2 * dim, dim),
            ours + "widen.bias": source.take(theirs + "pwconv1.bias", 2 * dim),
            ours + "gain": source.take(theirs + "grn.gamma", 1, 1, 2 * dim).flatten(),
            ours + "offset": source.take(theirs + "grn.beta", 1, 1, 2 * dim).flatten(),
            ours + "narrow.weight": source.take(theirs + "pwconv2.weight", dim, 2 * dim),
            ours + "narrow.bias": source.take(theirs + "pwconv2.bias", dim),
        }
    encoder.load_state_dict(state, strict=True, assign=True)
    return encoder.eval().requires_grad_(requires_grad=False)


def load_vocos(tensors: Mapping[str, torch.Tensor], where: str) -> Vocos:
    """Build the vocoder, float32, on the CPU; raises `EngineError` for another kind of file."""
    vocos = Vocos()
    names = dict(_vocos_names(len(vocos.blocks)))
    missing = [name for name in names if name not in tensors]
    if missing:
        raise EngineError(
            f"{where} is not a Vocos checkpoint: {missing[0]} is missing.",
            "Choose pytorch_model.bin of charactr/vocos-mel-24khz.",
        )
    state = {ours: tensors[theirs].float() for theirs, ours in names.items()}
    try:
        vocos.load_state_dict(state, strict=True)
    except RuntimeError as error:
        raise EngineError(
            f"{where} is another Vocos: {str(error).splitlines()[-1].strip()}",
            "Choose pytorch_model.bin of charactr/vocos-mel-24khz.",
        ) from error
    return vocos.eval().requires_grad_(requires_grad=False)


def _input_tensors(arch: Arch, source: Source) -> Iterator[tuple[str, torch.Tensor]]:
    width = 2 * MEL_BANDS + arch.text_dim
    whole = source.take("input_embed.proj.weight", arch.dim, width)
    noise, reference = whole[:, :MEL_BANDS], whole[:, MEL_BANDS : 2 * MEL_BANDS]
    text = whole[:, 2 * MEL_BANDS :]
    yield "noise_in.weight", noise.contiguous()
    yield "reference_in.weight", reference.contiguous()
    yield "text_in.weight", text.contiguous()
    yield "text_in.bias", source.take("input_embed.proj.bias", arch.dim)
    for ours, theirs in ((0, 0), (1, 2)):
        name = f"input_embed.conv_pos_embed.conv1d.{theirs}."
        yield f"position.{ours}.weight", source.take(name + "weight", arch.dim, arch.dim // 16, 31)
        yield f"position.{ours}.bias", source.take(name + "bias", arch.dim)
    yield "mel_out.weight", source.take("proj_out.weight", MEL_BANDS, arch.dim)
    yield "mel_out.bias", source.take("proj_out.bias", MEL_BANDS)


def _block_tensors(arch: Arch, source: Source, number: int) -> Iterator[tuple[str, torch.Tensor]]:
    theirs, ours = f"transformer_blocks.{number}.", f"blocks.{number}."
    wide = arch.dim * arch.ff_mult
    for kind, columns in (("weight", (arch.dim,)), ("bias", ())):
        rows = {
            part: source.take(f"{theirs}attn.to_{part}.{kind}", arch.inner, *columns)
            for part in "qkv"
        }
        turned = [halves(arch, rows[part], arch.heads) for part in "qk"]
        yield f"{ours}qkv.{kind}", torch.cat([*turned, rows["v"]])
    for mine, name, height, width in (
        ("out", "attn.to_out.0", arch.dim, arch.inner),
        ("ff_in", "ff.ff.0.0", wide, arch.dim),
        ("ff_out", "ff.ff.2", arch.dim, wide),
    ):
        yield f"{ours}{mine}.weight", source.take(f"{theirs}{name}.weight", height, width)
        yield f"{ours}{mine}.bias", source.take(f"{theirs}{name}.bias", height)


def _time_weights(arch: Arch, source: Source) -> TimeWeights:
    dim = arch.dim
    names = [f"transformer_blocks.{number}.attn_norm.linear." for number in range(arch.depth)]
    return TimeWeights(
        hidden_in=source.take("time_embed.time_mlp.0.weight", dim, 256),
        hidden_in_bias=source.take("time_embed.time_mlp.0.bias", dim),
        hidden_out=source.take("time_embed.time_mlp.2.weight", dim, dim),
        hidden_out_bias=source.take("time_embed.time_mlp.2.bias", dim),
        blocks=torch.stack([source.take(name + "weight", 6 * dim, dim) for name in names]),
        blocks_bias=torch.stack([source.take(name + "bias", 6 * dim) for name in names]),
        final=source.take("norm_out.linear.weight", 2 * dim, dim),
        final_bias=source.take("norm_out.linear.bias", 2 * dim),
    )


def _vocos_names(depth: int) -> Iterator[tuple[str, str]]:
    for kind in ("weight", "bias"):
        yield f"backbone.embed.{kind}", f"mel_in.{kind}"
        yield f"backbone.norm.{kind}", f"norm_in.{kind}"
        yield f"backbone.final_layer_norm.{kind}", f"norm_out.{kind}"
        yield f"head.out.{kind}", f"spectrum_out.{kind}"
    for number in range(depth):
        theirs, ours = f"backbone.convnext.{number}.", f"blocks.{number}."
        yield theirs + "gamma", ours + "scale"
        for mine, name in (
            ("depthwise", "dwconv"),
            ("norm", "norm"),
            ("widen", "pwconv1"),
            ("narrow", "pwconv2"),
        ):
            for kind in ("weight", "bias"):
                yield f"{theirs}{name}.{kind}", f"{ours}{mine}.{kind}"
