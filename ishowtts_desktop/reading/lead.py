"""How early the next utterance is begun: in time for its sound, and as fresh as can be."""

from __future__ import annotations

from collections import deque
from typing import Final

_REMEMBERED: Final = 8
_MARGIN: Final = 0.3
_LEAST: Final = 0.5
_MOST: Final = 2.0


class Lead:
    """``seconds`` of sound that are left when the next utterance is asked for.

    It follows the engine: the longest that one of the last few took to its first sound, and a
    little more, half a second at least and two at most. Until one is known it is what was given.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._taken: deque[float] = deque(maxlen=_REMEMBERED)

    def learn(self, first_sound: float) -> None:
        """Take note that an utterance took so many seconds to its first sound."""
        self._taken.append(first_sound)
        self.seconds = min(_MOST, max(_LEAST, max(self._taken) + _MARGIN))
