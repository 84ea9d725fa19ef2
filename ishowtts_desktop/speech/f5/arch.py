"""The shapes of the model: one frozen dataclass a published architecture.

Sources: the configurations F5TTS_v1_Base, F5TTS_v1_Small and F5TTS_Base of the stock package.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE_RATE: Final = 24_000
HOP: Final = 256
MEL_BANDS: Final = 100
TIME_FEATURES: Final = 256
POSITION_KERNEL: Final = 31
POSITION_GROUPS: Final = 16
TEXT_KERNEL: Final = 7


@dataclass(frozen=True)
class Arch:
    """What a checkpoint must fit.

    ``vocabulary`` counts the tokens of vocab.txt; the embedding has one row more, for the filler.
    ``masks_text``: whether filler positions are held at zero in the text encoder (v1 does).
    ``rotary_heads``: how many heads turn with the position; None is all (v1).
    """

    name: str
    dim: int
    depth: int
    heads: int
    head_dim: int = 64
    ff_mult: int = 2
    text_dim: int = 512
    text_layers: int = 4
    vocabulary: int = 2545
    masks_text: bool = True
    rotary_heads: int | None = None

    @property
    def inner(self) -> int:
        """Width of queries, keys and values together over all heads."""
        return self.heads * self.head_dim


ARCHS: Final[Mapping[str, Arch]] = MappingProxyType(
    {
        arch.name: arch
        for arch in (
            Arch("v1_base", dim=1024, depth=22, heads=16),
            Arch("v1_small", dim=768, depth=18, heads=12),
            Arch("v0_base", dim=1024, depth=22, heads=16, masks_text=False, rotary_heads=1),
            # For tests: every part of the real ones, in a second on a CPU.
            Arch("tiny", dim=128, depth=3, heads=2, text_dim=64, text_layers=2),
        )
    }
)
