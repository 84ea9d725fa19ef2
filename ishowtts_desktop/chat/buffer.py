"""What waits between the sources and the reading: bounded, and fair about what it forgets."""

from __future__ import annotations

import itertools
from collections import deque
from enum import IntEnum
from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import (
    ChatMessage,
    ConnectionState,
    Notice,
    Removal,
    RemovalScope,
    Role,
)

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatEvent


class _Worth(IntEnum):
    """What is forgotten first has the lower number; the last two are never forgotten."""

    NORMAL = 0
    MODERATOR = 1
    NOTICE = 2
    PAID = 3
    STATE = 4


_FORGETTABLE = (_Worth.NORMAL, _Worth.MODERATOR, _Worth.NOTICE)
_RemovalKey = tuple[str, str, RemovalScope, "str | None", "str | None", "str | None"]


class EventBuffer:
    """A first-in first-out queue of events that removals overtake. For one thread.

    Over ``capacity`` messages and notices, the oldest normal message goes, then the oldest
    moderator's, then the oldest notice; never a paid message, a removal or a state.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._numbers = itertools.count()
        self._lanes: tuple[deque[tuple[int, ChatEvent]], ...] = tuple(deque() for _ in _Worth)
        self._removals: dict[_RemovalKey, Removal] = {}

    def __len__(self) -> int:
        return sum(map(len, self._lanes)) + len(self._removals)

    def put(self, event: ChatEvent) -> ChatEvent | None:
        """Append a message, notice or state; return what was forgotten for it, if anything."""
        self._lanes[_worth(event)].append((next(self._numbers), event))
        if sum(map(len, self._lanes[: _Worth.STATE])) <= self._capacity:
            return None
        for worth in _FORGETTABLE:
            if self._lanes[worth]:
                return self._lanes[worth].popleft()[1]
        return None

    def remove(self, removal: Removal) -> list[ChatMessage]:
        """Put ``removal`` before everything else; return the waiting messages that it takes out."""
        if removal.scope is RemovalScope.ALL:
            self._forget_smaller(removal)
        # A later one takes the place of its like: it reaches further.
        self._removals[_key(removal)] = removal
        removed: list[ChatMessage] = []
        for lane in (
            self._lanes[_Worth.NORMAL],
            self._lanes[_Worth.MODERATOR],
            self._lanes[_Worth.PAID],
        ):
            before = len(removed)
            for _, event in lane:
                if isinstance(event, ChatMessage) and removal.matches(event):
                    removed.append(event)
            if len(removed) > before:
                gone = {id(event) for event in removed[before:]}
                kept = [item for item in lane if id(item[1]) not in gone]
                lane.clear()
                lane.extend(kept)
        return removed

    def pop(self) -> ChatEvent:
        """Take out the next event: removals first, then the oldest."""
        if self._removals:
            return self._removals.pop(next(iter(self._removals)))
        lane = min((lane for lane in self._lanes if lane), key=lambda lane: lane[0][0])
        return lane.popleft()[1]

    def _forget_smaller(self, removal: Removal) -> None:
        """Drop the waiting removals that an emptied channel includes."""
        place = (removal.source, removal.channel)
        for key in [key for key in self._removals if key[:2] == place]:
            del self._removals[key]


def _worth(event: ChatEvent) -> _Worth:
    if isinstance(event, ChatMessage):
        if event.paid:
            return _Worth.PAID
        privileged = event.roles & {Role.MODERATOR, Role.BROADCASTER}
        return _Worth.MODERATOR if privileged else _Worth.NORMAL
    if isinstance(event, Notice):
        return _Worth.NOTICE
    assert isinstance(event, ConnectionState)  # noqa: S101 - the hub keeps everything else out
    return _Worth.STATE


def _key(removal: Removal) -> _RemovalKey:
    return (
        removal.source,
        removal.channel,
        removal.scope,
        removal.target_id,
        removal.target_author_id,
        removal.target_login,
    )
