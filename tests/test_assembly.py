"""The pipeline put together, between sources that the test makes up and an output without sound."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.assembly import Pipeline
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import ConnectionState, Phase
from ishowtts_desktop.core.utterances import OutcomeState
from ishowtts_desktop.reading.history import History
from tests.support.fakes import FakeEngine, FakeOutput
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.chat.source import EventSink
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatEvent

GOODBYE_SECONDS = 0.2


class Polite:
    """Connects at once, and takes its time to leave, as a TLS server's goodbye does."""

    def __init__(self, url: str, _clock: Clock) -> None:
        self.url = url

    async def run(self, sink: EventSink) -> None:
        sink.emit(ConnectionState(self.url, "y", Phase.CONNECTED))
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            await asyncio.sleep(GOODBYE_SECONDS)
            sink.emit(ConnectionState(self.url, "y", Phase.CLOSED))


def test_a_chat_that_was_left_does_not_speak_for_the_one_that_is_read(tmp_path: Path) -> None:
    clock = SystemClock()
    pipeline = Pipeline(
        Config(),
        FakeOutput(clock),
        FakeEngine(),
        History(tmp_path / "history.sqlite", clock),
        clock,
        Polite,
    )
    states: list[tuple[str, Phase]] = []

    def note(event: ChatEvent) -> None:
        if isinstance(event, ConnectionState):
            states.append((event.source, event.phase))

    pipeline.watch_events(note)
    pipeline.start()
    try:
        pipeline.connect("x://one")
        wait_until(lambda: len(states) == 1)
        # WHEN another chat is read, and the first one's goodbye comes later than its hello
        pipeline.connect("x://two")
        wait_until(lambda: pipeline.hub.stats.delivered == 3)
        # THEN the last that is told is how the chat stands that is read
        assert states == [("x://one", Phase.CONNECTED), ("x://two", Phase.CONNECTED)]
        pipeline.disconnect()
        wait_until(lambda: states[-1] == ("x://two", Phase.CLOSED))
    finally:
        assert pipeline.shutdown()


def test_a_recording_is_heard_as_it_is_in_place_of_the_one_before(tmp_path: Path) -> None:
    clock, output, engine = SystemClock(), FakeOutput(SystemClock()), FakeEngine()
    history = History(tmp_path / "history.sqlite", clock)
    pipeline = Pipeline(Config(), output, engine, history, clock)
    finals: list[tuple[str, OutcomeState]] = []
    ids: list[str] = []
    pipeline.conductor.watch(lambda o: ids.append(o.id) if o.state.final else None)
    pipeline.conductor.watch(lambda o: finals.append((o.text, o.state)) if o.state.final else None)
    recording = AudioChunk(np.full(5_000, 0.25, np.float32), 10_000)
    output.hold = True
    pipeline.start()
    speaker = threading.Thread(target=pipeline.speaker.run)
    speaker.start()
    try:
        first = pipeline.play(recording, "the first")
        wait_until(lambda: len(output.waited) == 1)
        # WHEN another one is played THEN the first ends for it
        second = pipeline.play(recording, "the second")
        wait_until(lambda: len(output.waited) == 2)
        assert finals == [("the first", OutcomeState.DROPPED)]
        # WHEN an empty one is THEN there is silence
        assert pipeline.play(AudioChunk(recording.samples[:0], 10_000), "nothing") == ""
        wait_until(lambda: ("the second", OutcomeState.DROPPED) in finals)
        assert engine.requests == []
    finally:
        assert pipeline.shutdown()
        speaker.join(5)
    assert [text for text, _ in finals] == ["the first", "the second"]
    # AND whoever played it can tell it from all else that is said
    assert ids == [first, second]
