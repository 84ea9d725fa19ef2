"""The stock F5-TTS package's functions on text, run from its own source as the oracle.

Its modules import a trainer, a GUI and more. What is wanted here are a few functions that need none
of it, so they are taken out of the installed source and given what they name.
"""

from __future__ import annotations

import ast
import importlib.util
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable


def stock_folder() -> Path:
    """Where the stock package is installed; it isn't imported."""
    spec = importlib.util.find_spec("f5_tts")
    assert spec, "pip install --no-deps f5-tts"
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


def vocabulary_file() -> Path:
    """The published vocabulary of 2545 tokens."""
    return stock_folder() / "infer" / "examples" / "vocab.txt"


class Sampled(Exception):  # noqa: N818 - it is a way out, no error
    """What the stock package asked its model for."""


class _Model:
    def sample(self, *, text: list[list[str]], duration: int, **_: object) -> None:
        raise Sampled(text[0], duration)


def _functions(path: Path, names: set[str], **named: object) -> dict[str, Any]:
    """Run the functions ``names`` of a source file in a namespace of their own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [
        node
        for node in tree.body
        if (isinstance(node, ast.FunctionDef) and node.name in names)
        or (isinstance(node, ast.ImportFrom) and node.module == "__future__")
        or (
            isinstance(node, ast.Assign)
            and isinstance(node.value, (ast.Constant, ast.UnaryOp))
            and isinstance(node.targets[0], ast.Name)
        )
    ]
    space: dict[str, Any] = {"device": "cpu", "tqdm": None, **named}
    exec(compile(tree, str(path), "exec"), space)
    return space


@dataclass(frozen=True)
class StockText:
    """The oracle's functions."""

    utilities: ModuleType
    inference: dict[str, Any]

    @classmethod
    def load(cls) -> StockText:
        """Load them from the installed package."""
        folder = stock_folder()
        spec = importlib.util.spec_from_file_location("stock_text", folder / "model" / "utils.py")
        assert spec
        assert spec.loader
        utilities = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(utilities)
        inference = _functions(
            folder / "infer" / "utils_infer.py",
            {"chunk_text", "infer_process", "infer_batch_process"},
            re=re,
            torch=torch,
            ThreadPoolExecutor=ThreadPoolExecutor,
            print=lambda *_: None,
            convert_char_to_pinyin=lambda texts: [list(text) for text in texts],
        )
        return cls(utilities, inference)

    def tokens(self, text: str) -> list[str]:
        """Characters and pinyin."""
        (found,) = self.utilities.convert_char_to_pinyin([text])
        return list(found)

    def vocabulary(self, path: Path) -> tuple[dict[str, int], int]:
        """Its reading of a vocab.txt: the numbers and their count."""
        numbers, size = self.utilities.get_tokenizer(str(path), "custom")
        return dict(numbers), int(size)

    def ids(self, text: str, numbers: dict[str, int]) -> list[int]:
        """Token numbers."""
        ids: list[int] = self.utilities.list_str_to_idx([self.tokens(text)], numbers)[0].tolist()
        return [int(number) for number in ids]

    @property
    def chunk_text(self) -> Callable[[str, int], list[str]]:
        """Its cuts."""
        return self.inference["chunk_text"]  # type: ignore[no-any-return]

    def frames(self, frames: int, reference_text: str, text: str, speed: float) -> tuple[str, int]:
        """The text that it gives its model, and the frames that it asks for."""
        audio = torch.ones(1, frames * 256)
        try:
            list(
                self.inference["infer_batch_process"](
                    (audio, 24000),
                    reference_text,
                    [text],
                    _Model(),
                    None,
                    speed=speed,
                    progress=None,
                )
            )
        except Sampled as asked:
            return "".join(asked.args[0]), asked.args[1]
        raise AssertionError("the model was not asked")

    def max_bytes(self, reference_text: str, samples: int, speed: float) -> int:
        """The bytes that it lets into a piece behind a reference of ``samples`` at 24 kHz."""
        seen: list[int] = []

        def take(text: str, max_chars: int) -> list[str]:
            seen.append(max_chars)
            return []

        function = self.inference["infer_process"]
        loaded = SimpleNamespace(load=lambda _: (torch.empty(1, samples), 24000))
        space = {**self.inference, "torchaudio": loaded, "chunk_text": take}
        patched = type(function)(function.__code__, space, argdefs=function.__defaults__)
        patched(
            "reference.wav",
            reference_text,
            "text",
            None,
            None,
            show_info=lambda _: None,
            speed=speed,
        )
        return seen[0]
