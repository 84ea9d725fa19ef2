"""A conductor in simulated time, with all that it tells and stops on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import ChatMessage, Removal, RemovalScope
from ishowtts_desktop.core.reading_config import ReadingConfig, RulesConfig
from ishowtts_desktop.reading.conductor import Conductor, Job
from ishowtts_desktop.reading.queue.policy import QueuePolicy
from ishowtts_desktop.reading.queue.queue import SpeechQueue
from ishowtts_desktop.reading.rules.rules import Rules
from ishowtts_desktop.reading.rules.words import WordFilter
from ishowtts_desktop.reading.text.prepare import Preparation
from tests.support.clock import FakeClock
from tests.support.fakes import Witness
from tests.support.messages import chat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.core.section import Section
    from ishowtts_desktop.core.utterances import OutcomeState, Reason


class Stage:
    """A conductor with a fake clock, all that it told, and all that it stopped.

    ``config`` are the reading's settings; ``sections`` are other sections of the configuration.
    """

    def __init__(
        self, *, sections: Mapping[str, Section] | None = None, casting: Any = None, **config: Any
    ) -> None:
        # Whoever writes "hello" twice in a test means it.
        rules = RulesConfig(repeat_cooldown=0.0)
        self.config = Config(reading=ReadingConfig(**config), rules=rules).model_copy(
            update=dict(sections or {})
        )
        self.clock = FakeClock()
        self.witness = Witness()
        self.stopped: list[str] = []
        self.conductor = Conductor(
            self.clock,
            Rules(self.config.rules),
            self.preparation(),
            SpeechQueue(QueuePolicy.of(self.config.reading, self.config.load)),
            self.stopped.append,
            config=self.config,
            casting=casting,
        )
        self.conductor.watch(self.witness.hear)
        self.conductor.watch_state(self.witness.see)

    def preparation(self) -> Preparation:
        config = self.config
        word_filter = WordFilter(config.rules, config.private)
        return Preparation(config.reading, words=config.words, word_filter=word_filter)

    def use(self, **sections: Section) -> None:
        """Go by other sections of the configuration."""
        self.config = self.config.model_copy(update=sections)
        self.conductor.use(self.config, self.preparation())

    def hear(self, text: str = "hello", by: str = "", **changes: Any) -> ChatMessage:
        """Let Bob write ``text``, or whoever it is ``by``."""
        author = {"login": by.lower(), "name": by, "author_id": by} if by else {}
        message = chat(text, received_at=self.clock.now(), **author, **changes)
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
