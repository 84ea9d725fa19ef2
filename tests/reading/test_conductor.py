"""The conductor in simulated time: what is said, what is stopped, and what is told of it."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.config import ReadingConfig
from ishowtts_desktop.core.messages import (
    ChatMessage,
    ConnectionState,
    Malformed,
    Notice,
    Phase,
    Removal,
    RemovalScope,
)
from ishowtts_desktop.core.utterances import Lane, Outcome, OutcomeState, Reason
from ishowtts_desktop.reading.conductor import Conductor, Job, ReaderState
from ishowtts_desktop.reading.queue import SpeechQueue
from ishowtts_desktop.reading.rules import Rules
from ishowtts_desktop.reading.text.prepare import Preparation
from tests.support.clock import FakeClock
from tests.support.fakes import Witness
from tests.support.messages import chat

QUEUED, SPEAKING, SPOKEN = OutcomeState.QUEUED, OutcomeState.SPEAKING, OutcomeState.SPOKEN
DROPPED, REMOVED, REFUSED = OutcomeState.DROPPED, OutcomeState.REMOVED, OutcomeState.REFUSED


class Stage:
    """A conductor with a fake clock, all that it told, and all that it stopped."""

    def __init__(self, *, reading: bool = True, **config: Any) -> None:
        settings = ReadingConfig(**config)
        self.clock = FakeClock()
        self.witness = Witness()
        self.stopped: list[str] = []
        self.conductor = Conductor(
            self.clock,
            Rules(settings),
            Preparation(settings),
            SpeechQueue(settings.queue_seconds),
            self.stopped.append,
            time_to_live=settings.time_to_live,
            reading=reading,
        )
        self.conductor.watch(self.witness.hear)
        self.conductor.watch_state(self.witness.see)

    def hear(self, text: str = "hello", **changes: Any) -> ChatMessage:
        message = chat(text, received_at=self.clock.now(), **changes)
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
    stage.hear(id="m2")
    assert stage.conductor.state.queued == 2
    assert stage.conductor.state.seconds_queued > 0
    job = stage.take()
    assert stage.conductor.state.speaking == job.utterance
    stage.finish(job)
    stage.conductor.pause()
    state = stage.conductor.state
    assert state == ReaderState(True, True, None, 1, state.seconds_queued)
    assert stage.witness.states[-1] == state


def test_a_state_is_told_only_when_it_changed() -> None:
    stage = Stage()
    stage.conductor.pause()
    stage.conductor.pause()
    assert [state.paused for state in stage.witness.states] == [True]


def test_the_other_events_pass_by() -> None:
    stage = Stage()
    stage.conductor.handle(Notice("n", "twitch", "room", "sub", "Bob subscribed"))
    stage.conductor.handle(ConnectionState("twitch", "room", Phase.CONNECTED))
    stage.conductor.handle(Malformed("twitch", "?", "no"))
    assert stage.witness.outcomes == []
    assert stage.conductor.state.queued == 0


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        ("!!!", {}, Reason.NOTHING_TO_SAY),
        ("!song", {}, Reason.COMMAND),
        ("hi", {"login": "nightbot"}, Reason.BLOCKED_USER),
        ("!!!", {"login": "nightbot"}, Reason.BLOCKED_USER),
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
    stage.hear("two", id=first)
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
    stage.hear("two", id="m2")
    first = stage.speak()
    stage.hear("paid", id="m3", author_id="u2", name="Eve", bits=100)
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


def test_a_removed_message_cannot_be_picked() -> None:
    stage = Stage()
    message = stage.hear()
    stage.remove(target_id="m1")
    assert stage.final(stage.conductor.say_message(message)) == (REMOVED, Reason.MESSAGE_DELETED)
    assert stage.conductor.take(0.0) is None


# Removals.


REMOVALS = [
    ({"target_id": "m1"}, Reason.MESSAGE_DELETED),
    ({"scope": RemovalScope.AUTHOR, "target_author_id": "u1"}, Reason.AUTHOR_BANNED),
    ({"scope": RemovalScope.ALL}, Reason.CHAT_CLEARED),
]


@pytest.mark.parametrize(("removal", "reason"), REMOVALS)
def test_a_removal_stops_what_is_said_before_it_returns(
    removal: dict[str, Any], reason: Reason
) -> None:
    stage = Stage()
    stage.hear()
    job = stage.take()
    stage.remove(**removal)
    assert job.cancel.cancelled
    assert stage.stopped == ["m1"]
    assert stage.final("m1") == (REMOVED, reason)
    assert stage.conductor.state.speaking is None
    # AND the engine's report afterwards changes nothing
    stage.conductor.done(job, Played(complete=False))
    assert len(stage.witness.finals()) == 1


@pytest.mark.parametrize(("removal", "reason"), REMOVALS)
@pytest.mark.parametrize("bits", [0, 100])
def test_a_removal_takes_out_what_waits_paid_or_not(
    removal: dict[str, Any], reason: Reason, bits: int
) -> None:
    stage = Stage()
    message = stage.hear(bits=bits)
    picked = stage.conductor.say_message(message)
    stage.hear("other", id="m2", channel="elsewhere")
    stage.remove(**removal)
    assert stage.final("m1") == (REMOVED, reason)
    assert stage.final(picked) == (REMOVED, reason)
    assert stage.stopped == []
    assert stage.speak() == "Bob says other"


@pytest.mark.parametrize(("removal", "reason"), REMOVALS)
def test_a_message_that_comes_after_its_removal_is_not_said(
    removal: dict[str, Any], reason: Reason
) -> None:
    stage = Stage()
    stage.remove(**removal)
    stage.hear()
    assert stage.final("m1") == (REMOVED, reason)
    assert stage.conductor.take(0.0) is None


def test_an_author_may_speak_again_after_a_timeout() -> None:
    stage = Stage()
    stage.remove(RemovalScope.AUTHOR, target_author_id="u1")
    stage.clock.advance(1.0)
    stage.hear()
    assert stage.speak() == "Bob says hello"


def test_a_removal_of_something_else_leaves_what_is_said_alone() -> None:
    stage = Stage()
    stage.hear()
    job = stage.take()
    stage.remove(target_id="m2")
    own = stage.conductor.say("own")
    stage.remove(RemovalScope.AUTHOR, target_author_id="u2")
    assert not job.cancel.cancelled
    stage.finish(job)
    assert stage.speak() == "own"
    assert stage.final(own) == (SPOKEN, None)


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
    assert {stage.final("m1"), stage.final("m2")} == {(DROPPED, Reason.CLEARED)}
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
    stage.hear("next", id="m2")
    job = stage.take()
    stage.conductor.skip()
    assert job.cancel.cancelled
    assert stage.stopped == ["m1"]
    assert stage.final("m1") == (DROPPED, Reason.SKIPPED)
    assert stage.witness.final_of("m1").spoken == "Bob says hello"
    assert stage.speak() == "next"


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
        stage.hear(f"message number {number}", id=str(number))
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


def test_one_job_at_a_time() -> None:
    stage = Stage()
    stage.hear(id="m1")
    stage.hear(id="m2")
    job = stage.take()
    assert stage.conductor.take(0.0) is None
    stage.finish(job)
    assert stage.take().utterance.id == "m2"


def test_an_output_may_tell_the_first_sample_when_it_sounds() -> None:
    stage = Stage()
    stage.hear()
    job = stage.take()
    stage.clock.advance(0.5)
    stage.conductor.sounding(job, stage.clock.now())
    stage.clock.advance(5.0)
    stage.conductor.done(job, Played(True, 0.0, 5.0))
    assert stage.witness.final_of("m1").chat_to_sound == pytest.approx(0.5)
    # AND of a job that is over it changes nothing
    stage.conductor.sounding(job, 0.0)


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


# Watchers.


def test_a_watcher_may_command_and_hears_all_in_order() -> None:
    stage = Stage()

    def skip_at_once(outcome: Outcome) -> None:
        if outcome.state is SPEAKING:
            stage.conductor.skip()

    order: list[OutcomeState] = []
    stage.conductor.watch(skip_at_once)
    stage.conductor.watch(lambda outcome: order.append(outcome.state))
    stage.hear()
    stage.take()
    assert order == [QUEUED, SPEAKING, DROPPED]


def test_the_lock_is_free_while_watchers_are_told() -> None:
    # GIVEN a watcher that waits for another thread
    # WHEN that one needs the conductor THEN it gets it
    stage = Stage()
    states: list[ReaderState] = []

    def ask_elsewhere(_: Outcome) -> None:
        other = threading.Thread(target=lambda: states.append(stage.conductor.state), name="other")
        other.start()
        other.join(20.0)
        assert not other.is_alive()

    stage.conductor.watch(ask_elsewhere)
    stage.hear()
    assert [state.queued for state in states] == [1]


def test_a_watcher_that_fails_silences_nobody(caplog: pytest.LogCaptureFixture) -> None:
    stage = Stage()

    def fail(_: object) -> None:
        raise RuntimeError("a window fell over")

    stage.conductor.watch(fail)
    stage.conductor.watch_state(fail)
    after: list[Outcome] = []
    stage.conductor.watch(after.append)
    with caplog.at_level(logging.ERROR):
        stage.hear()
        assert stage.speak() == "Bob says hello"
    assert [outcome.state for outcome in after] == [QUEUED, SPEAKING, SPOKEN]
    assert "a window fell over" in caplog.text


def test_what_happens_on_two_threads_is_told_in_order() -> None:
    # GIVEN a slow watcher of "queued" WHEN the engine takes and finishes meanwhile
    stage = Stage()
    told = threading.Event()
    spoken = threading.Event()
    order: list[OutcomeState] = []

    def slow(outcome: Outcome) -> None:
        if outcome.state is QUEUED:
            told.set()
            assert spoken.wait(20.0)
        order.append(outcome.state)

    stage.conductor.watch(slow)
    chat_thread = threading.Thread(target=stage.hear, name="chat")
    chat_thread.start()
    assert told.wait(20.0)
    stage.speak()
    spoken.set()
    chat_thread.join(20.0)
    # THEN "spoken" is still told last
    assert order == [QUEUED, SPEAKING, SPOKEN]
