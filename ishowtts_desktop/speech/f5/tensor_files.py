"""Reading the two kinds of files that weights come in, tensor by tensor."""

from __future__ import annotations

import json
import pickle
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import torch
from safetensors import SafetensorError, safe_open

from ishowtts_desktop.core.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path

AGAIN = "Download it again."
# Where a training checkpoint keeps its tensors; the averaged ones speak better.
PARTS: Final = ("ema_model_state_dict", "model_state_dict", "state_dict")
_LENGTH = 8
_POINTER = b"version https://git-lfs"


class SafetensorsFile(Mapping[str, torch.Tensor]):
    """The tensors of a safetensors file, each read when it is asked for.

    Raises `EngineError` when ``path`` is no such file, or a part of one.
    """

    def __init__(self, path: Path) -> None:
        _check_length(path)
        try:
            self._file = safe_open(str(path), framework="pt")
        except (SafetensorError, OSError) as error:
            raise _not_weights(path, "a safetensors file", str(error)) from error
        self._names = frozenset(self._file.keys())  # type: ignore[no-untyped-call]

    def __getitem__(self, name: str) -> torch.Tensor:
        """Return a tensor on the CPU."""
        if name not in self._names:
            raise KeyError(name)
        tensor: torch.Tensor = self._file.get_tensor(name)  # type: ignore[no-untyped-call]
        return tensor

    def __contains__(self, name: object) -> bool:
        """Tell without reading anything."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def read_tensors(path: Path) -> Mapping[str, torch.Tensor]:
    """Open a safetensors or PyTorch file; tensors stay on the disk until they are used.

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


def _read_pickled(path: Path) -> Mapping[str, torch.Tensor]:
    try:
        # Only the zipped layout can be mapped; PyTorch before 1.6 wrote another.
        found = torch.load(
            path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path)
        )
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        raise _not_weights(path, "a PyTorch checkpoint", str(error)) from error
    if isinstance(found, Mapping):
        found = next((found[part] for part in PARTS if part in found), found)
    if not isinstance(found, Mapping):
        raise _not_weights(path, "a dictionary of tensors", f"a {type(found).__name__}")
    return {name: tensor for name, tensor in found.items() if isinstance(tensor, torch.Tensor)}


def _check_length(path: Path) -> None:
    """Raise `EngineError` for a file that ends before its last tensor: a broken download."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        if length > size:
            # Not even a header; the library says so.
            return
        try:
            header = json.loads(file.read(length))
            tensors = [entry for entry in header.values() if "data_offsets" in entry]
            ends = [entry["data_offsets"][1] for entry in tensors]
        except (ValueError, AttributeError, TypeError, LookupError):
            return
    expected = _LENGTH + length + max(ends, default=0)
    if size < expected:
        raise EngineError(
            f"{path} is cut short: it should have {expected:,} bytes and has {size:,}.", AGAIN
        )


def _not_weights(path: Path, expected: str, found: str) -> EngineError:
    lines = found.strip().splitlines() or ["no reason was given"]
    reason = lines[0].rstrip(".")[:200]
    return EngineError(f"{path} should be {expected} and is not ({reason}).", AGAIN)
