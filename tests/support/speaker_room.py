"""A speaker between a real conductor and fakes, on a thread of its own."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.reading_config import ReadingConfig, RulesConfig
from ishowtts_desktop.reading.conductor import Conductor
from ishowtts_desktop.reading.queue.policy import QueuePolicy
from ishowtts_desktop.reading.queue.queue import SpeechQueue
from ishowtts_desktop.reading.rules.rules import Rules
from ishowtts_desktop.reading.speaker import Speaker
from ishowtts_desktop.reading.text.prepare import Preparation
from tests.support.fakes import Witness
from tests.support.messages import chat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.audio.output import AudioOutput
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.speech.engine import SpeechEngine

Output = TypeVar("Output", bound="AudioOutput")
Engine = TypeVar("Engine", bound="SpeechEngine")


class Room(Generic[Output, Engine]):
    """Who speaks here says no names and rests for ``gap`` seconds after each utterance."""

    def __init__(
        self, output: Output, engine: Engine, clock: Clock, gap: float = 0.001, lead: float = 1.0
    ) -> None:
        config = Config(reading=ReadingConfig(say_names=False, gap_seconds=gap))
        self.output = output
        self.engine = engine
        self.witness = Witness()
        self.conductor = Conductor(
            clock,
            Rules(RulesConfig()),
            Preparation(config.reading),
            SpeechQueue(QueuePolicy.of(config.reading, config.load)),
            output.stop,
            config=config,
        )
        self.conductor.watch(self.witness.hear)
        self.speaker = Speaker(
            self.conductor,
            engine,
            output,
            clock,
            voice="v1",
            speed=1.5,
            lead_seconds=lead,
            load_again_after=0.01,
            rest_after_problem=0.001,
        )
        self.speaker.watch_problem(self.witness.worry)

    def hear(self, text: str, name: str) -> None:
        """Let an author of its own write ``text`` in the message called ``name``."""
        self.conductor.handle(chat(text, id=name, author_id=f"by {name}", login=f"by_{name}"))

    @contextmanager
    def speaking(self) -> Iterator[None]:
        thread = threading.Thread(target=self.speaker.run, name="speaker")
        thread.start()
        try:
            yield
        finally:
            self.conductor.close()
            self.output.close()
            thread.join(20.0)
            assert not thread.is_alive()
