"""Panic, and the streamer who talks: silence that is asked for, and what comes after it."""

from __future__ import annotations

from ishowtts_desktop.core.utterances import OutcomeState, Reason
from tests.support.stage import Stage

DROPPED, REFUSED, SPOKEN = OutcomeState.DROPPED, OutcomeState.REFUSED, OutcomeState.SPOKEN
REMOVED = OutcomeState.REMOVED


def test_panic_stops_all_and_refuses_what_comes_until_released() -> None:
    stage = Stage()
    message = stage.hear("one", id="m1")
    stage.hear("two", "Eve", id="m2")
    stage.hear("three", "Ann", id="m3", bits=5)
    own = stage.conductor.say("mine")
    jobs = [stage.take(), stage.take()]
    stage.conductor.panic()
    # THEN what sounds, what is made and what waits is over, paid and own lines too
    assert [job.cancel.cancelled for job in jobs] == [True, True]
    assert sorted(stage.stopped) == sorted(job.tag for job in jobs)
    ended = {stage.final(name) for name in ("m1", "m2", "m3", own)}
    assert ended == {(DROPPED, Reason.PANIC)}
    assert stage.conductor.state.panicked
    # AND so is what comes
    stage.hear("four", id="m4")
    refused = (
        "m4",
        stage.conductor.say("mine"),
        stage.conductor.say_message(message),
    )
    assert {stage.final(name) for name in refused} == {(REFUSED, Reason.PANIC)}
    assert stage.conductor.take(0.0) is None
    # AND a released reader goes on with what comes then
    stage.conductor.release()
    assert not stage.conductor.state.panicked
    stage.hear("five", id="m5")
    assert stage.speak() == "Bob says five"


def test_panic_holds_from_any_state() -> None:
    stage = Stage(reading=False)
    stage.conductor.pause()
    stage.conductor.hold(True)
    stage.conductor.panic()
    stage.conductor.panic()
    for command in (stage.conductor.resume, stage.conductor.start, stage.conductor.skip):
        command()
    stage.conductor.hold(False)
    assert stage.final(stage.conductor.say("mine")) == (REFUSED, Reason.PANIC)
    stage.conductor.release()
    stage.conductor.say("mine")
    assert stage.speak() == "mine"


def test_what_was_removed_in_a_panic_is_not_said_after_it() -> None:
    stage = Stage()
    message = stage.hear(id="m1")
    stage.conductor.panic()
    stage.remove(target_id="m1")
    stage.conductor.release()
    picked = stage.conductor.say_message(message)
    assert stage.final(picked) == (REMOVED, Reason.MESSAGE_DELETED)


def test_what_is_begun_when_the_streamer_talks_is_said_to_its_end() -> None:
    stage = Stage()
    stage.hear(id="m1")
    job = stage.take()
    stage.conductor.hold(True)
    assert stage.conductor.state.held
    assert not job.cancel.cancelled
    stage.finish(job)
    assert stage.final("m1") == (SPOKEN, None)
    stage.conductor.say("mine")
    assert stage.conductor.take(0.0) is None
    stage.conductor.hold(False)
    assert stage.speak() == "mine"


def test_what_goes_stale_while_the_streamer_talks_is_told() -> None:
    stage = Stage(time_to_live=10.0)
    stage.conductor.hold(True)
    stage.hear(id="m1")
    stage.clock.advance(10.0)
    stage.conductor.forget_stale()
    assert stage.final("m1") == (DROPPED, Reason.EXPIRED)
