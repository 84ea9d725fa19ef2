"""What is remembered of those whose messages were read: when, what, and which one was the first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ishowtts_desktop.reading.rules.people import author_of

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage

_MOST_TEXTS = 8
_First = tuple[str, float]


@dataclass
class Remembered:
    """One user: the first message's mark, when the last one was let pass, and the last texts."""

    first: _First
    last: float | None = None
    texts: OrderedDict[int, float] = field(default_factory=OrderedDict)


class Memory:
    """The last ``limit`` users; whoever is quiet for long is forgotten first. Not thread-safe."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._users: OrderedDict[str, Remembered] = OrderedDict()

    def __len__(self) -> int:
        return len(self._users)

    def is_first(self, message: ChatMessage) -> bool:
        """Tell whether it is its author's first, also after `meet` met it."""
        author = author_of(message)
        known = self._users.get(author)
        return bool(author) and (known is None or known.first == _mark(message))

    def meet(self, message: ChatMessage) -> bool:
        """Know the author from now on; tell whether nobody knew of one before."""
        author = author_of(message)
        if not author:
            return False
        first = author not in self._users
        if first:
            self._users[author] = Remembered(_mark(message))
        self._users.move_to_end(author)
        if len(self._users) > self._limit:
            self._users.popitem(last=False)
        return first

    def since_last(self, message: ChatMessage, now: float) -> float | None:
        """Return the seconds since the author's last message was let pass, or None."""
        known = self._users.get(author_of(message))
        return None if known is None or known.last is None else now - known.last

    def since_same(self, message: ChatMessage, key: str, now: float) -> float | None:
        """Return the seconds since the author's last message of that ``key``, or None."""
        known = self._users.get(author_of(message))
        at = known.texts.get(hash(key)) if known and key else None
        return None if at is None else now - at

    def let_pass(self, message: ChatMessage, key: str, now: float) -> None:
        """Remember that a message of that ``key`` was let pass."""
        known = self._users.get(author_of(message))
        if known is None:
            return
        known.last = now
        if key:
            known.texts[hash(key)] = now
            known.texts.move_to_end(hash(key))
            if len(known.texts) > _MOST_TEXTS:
                known.texts.popitem(last=False)


def _mark(message: ChatMessage) -> _First:
    return (message.id, message.received_at)
