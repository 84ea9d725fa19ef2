"""How far the reading gives way: by how full the queue is, and by what keeps coming in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.utterances import Stage

if TYPE_CHECKING:
    from ishowtts_desktop.reading.queue.policy import QueuePolicy

# How full the queue is when a stage begins, and below what it ends: apart, so that none flickers.
_BEGINS: Final = MappingProxyType({Stage.NAMES_OFF: 0.25, Stage.FASTER: 0.40, Stage.MERGING: 0.55})
_ENDS: Final = MappingProxyType({Stage.NAMES_OFF: 0.15, Stage.FASTER: 0.30, Stage.MERGING: 0.45})
# Seconds of speech that come in per second. A voice can't follow more than one for long; at the
# first of these figures nothing but sampling helps, at the second it helps once the queue is full.
_FLOOD: Final = 1.5
_STEADY: Final = 0.8


class Stages:
    """Remembers the stage, because where it ends isn't where it began."""

    def __init__(self) -> None:
        self._filled = Stage.CALM
        self._sampling = False

    @property
    def reached(self) -> Stage:
        """The stage by the load, whether or not it is wanted."""
        return Stage.SAMPLING if self._sampling else self._filled

    def update(self, fill: float, offered: float, sustained: float) -> None:
        """Look again: ``fill`` is a share of the bound, the others are of `OfferedLoad`.

        A burst alone never begins the sampling: what fits is said, and only the rest of it goes.
        """
        stage = self._filled
        while stage < Stage.MERGING and fill >= _BEGINS[Stage(stage + 1)]:
            stage = Stage(stage + 1)
        while stage > Stage.CALM and fill < _ENDS[stage]:
            stage = Stage(stage - 1)
        self._filled = stage
        if self._sampling:
            self._sampling = offered >= _STEADY
        elif stage is Stage.MERGING:
            self._sampling = sustained > _FLOOD

    def full(self, sustained: float) -> None:
        """Look again when something has to go."""
        self._sampling = self._sampling or sustained >= _STEADY

    def wanted(self, policy: QueuePolicy) -> Stage:
        """Return the highest stage that is reached and that ``policy`` allows."""
        return max(stage for stage in Stage if stage <= self.reached and policy.allows(stage))
