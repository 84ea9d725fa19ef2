"""What torch raises, as it words it, and what the user is told."""

from __future__ import annotations

import pytest
import torch

from ishowtts_desktop.core.errors import EngineError, EngineLost
from ishowtts_desktop.speech.f5.faults import as_engine_error, is_full, is_lost, told

# As PyTorch 2.4 to 2.13 words them.
FULL = (
    torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported"),
    RuntimeError("CUDA driver error: out of memory"),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    RuntimeError("CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`"),
    RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
    RuntimeError("cuFFT error: CUFFT_ALLOC_FAILED"),
    RuntimeError("Triton Error [CUDA]: out of memory"),
    # On a Jetson, which has no NVML to ask.
    RuntimeError(
        "NVML_SUCCESS == r INTERNAL ASSERT FAILED at"
        ' "/opt/pytorch/c10/cuda/CUDACachingAllocator.cpp":1016, please report a bug to PyTorch.'
    ),
    RuntimeError(
        "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory:"
        " you tried to allocate 4000000000000 bytes. Error code 12 (Cannot allocate memory)"
    ),
    RuntimeError("NvMapMemAllocInternalTagged: 1075072515 error 12"),
    MemoryError(),
)
LOST = (
    RuntimeError("CUDA error: an illegal memory access was encountered\nCUDA kernel errors might"),
    RuntimeError("CUDA error: unspecified launch failure"),
    RuntimeError("CUDA error: device-side assert triggered"),
    RuntimeError("CUDA error: the launch timed out and was terminated"),
    RuntimeError("CUDA error: uncorrectable ECC error encountered"),
    RuntimeError("CUDA driver error: device not ready"),
    RuntimeError("Triton Error [CUDA]: an illegal memory access was encountered"),
    RuntimeError("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"),
    RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR"),
    RuntimeError("CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm(...)`"),
)
OTHER = (
    RuntimeError("mat1 and mat2 shapes cannot be multiplied (3x4 and 5x6)"),
    ValueError("nonsense"),
    RuntimeError(""),
    OSError(5, "Input/output error"),
    # Of CUDA, but the next call works as before, or a restart would not help.
    RuntimeError("CUDA error: operation not permitted when stream is capturing"),
    RuntimeError("cuDNN error: CUDNN_STATUS_NOT_SUPPORTED"),
    RuntimeError("CUDA error: no kernel image is available for execution on the device"),
)


@pytest.mark.parametrize("error", FULL, ids=str)
def test_a_full_memory_can_be_overcome(error: Exception) -> None:
    assert is_full(error)
    assert not is_lost(error)
    spoken = as_engine_error(error)
    assert not isinstance(spoken, EngineLost)
    assert "memory" in spoken.message
    assert spoken.advice


@pytest.mark.parametrize("error", LOST, ids=str)
def test_a_lost_device_is_lost_until_the_restart(error: Exception) -> None:
    assert is_lost(error)
    assert not is_full(error)
    spoken = as_engine_error(error)
    assert isinstance(spoken, EngineLost)
    assert "Restart" in spoken.advice
    assert "\n" not in str(spoken)


def test_a_pytorch_that_was_built_for_other_gpus_is_named() -> None:
    error = RuntimeError("CUDA error: no kernel image is available for execution on the device")
    assert "not built for this GPU" in as_engine_error(error).message


@pytest.mark.parametrize("error", OTHER, ids=repr)
def test_anything_else_is_a_fault_of_this_message(error: Exception) -> None:
    assert not is_full(error)
    assert not is_lost(error)
    spoken = as_engine_error(error)
    assert type(spoken) is EngineError
    assert spoken.message.strip(": ")


def test_typed_errors_pass_and_others_are_translated() -> None:
    typed = EngineError("said already")
    with pytest.raises(EngineError) as met, told():
        raise typed
    assert met.value is typed
    with pytest.raises(EngineLost) as lost, told():
        raise LOST[0]
    assert lost.value.__cause__ is LOST[0]
    with pytest.raises(KeyboardInterrupt), told():
        raise KeyboardInterrupt
