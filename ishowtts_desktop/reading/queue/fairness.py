"""Whose turn it is: what was heard of each author and text, and written, in the last minute."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.utterances import Lane
from ishowtts_desktop.reading.queue.load import LastMinute
from ishowtts_desktop.reading.queue.place import microseconds

if TYPE_CHECKING:
    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.queue.place import Place

_MINUTE: Final = 60_000_000
_FREE: Final = frozenset((Lane.STREAMER, Lane.PAID, Lane.MODERATOR))
# The conductor has two in flight at most: the one that sounds and the next.
_IN_FLIGHT: Final = 2


class Fairness:
    """Knows what was heard and what is about to be. Lengths are microseconds."""

    def __init__(self) -> None:
        self._authors = LastMinute()
        self._texts = LastMinute()
        self._written = LastMinute()
        self._in_flight: deque[Utterance] = deque(maxlen=_IN_FLIGHT)

    def wrote(self, utterance: Utterance, now: float) -> None:
        """Remember who wrote, and how much."""
        self._written.add(utterance.author, microseconds(utterance.seconds), now)

    def popped(self, utterance: Utterance) -> None:
        """Reckon with ``utterance`` as being said."""
        self._in_flight.append(utterance)

    def put_back(self, utterance: Utterance) -> None:
        """Take `popped` back."""
        left = [other for other in self._in_flight if other.id != utterance.id]
        self._in_flight = deque(left, maxlen=_IN_FLIGHT)

    def heard(self, utterance: Utterance, seconds: float, now: float) -> None:
        """Count that ``seconds`` of ``utterance`` were heard; a crowd shares them."""
        self.put_back(utterance)
        members = utterance.all_members
        for member in members:
            self._authors.add(member.author, microseconds(seconds / len(members)), now)
        self._texts.add(utterance.key, microseconds(seconds), now)

    def spoken_for(self, author: str, now: float) -> int:
        """Return what was heard of ``author`` in the last minute and is being said."""
        flying = sum(
            microseconds(each.seconds) for each in self._in_flight if each.author == author
        )
        return self._authors.of(author, now) + flying

    def too_much(
        self,
        utterance: Utterance,
        waiting: int,
        share: float,
        now: float,
        *,
        alone: bool,
        sampling: bool,
    ) -> bool:
        """Tell whether the author of ``utterance`` would have more than ``share`` of a minute.

        ``waiting`` is what waits of the author beside it; ``alone`` whether nobody else waits;
        ``sampling`` whether others who write are sure to wait in a moment. What the others don't
        need of the minute is nobody's. Who wasn't heard yet may say one message however long it is.
        """
        author = utterance.author
        if not author or utterance.lane in _FREE:
            return False
        others = self._written.others(author, now)
        if alone and not (sampling and others):
            # To refuse it would be silence, and nobody's gain.
            return False
        before = waiting + self.spoken_for(author, now)
        limit = max(share * _MINUTE, _MINUTE - others)
        return before > 0 and before + microseconds(utterance.seconds) > limit

    def dispensable(self, place: Place, now: float) -> tuple[int, int]:
        """Return a rank for ``place``: what ranks lowest is missed least.

        It was said a moment ago, or its author was heard; of what is new, few people say it.
        """
        first = place.members[0]
        text = self._texts.of(first.key, now)
        heard = text if place.crowd else max(text, self.spoken_for(first.author, now))
        return -heard, len(place.members) if place.crowd else 1
