"""What the reading makes of messages: utterances on their way to the voice, and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage


class Lane(IntEnum):
    """Who goes first: the lower number. The streamer's own lines overtake every lane."""

    STREAMER = 0
    PAID = 1
    MODERATOR = 2
    MENTION = 3
    NORMAL = 4


class Reason(str, Enum):
    """Why something was not said, one word for scripts; the window has a sentence for each."""

    NOTHING_TO_SAY = "nothing_to_say"
    COMMAND = "command"
    BLOCKED_USER = "blocked_user"
    MUTED = "muted"
    SHARED_CHAT = "shared_chat"
    NOT_READING = "not_reading"
    EXPIRED = "expired"
    QUEUE_FULL = "queue_full"
    OVERLOAD = "overload"
    SKIPPED = "skipped"
    CLEARED = "cleared"
    ENGINE_FAILED = "engine_failed"
    SHUTDOWN = "shutdown"
    MESSAGE_DELETED = "message_deleted"
    AUTHOR_BANNED = "author_banned"
    CHAT_CLEARED = "chat_cleared"


@dataclass(frozen=True)
class Utterance:
    """One thing to say.

    ``id`` names it everywhere (queue, audio, outcomes); it is the message's id where there is one.
    ``seconds`` is the predicted length of the speech. ``created_at`` and ``expires_at`` are seconds
    of `Clock.now`; ``expires_at`` is ``None`` for what never goes stale.
    """

    id: str
    text: str
    language: str
    seconds: float
    lane: Lane
    created_at: float
    expires_at: float | None = None
    voice: str = ""
    message: ChatMessage | None = None


class OutcomeState(str, Enum):
    """What became of a message. The last four are final."""

    QUEUED = "queued"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    REFUSED = "refused"
    DROPPED = "dropped"
    REMOVED = "removed"

    @property
    def final(self) -> bool:
        """Whether nothing more will be heard of this message."""
        return self not in (OutcomeState.QUEUED, OutcomeState.SPEAKING)


@dataclass(frozen=True)
class Outcome:
    """What a stage did with a message; every watcher (window, history, meter) gets each one.

    ``text`` is what was written, ``spoken`` what is or was said. ``started_at`` and ``ended_at``
    are seconds of the output's own timeline (`AudioOutput.position`): in a WAV file, its second.
    ``chat_to_sound`` is seconds from the message's arrival to its first sample at the device.
    """

    id: str
    state: OutcomeState
    at: float
    reason: Reason | None = None
    text: str = ""
    spoken: str | None = None
    name: str = ""
    lane: Lane = Lane.NORMAL
    message: ChatMessage | None = None
    started_at: float | None = None
    ended_at: float | None = None
    chat_to_sound: float | None = None
