"""The speaker between a conductor, an engine and an output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.errors import AudioError, EngineError
from ishowtts_desktop.core.messages import Removal, RemovalScope
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from ishowtts_desktop.reading.speaker import Speaker
from tests.support.clock import FakeClock
from tests.support.fakes import FakeEngine, FakeOutput
from tests.support.messages import chat
from tests.support.speaker_room import Room

if TYPE_CHECKING:
    from ishowtts_desktop.core.errors import IshowttsError

FakeRoom = Room[FakeOutput, FakeEngine]
DROPPED = OutcomeState.DROPPED


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def room(clock: FakeClock) -> FakeRoom:
    return Room(FakeOutput(clock), FakeEngine(), clock)


def test_speaks_in_order_with_the_chosen_voice(room: FakeRoom) -> None:
    with room.speaking():
        room.hear("one", "m1")
        room.hear("你好", "m2")
        second = room.witness.wait_for_final("m2")
        room.speaker.use("v2", 0.5)
        room.conductor.handle(chat("three", id="m3"))
        room.witness.wait_for_final("m3")
    asked = [(each.text, each.language, each.voice, each.speed) for each in room.engine.requests]
    assert asked == [
        ("one", "en", "v1", 1.5),
        ("你好", "zh", "v1", 1.5),
        ("three", "en", "v2", 0.5),
    ]
    assert second.state is OutcomeState.SPOKEN
    assert (second.started_at, second.ended_at) == (0.003, 0.005)
    assert second.chat_to_sound == 0.0
    assert room.engine.loads == 1


def test_waits_for_an_output_and_loses_nothing(room: FakeRoom) -> None:
    room.output.ready = False
    with room.speaking():
        room.conductor.handle(chat(id="m1"))
        room.output.wait_for_looks(3)
        assert room.witness.states_of("m1") == [OutcomeState.QUEUED]
        assert room.engine.requests == []
        room.output.ready = True
        assert room.witness.wait_for_final("m1").state is OutcomeState.SPOKEN


def test_what_goes_stale_before_there_is_an_output_is_told(
    room: FakeRoom, clock: FakeClock
) -> None:
    room.output.ready = False
    with room.speaking():
        room.conductor.handle(chat(id="m1"))
        clock.advance(61.0)
        assert room.witness.wait_for_final("m1").reason is Reason.EXPIRED
    assert room.engine.requests == []


def test_what_goes_stale_before_there_is_an_engine_is_told(
    room: FakeRoom, clock: FakeClock
) -> None:
    room.engine.fail_loading = [EngineError("no library")] * 10_000
    with room.speaking():
        room.conductor.handle(chat(id="m1"))
        clock.advance(61.0)
        assert room.witness.wait_for_final("m1").reason is Reason.EXPIRED


def test_a_removal_cuts_the_word_and_the_next_one_follows(room: FakeRoom) -> None:
    room.output.hold = True
    with room.speaking():
        room.conductor.handle(chat("bad", id="m1"))
        room.output.wait_until_sounding("m1")
        room.conductor.handle(Removal("twitch", "room", RemovalScope.MESSAGE, target_id="m1"))
        room.output.hold = False
        room.conductor.handle(chat("good", id="m2"))
        assert room.witness.wait_for_final("m2").state is OutcomeState.SPOKEN
    assert room.witness.final_of("m1").reason is Reason.MESSAGE_DELETED
    assert room.output.stopped == ["m1"]


def test_text_that_the_engine_has_no_sound_for_is_told(room: FakeRoom) -> None:
    room.engine.silent_on = "hm"
    with room.speaking():
        room.conductor.handle(chat("hm", id="m1"))
        outcome = room.witness.wait_for_final("m1")
    assert (outcome.state, outcome.reason) == (DROPPED, Reason.NOTHING_TO_SAY)


@pytest.mark.parametrize(
    "error", [EngineError("no voice", "pick one"), AudioError("no room"), RuntimeError("a bug")]
)
def test_a_failing_engine_costs_one_message(room: FakeRoom, error: Exception) -> None:
    room.engine.fail_on["bad"] = error
    with room.speaking():
        room.hear("bad", "m1")
        room.hear("good", "m2")
        assert room.witness.wait_for_final("m2").state is OutcomeState.SPOKEN
    outcome = room.witness.final_of("m1")
    assert (outcome.state, outcome.reason) == (DROPPED, Reason.ENGINE_FAILED)
    assert room.output.stopped == ["m1"]
    (problem,) = room.witness.problems
    assert problem is error or (isinstance(problem, EngineError) and "a bug" in problem.message)
    assert problem.message


def test_an_engine_that_does_not_load_is_told_and_tried_again(room: FakeRoom) -> None:
    room.engine.fail_loading = [EngineError("no library"), EngineError("still none")]
    room.conductor.handle(chat(id="m1"))
    with room.speaking():
        assert room.witness.wait_for_final("m1").state is OutcomeState.SPOKEN
    assert [problem.message for problem in room.witness.problems] == ["no library", "still none"]
    assert room.engine.loads == 3


def test_an_unexpected_failure_to_load_is_told_and_tried_again(room: FakeRoom) -> None:
    room.engine.fail_loading = [OSError("odd")]
    room.conductor.handle(chat(id="m1"))
    with room.speaking():
        assert room.witness.wait_for_final("m1").state is OutcomeState.SPOKEN
    assert "odd" in room.witness.problems[0].message


def test_a_watcher_that_fails_does_not_end_the_speaker(room: FakeRoom) -> None:
    def fail(_: IshowttsError) -> None:
        raise RuntimeError("a window fell over")

    room.speaker.watch_problem(fail)
    room.engine.fail_loading = [EngineError("no library")]
    room.conductor.handle(chat(id="m1"))
    with room.speaking():
        assert room.witness.wait_for_final("m1").state is OutcomeState.SPOKEN


def test_closing_wakes_a_speaker_that_waits_for_its_engine(
    room: FakeRoom, clock: FakeClock
) -> None:
    speaker = Speaker(room.conductor, room.engine, room.output, clock, load_again_after=1000.0)
    speaker.watch_problem(room.witness.worry)
    room.engine.fail_loading = [EngineError("no library")]
    room.speaker = speaker
    with room.speaking():
        room.witness.wait_for(lambda: bool(room.witness.problems))


def test_a_speaker_of_a_closed_conductor_ends_at_once(room: FakeRoom) -> None:
    room.conductor.close()
    room.speaker.run()
    assert room.engine.loads == 0
