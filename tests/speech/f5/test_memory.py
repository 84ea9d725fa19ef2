"""Memory is looked at before it is taken, and taken in one piece."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5 import memory
from ishowtts_desktop.speech.f5.memory import (
    RESERVE,
    Scratch,
    empty_tensors,
    free_bytes,
    require,
)

if TYPE_CHECKING:
    from pathlib import Path

CPU = torch.device("cpu")
MEMINFO = "MemTotal:  32000000 kB\nMemFree:   1000 kB\nMemAvailable:  {} kB\nBuffers: 1 kB\n"


def test_what_the_kernel_calls_available_is_free(tmp_path: Path) -> None:
    file = tmp_path / "meminfo"
    file.write_text(MEMINFO.format(2_000_000), encoding="ascii")
    assert free_bytes(CPU, file) == 2_048_000_000


@pytest.mark.parametrize("content", ["", "MemAvailable:", "MemAvailable: much kB", "\0\n"])
def test_where_nobody_knows_nothing_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "meminfo"
    assert free_bytes(CPU, file) is None
    file.write_text(content, encoding="ascii")
    assert free_bytes(CPU, file) is None
    assert free_bytes(torch.device("meta")) is None
    require(10**18, None, "model")


@pytest.mark.parametrize(("integrated", "expected"), [(False, 5_000), (True, 2_048_000_000)])
def test_a_gpu_has_what_its_driver_and_torch_say(
    integrated: bool, expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a driver that has 3000 bytes, and torch that holds 2500 and uses 500
    file = tmp_path / "meminfo"
    file.write_text(MEMINFO.format(2_000_000), encoding="ascii")
    properties = SimpleNamespace(is_integrated=integrated)
    for name, value in (
        ("mem_get_info", (3_000, 9_000)),
        ("memory_reserved", 2_500),
        ("memory_allocated", 500),
        ("get_device_properties", properties),
    ):
        monkeypatch.setattr(torch.cuda, name, lambda _, value=value: value)
    # THEN memory that is the processor's as well counts with what the kernel would give back
    assert free_bytes(torch.device("cuda"), file) == expected


def test_too_little_is_told_with_both_figures() -> None:
    require(10**9, 10**9 + RESERVE, "model.safetensors")
    with pytest.raises(EngineError) as caught:
        require(2 * 10**9, 10**9, "model.safetensors")
    needed = (2 * 10**9 + RESERVE) / 1e9
    assert caught.value.message == (
        f"model.safetensors needs {needed:.1f} GB of memory and 1.0 GB are free."
    )
    assert "smaller model" in caught.value.advice


def test_nothing_is_taken_when_it_would_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda _: RESERVE + 448)
    assert empty_tensors({"a": (100,)}, torch.float32, CPU, "model").keys() == {"a"}
    monkeypatch.setattr(memory, "_piece", lambda *_: pytest.fail("memory was taken"))
    with pytest.raises(EngineError, match="are free"):
        empty_tensors({"a": (100,), "b": (20,)}, torch.float32, CPU, "model")


def test_what_the_kernel_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda _: None)
    with pytest.raises(EngineError, match="can't be had"):
        empty_tensors({"a": (1 << 60,)}, torch.uint8, CPU, "model")


@given(
    shapes=st.lists(st.lists(st.integers(0, 9), max_size=3).map(tuple), max_size=9),
    dtype=st.sampled_from([torch.float32, torch.bfloat16, torch.uint8, torch.float64]),
)
def test_tensors_of_one_piece_do_not_touch_each_other(
    shapes: list[tuple[int, ...]], dtype: torch.dtype
) -> None:
    # WHEN each is filled with its own number
    made = empty_tensors({str(n): shape for n, shape in enumerate(shapes)}, dtype, CPU, "model")
    for name, tensor in made.items():
        tensor.fill_(int(name))
    # THEN each still has it, and its shape, and stands where torch wants it
    for number, shape in enumerate(shapes):
        tensor = made[str(number)]
        assert (tuple(tensor.shape), tensor.dtype) == (shape, dtype)
        assert bool((tensor == number).all())
        assert tensor.is_contiguous()
        assert not tensor.numel() or tensor.data_ptr() % 64 == 0


def test_scratch_is_used_again_and_grows() -> None:
    scratch = Scratch()
    first = scratch.take(100)
    assert scratch.take(60).data_ptr() == first.data_ptr()
    first.fill_(7)
    larger = scratch.take(5_000_000)
    assert len(larger) == 5_000_000
    # AND what somebody still holds is not taken from under them
    larger.fill_(1)
    assert int(first.min()) == 7
