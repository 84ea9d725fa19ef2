"""The places in their lanes, in order of arrival inside each, and how long they are together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.queue.place import Place


class Lanes:
    """Holds all places. Lengths are microseconds of speech."""

    def __init__(self) -> None:
        self._places: dict[Lane, list[Place]] = {lane: [] for lane in sorted(Lane)}
        self._soonest = math.inf
        self.length = 0
        self.bounded = 0
        """The part of ``length`` that hasn't been put back."""

    def __iter__(self) -> Iterator[Place]:
        """Give all places in the order in which they would be said."""
        for places in self._places.values():
            yield from places

    def of(self, lane: Lane) -> list[Place]:
        """Return the places of one lane, the oldest first. Not to be changed."""
        return self._places[lane]

    def append(self, place: Place) -> None:
        """Put a new place behind all others of its lane."""
        self._places[place.lane].append(place)
        self._enter(place)

    def put_first(self, place: Place) -> None:
        """Put a place before all others of its lane."""
        self._places[place.lane].insert(0, place)
        self._enter(place)

    def take(self, place: Place) -> None:
        """Take out a place."""
        self._places[place.lane].remove(place)
        self._count(place, -1)

    def grow(self, place: Place, member: Utterance) -> None:
        """Let ``member`` in on a place."""
        self._count(place, -1)
        place.add(member)
        self._count(place, 1)
        self._expect(member)

    def turn(self, place: Place, *, crowd: bool) -> None:
        """Let ``place`` be a crowd, or its author's again."""
        if place.crowd is not crowd:
            self._count(place, -1)
            place.crowd = crowd
            place.keep(place.members)
            self._count(place, 1)

    def crowd(self, place: Place, members: list[Utterance]) -> None:
        """Make ``place`` a crowd of ``members``, the oldest first."""
        self._count(place, -1)
        place.crowd = True
        place.keep(members)
        self._enter(place)

    def leave(self, place: Place, unwanted: Callable[[Utterance], bool]) -> list[Utterance]:
        """Take members out of a place, and the place when none is left; return those members."""
        gone = [member for member in place.members if unwanted(member)]
        if len(gone) == len(place.members):
            self.take(place)
        elif gone:
            kept = [member for member in place.members if not unwanted(member)]
            self._count(place, -1)
            place.keep(kept)
            self._count(place, 1)
        return gone

    def revise(self, place: Place, change: Callable[[Utterance], Utterance]) -> list[Utterance]:
        """Put what ``change`` makes of each member in its place; return the new ones."""
        members = [change(member) for member in place.members]
        new = [each for each, old in zip(members, place.members, strict=True) if each is not old]
        if new:
            self._count(place, -1)
            place.keep(members)
            self._count(place, 1)
        return new

    def expired(self, now: float, lanes: frozenset[Lane]) -> list[Utterance]:
        """Take out all members of ``lanes`` that are stale at ``now`` (seconds)."""
        if now < self._soonest:
            return []

        def stale(member: Utterance) -> bool:
            return member.expires_at is not None and now >= member.expires_at

        gone: list[Utterance] = []
        for lane in sorted(lanes):
            for place in list(self._places[lane]):
                gone += self.leave(place, stale)
        ends = (
            member.expires_at for lane in lanes for p in self._places[lane] for member in p.members
        )
        self._soonest = min((end for end in ends if end is not None), default=math.inf)
        return gone

    def _enter(self, place: Place) -> None:
        self._count(place, 1)
        for member in place.members:
            self._expect(member)

    def _expect(self, member: Utterance) -> None:
        if member.expires_at is not None:
            self._soonest = min(self._soonest, member.expires_at)

    def _count(self, place: Place, sign: int) -> None:
        self.length += sign * place.length
        if not place.put_back:
            self.bounded += sign * place.length
