"""What torch raises when a device is full or gone, told apart and told to the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from ishowtts_desktop.core.errors import EngineError, EngineLost

if TYPE_CHECKING:
    from collections.abc import Iterator

from contextlib import contextmanager

# What CUDA, cuBLAS, cuDNN and NVRTC failures begin with since PyTorch 2.4; newer ones have a class.
_LOST_WORDS = ("CUDA error:", "CUDA driver error:", "CUBLAS_STATUS_", "CUDNN_STATUS_", "NVML")
_FULL_WORDS = ("CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "NvMapMemAlloc")
_CPU_FULL_WORDS = ("can't allocate memory", "not enough memory")


def is_full(error: BaseException) -> bool:
    """Tell whether ``error`` says that there is no memory left, which can be overcome."""
    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    words = (*_FULL_WORDS, *_CPU_FULL_WORDS)
    return isinstance(error, RuntimeError) and any(word in str(error) for word in words)


def is_lost(error: BaseException) -> bool:
    """Tell whether ``error`` leaves CUDA unusable until the process ends.

    An illegal access, a launch that failed or a GPU that fell off its bus poisons the context: all
    calls after it fail, whatever they are.
    """
    if is_full(error):
        return False
    kind = getattr(torch, "AcceleratorError", None)  # since PyTorch 2.8
    if kind is not None and isinstance(error, kind):
        return True
    return isinstance(error, RuntimeError) and any(word in str(error) for word in _LOST_WORDS)


@contextmanager
def told() -> Iterator[None]:
    """Turn what torch raises inside into `EngineError` or `EngineLost`."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        raise as_engine_error(error) from error


def as_engine_error(error: Exception) -> EngineError:
    """Return the typed error for whatever torch raised."""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if is_full(error):
        return EngineError(
            f"There is not enough memory for the F5 voice: {first}",
            "Close other programs that use the GPU, or choose a smaller model.",
        )
    if is_lost(error):
        return EngineLost(
            f"The GPU stopped answering: {first}", "Restart the application to use it again."
        )
    return EngineError(
        f"The F5 engine failed: {first}", "The next message is tried; the log has the details."
    )
