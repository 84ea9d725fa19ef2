"""The queue of what waits to be said, bounded by seconds of speech instead of messages.

Chat is worth hearing while it is fresh, so when there is more than fits, the oldest of the lowest
lane goes. Pure: no clock, no lock, no thread. One place per author in the normal lane, merging of
near duplicates and sampling are for a later version; `push` is where they belong.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from ishowtts_desktop.core.utterances import Lane, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable

PROTECTED = frozenset((Lane.STREAMER, Lane.PAID))


class Popped(NamedTuple):
    """The next utterance, if any, and what had gone stale before it."""

    utterance: Utterance | None
    expired: list[Utterance]


class SpeechQueue:
    """Utterances by lane, in order of arrival inside a lane.

    What is in the lanes of the streamer and of paid messages is never evicted and never expires.
    When those alone are longer than ``max_seconds``, the bound is exceeded by them alone: nothing
    else waits then.
    """

    def __init__(self, max_seconds: float) -> None:
        self._bound = _microseconds(max_seconds)
        self._lanes: dict[Lane, deque[Utterance]] = {lane: deque() for lane in sorted(Lane)}
        # Whole microseconds, because sums of floats drift.
        self._lengths = dict.fromkeys(self._lanes, 0)

    def __len__(self) -> int:
        return sum(len(lane) for lane in self._lanes.values())

    @property
    def seconds(self) -> float:
        """Predicted seconds of all that waits."""
        return self._length / 1e6

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """All that waits, in the order in which it would be said."""
        return tuple(utterance for lane in self._lanes.values() for utterance in lane)

    def push(self, utterance: Utterance) -> list[Utterance]:
        """Append to its lane; return what had to go, which may be ``utterance`` itself.

        Only the lane itself and lower ones make room, the lowest lane and the oldest in it first.
        What can't fit even so is returned and moves nothing.
        """
        needed = self._length + _microseconds(utterance.seconds) - self._bound
        lanes = [lane for lane in self._lanes if lane >= utterance.lane and lane not in PROTECTED]
        room = sum(self._lengths[lane] for lane in lanes)
        if needed > room and utterance.lane not in PROTECTED:
            return [utterance]
        evicted: list[Utterance] = []
        for lane in reversed(lanes):
            while needed > 0 and self._lanes[lane]:
                oldest = self._take_first(lane)
                needed -= _microseconds(oldest.seconds)
                evicted.append(oldest)
        self._lanes[utterance.lane].append(utterance)
        self._lengths[utterance.lane] += _microseconds(utterance.seconds)
        return evicted

    def pop(self, now: float) -> Popped:
        """Take out the next one to say, after all that is stale at ``now``."""
        expired = self.expire(now)
        for lane, waiting in self._lanes.items():
            if waiting:
                return Popped(self._take_first(lane), expired)
        return Popped(None, expired)

    def expire(self, now: float) -> list[Utterance]:
        """Take out what is stale at ``now``."""
        lanes = [lane for lane in self._lanes if lane not in PROTECTED]
        return self._remove(lanes, lambda utterance: _stale(utterance, now))

    def remove(self, unwanted: Callable[[Utterance], bool]) -> list[Utterance]:
        """Take out all that is ``unwanted`` and return it, in the order of `utterances`."""
        return self._remove(list(self._lanes), unwanted)

    def _remove(self, lanes: list[Lane], unwanted: Callable[[Utterance], bool]) -> list[Utterance]:
        removed: list[Utterance] = []
        for lane in lanes:
            kept: deque[Utterance] = deque()
            for utterance in self._lanes[lane]:
                (removed if unwanted(utterance) else kept).append(utterance)
            self._lanes[lane] = kept
            self._lengths[lane] = sum(_microseconds(utterance.seconds) for utterance in kept)
        return removed

    @property
    def _length(self) -> int:
        return sum(self._lengths.values())

    def _take_first(self, lane: Lane) -> Utterance:
        utterance = self._lanes[lane].popleft()
        self._lengths[lane] -= _microseconds(utterance.seconds)
        return utterance


def _stale(utterance: Utterance, now: float) -> bool:
    return utterance.expires_at is not None and now >= utterance.expires_at


def _microseconds(seconds: float) -> int:
    return round(seconds * 1_000_000)
