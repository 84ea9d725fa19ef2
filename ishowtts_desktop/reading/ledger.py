"""The ledger: makes the outcomes, and sees that each message gets exactly one that is final."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Lane, Outcome, OutcomeState, Reason, Utterance

if TYPE_CHECKING:
    from ishowtts_desktop.audio.output import Played
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.reading.outbox import Outbox


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

    def id_of(self, message: ChatMessage) -> str:
        """Return the message's id, or a new one where that is missing or under way already."""
        if message.id and message.id not in self._written:
            return message.id
        return self.new_id("message")

    def queued(self, utterance: Utterance, written: str) -> None:
        """Tell that ``utterance`` waits; ``written`` is what it was made from."""
        self._written[utterance.id] = written
        self._tell(utterance, OutcomeState.QUEUED)

    def speaking(self, utterance: Utterance) -> None:
        """Tell that the engine has it."""
        self._tell(utterance, OutcomeState.SPEAKING)

    def spoken(self, utterance: Utterance, played: Played) -> None:
        """Tell that it was said to its end. The last outcome of ``utterance``."""
        message, latency = utterance.message, None
        # A line that the streamer picked may have arrived an hour ago: that is no latency.
        picked = utterance.lane is Lane.STREAMER
        if message is not None and played.first_sample_at is not None and not picked:
            latency = max(0.0, played.first_sample_at - message.received_at)
        self._tell(utterance, OutcomeState.SPOKEN, played=played, chat_to_sound=latency)
        del self._written[utterance.id]

    def dropped(self, utterance: Utterance, reason: Reason, *, begun: bool = False) -> None:
        """Tell that it won't be said, or not to its end. The last outcome of ``utterance``."""
        self._give_up(utterance, OutcomeState.DROPPED, reason, begun=begun)

    def removed(self, utterance: Utterance, reason: Reason, *, begun: bool = False) -> None:
        """Tell that a moderator took it back. The last outcome of ``utterance``."""
        self._give_up(utterance, OutcomeState.REMOVED, reason, begun=begun)

    def turned_away(
        self,
        name: str,
        source: ChatMessage | str,
        lane: Lane,
        state: OutcomeState,
        reason: Reason,
    ) -> None:
        """Tell that ``source`` (a message, or the streamer's own line) isn't queued at all."""
        message = None if isinstance(source, str) else source
        self._outbox.put(
            Outcome(
                id=name,
                state=state,
                at=self._clock.now(),
                reason=reason,
                text=source if isinstance(source, str) else source.text,
                name=message.name if message else "",
                lane=lane,
                message=message,
            )
        )

    def _give_up(
        self, utterance: Utterance, state: OutcomeState, reason: Reason, *, begun: bool
    ) -> None:
        self._tell(utterance, state, reason, said=begun)
        del self._written[utterance.id]

    def _tell(
        self,
        utterance: Utterance,
        state: OutcomeState,
        reason: Reason | None = None,
        *,
        said: bool = True,
        played: Played | None = None,
        chat_to_sound: float | None = None,
    ) -> None:
        self._outbox.put(
            Outcome(
                id=utterance.id,
                state=state,
                at=self._clock.now(),
                reason=reason,
                text=self._written[utterance.id],
                spoken=utterance.text if said else None,
                name=utterance.message.name if utterance.message else "",
                lane=utterance.lane,
                message=utterance.message,
                started_at=played.started_at if played else None,
                ended_at=played.ended_at if played else None,
                chat_to_sound=chat_to_sound,
            )
        )
