"""The conductor: decides what is said next and stops what mustn't be said. All threads meet here.

A state machine with an injected clock: chat comes in by `handle`, the engine's thread asks by
`take` and reports by `done`, the streamer's commands come from anywhere. Each message gets exactly
one final outcome. What is stopped (removed, skipped, cleared, closed) gets it at once, before the
engine's thread has noticed, and a `done` that comes after it says nothing more.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.messages import ChatMessage, Removal
from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason, Utterance
from ishowtts_desktop.reading.introductions import Introductions
from ishowtts_desktop.reading.ledger import Ledger
from ishowtts_desktop.reading.outbox import Outbox, ReaderState
from ishowtts_desktop.reading.queue import PROTECTED, SpeechQueue
from ishowtts_desktop.reading.removals import RemovalMemory, reason_of
from ishowtts_desktop.reading.rules import Rules, lane_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ishowtts_desktop.audio.output import Played
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatEvent
    from ishowtts_desktop.core.utterances import Outcome
    from ishowtts_desktop.reading.text.prepare import Preparation, Prepared

__all__ = ["Conductor", "Job", "ReaderState"]


@dataclass(frozen=True)
class Job:
    """One utterance on its way through the engine, and the token that stops it."""

    utterance: Utterance
    cancel: CancelToken = field(default_factory=CancelToken, compare=False)


class Conductor:
    """Owns the queue, the rules and the current job. Every method may come from any thread.

    ``stop_sound`` fades an utterance out by its id (`AudioOutput.stop`). ``time_to_live`` is how
    many seconds a chat message may wait; paid ones and the streamer's own lines may wait forever.
    """

    def __init__(
        self,
        clock: Clock,
        rules: Rules,
        preparation: Preparation,
        queue: SpeechQueue,
        stop_sound: Callable[[str], None],
        *,
        time_to_live: float = 60.0,
        reading: bool = True,
    ) -> None:
        self._clock = clock
        self._rules = rules
        self._preparation = preparation
        self._queue = queue
        self._stop_sound = stop_sound
        self._time_to_live = time_to_live
        self._reading = reading
        self._paused = False
        self._closed = threading.Event()
        self._current: Job | None = None
        self._removals = RemovalMemory()
        self._introductions = Introductions(preparation)
        self._stops: list[str] = []
        self._outbox = Outbox()
        self._ledger = Ledger(clock, self._outbox)
        self._condition = threading.Condition()
        self._told_state = self._state()

    def watch(self, listener: Callable[[Outcome], None]) -> None:
        """Call ``listener`` with every outcome, in order and not under the lock: see `Outbox`."""
        self._outbox.watch(listener)

    def watch_state(self, listener: Callable[[ReaderState], None]) -> None:
        """Call ``listener`` with every change of state, as `watch` does."""
        self._outbox.watch_state(listener)

    @property
    def state(self) -> ReaderState:
        """What the reader does now."""
        with self._condition:
            return self._state()

    @property
    def closed(self) -> bool:
        """Whether nothing will be said any more."""
        return self._closed.is_set()

    def wait_closed(self, timeout: float) -> bool:
        """Sleep up to ``timeout`` seconds; return at once with True when closed."""
        return self._closed.wait(timeout)

    # What comes in.

    def handle(self, event: ChatEvent) -> None:
        """Take one chat event. Messages and removals matter; the other kinds pass by."""
        if isinstance(event, ChatMessage):
            self._hear(event)
        elif isinstance(event, Removal):
            self._take_back(event)

    def drop(self, message: ChatMessage, reason: Reason) -> None:
        """Tell that ``message`` was given up before it got here."""
        with self._changing():
            name, lane = self._ledger.id_of(message), lane_of(message)
            self._ledger.turned_away(name, message, lane, OutcomeState.DROPPED, reason)

    def say(self, text: str, voice: str = "") -> str:
        """Queue the streamer's own line before all else; return its utterance's id.

        ``voice`` is a voice's id; empty for the one that is chosen. A line that can't be said is
        told as an outcome.
        """
        prepared = self._preparation.prepare_own(text)
        with self._changing():
            name = self._ledger.new_id("say")
            self._decide(name, text, prepared, Lane.STREAMER, voice)
            return name

    def say_message(self, message: ChatMessage) -> str:
        """Queue a message that the streamer picked, before all else; return its utterance's id.

        Mute, rules and whether chat is read don't matter, but a removal does.
        """
        prepared = self._preparation.prepare(message, selected=True)
        with self._changing():
            name = self._ledger.new_id("selected")
            self._decide(name, message, prepared, Lane.STREAMER)
            return name

    # What the streamer commands.

    def start(self) -> None:
        """Read chat."""
        with self._changing():
            self._reading = True

    def stop(self) -> None:
        """Stop reading chat, the current message too. The streamer's own lines are still said."""
        with self._changing():
            self._reading = False
            self._drop(_is_chat, Reason.NOT_READING)

    def pause(self) -> None:
        """Let nothing new begin. Holding what sounds is the output's part."""
        with self._changing():
            self._paused = True

    def resume(self) -> None:
        """Take `pause` back."""
        with self._changing():
            self._paused = False

    def skip(self) -> None:
        """Fade out what is being said, if anything."""
        with self._changing():
            self._stop_current(self._ledger.dropped, Reason.SKIPPED)

    def unsay(self, name: str) -> None:
        """Take back one utterance by its id, waiting or begun."""
        with self._changing():
            self._drop(lambda utterance: utterance.id == name, Reason.SKIPPED)

    def clear(self) -> None:
        """Drop all that waits, the streamer's own lines too. What is being said goes on."""
        with self._changing():
            for utterance in self._queue.remove(lambda _: True):
                self._ledger.dropped(utterance, Reason.CLEARED)

    def mute(self, login: str) -> None:
        """Say nothing more of this user, not even what was begun."""
        with self._changing():
            self._rules.mute(login)
            self._drop(self._is_muted, Reason.MUTED)

    def unmute(self, login: str) -> None:
        """Take `mute` back."""
        with self._changing():
            self._rules.unmute(login)

    def close(self) -> None:
        """Stop for good: drop everything and wake whoever waits. Calling it again does nothing."""
        with self._changing():
            self._closed.set()
            self._drop(lambda _: True, Reason.SHUTDOWN)

    # What the engine's thread asks and reports.

    def take(self, timeout: float) -> Job | None:
        """Wait up to ``timeout`` seconds for something to say; the caller owes a `done` for it.

        None on time-out, while paused, after `close`, and early when all that waited went stale.
        """
        with self._changing():
            self._condition.wait_for(self._may_take, timeout)
            now = self._clock.now()
            if self._paused or self.closed or self._current is not None:
                self._tell_expired(self._queue.expire(now))
                return None
            utterance, expired = self._queue.pop(now)
            self._tell_expired(expired)
            if utterance is None:
                return None
            text = self._introductions.text_of(utterance, now)
            self._current = Job(replace(utterance, text=text))
            self._ledger.speaking(self._current.utterance)
            return self._current

    def forget_stale(self) -> None:
        """Drop what waited for too long, for while nothing can be taken."""
        with self._changing():
            self._tell_expired(self._queue.expire(self._clock.now()))

    def done(self, job: Job, played: Played | None, failed: bool = False) -> None:
        """Report the end of ``job``: what was ``played`` of it, or that the engine ``failed``."""
        with self._changing():
            if job is not self._current:
                return
            self._current = None
            utterance = job.utterance
            if failed:
                self._ledger.dropped(utterance, Reason.ENGINE_FAILED, begun=True)
            elif played is None or played.started_at is None:
                self._ledger.dropped(utterance, Reason.NOTHING_TO_SAY)
            elif not played.complete:
                # Nobody here stopped it, so the output was closed under it.
                self._ledger.dropped(utterance, Reason.SHUTDOWN, begun=True)
            else:
                self._ledger.spoken(utterance, played)

    # All below is called with the lock held.

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._condition:
            yield
            state = self._state()
            if state != self._told_state:
                self._told_state = state
                self._outbox.put(state)
            self._condition.notify_all()
            stops, self._stops = self._stops, []
        for name in stops:
            self._stop_sound(name)
        self._outbox.deliver()

    def _state(self) -> ReaderState:
        speaking = self._current.utterance if self._current else None
        queue = self._queue
        return ReaderState(self._reading, self._paused, speaking, len(queue), queue.seconds)

    def _may_take(self) -> bool:
        return self.closed or (not self._paused and self._current is None and len(self._queue) > 0)

    def _hear(self, message: ChatMessage) -> None:
        # Before the lock: it is most of the work.
        prepared = self._preparation.prepare(message)
        with self._changing():
            refused = self._rules.refuse(message, reading=self._reading)
            name = self._ledger.id_of(message)
            self._decide(name, message, refused or prepared, lane_of(message))

    def _decide(
        self,
        name: str,
        source: ChatMessage | str,
        prepared: Prepared | Reason,
        lane: Lane,
        voice: str = "",
    ) -> None:
        """Queue ``source`` (a message, or the streamer's own line), or tell why not."""
        message = None if isinstance(source, str) else source
        removed = self._removals.reason_for(message) if message else None
        if removed:
            self._ledger.turned_away(name, source, lane, OutcomeState.REMOVED, removed)
        elif self.closed:
            self._ledger.turned_away(name, source, lane, OutcomeState.DROPPED, Reason.SHUTDOWN)
        elif isinstance(prepared, Reason):
            self._ledger.turned_away(name, source, lane, OutcomeState.REFUSED, prepared)
        else:
            now = self._clock.now()
            stays = lane in PROTECTED
            utterance = Utterance(
                id=name,
                text=prepared.text,
                language=prepared.language,
                seconds=prepared.seconds,
                lane=lane,
                created_at=now,
                expires_at=None if stays else now + self._time_to_live,
                voice=voice,
                message=message,
            )
            self._push(utterance, source if isinstance(source, str) else source.text)

    def _push(self, utterance: Utterance, written: str) -> None:
        self._tell_expired(self._queue.expire(utterance.created_at))
        self._ledger.queued(utterance, written)
        for evicted in self._queue.push(utterance):
            self._ledger.dropped(evicted, Reason.QUEUE_FULL)

    def _take_back(self, removal: Removal) -> None:
        def matches(utterance: Utterance) -> bool:
            return utterance.message is not None and removal.matches(utterance.message)

        with self._changing():
            self._removals.remember(removal, self._clock.now())
            reason = reason_of(removal)
            if self._current and matches(self._current.utterance):
                self._stop_current(self._ledger.removed, reason)
            for utterance in self._queue.remove(matches):
                self._ledger.removed(utterance, reason)

    def _drop(self, unwanted: Callable[[Utterance], bool], reason: Reason) -> None:
        if self._current and unwanted(self._current.utterance):
            self._stop_current(self._ledger.dropped, reason)
        for utterance in self._queue.remove(unwanted):
            self._ledger.dropped(utterance, reason)

    def _stop_current(self, tell: Callable[..., None], reason: Reason) -> None:
        if self._current is None:
            return
        self._current.cancel.cancel()
        self._stops.append(self._current.utterance.id)
        tell(self._current.utterance, reason, begun=True)
        self._current = None

    def _tell_expired(self, expired: Iterable[Utterance]) -> None:
        for utterance in expired:
            self._ledger.dropped(utterance, Reason.EXPIRED)

    def _is_muted(self, utterance: Utterance) -> bool:
        message = utterance.message
        return message is not None and _is_chat(utterance) and self._rules.muted(message)


def _is_chat(utterance: Utterance) -> bool:
    return utterance.lane is not Lane.STREAMER
