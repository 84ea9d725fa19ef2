"""What a download tells while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Checking:
    """Asking the hub what there is, and looking at what is here and at the disk's free space."""


@dataclass(frozen=True)
class Fetching:
    """``done`` of ``total`` bytes are here, of all files together; ``file`` is being fetched."""

    file: str
    done: int
    total: int


@dataclass(frozen=True)
class Verifying:
    """``done`` of ``total`` bytes of one file have been hashed."""

    done: int
    total: int


Event = Checking | Fetching | Verifying
Report = Callable[[Event], None]
