"""The conductor in simulated time: from a message to the end of its speech."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.messages import (
    ConnectionState,
    Malformed,
    Phase,
)
from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
from ishowtts_desktop.reading.conductor import Job, ReaderState
from tests.support.messages import chat
from tests.support.stage import Stage

QUEUED, SPEAKING, SPOKEN = OutcomeState.QUEUED, OutcomeState.SPEAKING, OutcomeState.SPOKEN
DROPPED, REFUSED = OutcomeState.DROPPED, OutcomeState.REFUSED


def test_a_message_is_queued_spoken_and_told() -> None:
    stage = Stage()
    message = stage.hear()
    stage.clock.advance(0.2)
    job = stage.take()
    stage.clock.advance(0.1)
    stage.finish(job)

    assert stage.witness.states_of("m1") == [QUEUED, SPEAKING, SPOKEN]
    outcome = stage.witness.final_of("m1")
    assert outcome.text == "hello"
    assert outcome.spoken == "Bob says hello"
    assert (outcome.name, outcome.lane, outcome.message) == ("Bob", Lane.NORMAL, message)
    assert (outcome.started_at, outcome.ended_at) == (3.0, 4.0)
    assert outcome.chat_to_sound == pytest.approx(0.3)
    assert not job.cancel.cancelled
    assert stage.stopped == []


def test_the_state_tells_what_waits_and_what_is_said() -> None:
    stage = Stage()
    stage.hear(id="m1")
    stage.clock.advance(1.0)
    stage.hear(id="m2", by="Eve")
    assert stage.conductor.state.queued == 2
    assert stage.conductor.state.seconds_queued > 0
    assert stage.conductor.state.oldest_at == 1000.0
    job = stage.take()
    assert stage.conductor.state.speaking == job.utterance
    stage.finish(job)
    stage.conductor.pause()
    state = stage.conductor.state
    assert state == ReaderState(True, True, None, 1, state.seconds_queued, oldest_at=1001.0)
    assert stage.witness.states[-1] == state


def test_a_state_is_told_only_when_it_changed() -> None:
    stage = Stage()
    stage.conductor.pause()
    stage.conductor.pause()
    assert [state.paused for state in stage.witness.states] == [True]


def test_the_other_events_pass_by() -> None:
    stage = Stage()
    stage.conductor.handle(ConnectionState("twitch", "room", Phase.CONNECTED))
    stage.conductor.handle(Malformed("twitch", "?", "no"))
    assert stage.witness.outcomes == []
    assert stage.conductor.state.queued == 0


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        ("!!!", {}, Reason.NOTHING_TO_SAY),
        ("!song", {}, Reason.COMMAND),
        ("hi", {"login": "nightbot"}, Reason.BOT),
        ("!!!", {"login": "nightbot"}, Reason.BOT),
        ("hi", {"shared_from": "x"}, Reason.SHARED_CHAT),
    ],
)
def test_refusals_have_a_reason(text: str, changes: dict[str, Any], reason: Reason) -> None:
    stage = Stage()
    stage.hear(text, **changes)
    (outcome,) = stage.witness.outcomes
    assert (outcome.state, outcome.reason, outcome.text) == (REFUSED, reason, text)
    assert outcome.spoken is None


def test_what_the_hub_dropped_is_told() -> None:
    stage = Stage()
    stage.conductor.drop(chat(), Reason.OVERLOAD)
    assert stage.final("m1") == (DROPPED, Reason.OVERLOAD)


@pytest.mark.parametrize("first", ["", "m1"])
def test_messages_without_an_id_of_their_own_get_one(first: str) -> None:
    # GIVEN messages without ids, or with the same one, WHEN both wait THEN both are told apart
    stage = Stage()
    stage.hear("one", id=first)
    stage.hear("two", "Eve", id=first)
    stage.speak()
    stage.speak()
    spoken = {outcome.id: outcome.text for outcome in stage.witness.finals()}
    assert sorted(spoken.values()) == ["one", "two"]


# Names.


def test_a_name_is_said_on_a_change_of_speaker_and_again_after_a_while() -> None:
    stage = Stage()
    said = []
    for text, author, wait in [
        ("one", "u1", 0.0),
        ("two", "u1", 29.9),
        ("three", "u1", 0.1),
        ("four", "u2", 0.0),
        ("five", "u1", 0.0),
    ]:
        stage.clock.advance(wait)
        stage.hear(text, id=text, author_id=author)
        said.append(stage.speak())
    assert said == [
        "Bob says one",
        "two",
        "Bob says three",
        "Bob says four",
        "Bob says five",
    ]


def test_who_speaks_is_known_in_the_order_of_speaking() -> None:
    # GIVEN two lines of one author WHEN a paid one of another comes between them in speech
    stage = Stage()
    stage.hear("one", id="m1")
    first = stage.speak()
    stage.hear("two", id="m2")
    stage.hear("paid", "Eve", id="m3", bits=100)
    assert [first, stage.speak(), stage.speak()] == [
        "Bob says one",
        "Eve says paid",
        "Bob says two",
    ]


def test_after_the_streamers_own_line_the_name_is_said_again() -> None:
    stage = Stage()
    stage.hear("one", id="m1")
    stage.speak()
    stage.conductor.say("own line")
    stage.hear("two", id="m2")
    assert [stage.speak(), stage.speak()] == ["own line", "Bob says two"]


# Time and room.


def test_stale_messages_are_dropped_paid_ones_are_not() -> None:
    stage = Stage(time_to_live=60.0)
    stage.hear(id="m1")
    stage.hear("paid", id="m2", bits=1)
    stage.clock.advance(60.0)
    assert stage.speak() == "Bob says paid"
    assert stage.final("m1") == (DROPPED, Reason.EXPIRED)


def test_take_gives_up_when_all_went_stale() -> None:
    stage = Stage(time_to_live=60.0)
    stage.hear()
    stage.clock.advance(60.0)
    assert stage.conductor.take(0.0) is None
    assert stage.final("m1") == (DROPPED, Reason.EXPIRED)


def test_what_is_stale_makes_room_before_what_is_fresh() -> None:
    stage = Stage(time_to_live=60.0, queue_seconds=5.0)
    stage.hear("a" * 3 + "bcdefgh " * 5, id="m1")
    stage.clock.advance(60.0)
    stage.hear("ijklmno " * 5, id="m2")
    assert stage.final("m1") == (DROPPED, Reason.EXPIRED)


def test_a_full_queue_drops_the_oldest_and_tells_it() -> None:
    stage = Stage(queue_seconds=5.0, say_names=False)
    for number in range(20):
        stage.hear(f"message number {number}", f"user{number}", id=str(number))
        assert stage.conductor.state.seconds_queued <= 5.0
    dropped = stage.witness.finals()
    assert {outcome.reason for outcome in dropped} == {Reason.QUEUE_FULL}
    assert [outcome.id for outcome in dropped] == [str(number) for number in range(len(dropped))]
    assert 0 < len(dropped) < 20


# The end of a job.


@pytest.mark.parametrize(
    ("played", "failed", "expected"),
    [
        (None, True, (DROPPED, Reason.ENGINE_FAILED)),
        (None, False, (DROPPED, Reason.NOTHING_TO_SAY)),
        (Played(complete=True), False, (DROPPED, Reason.NOTHING_TO_SAY)),
        (Played(False, 1.0, 2.0, 3.0), False, (DROPPED, Reason.SHUTDOWN)),
        (Played(True, 1.0, 2.0, 3.0), False, (SPOKEN, None)),
    ],
)
def test_the_end_of_a_job(
    played: Played | None, failed: bool, expected: tuple[OutcomeState, Reason | None]
) -> None:
    stage = Stage()
    stage.hear()
    stage.conductor.done(stage.take(), played, failed)
    assert stage.final("m1") == expected


def test_without_a_first_sample_there_is_no_latency() -> None:
    stage = Stage()
    stage.hear()
    stage.conductor.done(stage.take(), Played(True, 0.0, 5.0))
    assert stage.witness.final_of("m1").chat_to_sound is None


def test_close_drops_everything_and_says_no_more() -> None:
    stage = Stage()
    stage.hear(id="m1")
    stage.hear(id="m2", bits=5)
    own = stage.conductor.say("own")
    job = stage.take()
    assert not stage.conductor.wait_closed(0.0)
    stage.conductor.close()
    stage.conductor.close()
    stage.hear(id="m3")
    assert stage.conductor.closed
    assert stage.conductor.wait_closed(0.0)
    assert job.cancel.cancelled
    assert stage.stopped == [own]
    assert len(stage.witness.finals()) == 4
    assert {stage.final(name) for name in ("m1", "m2", "m3", own)} == {(DROPPED, Reason.SHUTDOWN)}
    assert stage.conductor.take(0.0) is None


@pytest.mark.parametrize("wake", ["hear", "close"])
def test_take_wakes_at_once(wake: str) -> None:
    stage = Stage()
    taken: list[Job | None] = []
    engine = threading.Thread(
        target=lambda: taken.append(stage.conductor.take(60.0)), name="engine"
    )
    engine.start()
    if wake == "hear":
        stage.hear()
    else:
        stage.conductor.close()
    engine.join(20.0)
    assert not engine.is_alive()
    assert [job is not None for job in taken] == [wake == "hear"]
