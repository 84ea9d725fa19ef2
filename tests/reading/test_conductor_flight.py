"""Two jobs under way: the second is made while the first sounds, and may be put back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.messages import RemovalScope
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from tests.support.stage import Stage

if TYPE_CHECKING:
    from ishowtts_desktop.reading.conductor import Job

QUEUED, SPEAKING, SPOKEN = OutcomeState.QUEUED, OutcomeState.SPEAKING, OutcomeState.SPOKEN
DROPPED, REMOVED = OutcomeState.DROPPED, OutcomeState.REMOVED


def two_in_flight() -> tuple[Stage, Job, Job]:
    """Bob's line sounds, Eve's is being made, and Ann's waits."""
    stage = Stage()
    stage.hear("one", id="m1")
    stage.hear("two", "Eve", id="m2")
    stage.hear("three", "Ann", id="m3")
    return stage, stage.take(), stage.take()


def test_the_second_counts_as_waiting_until_the_first_has_ended() -> None:
    stage, first, second = two_in_flight()
    assert [first.utterance.text, second.utterance.text] == ["Bob says one", "Eve says two"]
    assert stage.conductor.take(0.0) is None
    assert stage.witness.states_of("m2") == [QUEUED]
    assert stage.conductor.state.speaking == first.utterance
    assert stage.conductor.state.queued == 2
    stage.finish(first)
    assert stage.witness.states_of("m2") == [QUEUED, SPEAKING]
    assert stage.conductor.state.speaking == second.utterance
    assert stage.conductor.state.queued == 1
    third = stage.take()
    stage.finish(second)
    stage.finish(third)
    assert [o.id for o in stage.witness.finals()] == ["m1", "m2", "m3"]
    assert stage.witness.states_of("m3") == [QUEUED, SPEAKING, SPOKEN]


def test_the_end_of_both_may_come_in_any_order() -> None:
    stage, first, second = two_in_flight()
    stage.finish(second)
    stage.finish(first)
    assert stage.witness.states_of("m2") == [QUEUED, SPEAKING, SPOKEN]
    assert stage.witness.states_of("m1") == [QUEUED, SPEAKING, SPOKEN]


def test_a_second_that_fails_leaves_the_first_alone() -> None:
    stage, first, second = two_in_flight()
    stage.conductor.done(second, None, failed=True)
    assert stage.final("m2") == (DROPPED, Reason.ENGINE_FAILED)
    assert stage.conductor.state.speaking == first.utterance
    assert stage.take().utterance.id == "m3"


def test_a_paid_message_waits_for_one_utterance_at_most() -> None:
    stage, first, second = two_in_flight()
    # WHEN somebody pays while one line sounds and another is made
    stage.hear("paid", "Zed", id="m4", bits=100)
    # THEN what was made is put back, as if it had never been taken
    assert second.cancel.cancelled
    assert stage.stopped == ["m2"]
    assert not first.cancel.cancelled
    assert stage.witness.states_of("m2") == [QUEUED]
    assert stage.take().utterance.id == "m4"
    stage.conductor.done(second, Played(complete=False))
    stage.finish(first)
    again = stage.take()
    assert again.utterance.text == "Eve says two"
    # AND its sound has another name: the one before was stopped
    assert again.tag != second.tag
    assert not again.cancel.cancelled


def test_what_is_not_more_urgent_puts_nothing_back() -> None:
    stage, _, second = two_in_flight()
    stage.hear("four", "Zed", id="m4")
    stage.conductor.say_message(stage.hear("!!!", "Zed", id="m5"))
    assert not second.cancel.cancelled
    stage.conductor.say("mine")
    assert second.cancel.cancelled


@pytest.mark.parametrize("command", ["pause", "hold"])
def test_nothing_new_begins_while_paused_or_held(command: str) -> None:
    stage, first, second = two_in_flight()
    conductor = stage.conductor
    halt, go_on = {
        "pause": (conductor.pause, conductor.resume),
        "hold": (lambda: conductor.hold(True), lambda: conductor.hold(False)),
    }[command]
    halt()
    assert second.cancel.cancelled
    assert not first.cancel.cancelled
    assert conductor.state.held == (command == "hold")
    stage.finish(first)
    assert conductor.take(0.0) is None
    assert conductor.state.queued == 2
    go_on()
    assert [stage.speak(), stage.speak()] == ["Eve says two", "Ann says three"]


def test_a_name_that_was_not_said_is_said_the_next_time() -> None:
    # GIVEN two lines of Bob, the second being made without his name
    stage = Stage()
    stage.hear("one", id="m1")
    first = stage.take()
    stage.hear("two", id="m2")
    second = stage.take()
    assert second.utterance.text == "two"
    # WHEN Eve's paid one comes between them THEN Bob is named again
    stage.hear("paid", "Eve", id="m3", bits=5)
    stage.finish(first)
    assert [stage.speak(), stage.speak()] == ["Eve says paid", "Bob says two"]


def test_a_skip_lets_the_second_begin_at_once() -> None:
    stage, first, second = two_in_flight()
    stage.conductor.skip()
    assert stage.stopped == ["m1"]
    assert first.cancel.cancelled
    assert not second.cancel.cancelled
    assert stage.conductor.state.speaking == second.utterance
    assert stage.witness.states_of("m2") == [QUEUED, SPEAKING]


@pytest.mark.parametrize("target", ["m1", "m2", "m3"])
def test_a_removal_reaches_what_sounds_what_is_made_and_what_waits(target: str) -> None:
    stage, first, second = two_in_flight()
    stage.remove(target_id=target)
    assert stage.final(target) == (REMOVED, Reason.MESSAGE_DELETED)
    assert (first.cancel.cancelled, second.cancel.cancelled) == (target == "m1", target == "m2")
    left = {"m1", "m2", "m3"} - {target}
    for job in (first, second):
        if not job.cancel.cancelled:
            stage.finish(job)
    if target != "m3":
        stage.finish(stage.take())
    assert {o.id for o in stage.witness.finals() if o.state is SPOKEN} == left


def test_a_removal_during_the_hold_takes_it_out_unheard() -> None:
    # GIVEN that each message waits for moderators
    stage = Stage(hold_seconds=1.5)
    stage.hear(id="m1")
    stage.clock.advance(1.4)
    assert stage.conductor.take(0.0) is None
    stage.remove(target_id="m1")
    stage.clock.advance(10.0)
    assert stage.conductor.take(0.0) is None
    assert stage.witness.states_of("m1") == [QUEUED, REMOVED]
    # AND what nobody removed is said after it
    stage.hear("fine", id="m2")
    assert stage.conductor.take(0.0) is None
    stage.clock.advance(1.5)
    assert stage.speak() == "Bob says fine"


def test_take_wakes_by_itself_when_the_hold_is_over() -> None:
    stage = Stage(hold_seconds=0.05)
    stage.hear(id="m1")
    taken: list[Job | None] = []
    engine = threading.Thread(
        target=lambda: taken.append(stage.conductor.take(60.0)), name="engine"
    )
    engine.start()
    stage.clock.advance(0.05)
    engine.join(20.0)
    assert not engine.is_alive()
    assert [job is not None for job in taken] == [True]


def test_muting_and_closing_reach_both() -> None:
    stage, first, second = two_in_flight()
    stage.conductor.mute("Eve")
    assert (first.cancel.cancelled, second.cancel.cancelled) == (False, True)
    assert stage.final("m2") == (DROPPED, Reason.MUTED)
    third = stage.take()
    stage.conductor.close()
    assert (first.cancel.cancelled, third.cancel.cancelled) == (True, True)
    assert {o.id for o in stage.witness.finals()} == {"m1", "m2", "m3"}


def test_clear_drops_what_is_being_made_too() -> None:
    stage, first, second = two_in_flight()
    stage.conductor.clear()
    assert second.cancel.cancelled
    assert {stage.final("m2"), stage.final("m3")} == {(DROPPED, Reason.CLEARED)}
    stage.finish(first)
    assert stage.final("m1") == (SPOKEN, None)


# A joint utterance.


def test_all_that_a_joint_utterance_speaks_for_are_told() -> None:
    stage = Stage()
    stage.hear("hello there", id="m1")
    stage.hear("how are you", id="m2")
    job = stage.take()
    assert job.utterance.text == "Bob says hello there. how are you"
    stage.clock.advance(1.0)
    stage.finish(job)
    for name in ("m1", "m2"):
        assert stage.witness.states_of(name) == [QUEUED, SPEAKING, SPOKEN]
        outcome = stage.witness.final_of(name)
        assert outcome.spoken == "Bob says hello there. how are you"
        assert outcome.chat_to_sound == pytest.approx(1.0)
    assert [o.text for o in stage.witness.finals()] == ["hello there", "how are you"]


def joint() -> Stage:
    stage = Stage()
    stage.hear("before", "Eve", id="m0")
    stage.hear("hello there", id="m1")
    stage.hear("how are you", id="m2")
    return stage


def test_a_member_that_is_removed_while_it_waits_is_left_out() -> None:
    stage = joint()
    stage.remove(target_id="m1")
    stage.speak()
    assert stage.speak() == "Bob says how are you"
    assert (stage.final("m1"), stage.final("m2")) == (
        (REMOVED, Reason.MESSAGE_DELETED),
        (SPOKEN, None),
    )


def test_a_member_that_is_removed_while_it_is_made_is_left_out() -> None:
    stage = joint()
    first, second = stage.take(), stage.take()
    stage.remove(target_id="m2")
    assert second.cancel.cancelled
    stage.finish(first)
    assert stage.speak() == "Bob says hello there"


@pytest.mark.parametrize("heard", [False, True])
def test_a_member_that_is_removed_while_it_is_said_stops_it(heard: bool) -> None:
    stage = joint()
    stage.speak()
    job = stage.take()
    stage.remove(target_id="m1")
    # THEN all is silent at once, and what of the other one was heard is known with the report
    assert job.cancel.cancelled
    assert stage.stopped == [job.tag]
    assert stage.final("m1") == (REMOVED, Reason.MESSAGE_DELETED)
    assert stage.conductor.state.speaking is None
    assert stage.conductor.state.queued == 1
    stage.conductor.done(job, Played(False, 1.0, 2.0, 3.0) if heard else Played(complete=False))
    if heard:
        assert stage.final("m2") == (SPOKEN, None)
        assert stage.conductor.take(0.0) is None
    else:
        again = stage.take()
        assert again.utterance.text == "Bob says how are you"
        stage.finish(again)
        assert stage.final("m2") == (SPOKEN, None)
    assert len(stage.witness.finals()) == 3


@pytest.mark.parametrize(
    ("command", "reason"),
    [("panic", Reason.PANIC), ("clear", Reason.CLEARED), ("close", Reason.SHUTDOWN)],
)
def test_what_is_left_of_a_stopped_joint_one_obeys_commands(command: str, reason: Reason) -> None:
    stage = joint()
    stage.speak()
    job = stage.take()
    stage.remove(target_id="m1")
    getattr(stage.conductor, command)()
    assert stage.final("m2") == (DROPPED, reason)
    stage.conductor.done(job, Played(complete=False))
    assert len(stage.witness.finals()) == 3
    assert stage.conductor.state.queued == 0


def test_what_is_left_of_a_stopped_joint_one_may_be_removed_too() -> None:
    stage = joint()
    stage.speak()
    job = stage.take()
    stage.remove(target_id="m1")
    stage.remove(RemovalScope.ALL)
    assert stage.final("m2") == (REMOVED, Reason.CHAT_CLEARED)
    stage.conductor.done(job, Played(False, 1.0, 2.0, 3.0))
    assert len(stage.witness.finals()) == 3
