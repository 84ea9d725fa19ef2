"""From an official checkpoint's names and layout to ours, tensor by tensor.

Each tensor goes from its file to its place, in its final order, type and device, so that the model
is in memory once and not twice. Reading it takes as long as what the processor does to it, so on
the CPU a few threads do both.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.dit import DiT, TimeWeights
from ishowtts_desktop.speech.f5.layout import (
    Fill,
    block_fills,
    input_fills,
    text_fills,
    time_fills,
    vocos_names,
)
from ishowtts_desktop.speech.f5.memory import Scratch, empty_tensors
from ishowtts_desktop.speech.f5.tensor_files import HeldTensors, Tensors
from ishowtts_desktop.speech.f5.text_encoder import TextEncoder
from ishowtts_desktop.speech.f5.vocos import Vocos

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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


class _Bare(TorchFunctionMode):
    """While it is entered, new modules get memory that nobody touches, and no numbers.

    The meta device would do as much, but its first random number imports a computer algebra system:
    half a second and more.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: object,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401 - whatever torch gives
        """Leave out what `torch.nn.init` does."""
        given = dict(kwargs or {})
        if getattr(func, "__module__", None) == torch.nn.init.__name__:
            return given["tensor"] if "tensor" in given else args[0]
        return func(*args, **given)


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
    with _Bare():
        dit = DiT(arch)
    fills = list(input_fills(arch))
    for number in range(arch.depth):
        fills += block_fills(arch, number)
    dit = _built(dit, arch, source, fills, device, dtype)
    return dit, _time_weights(arch, source)


def _time_weights(arch: Arch, source: Source) -> TimeWeights:
    dim = arch.dim
    names = [f"transformer_blocks.{number}.attn_norm.linear." for number in range(arch.depth)]
    fills = list(time_fills(arch))
    shapes = {fill.ours: fill.shape for fill in fills}
    return TimeWeights(
        blocks=Streamed(source, tuple(name + "weight" for name in names), (6 * dim, dim)),
        blocks_bias=Streamed(source, tuple(name + "bias" for name in names), (6 * dim,)),
        **_filled(shapes, arch, source, fills, CPU, torch.float32),
    )


def load_text_encoder(arch: Arch, source: Source, device: torch.device = CPU) -> TextEncoder:
    """Build the text encoder, float32."""
    with _Bare():
        encoder = TextEncoder(arch)
    return _built(encoder, arch, source, list(text_fills(arch)), device, torch.float32)


def load_vocos(
    tensors: Mapping[str, torch.Tensor], where: str, device: torch.device = CPU
) -> Vocos:
    """Build the vocoder, float32; raises `EngineError` for another kind of file."""
    with _Bare():
        vocos = Vocos()
    source, state = Source(tensors, where), vocos.state_dict()
    names = dict(vocos_names(len(vocos.blocks)))
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
    return _built(vocos, None, source, fills, device, torch.float32)


def _built(
    model: Built,
    arch: Arch | None,
    source: Source,
    fills: list[Fill],
    device: torch.device,
    dtype: torch.dtype,
) -> Built:
    """Give ``model`` its numbers."""
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    state = _filled(shapes, arch, source, fills, device, dtype)
    model.load_state_dict(state, strict=True, assign=True)
    # Buffers are in no checkpoint.
    return model.to(device).eval().requires_grad_(requires_grad=False)


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
