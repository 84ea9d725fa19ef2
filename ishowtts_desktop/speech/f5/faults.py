"""What torch raises when a device is full or gone, told apart and told to the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from ishowtts_desktop.core.errors import EngineError, EngineLost

if TYPE_CHECKING:
    from collections.abc import Iterator

from contextlib import contextmanager

# As CUDA, its libraries, Triton and PyTorch word it since PyTorch 2.4.
_FULL_WORDS = (
    "out of memory",
    "ALLOC_FAILED",
    # What a library says when it can't even make its handle.
    "CUBLAS_STATUS_NOT_INITIALIZED",
    # A Jetson has no NVML, which the allocator asks when it has found no memory.
    "NVML_SUCCESS == r INTERNAL ASSERT",
    "NvMapMemAlloc",
    "can't allocate memory",
    "not enough memory",
)
_LOST_WORDS = (
    "illegal memory access",
    "illegal address",
    "illegal instruction",
    "misaligned address",
    "launch failure",
    "launch failed",
    "launch timed out",
    "device-side assert",
    "uncorrectable ECC",
    "fallen off the bus",
    "device not ready",
    "device lost",
    "unknown error",
    "EXECUTION_FAILED",
    "CUDNN_STATUS_INTERNAL_ERROR",
    "CUBLAS_STATUS_INTERNAL_ERROR",
)
_NO_KERNEL = "no kernel image is available"


def is_full(error: BaseException) -> bool:
    """Tell whether ``error`` says that there is no memory left, which can be overcome."""
    if isinstance(error, (torch.cuda.OutOfMemoryError, MemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(word in str(error) for word in _FULL_WORDS)


def is_lost(error: BaseException) -> bool:
    """Tell whether ``error`` leaves CUDA unusable until the process ends.

    An illegal access, a launch that failed or a GPU that fell off its bus poisons the context: all
    calls after it fail, whatever they are.
    """
    if is_full(error) or not isinstance(error, RuntimeError):
        return False
    return any(word in str(error) for word in _LOST_WORDS)


@contextmanager
def told() -> Iterator[None]:
    """Turn what torch raises inside into `EngineError` or `EngineLost`."""
    try:
        yield
    except (EngineError, BrokenPipeError):
        raise  # the second is of who reads what a benchmark prints
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
    if _NO_KERNEL in str(error):
        return EngineError(
            f"This PyTorch was not built for this GPU: {first}",
            "Install one that was (on a Jetson NVIDIA's own), or choose the device cpu.",
        )
    return EngineError(
        f"The F5 engine failed: {first}", "The next message is tried; the log has the details."
    )
