"""A model chosen by hand, looked at by its headers."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from ishowtts_desktop.models.folder import check_parts

if TYPE_CHECKING:
    from pathlib import Path

EMBEDDING = "ema_model.transformer.text_embed.text_embed.weight"


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Write a model of 5 tokens, its vocabulary and a vocoder."""
    model, vocabulary, vocos = (tmp_path / n for n in ("m.safetensors", "vocab.txt", "v.bin"))
    save_file({EMBEDDING: np.zeros((6, 4), np.float32), "b": np.zeros(3, np.float16)}, model)
    vocabulary.write_text(" \na\nb\nc\nd\n", encoding="utf-8")
    with zipfile.ZipFile(vocos, "w") as file:
        file.writestr("archive/data.pkl", b"")
    return model, vocabulary, vocos


def problems(parts: tuple[Path, Path, Path]) -> list[str]:
    return [check.problem for check in check_parts(*parts)]


def test_good_files_have_no_problem(parts: tuple[Path, Path, Path]) -> None:
    assert problems(parts) == ["", "", ""]
    assert all(check.ok for check in check_parts(*parts))


def test_a_vocabulary_of_another_model_is_told(parts: tuple[Path, Path, Path]) -> None:
    parts[1].write_text(" \na\nb\n", encoding="utf-8")
    assert problems(parts)[1].startswith("has 3 tokens and the model was trained with 5")


@pytest.mark.parametrize("kept", [0, 7, 8, 60, -1])
def test_a_model_cut_short_is_told(parts: tuple[Path, Path, Path], kept: int) -> None:
    parts[0].write_bytes(parts[0].read_bytes()[:kept])
    model, _, _ = check_parts(*parts)
    assert not model.ok


def test_a_vocoder_cut_short_is_told(parts: tuple[Path, Path, Path]) -> None:
    parts[2].write_bytes(parts[2].read_bytes()[:-5])
    assert problems(parts)[2] == "is not a whole file of weights: download it again"


def test_a_pointer_in_place_of_the_file_is_told(parts: tuple[Path, Path, Path]) -> None:
    parts[0].write_text("version https://git-lfs.github.com/spec/v1\noid sha256:67\n", "utf-8")
    assert "Git LFS pointer" in problems(parts)[0]


def test_what_isnt_text_or_isnt_there_is_told(parts: tuple[Path, Path, Path]) -> None:
    parts[1].write_bytes(b"\xff\xfe\n")
    parts[2].unlink()
    assert problems(parts)[1:] == [
        "is not text in UTF-8",
        "can't be read: No such file or directory",
    ]
    parts[1].write_bytes(b"")
    assert problems(parts)[1] == "is empty"


@given(header=st.recursive(st.none() | st.integers() | st.text(), st.lists) | st.binary())
def test_no_header_is_too_strange(tmp_path_factory: pytest.TempPathFactory, header: object) -> None:
    folder = tmp_path_factory.mktemp("strange")
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    model = folder / "model.safetensors"
    file = io.BytesIO()
    file.write(len(text).to_bytes(8, "little") + text + b"12345678")
    model.write_bytes(file.getvalue())
    check = check_parts(model, model, model)[0]
    assert not check.ok
