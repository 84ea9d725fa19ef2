"""Which device and precision are taken, by what the machine says of itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import torch
from torch.cuda._utils import _get_device_index

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.precision import (
    best_precision,
    find_device,
    share_memory,
    work_on,
)

if TYPE_CHECKING:
    from pathlib import Path

CPU, CUDA = torch.device("cpu"), torch.device("cuda")
EPYC_ZEN5 = "processor\t: 0\nflags\t\t: fpu avx2 avx512f avx512_bf16 avx512_vnni\n"
XEON_SAPPHIRE = "flags\t\t: fpu avx512f amx_bf16 amx_tile\n"
ZEN3 = "flags\t\t: fpu avx2 fma\n"
ORIN_A78AE = "Features\t: fp asimd fphp asimdhp asimddp\n"
NEOVERSE_V2 = "Features\t: fp asimd bf16 i8mm sve2\n"


@pytest.mark.parametrize(
    ("text", "dtype"),
    [
        (EPYC_ZEN5, torch.bfloat16),
        (XEON_SAPPHIRE, torch.bfloat16),
        (NEOVERSE_V2, torch.bfloat16),
        (ZEN3, torch.float32),
        (ORIN_A78AE, torch.float32),
        ("", torch.float32),
        ("\x00\xff nonsense : :", torch.float32),
    ],
)
def test_a_cpu_takes_bf16_only_where_it_multiplies_it(
    text: str, dtype: torch.dtype, tmp_path: Path
) -> None:
    flags = tmp_path / "cpuinfo"
    flags.write_bytes(text.encode("latin-1"))
    assert best_precision(CPU, flags) == dtype


def test_a_system_without_that_file_takes_fp32(tmp_path: Path) -> None:
    assert best_precision(CPU, tmp_path / "none") == torch.float32


def test_cuda_takes_fp16() -> None:
    assert best_precision(CUDA) == torch.float16


def test_auto_is_cuda_where_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 1)
    monkeypatch.setattr(torch, "empty", lambda *_, **__: None)
    assert find_device() == find_device("cuda") == torch.device("cuda", 1)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert find_device() == find_device("cpu") == CPU


@pytest.mark.parametrize("name", ["toaster", "", "cuda:99", "cpu:x", "meta:-1"])
def test_a_device_that_is_not_here_is_said_so(name: str) -> None:
    with pytest.raises(EngineError) as met:
        find_device(name)
    assert repr(name) in met.value.message
    assert "cpu" in met.value.advice


@pytest.mark.parametrize(("integrated", "shares"), [(True, [0.5]), (False, [])])
def test_a_memory_shared_with_the_gpu_is_not_taken_whole(
    integrated: bool, shares: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[float] = []

    def take(share: float, device: torch.device) -> None:
        # As torch does it: a device without its number is refused.
        assert _get_device_index(device) == 0
        taken.append(share)

    card = SimpleNamespace(is_integrated=integrated)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: card)
    monkeypatch.setattr(torch.cuda, "set_per_process_memory_fraction", take)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch, "empty", lambda *_, **__: None)
    for name in ("auto", "cuda", "cuda:0"):
        share_memory(find_device(name))
    share_memory(CPU)
    assert taken == shares * 3


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("CUDA error: out of memory", "not enough memory"),
        ("CUDA error: an illegal memory access was encountered", "stopped answering"),
    ],
)
def test_a_device_that_is_full_or_gone_is_not_told_as_missing(
    said: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises() -> int:
        raise RuntimeError(said)

    monkeypatch.setattr(torch.cuda, "current_device", raises)
    with pytest.raises(EngineError, match=told):
        find_device("cuda")


def test_the_thread_works_on_the_device_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[torch.device] = []
    monkeypatch.setattr(torch.cuda, "set_device", chosen.append)
    work_on(torch.device("cuda", 1))
    work_on(CPU)
    assert chosen == [torch.device("cuda", 1)]
