"""What the doctor's checks yield."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.system.machine import Machine
    from ishowtts_desktop.system.paths import Paths

    Level = Literal["ok", "warning", "problem"]
    Check = Callable[[Machine, Paths], Iterator["Finding"]]


@dataclass(frozen=True)
class Finding:
    """What one check found. ``problem``: the application can't work; ``warning``: a part of it.

    ``advice`` says the next step; it is empty when all is well.
    """

    check: str
    level: Level
    message: str
    advice: str = ""
