"""From an official checkpoint's names and layout to ours, tensor by tensor.

Each tensor goes from its file to its place, in its final order, type and device, so that the model
is in memory once and not twice. Reading it takes as long as what the processor does to it, so on
the CPU a few threads do both.

The names on the right of the `Fill` in `_block_fills` and its neighbours are the published
checkpoints' (`ema_model.transformer.*` of SWivid/F5-TTS, charactr/vocos-mel-24khz): that is a file
format.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import torch
from torch import nn

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import (
    MEL_BANDS,
    POSITION_GROUPS,
    POSITION_KERNEL,
    TEXT_KERNEL,
    TIME_FEATURES,
)
from ishowtts_desktop.speech.f5.dit import DiT, TimeWeights
from ishowtts_desktop.speech.f5.memory import Scratch, empty_tensors
from ishowtts_desktop.speech.f5.mel import N_FFT
from ishowtts_desktop.speech.f5.tensor_files import HeldTensors, Tensors
from ishowtts_desktop.speech.f5.text_encoder import TextEncoder
from ishowtts_desktop.speech.f5.vocos import Vocos

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.arch import Arch

    Built = TypeVar("Built", bound=nn.Module)

PREFIXES = ("ema_model.transformer.", "transformer.", "")
CPU: Final = torch.device("cpu")
# More than four wait for the memory and not for the processor.
_THREADS: Final = min(4, os.cpu_count() or 1)
_VOCOS_ADVICE = "Choose pytorch_model.bin of charactr/vocos-mel-24khz."


class Source:
    """A checkpoint's tensors by their published names. Tells what is missing or misshapen."""

    def __init__(self, tensors: Mapping[str, torch.Tensor], where: str) -> None:
        self._tensors = tensors if isinstance(tensors, Tensors) else HeldTensors(tensors)
        self.where = where
        probe = "input_embed.proj.weight"
        self._prefix = next((p for p in PREFIXES if p + probe in tensors), "")

    def check(self, name: str, shape: tuple[int, ...]) -> None:
        """Raise `EngineError` unless there is a tensor of exactly ``shape``. Reads nothing."""
        if self._prefix + name not in self._tensors:
            raise EngineError(
                f"{self.where} is not an F5-TTS checkpoint: {name} is missing.",
                "Choose a checkpoint of F5-TTS v1 Base, v1 Small or v0 Base.",
            )
        found = self.shape(name)
        if found != shape:
            raise EngineError(
                f"{self.where} doesn't fit: {name} should be {list(shape)} and is {list(found)}.",
                "Choose the architecture and vocab.txt that it was trained with.",
            )

    def read(self, name: str, scratch: Scratch) -> torch.Tensor:
        """Return a tensor in the type of its file, maybe in ``scratch``; raises `EngineError`."""
        return self._tensors.read(self._prefix + name, scratch)

    def copy_into(self, name: str, target: torch.Tensor, scratch: Scratch) -> None:
        """Copy a tensor to ``target`` of its shape; raises `EngineError`."""
        self._tensors.copy_into(self._prefix + name, target, scratch)

    def shape(self, name: str) -> tuple[int, ...]:
        """Return a tensor's shape; empty when there is no such tensor."""
        known = self._prefix + name in self._tensors
        return self._tensors.shape(self._prefix + name) if known else ()


@dataclass(frozen=True)
class Fill:
    """What one of our tensors, or some rows of it, is filled with.

    ``rows`` of ours and ``columns`` of theirs, None for all; ``shape`` is the whole of theirs. With
    ``heads``, rows are reordered to `halves`.
    """

    ours: str
    theirs: str
    shape: tuple[int, ...]
    rows: slice | None = None
    columns: slice | None = None
    heads: int | None = None


class Streamed:
    """Float32 tensors of one kind, a block's after the other's; each pass reads them again.

    They are two fifths of a checkpoint and needed for one moment. Each is good until the next.
    """

    def __init__(self, source: Source, names: tuple[str, ...], shape: tuple[int, ...]) -> None:
        for name in names:
            source.check(name, shape)
        self._source = source
        self._names = names

    def __iter__(self) -> Iterator[torch.Tensor]:
        scratch = Scratch()
        return (self._source.read(name, scratch).float() for name in self._names)


def halves(arch: Arch, weight: torch.Tensor, heads: int) -> torch.Tensor:
    """Reorder the rows of a query or key projection from pairs that turn to halves that turn.

    The published model turns dimensions 0 and 1, 2 and 3, ... together; ours d and d + 32. The same
    reordering of queries and keys leaves their products alone.
    """
    rows = weight.view(heads, arch.head_dim // 2, 2, -1)
    return rows.transpose(1, 2).reshape(weight.shape)


def load_dit(
    arch: Arch,
    source: Source,
    device: torch.device = CPU,
    dtype: torch.dtype = torch.float32,
) -> tuple[DiT, TimeWeights]:
    """Build the transformer, and on the CPU in float32 what its time tables are made from."""
    with torch.device("meta"):
        dit = DiT(arch)
    fills = list(_input_fills(arch))
    for number in range(arch.depth):
        fills += _block_fills(arch, number)
    dit = _built(dit, arch, source, fills, device, dtype)
    return dit, _time_weights(arch, source)


def load_text_encoder(arch: Arch, source: Source, device: torch.device = CPU) -> TextEncoder:
    """Build the text encoder, float32."""
    with torch.device("meta"):
        encoder = TextEncoder(arch)
    return _built(encoder, arch, source, list(_text_fills(arch)), device, torch.float32)


def load_vocos(
    tensors: Mapping[str, torch.Tensor], where: str, device: torch.device = CPU
) -> Vocos:
    """Build the vocoder, float32; raises `EngineError` for another kind of file."""
    with torch.device("meta"):
        vocos = Vocos()
    source, state = Source(tensors, where), vocos.state_dict()
    names = dict(_vocos_names(len(vocos.blocks)))
    for theirs, ours in names.items():
        found, expected = source.shape(theirs), tuple(state[ours].shape)
        if not found:
            raise EngineError(
                f"{where} is not a Vocos checkpoint: {theirs} is missing.", _VOCOS_ADVICE
            )
        if found != expected:
            raise EngineError(
                f"{where} is another Vocos: {theirs} should be {list(expected)}"
                f" and is {list(found)}.",
                _VOCOS_ADVICE,
            )
    fills = [Fill(ours, theirs, source.shape(theirs)) for theirs, ours in names.items()]
    # In no checkpoint, so what the meta device made of it must be made again.
    vocos.window = torch.hann_window(N_FFT, device=device)
    return _built(vocos, None, source, fills, device, torch.float32)


def _built(
    model: Built,
    arch: Arch | None,
    source: Source,
    fills: list[Fill],
    device: torch.device,
    dtype: torch.dtype,
) -> Built:
    """Give ``model``, which is on the meta device, its numbers."""
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    state = _filled(shapes, arch, source, fills, device, dtype)
    model.load_state_dict(state, strict=True, assign=True)
    return model.eval().requires_grad_(requires_grad=False)


def _filled(
    shapes: Mapping[str, tuple[int, ...]],
    arch: Arch | None,
    source: Source,
    fills: list[Fill],
    device: torch.device,
    dtype: torch.dtype,
) -> dict[str, torch.Tensor]:
    """Return tensors of ``shapes`` filled from ``source``; raises `EngineError`."""
    for fill in fills:
        source.check(fill.theirs, fill.shape)
    state = empty_tensors(shapes, dtype, device, source.where)

    waiting = iter(fills)

    def work() -> None:
        scratch = Scratch(), Scratch()
        for fill in waiting:
            _fill(state[fill.ours], fill, arch, source, *scratch)

    if device != CPU:
        # A GPU belongs to the thread that loads.
        work()
        return state
    with ThreadPoolExecutor(_THREADS, "weights") as threads:
        for working in [threads.submit(work) for _ in range(_THREADS)]:
            working.result()
    return state


def _fill(
    target: torch.Tensor,
    fill: Fill,
    arch: Arch | None,
    source: Source,
    scratch: Scratch,
    other: Scratch,
) -> None:
    if fill.rows is not None:
        target = target[fill.rows]
    if fill.columns is not None:
        target.copy_(source.read(fill.theirs, scratch)[:, fill.columns])
    elif fill.heads is not None and arch is not None:
        order = halves(arch, torch.arange(fill.shape[0]), fill.heads)
        read = source.read(fill.theirs, scratch)
        room = other.take(read.nbytes).view(read.dtype).view(read.shape)
        target.copy_(torch.index_select(read, 0, order, out=room))
    else:
        source.copy_into(fill.theirs, target.view(fill.shape), scratch)


def _input_fills(arch: Arch) -> Iterator[Fill]:
    name, dim = "input_embed.proj.weight", arch.dim
    ends = (0, MEL_BANDS, 2 * MEL_BANDS, 2 * MEL_BANDS + arch.text_dim)
    for ours, start, end in zip(("noise_in", "reference_in", "text_in"), ends, ends[1:]):
        yield Fill(f"{ours}.weight", name, (dim, ends[-1]), columns=slice(start, end))
    yield Fill("text_in.bias", "input_embed.proj.bias", (dim,))
    for number, theirs in ((0, 0), (1, 2)):
        name = f"input_embed.conv_pos_embed.conv1d.{theirs}."
        shape = (dim, dim // POSITION_GROUPS, POSITION_KERNEL)
        yield Fill(f"position.{number}.weight", name + "weight", shape)
        yield Fill(f"position.{number}.bias", name + "bias", (dim,))
    yield Fill("mel_out.weight", "proj_out.weight", (MEL_BANDS, dim))
    yield Fill("mel_out.bias", "proj_out.bias", (MEL_BANDS,))


def _block_fills(arch: Arch, number: int) -> Iterator[Fill]:
    ours, theirs = f"blocks.{number}.", f"transformer_blocks.{number}."
    inner, dim, wide = arch.inner, arch.dim, arch.dim * arch.ff_mult
    for place, part in enumerate("qkv"):
        rows = slice(place * inner, (place + 1) * inner)
        heads = None if part == "v" else arch.heads
        for kind, shape in (("weight", (inner, dim)), ("bias", (inner,))):
            name = f"{theirs}attn.to_{part}.{kind}"
            yield Fill(f"{ours}qkv.{kind}", name, shape, rows, heads=heads)
    for mine, name, height, width in (
        ("out", "attn.to_out.0", dim, inner),
        ("ff_in", "ff.ff.0.0", wide, dim),
        ("ff_out", "ff.ff.2", dim, wide),
    ):
        yield Fill(f"{ours}{mine}.weight", f"{theirs}{name}.weight", (height, width))
        yield Fill(f"{ours}{mine}.bias", f"{theirs}{name}.bias", (height,))


def _text_fills(arch: Arch) -> Iterator[Fill]:
    dim, wide = arch.text_dim, 2 * arch.text_dim
    name = "text_embed.text_embed.weight"
    yield Fill("embedding.weight", name, (arch.vocabulary + 1, dim))
    for number in range(arch.text_layers):
        ours, theirs = f"blocks.{number}.", f"text_embed.text_blocks.{number}."
        yield Fill(ours + "depthwise.weight", theirs + "dwconv.weight", (dim, 1, TEXT_KERNEL))
        yield Fill(ours + "depthwise.bias", theirs + "dwconv.bias", (dim,))
        yield Fill(ours + "norm.weight", theirs + "norm.weight", (dim,))
        yield Fill(ours + "norm.bias", theirs + "norm.bias", (dim,))
        yield Fill(ours + "widen.weight", theirs + "pwconv1.weight", (wide, dim))
        yield Fill(ours + "widen.bias", theirs + "pwconv1.bias", (wide,))
        yield Fill(ours + "gain", theirs + "grn.gamma", (1, 1, wide))
        yield Fill(ours + "offset", theirs + "grn.beta", (1, 1, wide))
        yield Fill(ours + "narrow.weight", theirs + "pwconv2.weight", (dim, wide))
        yield Fill(ours + "narrow.bias", theirs + "pwconv2.bias", (dim,))


def _time_weights(arch: Arch, source: Source) -> TimeWeights:
    dim = arch.dim
    names = [f"transformer_blocks.{number}.attn_norm.linear." for number in range(arch.depth)]
    fills = [
        Fill("hidden_in", "time_embed.time_mlp.0.weight", (dim, TIME_FEATURES)),
        Fill("hidden_in_bias", "time_embed.time_mlp.0.bias", (dim,)),
        Fill("hidden_out", "time_embed.time_mlp.2.weight", (dim, dim)),
        Fill("hidden_out_bias", "time_embed.time_mlp.2.bias", (dim,)),
        Fill("final", "norm_out.linear.weight", (2 * dim, dim)),
        Fill("final_bias", "norm_out.linear.bias", (2 * dim,)),
    ]
    shapes = {fill.ours: fill.shape for fill in fills}
    return TimeWeights(
        blocks=Streamed(source, tuple(name + "weight" for name in names), (6 * dim, dim)),
        blocks_bias=Streamed(source, tuple(name + "bias" for name in names), (6 * dim,)),
        **_filled(shapes, arch, source, fills, CPU, torch.float32),
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
