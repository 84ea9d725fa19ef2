"""What a chat source yields: messages, notices, removals and the state of its connection.

All are frozen, so that they may cross threads. Times named ``received_at`` are seconds of
`Clock.now` (monotonic); ``sent_at`` is seconds of Unix time as the platform told it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Union


class Role(str, Enum):
    """What an author is in the channel. An author may have several."""

    BROADCASTER = "broadcaster"
    MODERATOR = "moderator"
    VIP = "vip"
    SUBSCRIBER = "subscriber"


@dataclass(frozen=True)
class Emote:
    """A platform emote inside a message's text.

    ``start`` and ``end`` count code points of the text, end exclusive, and always lie inside it.
    """

    id: str
    start: int
    end: int


@dataclass(frozen=True)
class ChatMessage:
    """One line that somebody wrote. ``channel_id`` is the platform's number of the channel."""

    id: str
    source: str
    channel: str
    author_id: str
    login: str
    name: str
    text: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    emotes: tuple[Emote, ...] = ()
    action: bool = False
    bits: int = 0
    reward_id: str | None = None
    reply_to: str | None = None
    shared_from: str | None = None
    sent_at: float | None = None
    received_at: float = 0.0
    channel_id: str = ""

    @property
    def paid(self) -> bool:
        """Whether the author paid for this message to be noticed."""
        return self.bits > 0 or self.reward_id is not None


@dataclass(frozen=True)
class Notice:
    """Something that the platform announces: a subscription, a raid, a gift.

    ``system_text`` is the platform's sentence, ``text`` what the author added to it.
    """

    id: str
    source: str
    channel: str
    type: str
    system_text: str
    author_id: str = ""
    login: str = ""
    name: str = ""
    text: str = ""
    emotes: tuple[Emote, ...] = ()
    sent_at: float | None = None
    received_at: float = 0.0
    roles: frozenset[Role] = field(default_factory=frozenset)
    shared_from: str | None = None


class RemovalScope(str, Enum):
    """How much a moderator removed."""

    MESSAGE = "message"
    AUTHOR = "author"
    ALL = "all"


@dataclass(frozen=True)
class Removal:
    """A moderator took something back. It overtakes everything and may stop a word in the middle.

    ``target_id`` is set for one message; ``target_author_id`` and ``target_login`` for an author.
    """

    source: str
    channel: str
    scope: RemovalScope
    target_id: str | None = None
    target_author_id: str | None = None
    target_login: str | None = None
    received_at: float = 0.0

    def matches(self, message: ChatMessage | Notice) -> bool:
        """Tell whether this takes back ``message``."""
        if self.source != message.source or self.channel != message.channel:
            return False
        if self.scope is RemovalScope.ALL:
            return True
        if self.scope is RemovalScope.MESSAGE:
            return bool(self.target_id) and self.target_id == message.id
        if self.target_author_id:
            return self.target_author_id == message.author_id
        return bool(self.target_login) and self.target_login == message.login


class Phase(str, Enum):
    """Where a connection stands."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    RETRYING = "retrying"
    FAILED = "failed"
    CLOSED = "closed"


@dataclass(frozen=True)
class ConnectionState:
    """How a source's connection stands, in words that a streamer understands.

    ``retry_in`` is seconds until the next attempt, when one is planned. ``FAILED`` means that the
    source gave up and the streamer has to change something; ``detail`` says what.
    """

    source: str
    channel: str
    phase: Phase
    detail: str = ""
    retry_in: float | None = None


@dataclass(frozen=True)
class Malformed:
    """A line that no protocol explains. It is counted, logged and skipped."""

    source: str
    line: str
    why: str


ChatEvent = Union[ChatMessage, Notice, Removal, ConnectionState, Malformed]  # noqa: UP007 (3.10)
