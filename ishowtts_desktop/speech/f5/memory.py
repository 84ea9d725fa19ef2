"""Looking at free memory before it is taken, and taking it in one piece.

On a Jetson the chip and the processor share their memory, and what asks for more than there is ends
the application without an error that could be caught.
"""

from __future__ import annotations

import contextlib
import math
import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch

from ishowtts_desktop.core.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMORY_FILE: Final = Path("/proc/meminfo")
RESERVE: Final = 256 * 2**20
"""Bytes that stay free: for what the steps themselves need, and for everybody else."""
# Of the start of a tensor, as torch has it.
_ALIGNMENT: Final = 64
_ADVICE: Final = "Close other programs, or choose a smaller model."


def free_bytes(device: torch.device, memory_file: Path = MEMORY_FILE) -> int | None:
    """Return the bytes that ``device`` has free, or None where nobody knows."""
    if device.type == "cuda":
        free = torch.cuda.mem_get_info(device)[0]
        # What torch holds and doesn't use is free for torch.
        free += torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        if not torch.cuda.get_device_properties(device).is_integrated:
            return free
        # A Jetson's driver takes no account of what the page cache would give back.
        return max(free, _available(memory_file) or 0)
    return _available(memory_file) if device.type == "cpu" else None


def require(needed: int, free: int | None, what: str) -> None:
    """Raise `EngineError` unless ``needed`` bytes for ``what`` leave `RESERVE` of ``free`` ones."""
    if free is not None and needed + RESERVE > free:
        raise EngineError(
            f"{what} needs {(needed + RESERVE) / 1e9:.1f} GB of memory"
            f" and {max(free, 0) / 1e9:.1f} GB are free.",
            _ADVICE,
        )


def empty_tensors(
    shapes: Mapping[str, tuple[int, ...]], dtype: torch.dtype, device: torch.device, what: str
) -> dict[str, torch.Tensor]:
    """Return tensors of ``shapes`` with arbitrary numbers in them, all in one piece of memory.

    Raises `EngineError` when there is too little for ``what``.
    """
    step = max(1, _ALIGNMENT // dtype.itemsize)
    starts, end = {}, 0
    for name, shape in shapes.items():
        starts[name] = end
        end += -(-math.prod(shape) // step) * step
    needed = end * dtype.itemsize
    require(needed, free_bytes(device), what)
    try:
        whole = _piece(needed, device).view(dtype)
    except (OSError, MemoryError, torch.cuda.OutOfMemoryError) as error:
        raise EngineError(
            f"{what} needs {needed / 1e9:.1f} GB of memory that can't be had ({error}).", _ADVICE
        ) from error
    return {
        name: whole[starts[name] : starts[name] + math.prod(shape)].view(shape)
        for name, shape in shapes.items()
    }


class Scratch:
    """Memory on the CPU for one tensor after the other: each `take` overwrites what was before."""

    def __init__(self) -> None:
        self._piece = torch.empty(0, dtype=torch.uint8)

    def take(self, size: int) -> torch.Tensor:
        """Return ``size`` bytes, good until the next call."""
        if len(self._piece) < size:
            self._piece = _piece(size, torch.device("cpu"))
        return self._piece[:size]


def _piece(needed: int, device: torch.device) -> torch.Tensor:
    """Return ``needed`` bytes; on the CPU in huge pages where there are such.

    Getting a page of 4 KB costs several times what filling it does.
    """
    if device.type != "cpu" or not needed or not hasattr(mmap, "MADV_HUGEPAGE"):
        return torch.empty(needed, dtype=torch.uint8, device=device)
    piece = mmap.mmap(-1, needed, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with contextlib.suppress(OSError):
        # Refused by a kernel that is built without them.
        piece.madvise(mmap.MADV_HUGEPAGE)
    return torch.frombuffer(piece, dtype=torch.uint8)


def _available(memory_file: Path) -> int | None:
    try:
        lines = memory_file.read_text(encoding="ascii").splitlines()
        found = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(found.split()[1]) * 1024
    except (OSError, ValueError, StopIteration, IndexError):
        return None
