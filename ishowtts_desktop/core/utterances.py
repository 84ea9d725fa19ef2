"""What the reading makes of messages: utterances on their way to the voice, and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage, Notice


class Lane(IntEnum):
    """Who goes first: the lower number. The streamer's own lines overtake every lane."""

    STREAMER = 0
    PAID = 1
    MODERATOR = 2
    MENTION = 3
    NORMAL = 4


class Stage(IntEnum):
    """How far the reading gives way to the load. Each stage does what those before it do, too."""

    CALM = 0
    NAMES_OFF = 1
    FASTER = 2
    MERGING = 3
    SAMPLING = 4


class Reason(str, Enum):
    """Why something was not said, one word for scripts; the window has a sentence for each."""

    NOTHING_TO_SAY = "nothing_to_say"
    COMMAND = "command"
    VOICE_CHOSEN = "voice_chosen"
    BLOCKED_USER = "blocked_user"
    BLOCKED_WORD = "blocked_word"
    PRIVATE_WORD = "private_word"
    BOT = "bot"
    ROLE = "role"
    NO_MENTION = "no_mention"
    NOT_PAID = "not_paid"
    LANGUAGE = "language"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    FIRST_MESSAGE = "first_message"
    COOLDOWN = "cooldown"
    REPEATED = "repeated"
    USER_SHARE = "user_share"
    MUTED = "muted"
    SHARED_CHAT = "shared_chat"
    NOT_READING = "not_reading"
    PANIC = "panic"
    EXPIRED = "expired"
    QUEUE_FULL = "queue_full"
    SAMPLED = "sampled"
    NEWER = "newer"
    OVERLOAD = "overload"
    SKIPPED = "skipped"
    CLEARED = "cleared"
    ENGINE_FAILED = "engine_failed"
    SHUTDOWN = "shutdown"
    MESSAGE_DELETED = "message_deleted"
    AUTHOR_BANNED = "author_banned"
    CHAT_CLEARED = "chat_cleared"


@dataclass(frozen=True)
class Segment:
    """A part of an utterance in one voice: its name may have another than its text."""

    text: str
    language: str
    voice: str = ""


@dataclass(frozen=True)
class Utterance:
    """One thing to say.

    ``id`` names it everywhere (queue, audio, outcomes); it is the message's id where there is one.
    ``seconds`` is the predicted length of the speech. ``created_at`` and ``expires_at`` are seconds
    of `Clock.now`; ``expires_at`` is ``None`` for what never goes stale. ``speed`` is a factor on
    the chosen rate.

    ``author`` names whose turn it is, "" for nobody's, and ``called`` is how the name is said, ""
    when it isn't; what has the same ``key`` says the same. What ``announces`` its author needs no
    name before it.
    ``members`` are all that a joint utterance speaks for, each as it would have been alone; empty
    for one that speaks for itself only.
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
    notice: Notice | None = None
    author: str = ""
    called: str = ""
    key: str = ""
    speed: float = 1.0
    announces: bool = False
    members: tuple[Utterance, ...] = ()

    @property
    def all_members(self) -> tuple[Utterance, ...]:
        """Every single utterance in it: itself, unless it is a joint one."""
        return self.members or (self,)


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
    notice: Notice | None = None
