"""One evening under one queue: the real conductor, rules and preparation in simulated time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import ChatMessage, Notice, Removal
from ishowtts_desktop.lab.evenings.fifo import FifoQueue
from ishowtts_desktop.lab.evenings.traffic import arrivals
from ishowtts_desktop.lab.evenings.voice import EngineModel, SimulatedClock, Voice
from ishowtts_desktop.reading.conductor import Conductor
from ishowtts_desktop.reading.queue.policy import QueuePolicy
from ishowtts_desktop.reading.queue.queue import SpeechQueue
from ishowtts_desktop.reading.rules.rules import Rules
from ishowtts_desktop.reading.text.prepare import Preparation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ishowtts_desktop.core.utterances import Outcome
    from ishowtts_desktop.lab.evenings.traffic import Evening
    from ishowtts_desktop.lab.evenings.voice import Sound

# Afterwards nothing comes any more, but what waits may still be said.
_AFTERWARDS: Final = 60.0

QUEUES: Final[Mapping[str, Callable[[Config], SpeechQueue]]] = MappingProxyType(
    {
        "freshness": lambda config: SpeechQueue(QueuePolicy.of(config.reading, config.load)),
        "fifo": lambda _: FifoQueue(time_to_live=False),
        "fifo, 60 s to live": lambda _: FifoQueue(time_to_live=True),
    }
)
"""The queues that are compared."""


@dataclass
class Record:
    """All that happened in one evening, in seconds since its begin."""

    evening: Evening
    queue: str
    messages: dict[str, ChatMessage | Notice] = field(default_factory=dict)
    removed_at: dict[str, float] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    sounds: list[Sound] = field(default_factory=list)


def play(
    evening: Evening,
    queue: str,
    *,
    seed: int = 0,
    engine: EngineModel | None = None,
    config: Config | None = None,
) -> Record:
    """Live through ``evening`` with one of `QUEUES`, by default in the default configuration."""
    config = config or Config()
    clock = SimulatedClock()
    voice = Voice(clock, engine or EngineModel(), random.Random(seed))  # noqa: S311 - a simulation
    conductor = Conductor(
        clock,
        Rules(config.rules),
        Preparation(config.reading, words=config.words),
        QUEUES[queue](config),
        voice.stop,
        config=config,
    )
    record = Record(evening, queue, sounds=voice.sounds)

    def keep(outcome: Outcome) -> None:
        if outcome.state.final:
            record.outcomes[outcome.id] = outcome

    conductor.watch(keep)
    coming = arrivals(evening, seed)[::-1]
    while True:
        at = min(coming[-1].at if coming else evening.seconds + _AFTERWARDS, voice.next_at())
        if at >= evening.seconds + _AFTERWARDS:
            return record
        clock.go_to(at)
        while coming and coming[-1].at <= at:
            event = coming.pop().event
            if isinstance(event, Removal):
                record.removed_at[event.target_id or ""] = at
            elif isinstance(event, (ChatMessage, Notice)):
                record.messages[event.id] = event
            conductor.handle(event)
            voice.news()
        voice.act(conductor)
