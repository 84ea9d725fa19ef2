"""What is made ahead waits again only for what goes before it; the unheard leaves no trace."""

from __future__ import annotations

import pytest

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.reading_config import LoadConfig
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from tests.support.stage import Stage

DROPPED = OutcomeState.DROPPED


def test_what_is_refused_or_held_puts_nothing_back() -> None:
    stage = Stage(hold_seconds=1.0)
    for name in ("a", "b"):
        stage.hear(name, name, id=name)
    stage.clock.advance(1.0)
    _, second = stage.take(), stage.take()
    # WHEN somebody calls the streamer, but may not be heard yet
    stage.hear("@room hello", "Zed", id="m4")
    assert not second.cancel.cancelled
    # AND when what comes is as quickly given up again
    stage = Stage(queue_seconds=10.0)
    for name in ("a", "b"):
        stage.hear(name, name, id=name)
    _, second = stage.take(), stage.take()
    stage.conductor.say("a line of the streamer's own")
    second = stage.take()
    for number in range(3):
        stage.hear("a paid and rather long line of words that goes on", id=f"p{number}", bits=5)
    stage.hear("@room hello", "Zed", id="m4")
    assert stage.final("m4")[0] is DROPPED
    assert not second.cancel.cancelled


def test_without_an_output_what_is_made_ahead_waits_again_and_goes_stale() -> None:
    stage = Stage(time_to_live=10.0)
    stage.hear("one", id="m1")
    stage.hear("two", "Eve", id="m2")
    first, second = stage.take(), stage.take()
    stage.conductor.step_back()
    assert (first.cancel.cancelled, second.cancel.cancelled) == (False, True)
    stage.clock.advance(10.0)
    stage.conductor.forget_stale()
    assert stage.final("m2") == (DROPPED, Reason.EXPIRED)


@pytest.mark.parametrize("end", ["removed", "failed"])
def test_who_was_named_unheard_is_named_again(end: str) -> None:
    stage = Stage()
    stage.hear("one", id="m1")
    job = stage.take()
    if end == "removed":
        stage.remove(target_id="m1")
    stage.conductor.done(job, Played(complete=False), end == "failed")
    stage.hear("two", id="m2")
    assert stage.speak() == "Bob says two"


def test_what_was_skipped_unheard_counts_for_nobody_and_what_was_heard_of_it_does() -> None:
    long = (
        "this one goes on about the weather, then a cat that sat somewhere, what was for dinner "
        "yesterday, and how the game of last week ended so that everybody laughed,"
    )
    for heard, reason in ((0.0, None), (25.0, Reason.USER_SHARE)):
        stage = Stage(sections={"load": LoadConfig(user_share=0.1)})
        for number in range(5):
            stage.hear(f"{long} {number}", f"bo{number}", id=f"b{number}")
            stage.speak()
        for number in range(2):
            stage.hear(f"{long} {number}", "Al", id=f"a{number}")
            job = stage.take()
            stage.conductor.skip()
            played = Played(False, 0.0, heard, 1.0) if heard else Played(complete=False)
            stage.conductor.done(job, played)
        stage.hear("hi", "Bo", id="bo")
        stage.hear("hi again", "Al", id="a9")
        ends = [o.reason for o in stage.witness.finals() if o.id == "a9"]
        assert ends == ([reason] if reason else [])
