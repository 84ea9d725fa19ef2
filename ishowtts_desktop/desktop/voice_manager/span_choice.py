"""The part of a recording that is chosen, and how hands and keys move it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

SHORTEST: Final = 0.2


class Grip(Enum):
    """What of a span is held."""

    START = "start"
    END = "end"
    WHOLE = "whole"


@dataclass(frozen=True)
class SpanChoice:
    """From ``start`` to ``end`` of a recording of ``total`` seconds; never outside of it."""

    start: float
    end: float
    total: float

    @classmethod
    def within(cls, start: float, end: float, total: float) -> SpanChoice:
        """Take a span from anywhere and fit it into the recording."""
        start = min(max(0.0, start), max(0.0, total - SHORTEST))
        end = min(max(end, start + SHORTEST), total)
        return cls(start, end, total)

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start

    def moved(self, grip: Grip, seconds: float) -> SpanChoice:
        """Move what is held by ``seconds``, as far as there is room."""
        shortest = min(SHORTEST, self.total)
        if grip is Grip.START:
            most = max(0.0, self.end - shortest)
            return replace(self, start=min(max(0.0, self.start + seconds), most))
        if grip is Grip.END:
            least = min(self.total, self.start + shortest)
            return replace(self, end=max(min(self.total, self.end + seconds), least))
        step = min(max(seconds, -self.start), self.total - self.end)
        return replace(self, start=self.start + step, end=self.end + step)
