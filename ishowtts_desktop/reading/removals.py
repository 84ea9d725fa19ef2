"""What moderators took back, remembered: it may come late, or be selected for reading."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import ChatMessage, Removal, RemovalScope
from ishowtts_desktop.core.utterances import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

_REASONS = {
    RemovalScope.MESSAGE: Reason.MESSAGE_DELETED,
    RemovalScope.AUTHOR: Reason.AUTHOR_BANNED,
    RemovalScope.ALL: Reason.CHAT_CLEARED,
}
_Key = tuple[str, str, str, str]


def reason_of(removal: Removal) -> Reason:
    """Return the word for what ``removal`` does."""
    return _REASONS[removal.scope]


class RemovalMemory:
    """The last ``limit`` removals. Not thread-safe."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._removals: OrderedDict[_Key, tuple[Reason, float]] = OrderedDict()

    def remember(self, removal: Removal, now: float) -> None:
        """Keep ``removal``; ``now`` (seconds of `Clock.now`) stands in for a missing time."""
        key = _key_of(removal)
        self._removals.pop(key, None)
        self._removals[key] = (reason_of(removal), removal.received_at or now)
        if len(self._removals) > self._limit:
            self._removals.popitem(last=False)

    def reason_for(self, message: ChatMessage) -> Reason | None:
        """Return why ``message`` was taken back, or None.

        Who was banned or timed out may write again later: only what arrived before the removal is
        taken back with an author or with the whole chat.
        """
        for key in _keys_of(message):
            reason, at = self._removals.get(key, (None, 0.0))
            if reason is Reason.MESSAGE_DELETED or (reason and message.received_at <= at):
                return reason
        return None


def _key_of(removal: Removal) -> _Key:
    place = (removal.source, removal.channel)
    if removal.scope is RemovalScope.MESSAGE:
        return (*place, "id", removal.target_id or "")
    if removal.scope is RemovalScope.ALL:
        return (*place, "all", "")
    if removal.target_author_id:
        return (*place, "author", removal.target_author_id)
    return (*place, "login", removal.target_login or "")


def _keys_of(message: ChatMessage) -> Iterator[_Key]:
    names = {"id": message.id, "author": message.author_id, "login": message.login}
    for kind, name in names.items():
        if name:
            yield (message.source, message.channel, kind, name)
    yield (message.source, message.channel, "all", "")
