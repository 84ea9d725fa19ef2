"""The stock F5-TTS package's functions on text, as the oracle."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import torch

from tests.support.stock_f5 import stock

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.speech.stock_modules import Stock


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
    def sample(self, *, text: list[str], duration: int, **_: object) -> None:
        raise Sampled(text[0], duration)


@dataclass(frozen=True)
class StockText:
    """The oracle's functions."""

    stock: Stock

    @classmethod
    def load(cls) -> StockText:
        """Import the package, once."""
        return cls(stock())

    def tokens(self, text: str) -> list[str]:
        """Characters and pinyin."""
        (found,) = self.stock.utilities.convert_char_to_pinyin([text])
        return list(found)

    def vocabulary(self, path: Path) -> tuple[dict[str, int], int]:
        """Its reading of a vocab.txt: the numbers and their count."""
        numbers, size = self.stock.utilities.get_tokenizer(str(path), "custom")
        return dict(numbers), int(size)

    def ids(self, text: str, numbers: dict[str, int]) -> list[int]:
        """Token numbers."""
        (ids,) = self.stock.utilities.list_str_to_idx([self.tokens(text)], numbers).tolist()
        return [int(number) for number in ids]

    @property
    def chunk_text(self) -> Callable[[str, int], list[str]]:
        """Its cuts."""
        return self.stock.inference.chunk_text  # type: ignore[no-any-return]

    def _with(self, name: str, **named: object) -> Callable[..., Any]:
        """One of its functions, which finds ``named`` in place of what its module has."""
        function = getattr(self.stock.inference, name)
        space = {**vars(self.stock.inference), "print": lambda *_: None, **named}
        return type(function)(function.__code__, space, argdefs=function.__defaults__)  # type: ignore[no-any-return]

    def frames(self, frames: int, reference_text: str, text: str, speed: float) -> tuple[str, int]:
        """The text that it gives its model, and the frames that it asks for."""
        # The text is wanted as it went in, not as pinyin.
        ask = self._with("infer_batch_process", convert_char_to_pinyin=lambda texts: texts)
        audio = (torch.ones(1, frames * 256), 24000)
        try:
            list(ask(audio, reference_text, [text], _Model(), None, speed=speed, progress=None))
        except Sampled as asked:
            return asked.args[0], asked.args[1]
        raise AssertionError("the model was not asked")

    def max_bytes(self, reference_text: str, samples: int, speed: float) -> int:
        """The bytes that it lets into a piece behind a reference of ``samples`` at 24 kHz."""
        seen: list[int] = []

        def take(text: str, max_chars: int) -> list[str]:
            seen.append(max_chars)
            return []

        loaded = SimpleNamespace(load=lambda _: (torch.empty(1, samples), 24000))
        ask = self._with("infer_process", torchaudio=loaded, chunk_text=take)
        ask("a.wav", reference_text, "text", None, None, show_info=lambda _: None, speed=speed)
        return seen[0]
