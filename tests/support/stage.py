"""A conductor in simulated time, with all that it tells and stops on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.messages import ChatMessage, Removal, RemovalScope
from ishowtts_desktop.core.reading_config import ReadingConfig, RulesConfig
from ishowtts_desktop.reading.conductor import Conductor, Job
from ishowtts_desktop.reading.queue import SpeechQueue
from ishowtts_desktop.reading.rules import Rules
from ishowtts_desktop.reading.text.prepare import Preparation
from tests.support.clock import FakeClock
from tests.support.fakes import Witness
from tests.support.messages import chat

if TYPE_CHECKING:
    from ishowtts_desktop.core.utterances import OutcomeState, Reason


class Stage:
    """A conductor with a fake clock, all that it told, and all that it stopped."""

    def __init__(self, *, reading: bool = True, **config: Any) -> None:
        settings = ReadingConfig(**config)
        self.clock = FakeClock()
        self.witness = Witness()
        self.stopped: list[str] = []
        self.conductor = Conductor(
            self.clock,
            Rules(RulesConfig()),
            Preparation(settings),
            SpeechQueue(settings.queue_seconds),
            self.stopped.append,
            time_to_live=settings.time_to_live,
            reading=reading,
        )
        self.conductor.watch(self.witness.hear)
        self.conductor.watch_state(self.witness.see)

    def hear(self, text: str = "hello", **changes: Any) -> ChatMessage:
        message = chat(text, received_at=self.clock.now(), **changes)
        self.conductor.handle(message)
        return message

    def take(self) -> Job:
        job = self.conductor.take(0.0)
        assert job is not None
        return job

    def finish(self, job: Job) -> None:
        self.conductor.done(job, Played(True, 3.0, 4.0, self.clock.now()))

    def speak(self) -> str:
        job = self.take()
        self.finish(job)
        return job.utterance.text

    def remove(self, scope: RemovalScope = RemovalScope.MESSAGE, **targets: Any) -> None:
        self.conductor.handle(
            Removal("twitch", "room", scope, received_at=self.clock.now(), **targets)
        )

    def final(self, name: str) -> tuple[OutcomeState, Reason | None]:
        outcome = self.witness.final_of(name)
        return outcome.state, outcome.reason
