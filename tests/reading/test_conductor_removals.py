"""What a moderator takes back isn't said, or not to its end."""

from __future__ import annotations

from typing import Any

import pytest

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.messages import Removal, RemovalScope
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from ishowtts_desktop.reading.removals import RemovalMemory
from tests.support.messages import chat
from tests.support.stage import Stage

SPOKEN = OutcomeState.SPOKEN
REMOVED = OutcomeState.REMOVED


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


def test_a_removal_by_login_is_remembered_too() -> None:
    stage = Stage()
    stage.remove(RemovalScope.AUTHOR, target_login="bob")
    stage.hear()
    assert stage.final("m1") == (REMOVED, Reason.AUTHOR_BANNED)


def test_only_so_many_removals_are_remembered() -> None:
    memory = RemovalMemory(limit=2)
    for name in ("m1", "m2", "m3"):
        memory.remember(Removal("twitch", "room", RemovalScope.MESSAGE, target_id=name), 0.0)
    found = [memory.reason_for(chat(id=name)) for name in ("m1", "m2", "m3")]
    assert found == [None, Reason.MESSAGE_DELETED, Reason.MESSAGE_DELETED]
