"""A model in a folder chosen by hand: whether its files are what they say, without loading it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LENGTH: Final = 8
# Of a safetensors header, as the format has it.
_LONGEST: Final = 100_000_000
_EMBEDDINGS: Final = (
    "ema_model.transformer.text_embed.text_embed.weight",
    "transformer.text_embed.text_embed.weight",
    "text_embed.text_embed.weight",
)
_PICKLE: Final = b"\x80\x02"
_POINTER: Final = b"version https://git-lfs"


@dataclass(frozen=True)
class PartCheck:
    """One file of a model. ``problem`` is empty when nothing is wrong with it."""

    path: Path
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Whether the file seems to be what it should be."""
        return not self.problem


def check_parts(model: Path, vocabulary: Path, vocos: Path) -> tuple[PartCheck, ...]:
    """Look at the headers of a model's three files; never raises for what is in them."""
    tokens, vocabulary_problem = _tokens(vocabulary)
    shapes, model_problem = _weights(model)
    rows = next((shapes[name][0] for name in _EMBEDDINGS if shapes.get(name)), 0)
    # The model's table of tokens has one row more, for what is unknown.
    if tokens and rows and rows != tokens + 1 and not vocabulary_problem:
        vocabulary_problem = (
            f"has {tokens} tokens and the model was trained with {rows - 1}:"
            " it belongs to another checkpoint"
        )
    return (
        PartCheck(model, model_problem),
        PartCheck(vocabulary, vocabulary_problem),
        PartCheck(vocos, _weights(vocos)[1]),
    )


def _tokens(path: Path) -> tuple[int, str]:
    """Count a vocabulary's different tokens; returns the count and what is wrong."""
    try:
        with path.open(encoding="utf-8") as lines:
            tokens = {line[:-1] for line in lines}
    except UnicodeDecodeError:
        return 0, "is not text in UTF-8"
    except OSError as error:
        return 0, f"can't be read: {error.strerror or error}"
    return len(tokens), "" if tokens else "is empty"


def _weights(path: Path) -> tuple[Mapping[str, tuple[int, ...]], str]:
    """Read what a file of weights says of itself; returns the shapes and what is wrong."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_POINTER))
        if start == _POINTER:
            return {}, "is a Git LFS pointer, not the file itself: fetch it with `git lfs pull`"
        if path.suffix == ".safetensors":
            return _safetensors(path)
        # What torch writes is a zip file, whose list of contents is at its end; long ago a pickle.
        whole = zipfile.is_zipfile(path) or start.startswith(_PICKLE)
    except OSError as error:
        return {}, f"can't be read: {error.strerror or error}"
    return {}, "" if whole else "is not a whole file of weights: download it again"


def _safetensors(path: Path) -> tuple[Mapping[str, tuple[int, ...]], str]:
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        if size < _LENGTH or length > min(size - _LENGTH, _LONGEST):
            return {}, "is not a whole safetensors file: download it again"
        text = file.read(length)
    try:
        header = json.loads(text)
        tensors = {name: value for name, value in header.items() if name != "__metadata__"}
        ends = [int(value["data_offsets"][1]) for value in tensors.values()]
        shapes = {name: tuple(map(int, value["shape"])) for name, value in tensors.items()}
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return {}, "has a header that makes no sense: download it again"
    there = size - _LENGTH - length
    if max(ends, default=0) != there:
        return {}, f"should have {max(ends, default=0)} bytes of weights and has {there}"
    return shapes, ""
