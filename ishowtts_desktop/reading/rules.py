"""Whose messages are read, and in which lane."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import Role
from ishowtts_desktop.core.utterances import Lane, Reason
from ishowtts_desktop.reading.text.mentions import mentions

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.reading_config import RulesConfig


class Rules:
    """Decides by who wrote. Users are named by login or name, in any case, with or without "@".

    Not thread-safe: the conductor asks under its lock.
    """

    def __init__(self, config: RulesConfig, *, read_shared_chat: bool = False) -> None:
        self._read_shared_chat = read_shared_chat
        self._blocked = frozenset(_fold(user) for user in config.blocked_users + config.bots) - {""}
        self._muted: set[str] = set()

    def mute(self, user: str) -> None:
        """Refuse ``user`` until `unmute` or the end of this run."""
        self._muted |= {_fold(user)} - {""}

    def unmute(self, user: str) -> None:
        """Take `mute` back."""
        self._muted.discard(_fold(user))

    def muted(self, message: ChatMessage) -> bool:
        """Tell whether the author is muted."""
        return not self._muted.isdisjoint(_called(message))

    def refuse(self, message: ChatMessage, *, reading: bool = True) -> Reason | None:
        """Return why ``message`` isn't read, or None; ``reading``: whether chat is read at all."""
        if not self._blocked.isdisjoint(_called(message)):
            return Reason.BLOCKED_USER
        if self.muted(message):
            return Reason.MUTED
        if message.shared_from is not None and not self._read_shared_chat:
            return Reason.SHARED_CHAT
        return None if reading else Reason.NOT_READING


def lane_of(message: ChatMessage) -> Lane:
    """Return the lane of ``message``: by payment, role, then whether it calls the channel."""
    if message.paid:
        return Lane.PAID
    if not message.roles.isdisjoint((Role.BROADCASTER, Role.MODERATOR)):
        return Lane.MODERATOR
    return Lane.MENTION if mentions(message.text, message.channel) else Lane.NORMAL


def _called(message: ChatMessage) -> frozenset[str]:
    return frozenset((_fold(message.login), _fold(message.name)))


def _fold(user: str) -> str:
    return unicodedata.normalize("NFKC", user).casefold().strip().removeprefix("@")
