"""Whose messages are read, which of them, and in which lane.

Nobody is exempt from the lists of blocked users and bots, from mutes and from the rule about shared
chats (nor from blocked words, see `words`). The broadcaster and whoever paid for a message are
exempt from everything else: role, mention and payment, language, lengths, the first message and
cooldowns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from ishowtts_desktop.core.messages import Role
from ishowtts_desktop.core.utterances import Lane, Reason
from ishowtts_desktop.reading.rules.memory import Memory
from ishowtts_desktop.reading.rules.people import (
    People,
    fold_user,
    is_broadcaster,
    names_of,
    rank_named,
    rank_of,
)
from ishowtts_desktop.reading.text.language import DETECTABLE, primary
from ishowtts_desktop.reading.text.mentions import mentions

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.reading_config import RulesConfig
    from ishowtts_desktop.reading.text.prepare import Prepared

_GRAPHEME = regex.compile(r"\X")


class Rules:
    """Decides by who wrote, and by what was made of the text. All times are `Clock.now`'s.

    Not thread-safe: the conductor asks under its lock.
    """

    def __init__(self, config: RulesConfig, *, read_shared_chat: bool = False) -> None:
        self._muted: set[str] = set()
        self._memory = Memory()
        self.use(config, read_shared_chat=read_shared_chat)

    def use(self, config: RulesConfig, *, read_shared_chat: bool = False) -> None:
        """Go by ``config`` from now on. Mutes and what is remembered of users stay."""
        self._config = config.model_copy(deep=True)
        self._read_shared_chat = read_shared_chat
        self._blocked = People(config.blocked_users)
        self._bots = People(() if config.read_bots else config.bots)
        self._languages = frozenset(map(primary, config.languages)) - {""}
        # Nobody can tell the others, so they mustn't silence all that is written.
        if self._languages.isdisjoint(DETECTABLE):
            self._languages = frozenset()

    def mute(self, user: str) -> None:
        """Refuse ``user`` until `unmute` or the end of this run."""
        self._muted |= {fold_user(user)} - {""}

    def unmute(self, user: str) -> None:
        """Take `mute` back."""
        self._muted.discard(fold_user(user))

    def muted(self, message: ChatMessage) -> bool:
        """Tell whether the author is muted."""
        return bool(self._muted) and not self._muted.isdisjoint(names_of(message))

    def refuse(self, message: ChatMessage, *, reading: bool = True) -> Reason | None:
        """Return why ``message`` isn't read, or None; ``reading``: whether chat is read at all."""
        if self._blocked.has(message):
            return Reason.BLOCKED_USER
        if self.muted(message):
            return Reason.MUTED
        if self._bots.has(message):
            return Reason.BOT
        if message.shared_from is not None and not self._read_shared_chat:
            return Reason.SHARED_CHAT
        if not reading:
            return Reason.NOT_READING
        return None if _exempt(message) else self._refuse_by_rank(message)

    def refuse_text(self, message: ChatMessage, prepared: Prepared, now: float) -> Reason | None:
        """Return why what was ``prepared`` of ``message`` isn't read, or None; ask once for each.

        What is let pass is remembered for the cooldowns. Lengths and language are those of the line
        as it was written (`Prepared.plain`).
        """
        exempt = _exempt(message)
        reason = None if exempt else self._refuse_by_content(prepared)
        if reason is not None:
            return reason
        first = self._memory.meet(message)
        if not exempt:
            reason = self._refuse_by_memory(message, prepared.key, now, first=first)
        if reason is None:
            self._memory.let_pass(message, prepared.key, now)
        return reason

    def lane(self, message: ChatMessage) -> Lane:
        """Return the lane of ``message``; a user's first one may be lifted above the normal."""
        lane = lane_of(message)
        if lane is Lane.NORMAL and self._config.first_message == "lift":
            return Lane.MENTION if self._memory.is_first(message) else lane
        return lane

    def _refuse_by_rank(self, message: ChatMessage) -> Reason | None:
        if rank_of(message) < rank_named(self._config.minimum_role):
            return Reason.ROLE
        if self._config.only_mentions and not mentions(message.text, message.channel):
            return Reason.NO_MENTION
        return Reason.NOT_PAID if self._config.only_paid else None

    def _refuse_by_content(self, prepared: Prepared) -> Reason | None:
        languages = {primary(prepared.language), *prepared.maybe}
        if self._languages and self._languages.isdisjoint(languages):
            return Reason.LANGUAGE
        shortest, longest = self._config.shortest, self._config.longest
        if not (shortest or longest):
            return None
        length = len(_GRAPHEME.findall(prepared.plain))
        if length < shortest:
            return Reason.TOO_SHORT
        return Reason.TOO_LONG if longest and length > longest else None

    def _refuse_by_memory(
        self, message: ChatMessage, key: str, now: float, *, first: bool
    ) -> Reason | None:
        if first and self._config.first_message == "skip":
            return Reason.FIRST_MESSAGE
        since = self._memory.since_same(message, key, now)
        if _within(since, self._config.repeat_cooldown):
            return Reason.REPEATED
        since = self._memory.since_last(message, now)
        return Reason.COOLDOWN if _within(since, self._config.user_cooldown) else None


def lane_of(message: ChatMessage) -> Lane:
    """Return the lane of ``message``: by payment, role, then whether it calls the channel."""
    if message.paid:
        return Lane.PAID
    if not message.roles.isdisjoint((Role.BROADCASTER, Role.MODERATOR)):
        return Lane.MODERATOR
    return Lane.MENTION if mentions(message.text, message.channel) else Lane.NORMAL


def _exempt(message: ChatMessage) -> bool:
    return message.paid or is_broadcaster(message)


def _within(since: float | None, cooldown: float) -> bool:
    # A clock that went back tells nothing about how long ago it was.
    return since is not None and 0 <= since < cooldown
