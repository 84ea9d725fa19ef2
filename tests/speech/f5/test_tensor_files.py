"""Files of weights are read as their library reads them, and may vanish or change meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save, save_file

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.memory import Scratch
from ishowtts_desktop.speech.f5.tensor_files import (
    DTYPES,
    HeldTensors,
    SafetensorsFile,
    read_tensors,
)

# One tensor, described rightly; the tests change a word of it.
RIGHT = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}


def numbers(dtype: torch.dtype, shape: tuple[int, ...]) -> torch.Tensor:
    generator = torch.Generator().manual_seed(sum(shape))
    return torch.randint(0, 2, shape, generator=generator).to(dtype)


def write(path: Path, header: object, content: bytes = bytes(24)) -> Path:
    told = json.dumps(header).encode()
    path.write_bytes(len(told).to_bytes(8, "little") + told + content)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of two tensors, written some time ago."""
    path = tmp_path / "model.safetensors"
    save_file({"a": torch.arange(5000.0), "b": torch.ones(3, 2)}, path)
    os.utime(path, ns=(10**18, 10**18))
    return path


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (7, 5)], ids=str)
def test_every_type_is_read_as_the_library_reads_it(shape: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "all.safetensors"
    save_file({name: numbers(dtype, shape) for name, dtype in DTYPES.items()}, path, {"note": "x"})
    found, expected = SafetensorsFile(path), load_file(path)
    assert set(found) == set(expected) == set(DTYPES)
    for name, tensor in expected.items():
        assert found.shape(name) == tuple(tensor.shape) == shape
        assert found[name].dtype == tensor.dtype
        assert torch.equal(found[name].double(), tensor.double())


def test_a_tensor_is_copied_to_any_type_and_layout(file: Path) -> None:
    held = HeldTensors(load_file(file))
    for source in (SafetensorsFile(file), held):
        for target in (
            torch.empty(3, 2),
            torch.empty(3, 2, dtype=torch.bfloat16),
            torch.empty(2, 3).t(),
            torch.empty(9, 2)[3:6],
        ):
            target.fill_(9)
            source.copy_into("b", target, Scratch())
            assert bool((target == 1).all())


def test_scratch_memory_holds_one_tensor_after_the_other(file: Path) -> None:
    tensors, scratch = SafetensorsFile(file), Scratch()
    assert torch.equal(tensors.read("a", scratch), torch.arange(5000.0))
    assert torch.equal(tensors.read("b", scratch), torch.ones(3, 2))
    # AND without it each has its own
    one, other = tensors["a"], tensors["b"]
    other.zero_()
    assert torch.equal(one, torch.arange(5000.0))


def test_a_file_that_is_cut_short_while_open_is_an_error(file: Path) -> None:
    # GIVEN an open file. Mapped, this would end the process
    tensors = SafetensorsFile(file)
    os.truncate(file, file.stat().st_size - 100)
    for name in ("a", "b"):
        with pytest.raises(EngineError, match=r"model\.safetensors was changed"):
            tensors[name]
    os.truncate(file, 0)
    with pytest.raises(EngineError, match="was changed"):
        tensors["a"]


def test_a_file_that_is_written_anew_while_open_is_an_error(file: Path) -> None:
    tensors = SafetensorsFile(file)
    assert tensors["b"].sum() == 6
    file.write_bytes(file.read_bytes())
    with pytest.raises(EngineError, match="was changed") as caught:
        tensors["b"]
    assert "load it again" in caught.value.advice


@pytest.mark.parametrize("replaced", [True, False], ids=["replaced", "removed"])
def test_another_file_in_its_place_changes_nothing(replaced: bool, file: Path) -> None:
    tensors = SafetensorsFile(file)
    if replaced:
        other = file.with_name("other")
        save_file({"b": torch.zeros(3, 2)}, other)
        other.replace(file)
    else:
        file.unlink()
    assert torch.equal(tensors["a"], torch.arange(5000.0))


def test_files_are_closed_when_nobody_needs_them(file: Path) -> None:
    def links() -> list[Path]:
        return [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]

    tensors = SafetensorsFile(file)
    assert file in links()
    del tensors
    with pytest.raises(EngineError):
        SafetensorsFile(write(file, [1]))
    assert file not in links()


def test_a_disk_that_fails_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    tensors = SafetensorsFile(file)
    monkeypatch.setattr(os, "preadv", fail)
    with pytest.raises(EngineError, match=r"can't be read: Input/output error\."):
        tensors["a"]


def test_a_part_of_a_read_is_not_the_end(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.preadv
    monkeypatch.setattr(os, "preadv", lambda fd, buffers, at: whole(fd, [buffers[0][:999]], at))
    assert torch.equal(SafetensorsFile(file)["a"], torch.arange(5000.0))


@pytest.mark.parametrize(
    "wrong",
    [
        {"dtype": "F31"},
        {"dtype": []},
        {"shape": [2, 4]},
        {"shape": [-2, -3]},
        {"shape": [2.0, 3.0]},
        {"shape": "23"},
        {"shape": 6},
        {"data_offsets": [0, 23]},
        {"data_offsets": [-24, 0]},
        {"data_offsets": [24, 0]},
        {"data_offsets": [0]},
        {"data_offsets": None},
    ],
    ids=str,
)
def test_a_header_that_contradicts_itself_is_refused(
    wrong: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "model.safetensors"
    assert read_tensors(write(path, {"a": RIGHT}))["a"].shape == (2, 3)
    with pytest.raises(EngineError, match="header can't be understood"):
        read_tensors(write(path, {"a": {**RIGHT, **wrong}}))


@pytest.mark.parametrize("header", [[], 3, None, "a", {"a": 3}, {"a": []}, {"a": {}}], ids=str)
def test_a_header_of_something_else_is_refused(header: object, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="header can't be understood"):
        read_tensors(write(tmp_path / "model.safetensors", header))


def test_a_header_is_no_longer_than_its_file_and_not_endless(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes((200_000_000).to_bytes(8, "little"))
    os.truncate(path, 300_000_000)
    for _ in range(2):
        with pytest.raises(EngineError, match="ends within its header"):
            read_tensors(path)
        os.truncate(path, 100)
    nested = b"[" * 100_000
    path.write_bytes(len(nested).to_bytes(8, "little") + nested)
    with pytest.raises(EngineError, match="can't be understood"):
        read_tensors(path)


@given(data=st.data())
def test_damage_is_an_error_or_read_and_never_a_crash(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = bytearray(save({"a": torch.ones(2, 3), "b": torch.zeros(4)}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.safetensors"
    path.write_bytes(whole[: data.draw(st.integers(1, len(whole)))])
    with contextlib.suppress(EngineError):
        tensors = read_tensors(path)
        for name, tensor in tensors.items():
            assert tuple(tensor.shape) == tensors.shape(name)
