"""While one utterance sounds the next is made: what lies between, and what can still happen."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ishowtts_desktop.audio.file import FileOutput
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.messages import Removal, RemovalScope
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from tests.support.clock import FakeClock
from tests.support.fakes import FakeEngine, FakeOutput
from tests.support.speaker_room import Room
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechRequest

RATE = 48_000
QUEUED, SPEAKING, SPOKEN = OutcomeState.QUEUED, OutcomeState.SPEAKING, OutcomeState.SPOKEN


class SlowEngine(FakeEngine):
    """Says a full-scale tenth of a second a letter, ``delay`` seconds after it was asked."""

    def __init__(self, delay: float) -> None:
        super().__init__()
        self.delay = delay
        self.busy = 0
        self.overlaps = 0
        self.cancelled = 0

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        self.requests.append(request)
        self.busy += 1
        self.overlaps += self.busy > 1
        try:
            if cancel.wait(self.delay):
                self.cancelled += 1
                return
            for _ in request.text:
                yield AudioChunk(np.full(RATE // 10, 0.5, np.float32), RATE)
        finally:
            self.busy -= 1


class Held(Room[FakeOutput, FakeEngine]):
    """A room where what was made sounds until it is stopped or let go."""

    def __init__(self, engine: FakeEngine | None = None) -> None:
        self.clock = FakeClock()
        super().__init__(FakeOutput(self.clock), engine or FakeEngine(), self.clock)
        self.output.hold = True

    def texts(self) -> list[str]:
        return [request.text for request in self.engine.requests]

    def wait_until_made(self, *texts: str) -> None:
        """Block until these were asked of the engine, and the last one is wholly written."""
        wait_until(lambda: self.texts() == list(texts), 10, f"{texts}, not {self.texts()}")
        wait_until(lambda: len(self.output.rests) == len(texts), 10, "all is written")


def test_only_the_gap_is_silent_though_the_engine_takes_its_time(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    # GIVEN an engine that takes 0.3 s to its first sound, and three messages
    gap = 0.1
    clock = SystemClock()
    output = FileOutput(tmp_path / "heard.wav", clock)
    room = Room(output, SlowEngine(delay=0.3), clock, gap)
    output.open()
    for number in range(3):
        room.hear("abcde", f"m{number}")
    # WHEN they are said
    with room.speaking():
        outcomes = [room.witness.wait_for_final(f"m{number}") for number in range(3)]
    # THEN one follows the other after the gap, to the sample
    assert [outcome.state for outcome in outcomes] == [SPOKEN] * 3
    heard, _ = soundfile.read(tmp_path / "heard.wav")
    edges = np.flatnonzero(np.diff((np.abs(heard) > 0.01).astype(int))) + 1
    assert len(edges) == 6
    apart = np.diff(edges[0::2]) / RATE
    assert apart == pytest.approx(0.5 + gap, abs=0.001)
    worst = 1000 * np.abs(apart - 0.5 - gap).max()
    figure(f"look-ahead: the silence between two utterances is off by {worst:.2f} ms at most")
    # AND the engine was never asked for two at a time
    assert room.engine.overlaps == 0


def test_the_next_is_begun_when_little_is_left_and_no_third_one() -> None:
    room = Held()
    room.output.buffered = 30.0
    for number, text in enumerate(("one", "two", "three"), start=1):
        room.hear(text, f"m{number}")
    with room.speaking():
        # GIVEN one that sounds for long
        room.output.wait_until_sounding("m1")
        looks = room.output.looks_at_buffer
        wait_until(lambda: room.output.looks_at_buffer > looks + 3, 10)
        assert room.texts() == ["one"]
        # WHEN little is left of it
        room.output.buffered = 0.4
        # THEN the next is made, and counts as waiting
        room.wait_until_made("one", "two")
        assert room.witness.states_of("m2") == [QUEUED]
        assert room.witness.states_of("m1") == [QUEUED, SPEAKING]
        assert room.conductor.state.queued == 2
        # AND the one after it only when the first has ended and little is left of the second
        room.output.buffered = 30.0
        room.output.let_go("m1")
        assert room.witness.wait_for_final("m1").state is SPOKEN
        assert room.witness.states_of("m2") == [QUEUED, SPEAKING]
        room.output.wait_for_looks(4)
        assert room.texts() == ["one", "two"]
        room.output.buffered = 0.4
        room.wait_until_made("one", "two", "three")


def test_a_skip_lets_what_is_made_begin_at_once() -> None:
    room = Held()
    room.hear("one", "m1")
    room.hear("two", "m2")
    with room.speaking():
        room.wait_until_made("one", "two")
        room.conductor.skip()
        room.output.wait_until_sounding("m2")
        assert room.witness.final_of("m1").reason is Reason.SKIPPED
        assert room.witness.states_of("m2") == [QUEUED, SPEAKING]
        room.output.let_go()
        assert room.witness.wait_for_final("m2").state is SPOKEN
    assert room.texts() == ["one", "two"]


def test_what_is_put_back_falls_silent_and_is_made_again_later() -> None:
    room = Held()
    room.hear("one", "m1")
    room.hear("two", "m2")
    with room.speaking():
        room.wait_until_made("one", "two")
        # WHEN the streamer talks
        room.conductor.hold(True)
        wait_until(lambda: room.output.stopped == ["m2"], 10)
        room.output.let_go()
        assert room.witness.wait_for_final("m1").state is SPOKEN
        assert room.texts() == ["one", "two"]
        # AND doesn't any more
        room.conductor.hold(False)
        assert room.witness.wait_for_final("m2").state is SPOKEN
    assert room.texts() == ["one", "two", "two"]
    assert room.witness.problems == []


def test_what_overtakes_the_one_that_was_put_back_is_made_while_the_first_still_sounds() -> None:
    room = Held()
    room.hear("one", "m1")
    room.hear("two", "m2")
    with room.speaking():
        room.wait_until_made("one", "two")
        room.conductor.say("mine")
        room.wait_until_made("one", "two", "mine")
        assert room.witness.states_of("m1") == [QUEUED, SPEAKING]
        assert room.output.stopped == ["m2"]
        room.output.let_go()
        assert room.witness.wait_for_final("m2").state is SPOKEN
    spoken = [outcome.text for outcome in room.witness.finals()]
    assert spoken == ["one", "mine", "two"]


def test_a_removal_reaches_what_is_being_made() -> None:
    engine = SlowEngine(delay=0.0)
    room = Held(engine)
    room.hear("one", "m1")
    with room.speaking():
        room.output.wait_until_sounding("m1")
        engine.delay = 30.0
        room.hear("bad", "m2")
        wait_until(lambda: engine.busy, 10)
        asked = time.monotonic()
        room.conductor.handle(Removal("twitch", "room", RemovalScope.MESSAGE, target_id="m2"))
        wait_until(lambda: engine.cancelled, 10)
        assert time.monotonic() - asked < 1.0
        assert room.witness.final_of("m2").state is OutcomeState.REMOVED
        engine.delay = 0.0
        room.hear("three", "m3")
        room.output.let_go()
        assert room.witness.wait_for_final("m3").state is SPOKEN
    assert "m2" not in [tag for tag, frames in room.output.written.items() if frames]


def test_a_breath_is_silent_though_more_is_to_be_said() -> None:
    room = Held()
    room.hear("one", "m1")
    room.output.buffered = 30.0
    changes: list[tuple[bool, float]] = []  # whether it speaks, and since when
    room.conductor.watch_state(
        lambda state: changes.append((state.speaking is not None, time.monotonic()))
    )
    with room.speaking():
        room.output.wait_until_sounding("m1")
        # WHEN somebody needs a pause while one sounds and another one waits
        room.speaker.breathe()
        room.output.buffered = 0.0
        room.hear("two", "m2")
        room.output.wait_for_looks(3)
        assert room.texts() == ["one"]
        room.output.let_go()
        # THEN nothing is said or made for a moment
        assert room.witness.wait_for_final("m2").state is SPOKEN
        edges = [at for (was, _), (now, at) in itertools.pairwise(changes) if was != now]
        assert edges[1] - edges[0] >= 0.5
        # AND after it all is as it was
        room.output.hold = True
        room.hear("three", "m3")
        room.hear("four", "m4")
        room.wait_until_made("one", "two", "three", "four")


def test_what_fails_while_another_sounds_leaves_that_alone() -> None:
    room = Held()
    room.engine.fail_on["bad"] = EngineError("no voice", "pick one")
    room.hear("one", "m1")
    with room.speaking():
        room.output.wait_until_sounding("m1")
        room.hear("bad", "m2")
        assert room.witness.wait_for_final("m2").reason is Reason.ENGINE_FAILED
        assert room.output.stopped == ["m2"]
        room.output.let_go()
        assert room.witness.wait_for_final("m1").state is SPOKEN


def test_an_output_that_goes_away_lets_nothing_new_begin() -> None:
    room = Held()
    room.output.buffered = 30.0
    room.hear("one", "m1")
    with room.speaking():
        room.output.wait_until_sounding("m1")
        room.output.ready = False
        room.output.wait_for_looks(2)
        room.output.buffered = 0.0
        room.hear("two", "m2")
        room.output.wait_for_looks(3)
        assert room.texts() == ["one"]
        room.output.ready = True
        room.wait_until_made("one", "two")


def test_closing_ends_what_sounds_and_what_is_being_made_at_once() -> None:
    engine = SlowEngine(delay=0.0)
    room = Held(engine)
    room.hear("one", "m1")
    with room.speaking():
        room.output.wait_until_sounding("m1")
        engine.delay = 30.0
        room.hear("two", "m2")
        wait_until(lambda: engine.busy, 10)
        closed = time.monotonic()
    assert time.monotonic() - closed < 1.0
    assert room.witness.final_of("m1").reason is Reason.SHUTDOWN
    assert room.witness.final_of("m2").reason is Reason.SHUTDOWN
    assert [thread.name for thread in threading.enumerate() if thread.name == "sounding"] == []
