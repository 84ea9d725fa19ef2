"""Reading the two kinds of files that weights come in, tensor by tensor.

Files are read and never mapped. When a mapped file is cut short, or its disk goes away, the kernel
ends the whole application with SIGBUS; when it is written anew, the weights of the running model
change. What is read stays what it was, and a file that changes meanwhile is an `EngineError`.
"""

from __future__ import annotations

import json
import math
import os
import pickle
import weakref
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.memory import Scratch, free_bytes, require

if TYPE_CHECKING:
    from pathlib import Path

AGAIN = "Download it again."
# Where a training checkpoint keeps its tensors; the averaged ones speak better.
PARTS: Final = ("ema_model_state_dict", "model_state_dict", "state_dict")
DTYPES: Final[Mapping[str, torch.dtype]] = MappingProxyType(
    {
        "F64": torch.float64,
        "F32": torch.float32,
        "F16": torch.float16,
        "BF16": torch.bfloat16,
        "F8_E4M3": torch.float8_e4m3fn,
        "F8_E5M2": torch.float8_e5m2,
        "I64": torch.int64,
        "I32": torch.int32,
        "I16": torch.int16,
        "I8": torch.int8,
        "U8": torch.uint8,
        "BOOL": torch.bool,
    }
)
_SAFETENSORS: Final = "a safetensors file"
_LENGTH = 8
# Of a header, as the format has it.
_LONGEST = 100_000_000
_POINTER = b"version https://git-lfs"
_CPU = torch.device("cpu")


class Tensors(Mapping[str, torch.Tensor]):
    """Tensors by their names, on the CPU. A shape is known without reading the numbers."""

    @abstractmethod
    def shape(self, name: str) -> tuple[int, ...]:
        """Return a tensor's shape; raises KeyError."""

    def read(self, name: str, scratch: Scratch) -> torch.Tensor:  # noqa: ARG002 - see the files
        """Return a tensor, which may be in ``scratch`` and good until that is used again."""
        return self[name]

    def copy_into(self, name: str, target: torch.Tensor, scratch: Scratch) -> None:
        """Copy a tensor to ``target``, which has its shape and may have another type or device."""
        target.copy_(self.read(name, scratch))


class HeldTensors(Tensors):
    """Tensors that are in memory."""

    def __init__(self, tensors: Mapping[str, torch.Tensor]) -> None:
        self._tensors = tensors

    def __getitem__(self, name: str) -> torch.Tensor:
        """Return the tensor itself."""
        return self._tensors[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)

    def shape(self, name: str) -> tuple[int, ...]:
        """Return a tensor's shape."""
        return tuple(self._tensors[name].shape)


@dataclass(frozen=True)
class _Entry:
    """Where a tensor is in its file, in bytes."""

    dtype: torch.dtype
    shape: tuple[int, ...]
    start: int
    stop: int


class SafetensorsFile(Tensors):
    """The tensors of a safetensors file, each read when it is asked for; any thread may ask.

    The file stays open, so that another one in its place changes nothing. Raises `EngineError` when
    ``path`` is no such file, or a part of one, and later when it was written to or can't be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = os.open(path, os.O_RDONLY)
            weakref.finalize(self, os.close, self._file)
            self._state = self._now()
            self._entries = _entries(path, self._file, self._state[0])
        except OSError as error:
            raise self._unreadable(error) from error

    def __getitem__(self, name: str) -> torch.Tensor:
        """Read a tensor into memory of its own."""
        return self.read(name, Scratch())

    def __contains__(self, name: object) -> bool:
        """Tell without reading anything."""
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def shape(self, name: str) -> tuple[int, ...]:
        """Return a tensor's shape."""
        return self._entries[name].shape

    def read(self, name: str, scratch: Scratch) -> torch.Tensor:
        """Read a tensor into ``scratch``."""
        entry = self._entries[name]
        numbers = scratch.take(entry.stop - entry.start)
        self._fill(numbers, entry)
        return numbers.view(entry.dtype).view(entry.shape)

    def copy_into(self, name: str, target: torch.Tensor, scratch: Scratch) -> None:
        """Read a tensor to its place, without a copy between where the types are the same."""
        entry = self._entries[name]
        if target.device == _CPU and target.dtype == entry.dtype and target.is_contiguous():
            self._fill(target.flatten().view(torch.uint8), entry)
        else:
            super().copy_into(name, target, scratch)

    def _fill(self, target: torch.Tensor, entry: _Entry) -> None:
        """Read what the file has at ``entry`` to ``target``, as many bytes."""
        buffer, done = target.numpy().data, 0
        try:
            while done < len(buffer):
                count = os.preadv(self._file, [buffer[done:]], entry.start + done)
                if not count:
                    break
                done += count
            changed = done < len(buffer) or self._now() != self._state
        except OSError as error:
            raise self._unreadable(error) from error
        if changed:
            raise EngineError(
                f"{self._path} was changed while it was read.",
                "Wait until nothing writes to it, and load it again.",
            )

    def _now(self) -> tuple[int, int]:
        """Return what changes when somebody writes to the file: its size and its time."""
        now = os.fstat(self._file)
        return now.st_size, now.st_mtime_ns

    def _unreadable(self, error: OSError) -> EngineError:
        return EngineError(
            f"{self._path} can't be read: {error.strerror}.", "Check its disk and its permissions."
        )


def read_tensors(path: Path) -> Tensors:
    """Open a safetensors file, whose tensors stay on the disk until used, or read a PyTorch file.

    Of a training checkpoint it gives the averaged weights. Nothing in the file is executed. Raises
    `EngineError` with what was expected and what was found.
    """
    if path.is_dir():
        raise EngineError(f"{path} should be a file of weights and is a folder.", AGAIN)
    try:
        with path.open("rb") as file:
            start = file.read(len(_POINTER))
    except OSError as error:
        raise EngineError(
            f"{path} should be a file of weights and can't be read: {error.strerror}.",
            "Check the path and its permissions.",
        ) from error
    if not start:
        raise EngineError(f"{path} should be a file of weights and is empty.", AGAIN)
    if start == _POINTER:
        raise EngineError(
            f"{path} should be a file of weights and is only a Git LFS pointer to one.",
            "Run `git lfs pull` in its folder.",
        )
    if path.suffix == ".safetensors":
        return SafetensorsFile(path)
    return _read_pickled(path)


def _read_pickled(path: Path) -> Tensors:
    require(path.stat().st_size, free_bytes(_CPU), str(path))
    try:
        found = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        raise _not_weights(path, "a PyTorch checkpoint", str(error)) from error
    if isinstance(found, Mapping):
        found = next((found[part] for part in PARTS if part in found), found)
    if not isinstance(found, Mapping):
        raise _not_weights(path, "a dictionary of tensors", f"a {type(found).__name__}")
    tensors = {name: value for name, value in found.items() if isinstance(value, torch.Tensor)}
    return HeldTensors(tensors)


def _entries(path: Path, file: int, size: int) -> Mapping[str, _Entry]:
    """Read the header of a safetensors file of ``size`` bytes."""
    length = int.from_bytes(os.pread(file, _LENGTH, 0), "little")
    if length > min(size - _LENGTH, _LONGEST):
        raise _not_weights(path, _SAFETENSORS, "it ends within its header")
    try:
        header = json.loads(os.pread(file, length, _LENGTH))
        header.pop("__metadata__", None)
        entries = {name: _entry(told, _LENGTH + length) for name, told in header.items()}
    except (ValueError, AttributeError, TypeError, LookupError, RecursionError) as error:
        raise _not_weights(path, _SAFETENSORS, "its header can't be understood") from error
    expected = max((entry.stop for entry in entries.values()), default=_LENGTH + length)
    if size < expected:
        raise EngineError(
            f"{path} is cut short: it should have {expected:,} bytes and has {size:,}.", AGAIN
        )
    return entries


def _entry(told: Mapping[str, Any], base: int) -> _Entry:
    """Make sense of what a header tells of a tensor; raises ValueError and its like."""
    start, stop = told["data_offsets"]
    shape, dtype = tuple(told["shape"]), DTYPES[told["dtype"]]
    if not all(isinstance(number, int) and number >= 0 for number in (start, stop, *shape)):
        raise ValueError
    if stop - start != math.prod(shape) * dtype.itemsize:
        raise ValueError
    return _Entry(dtype, shape, base + start, base + stop)


def _not_weights(path: Path, expected: str, found: str) -> EngineError:
    lines = found.strip().splitlines() or ["no reason was given"]
    reason = lines[0].rstrip(".")[:200]
    return EngineError(f"{path} should be {expected} and is not ({reason}).", AGAIN)
