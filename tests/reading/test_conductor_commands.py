"""What the streamer says and commands."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
from tests.support.stage import Stage

if TYPE_CHECKING:
    from ishowtts_desktop.reading.conductor import Job

SPOKEN = OutcomeState.SPOKEN
DROPPED, REMOVED, REFUSED = OutcomeState.DROPPED, OutcomeState.REMOVED, OutcomeState.REFUSED


# The streamer's own lines.


def test_an_own_line_overtakes_all_and_never_goes_stale() -> None:
    stage = Stage()
    stage.hear(bits=5)
    name = stage.conductor.say("listen")
    stage.clock.advance(100_000)
    assert stage.speak() == "listen"
    outcome = stage.witness.final_of(name)
    assert (outcome.state, outcome.lane, outcome.text) == (SPOKEN, Lane.STREAMER, "listen")
    assert outcome.chat_to_sound is None


def test_an_own_line_that_cannot_be_said_is_told() -> None:
    stage = Stage()
    assert stage.final(stage.conductor.say("...")) == (REFUSED, Reason.NOTHING_TO_SAY)
    stage.conductor.close()
    assert stage.final(stage.conductor.say("late")) == (DROPPED, Reason.SHUTDOWN)


def test_a_picked_message_is_read_whatever_the_rules() -> None:
    stage = Stage(reading=False)
    stage.conductor.mute("bob")
    message = stage.hear("!song")
    name = stage.conductor.say_message(message)
    assert name != message.id
    assert stage.speak() == "Bob says !song"
    outcome = stage.witness.final_of(name)
    assert (outcome.state, outcome.message, outcome.chat_to_sound) == (SPOKEN, message, None)


def test_a_message_can_be_picked_again_and_again() -> None:
    stage = Stage()
    message = stage.hear()
    picked = {stage.conductor.say_message(message) for _ in range(3)}
    assert len(picked | {message.id}) == 4


def test_a_message_whose_id_looks_like_ours_takes_nobodys_place() -> None:
    stage = Stage(say_names=False)
    for name in ("say-1", "selected-2", "message-3"):
        stage.hear(f"my id is {name[:3]}", name, id=name)
    heard = stage.hear("hello", "x", id="x")
    first, second = stage.conductor.say("mine"), stage.conductor.say_message(heard)
    stage.hear("again", "y", id="say-1")
    assert len({first, second, "say-1", "selected-2", "message-3", "x"}) == 6
    said = [stage.speak() for _ in range(7)]
    theirs = ["my id is say", "my id is sel", "my id is mes"]
    assert said == ["mine", "hello", *theirs, "hello", "again"]


def test_a_removed_message_cannot_be_picked() -> None:
    stage = Stage()
    message = stage.hear()
    stage.remove(target_id="m1")
    assert stage.final(stage.conductor.say_message(message)) == (REMOVED, Reason.MESSAGE_DELETED)
    assert stage.conductor.take(0.0) is None


# Commands.


def test_stop_drops_chat_and_lets_the_streamer_speak_on() -> None:
    stage = Stage()
    stage.hear(id="m1")
    stage.hear(id="m2", bits=5)
    job = stage.take()
    own = stage.conductor.say("own")
    stage.conductor.stop()
    stage.hear(id="m3")
    assert stage.stopped == [job.utterance.id]
    assert {stage.final("m1"), stage.final("m2")} == {(DROPPED, Reason.NOT_READING)}
    assert stage.final("m3") == (REFUSED, Reason.NOT_READING)
    assert stage.speak() == "own"
    assert stage.final(own) == (SPOKEN, None)
    # AND start reads what comes from then on
    stage.conductor.start()
    stage.hear(id="m4")
    assert stage.speak() == "Bob says hello"


def test_stop_does_not_interrupt_the_streamers_own_line() -> None:
    stage = Stage()
    stage.conductor.say("own")
    job = stage.take()
    stage.conductor.stop()
    assert not job.cancel.cancelled


def test_nothing_begins_while_paused() -> None:
    stage = Stage()
    stage.conductor.pause()
    stage.hear()
    stage.conductor.say("own")
    assert stage.conductor.take(0.0) is None
    stage.conductor.resume()
    assert stage.speak() == "own"


def test_take_waits_for_the_end_of_a_pause() -> None:
    # GIVEN something to say in a pause WHEN the engine asks THEN it isn't answered until resume
    stage = Stage()
    stage.conductor.pause()
    stage.hear()
    taken: list[Job | None] = []
    asking = threading.Event()

    def ask() -> None:
        asking.set()
        taken.append(stage.conductor.take(60.0))

    engine = threading.Thread(target=ask, name="engine")
    engine.start()
    assert asking.wait(20.0)
    engine.join(0.1)
    assert taken == []
    stage.conductor.resume()
    engine.join(20.0)
    assert [job is not None for job in taken] == [True]


def test_what_goes_stale_during_a_pause_is_told_then() -> None:
    stage = Stage(time_to_live=60.0)
    stage.conductor.pause()
    stage.hear()
    stage.clock.advance(60.0)
    assert stage.conductor.take(0.0) is None
    assert stage.final("m1") == (DROPPED, Reason.EXPIRED)


def test_skip_stops_what_is_said_and_no_more() -> None:
    stage = Stage()
    stage.conductor.skip()
    stage.hear(id="m1")
    stage.hear("next", "Eve", id="m2")
    job = stage.take()
    stage.conductor.skip()
    assert job.cancel.cancelled
    assert stage.stopped == ["m1"]
    assert stage.final("m1") == (DROPPED, Reason.SKIPPED)
    assert stage.witness.final_of("m1").spoken == "Bob says hello"
    assert stage.speak() == "Eve says next"


def test_clear_drops_what_waits_and_lets_what_is_said_go_on() -> None:
    stage = Stage()
    stage.hear(id="m1")
    job = stage.take()
    stage.hear(id="m2", bits=5)
    own = stage.conductor.say("own")
    stage.conductor.clear()
    assert not job.cancel.cancelled
    assert {stage.final("m2"), stage.final(own)} == {(DROPPED, Reason.CLEARED)}
    assert stage.witness.final_of("m2").spoken is None
    assert stage.conductor.state.queued == 0


def test_mute_silences_a_user_at_once_but_not_what_the_streamer_picked() -> None:
    stage = Stage()
    message = stage.hear(id="m1")
    stage.hear(id="m2")
    job = stage.take()
    picked = stage.conductor.say_message(message)
    stage.hear("other", id="m3", login="eve", name="Eve", author_id="u2")
    stage.conductor.mute("BOB")
    assert stage.stopped == [job.utterance.id]
    assert {stage.final("m1"), stage.final("m2")} == {(DROPPED, Reason.MUTED)}
    assert [stage.speak(), stage.speak()] == ["hello", "Eve says other"]
    assert stage.final(picked) == (SPOKEN, None)
    stage.hear(id="m4")
    assert stage.final("m4") == (REFUSED, Reason.MUTED)
    stage.conductor.unmute("bob")
    stage.hear(id="m5")
    assert stage.conductor.state.queued == 1


def test_one_line_is_taken_back_by_its_id_waiting_or_begun() -> None:
    stage = Stage()
    first, second = stage.conductor.say("one"), stage.conductor.say("two")
    job = stage.take()
    for name in (second, first, "nobody"):
        stage.conductor.unsay(name)
    assert job.cancel.cancelled
    assert stage.stopped == [first]
    assert [stage.final(name) for name in (first, second)] == [(DROPPED, Reason.SKIPPED)] * 2


def test_a_line_may_be_said_in_a_voice_of_its_own() -> None:
    stage = Stage()
    stage.conductor.say("one", "mina")
    assert stage.take().utterance.voice == "mina"
