"""What a preparation makes before the conductor's lock is had: most of the work needs none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.reading.text.prepare import Preparation

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Draft(Generic[_Made]):
    """What ``by`` made of something, and how another preparation makes it."""

    by: Preparation
    made: _Made
    make: Callable[[Preparation], _Made]

    @classmethod
    def of(cls, by: Preparation, make: Callable[[Preparation], _Made]) -> Draft[_Made]:
        """Let ``by`` make it."""
        return cls(by, make(by), make)

    def settled(self, preparation: Preparation) -> _Made:
        """Return what ``preparation`` makes of it: the settings may have changed meanwhile."""
        return self.made if preparation is self.by else self.make(preparation)
