"""The names of engines and presets, as the command line, the menus and the configuration use them.

Light enough for ``ctl``, which starts at once; so nothing but names and numbers is here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

EngineName = Literal["espeak", "f5", "f5-reference"]
PresetName = Literal["turbo", "fast", "balanced", "studio"]

PrecisionName = Literal["auto", "fp32", "fp16", "bf16"]
DurationMode = Literal["natural", "stock"]

ENGINES: Final[tuple[EngineName, ...]] = get_args(EngineName)
PRESETS: Final[Mapping[PresetName, int]] = MappingProxyType(
    {"turbo": 5, "fast": 7, "balanced": 12, "studio": 32}
)
"""Function evaluations (NFE) of each preset of the F5 engine."""
GRIDS: Final = (5, 6, 7, 10, 12, 16)
"""Steps whose times were picked by experiment; as many others are spread evenly."""
DURATIONS: Final[tuple[DurationMode, ...]] = get_args(DurationMode)
PRECISIONS: Final[tuple[PrecisionName, ...]] = get_args(PrecisionName)
MOST_STEPS: Final = 128


def lacks_grid(nfe: int) -> bool:
    """Return whether a grid would do more for ``nfe`` steps than spreading them evenly does.

    From 32 on evenly is what is wanted: the grids are pruned from that one.
    """
    return nfe not in GRIDS and nfe < PRESETS["studio"]


def preset_of(nfe: int) -> PresetName | None:
    """Return the preset that takes ``nfe`` steps; None when none does."""
    return next((name for name, steps in PRESETS.items() if steps == nfe), None)
