"""The conductor: decides what is said next and stops what mustn't be said. All threads meet here.

A state machine with an injected clock: chat comes in by `handle`, the engine's thread asks by
`take` and reports by `done`, the streamer's commands come from anywhere. Each message gets exactly
one final outcome. What is stopped (removed, skipped, cleared, closed) gets it at once, before the
engine's thread has noticed, and a `done` that comes after it says nothing more. Two jobs may be
under way: see `Flight`.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import ChatMessage, Notice, Removal
from ishowtts_desktop.core.utterances import Lane, Reason
from ishowtts_desktop.reading import notices
from ishowtts_desktop.reading.delivery import Delivery
from ishowtts_desktop.reading.flight import Flight, Job
from ishowtts_desktop.reading.intake import Intake
from ishowtts_desktop.reading.ledger import Ledger
from ishowtts_desktop.reading.outbox import Outbox, ReaderState
from ishowtts_desktop.reading.proceedings import Proceedings
from ishowtts_desktop.reading.queue.policy import QueuePolicy
from ishowtts_desktop.reading.rules.rules import Rules, lane_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.audio.output import Played
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatEvent
    from ishowtts_desktop.core.utterances import Outcome
    from ishowtts_desktop.reading.casting import Casting
    from ishowtts_desktop.reading.queue.queue import SpeechQueue
    from ishowtts_desktop.reading.text.prepare import Preparation

__all__ = ["Conductor", "Job", "ReaderState"]


class Conductor:
    """Owns the queue, the rules and the jobs. Every method may come from any thread.

    ``stop_sound`` fades a sound out by its tag (`AudioOutput.stop`). Of ``config`` its sections
    "reading" and "load" matter here. Without a ``casting`` all have the chosen voice.
    """

    def __init__(
        self,
        clock: Clock,
        rules: Rules,
        preparation: Preparation,
        queue: SpeechQueue,
        stop_sound: Callable[[str], None],
        *,
        config: Config | None = None,
        casting: Casting | None = None,
    ) -> None:
        config = config or Config()
        self._clock = clock
        self._rules = rules
        self._queue = queue
        self._stop_sound = stop_sound
        self._say_notices = config.reading.say_notices
        self._reading = config.reading.reading
        self._paused = self._held = self._panicked = False
        self._closed = threading.Event()
        self._stops: list[str] = []
        self._outbox = Outbox()
        self._ledger = Ledger(clock, self._outbox)
        self._intake = Intake(rules, preparation, config, casting)
        self._delivery = Delivery(preparation, config, casting)
        self._flight = Flight(self._stops.append)
        self._proceedings = Proceedings(
            queue, self._flight, self._ledger, self._intake, self._delivery
        )
        self._queue.mind(self._intake.unwanted_together)
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

    def use(self, config: Config, preparation: Preparation) -> None:
        """Go by other settings from now on; what waits, who is muted and what is known stays.

        Whether chat is read is for `start` and `stop`. What waits and is forbidden now is dropped.
        """
        with self._changing():
            self._say_notices = config.reading.say_notices
            self._intake.use(config, preparation)
            self._delivery.use(config, preparation)
            self._queue.use(QueuePolicy.of(config.reading, config.load))
            self._proceedings.judge(self._intake.judgement())

    # What comes in.

    def handle(self, event: ChatEvent) -> None:
        """Take one chat event. Messages, notices and removals matter; the other kinds pass by."""
        if isinstance(event, ChatMessage):
            self._hear(event)
        elif isinstance(event, Notice):
            self._hear_notice(event)
        elif isinstance(event, Removal):
            with self._changing():
                self._proceedings.remove(self._intake.taken_back(event, self._clock.now()))

    def drop(self, message: ChatMessage, reason: Reason) -> None:
        """Tell that ``message`` was given up before it got here."""
        if self._intake.private(message):
            reason = Reason.PRIVATE_WORD
        with self._changing():
            name, lane = self._ledger.id_of(message), lane_of(message)
            self._ledger.turned_away(name, message, lane, reason)

    def say(self, text: str, voice: str = "") -> str:
        """Queue the streamer's own line before all else; return its utterance's id.

        ``voice`` is a voice's id; empty for the one that is chosen. A line that can't be said is
        told as an outcome.
        """
        return self._say(text, text, voice)

    def say_notice(self, notice: Notice, text: str) -> str:
        """Queue ``text``, which tells of ``notice``, once more; a removal takes it back."""
        return self._say(notice, text)

    def say_message(self, message: ChatMessage) -> str:
        """Queue a message that the streamer picked, before all else; return its utterance's id.

        Mute, rules and whether chat is read don't matter, but a removal does.
        """
        draft = self._intake.draft(message, selected=True)
        with self._changing():
            name, now = self._ledger.new_id("selected"), self._clock.now()
            prepared = self._intake.settle(draft)
            made = self._intake.of_picked(message, prepared, now, silence=self._silence)
            self._proceedings.enter(name, message, Lane.STREAMER, made, now)
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
            self._proceedings.drop(self._intake.not_reading)

    def pause(self) -> None:
        """Let nothing new begin. Holding what sounds is the output's part."""
        with self._changing():
            self._paused = True
            self._proceedings.return_second()

    def resume(self) -> None:
        """Take `pause` back."""
        with self._changing():
            self._paused = False

    def step_back(self) -> None:
        """Let what is made ahead wait again: nothing is heard now."""
        with self._changing():
            self._proceedings.return_second()

    def hold(self, talking: bool) -> None:
        """Let nothing new begin while the streamer is ``talking``; what is begun is said."""
        with self._changing():
            self._held = talking
            if talking:
                self._proceedings.return_second()

    def panic(self) -> None:
        """Be silent at once and until `release`: drop everything and refuse what comes."""
        with self._changing():
            self._panicked = True
            self._proceedings.drop(lambda _: Reason.PANIC)

    def release(self) -> None:
        """Take `panic` back."""
        with self._changing():
            self._panicked = False

    def skip(self) -> None:
        """Fade out what is being said, if anything."""
        with self._changing():
            self._proceedings.skip()

    def unsay(self, name: str) -> None:
        """Take back one utterance by its id, waiting or begun."""
        with self._changing():
            self._proceedings.drop(lambda each: Reason.SKIPPED if each.id == name else None)

    def clear(self) -> None:
        """Drop all that waits, the streamer's own lines too. What is being said goes on."""
        with self._changing():
            self._proceedings.clear()

    def mute(self, login: str) -> None:
        """Say nothing more of this user, not even what was begun."""
        with self._changing():
            self._rules.mute(login)
            self._proceedings.drop(self._intake.muted)

    def unmute(self, login: str) -> None:
        """Take `mute` back."""
        with self._changing():
            self._rules.unmute(login)

    def close(self) -> None:
        """Stop for good: drop everything and wake whoever waits. Calling it again does nothing."""
        with self._changing():
            self._closed.set()
            self._proceedings.drop(lambda _: Reason.SHUTDOWN)

    # What the engine's thread asks and reports.

    def take(self, timeout: float) -> Job | None:
        """Wait up to ``timeout`` seconds for something to say; the caller owes a `done` for it.

        One more may be taken while the one before still sounds. None on time-out, while nothing may
        begin, after `close`, and early when all that waited went stale.
        """
        with self._changing():
            self._wait_for_due(timeout)
            now = self._clock.now()
            if self._may_begin and self._proceedings.held_up_until(now) is None:
                return self._proceedings.take(now)
            self._proceedings.expire(now)
            return None

    def forget_stale(self) -> None:
        """Drop what waited for too long, for while nothing can be taken."""
        with self._changing():
            self._proceedings.expire(self._clock.now())

    def done(self, job: Job, played: Played | None, failed: bool = False) -> None:
        """Report the end of ``job``: what was ``played`` of it, or that the engine ``failed``."""
        with self._changing():
            self._proceedings.end(job, played, self._clock.now(), failed=failed)

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
            stops = self._stops.copy()
            self._stops.clear()
        for tag in stops:
            self._stop_sound(tag)
        self._outbox.deliver()

    def _state(self) -> ReaderState:
        return self._proceedings.state(
            self._clock.now(),
            reading=self._reading,
            paused=self._paused,
            held=self._held,
            panicked=self._panicked,
        )

    @property
    def _silence(self) -> Reason | None:
        """Why nothing new is said at all, whoever wrote it."""
        if self.closed:
            return Reason.SHUTDOWN
        return Reason.PANIC if self._panicked else None

    @property
    def _may_begin(self) -> bool:
        halted = self._paused or self._held or self._panicked or self.closed
        return not (halted or self._flight.full)

    def _wait_for_due(self, timeout: float) -> None:
        """Wait until something may be said, up to ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        while not self.closed:
            now = self._clock.now()
            due = self._proceedings.due_at(now) if self._may_begin else None
            patience = deadline - time.monotonic()
            if due is not None:
                patience = min(patience, due - now)
            if patience <= 0:
                return
            self._condition.wait(patience)

    def _hear(self, message: ChatMessage) -> None:
        draft = self._intake.draft(message)
        with self._changing():
            now, prepared = self._clock.now(), self._intake.settle(draft)
            made = self._intake.of_message(
                message, prepared, now, silence=self._silence, reading=self._reading
            )
            name, lane = self._ledger.id_of(message), lane_of(message)
            self._proceedings.enter(name, message, lane, made, now)

    def _hear_notice(self, notice: Notice) -> None:
        lane = notices.lane_of(notice)
        if lane is None or not self._say_notices:
            return
        draft = self._intake.draft_notice(notice)
        with self._changing():
            now, seen = self._clock.now(), self._intake.settle(draft)
            made = self._intake.of_notice(seen, now, silence=self._silence, reading=self._reading)
            self._proceedings.enter(self._ledger.id_of(notice), seen.notice, lane, made, now)

    def _say(self, source: Notice | str, text: str, voice: str = "") -> str:
        draft = self._intake.draft_own(text)
        with self._changing():
            name, now = self._ledger.new_id("say"), self._clock.now()
            prepared = self._intake.settle(draft)
            made = self._intake.of_own(source, prepared, voice, now, silence=self._silence)
            self._proceedings.enter(name, source, Lane.STREAMER, made, now)
            return name
