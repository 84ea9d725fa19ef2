"""Where the model runs, and in which precision."""

from __future__ import annotations

from pathlib import Path

import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.faults import as_engine_error, is_full, is_lost

PRECISIONS = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
INTEGRATED_SHARE = 0.5
"""How much of the memory that the processor and its GPU share may be ours: on a Jetson."""
_CPU_FLAGS = Path("/proc/cpuinfo")


def find_device(name: str = "auto") -> torch.device:
    """Return the device called ``name``, a GPU with its number; "auto" is CUDA where it works.

    Raises `EngineError` for one that isn't here.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        device = torch.device(name)
        if device.type == "cuda" and ":" not in name:
            # Several of torch's functions want the number, others take the current device.
            device = torch.device("cuda", torch.cuda.current_device())
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError) as error:
        if is_full(error) or is_lost(error):
            raise as_engine_error(error) from error
        raise EngineError(
            f"There is no device {name!r} for the F5 engine: {str(error).splitlines()[0]}",
            'Choose "auto" or "cpu".',
        ) from error
    return device


def best_precision(device: torch.device, cpu_flags: Path = _CPU_FLAGS) -> torch.dtype:
    """Return the fastest precision that ``device`` multiplies by itself."""
    if device.type == "cuda":
        return torch.float16
    return torch.bfloat16 if _multiplies_bf16(cpu_flags) else torch.float32


def work_on(device: torch.device) -> None:
    """Let ``device`` be this thread's own: streams, graphs and events belong to the current one."""
    if device.type == "cuda":
        torch.cuda.set_device(device)


def share_memory(device: torch.device) -> None:
    """Leave others their part of a memory that they share with the GPU.

    There, running out doesn't fail one allocation but ends processes.
    """
    if device.type == "cuda" and torch.cuda.get_device_properties(device).is_integrated:
        torch.cuda.set_per_process_memory_fraction(INTEGRATED_SHARE, device)


def _multiplies_bf16(cpu_flags: Path) -> bool:
    """Tell whether the processor has products of bfloat16, on x86-64 or Arm.

    PyTorch's own test says yes as well where they are only emulated, slower than float32.
    """
    try:
        text = cpu_flags.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    for line in text.splitlines():
        name, _, flags = line.partition(":")
        if name.strip() in ("flags", "Features"):
            return bool({"avx512_bf16", "amx_bf16", "bf16"} & set(flags.split()))
    return False
