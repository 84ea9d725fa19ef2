"""The ledger: makes the outcomes, and sees that each message gets exactly one that is final."""

from __future__ import annotations

from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Union

from ishowtts_desktop.core.messages import ChatMessage, Notice
from ishowtts_desktop.core.utterances import Lane, Outcome, OutcomeState, Reason, Utterance

if TYPE_CHECKING:
    from ishowtts_desktop.audio.output import Played
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.reading.outbox import Outbox

# A message, a notice, or the streamer's own line.
Source = Union[ChatMessage, Notice, str]  # noqa: UP007 (3.10)

# What isn't queued at all was refused, but for these reasons.
_TURNED_AWAY = MappingProxyType(
    {
        Reason.MESSAGE_DELETED: OutcomeState.REMOVED,
        Reason.AUTHOR_BANNED: OutcomeState.REMOVED,
        Reason.CHAT_CLEARED: OutcomeState.REMOVED,
        Reason.OVERLOAD: OutcomeState.DROPPED,
        Reason.SHUTDOWN: OutcomeState.DROPPED,
    }
)


class Ledger:
    """Knows which utterances are under way and what was written for each. Not thread-safe."""

    def __init__(self, clock: Clock, outbox: Outbox) -> None:
        self._clock = clock
        self._outbox = outbox
        self._numbers = count(1)
        self._written: dict[str, str] = {}

    def new_id(self, kind: str) -> str:
        """Return an id for what has none of its own."""
        # A chat may call its own messages like that.
        while (name := f"{kind}-{next(self._numbers)}") in self._written:
            pass
        return name

    def id_of(self, source: ChatMessage | Notice) -> str:
        """Return the id of ``source``, or a new one where that is missing or under way already."""
        if source.id and source.id not in self._written:
            return source.id
        return self.new_id("notice" if isinstance(source, Notice) else "message")

    def queued(self, utterance: Utterance, written: str) -> None:
        """Tell that ``utterance`` waits; ``written`` is what it was made from."""
        self._written[utterance.id] = written
        self._tell(utterance, OutcomeState.QUEUED)

    def speaking(self, utterance: Utterance, spoken: str) -> None:
        """Tell that it is being said now, as ``spoken``."""
        self._tell(utterance, OutcomeState.SPEAKING, spoken=spoken)

    def spoken(self, utterance: Utterance, spoken: str, played: Played) -> None:
        """Tell that it was said. The last outcome of ``utterance``."""
        message, latency = utterance.message or utterance.notice, None
        # A line that the streamer picked may have arrived an hour ago: that is no latency.
        picked = utterance.lane is Lane.STREAMER
        if message is not None and played.first_sample_at is not None and not picked:
            latency = max(0.0, played.first_sample_at - message.received_at)
        self._tell(
            utterance, OutcomeState.SPOKEN, spoken=spoken, played=played, chat_to_sound=latency
        )
        del self._written[utterance.id]

    def dropped(self, utterance: Utterance, reason: Reason, spoken: str | None = None) -> None:
        """Tell that it won't be said, or, begun as ``spoken``, not to its end: the last outcome."""
        self._tell(utterance, OutcomeState.DROPPED, reason, spoken=spoken)
        del self._written[utterance.id]

    def removed(self, utterance: Utterance, reason: Reason, spoken: str | None = None) -> None:
        """Tell that a moderator took it back, begun as ``spoken`` or not: the last outcome."""
        self._tell(utterance, OutcomeState.REMOVED, reason, spoken=spoken)
        del self._written[utterance.id]

    def rewritten(self, utterance: Utterance) -> None:
        """Go by ``utterance`` as it is told now, where that is a notice."""
        if utterance.notice is not None:
            self._written[utterance.id] = text_of(utterance.notice)

    def turned_away(self, name: str, source: Source, lane: Lane, reason: Reason) -> None:
        """Tell that ``source`` isn't queued at all."""
        self._outbox.put(
            Outcome(
                id=name,
                state=_TURNED_AWAY.get(reason, OutcomeState.REFUSED),
                at=self._clock.now(),
                reason=reason,
                text=text_of(source),
                name="" if isinstance(source, str) else source.name,
                lane=lane,
                message=source if isinstance(source, ChatMessage) else None,
                notice=source if isinstance(source, Notice) else None,
            )
        )

    def _tell(
        self,
        utterance: Utterance,
        state: OutcomeState,
        reason: Reason | None = None,
        *,
        spoken: str | None = None,
        played: Played | None = None,
        chat_to_sound: float | None = None,
    ) -> None:
        author = utterance.message or utterance.notice
        self._outbox.put(
            Outcome(
                id=utterance.id,
                state=state,
                at=self._clock.now(),
                reason=reason,
                text=self._written[utterance.id],
                spoken=spoken,
                name=author.name if author else "",
                lane=utterance.lane,
                message=utterance.message,
                started_at=played.started_at if played else None,
                ended_at=played.ended_at if played else None,
                chat_to_sound=chat_to_sound,
                notice=utterance.notice,
            )
        )


def text_of(source: Source) -> str:
    """Return what was written."""
    if isinstance(source, Notice):
        return " ".join(part for part in (source.system_text, source.text) if part)
    return source if isinstance(source, str) else source.text
