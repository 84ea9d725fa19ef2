"""The queue to compare with: first in, first out, without a bound."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Reason, Stage
from ishowtts_desktop.reading.queue.policy import PROTECTED, QueuePolicy
from ishowtts_desktop.reading.queue.queue import GivenUp, Popped, SpeechQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.utterances import Utterance


class FifoQueue(SpeechQueue):
    """Says all in the order in which it came. ``time_to_live``: whether what is stale goes."""

    def __init__(self, *, time_to_live: bool) -> None:
        super().__init__(QueuePolicy())
        self._time_to_live = time_to_live
        self._waiting: deque[Utterance] = deque()
        self._seconds = 0.0

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    @property
    def seconds(self) -> float:
        """Predicted seconds of all that waits."""
        return self._seconds

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """All that waits, in order."""
        return tuple(self._waiting)

    @property
    def oldest_at(self) -> float | None:
        """When the first of them came."""
        return self._waiting[0].created_at if self._waiting else None

    def next_at(self, now: float) -> float | None:
        """Return ``now`` when anything waits."""
        return now if self._waiting else None

    def push(self, utterance: Utterance, now: float) -> list[GivenUp]:
        """Append it."""
        self._waiting.append(utterance)
        self._seconds += utterance.seconds
        return self.expire(now)

    def pop(self, now: float) -> Popped:
        """Take the first."""
        given_up = self.expire(now)
        return Popped(self._first() if self._waiting else None, given_up)

    def put_back(self, utterance: Utterance) -> None:
        """Put it first again."""
        self._waiting.appendleft(utterance)
        self._seconds += utterance.seconds

    def expire(self, now: float) -> list[GivenUp]:
        """Give up what is stale at the front; what is behind it came later."""
        gone: list[GivenUp] = []
        while self._time_to_live and self._waiting and _stale(self._waiting[0], now):
            gone.append(GivenUp(self._first(), Reason.EXPIRED))
        return gone

    def remove(self, unwanted: Callable[[Utterance], bool]) -> list[Utterance]:
        """Take out what is unwanted."""
        gone = [each for each in self._waiting if unwanted(each)]
        if gone:
            left = {id(each) for each in gone}
            self._waiting = deque(each for each in self._waiting if id(each) not in left)
            self._seconds = sum(each.seconds for each in self._waiting)
        return gone

    def stage(self, now: float) -> Stage:  # noqa: ARG002 - it never gives way
        """Return that nothing gives way."""
        return Stage.CALM

    def does(self, stage: Stage, now: float) -> bool:  # noqa: ARG002 - it never gives way
        """Tell that nothing gives way."""
        return False

    def skipped(self, now: float) -> int:  # noqa: ARG002 - it never skips
        """Tell that nothing is skipped."""
        return 0

    def _first(self) -> Utterance:
        first = self._waiting.popleft()
        self._seconds -= first.seconds
        return first


def _stale(utterance: Utterance, now: float) -> bool:
    # The paid ones among the others have to wait, but they stay.
    if utterance.lane in PROTECTED or utterance.expires_at is None:
        return False
    return now >= utterance.expires_at
