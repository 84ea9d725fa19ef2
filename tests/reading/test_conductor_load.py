"""Under load: names left out, said faster, near duplicates together, a word about the rest."""

from __future__ import annotations

import itertools

import pytest

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.reading_config import LoadConfig, PrivateConfig
from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
from ishowtts_desktop.core.utterances import Stage as LoadStage
from tests.support.stage import Stage

SPOKEN, DROPPED = OutcomeState.SPOKEN, OutcomeState.DROPPED
LINE = "{} wonders where this road will lead us all one day"


def fill(stage: Stage, messages: int) -> None:
    for number in range(messages):
        stage.hear(LINE.format(f"number {number}"), f"user{number}", id=f"m{number}")


def flood(stage: Stage) -> None:
    for second in range(12):
        for each in range(5):
            name = f"{second}-{each}"
            stage.hear(LINE.format(name), f"user{name}", id=name)
        stage.clock.advance(1.0)


def test_names_are_left_out_when_much_waits_and_come_back() -> None:
    stage = Stage(queue_seconds=30.0)
    fill(stage, 4)
    assert stage.conductor.state.stage >= LoadStage.NAMES_OFF
    assert "says" not in stage.speak()
    while stage.conductor.state.queued > 1:
        last = stage.speak()
    last = stage.speak()
    assert "says" in last
    assert stage.conductor.state.stage is LoadStage.CALM


def test_names_stay_where_they_are_wanted() -> None:
    stage = Stage(queue_seconds=30.0, sections={"load": LoadConfig(names_off=False)})
    fill(stage, 6)
    assert stage.conductor.state.stage >= LoadStage.FASTER
    assert stage.speak().startswith("user zero says")


def test_what_is_said_faster_has_a_shorter_silence_after_it() -> None:
    stage = Stage(queue_seconds=30.0, gap_seconds=0.5)
    stage.hear("hello", id="m")
    calm = stage.take()
    assert (calm.utterance.speed, calm.gap) == (1.0, 0.5)
    stage.finish(calm)
    fill(stage, 6)
    busy = stage.take()
    assert busy.utterance.speed == 1.15
    assert busy.gap == pytest.approx(0.2)


def test_many_who_say_the_same_are_one_crowd_and_each_is_told() -> None:
    stage = Stage(queue_seconds=10.0)
    fill(stage, 2)
    assert stage.conductor.state.stage >= LoadStage.MERGING
    for number in range(3):
        stage.hear("GG" + "!" * number, f"fan{number}", id=f"g{number}")
    said = []
    while stage.conductor.state.queued:
        said.append(stage.speak())
    assert [text for text in said if "three people say" in text] != []
    assert {stage.final(f"g{number}") for number in range(3)} == {(SPOKEN, None)}
    crowd = {stage.witness.final_of(f"g{number}").spoken for number in range(3)}
    assert len(crowd) == 1


def test_who_was_heard_for_long_waits_until_others_had_their_turn() -> None:
    stage = Stage(sections={"load": LoadConfig(user_share=0.1)})
    stage.hear("hello", "Ann", id="m1")
    stage.conductor.done(stage.take(), Played(True, 0.0, 5.9, stage.clock.now()))
    for number in range(16):
        stage.hear(LINE.format(number), f"user{number}", id=f"other {number}")
        stage.speak()
    stage.hear("hello", "Eve", id="m2")
    stage.hear("hello again", "Ann", id="m3")
    assert stage.final("m3") == (OutcomeState.DROPPED, Reason.USER_SHARE)
    assert stage.speak() == "Eve says hello"


def test_how_much_was_skipped_is_told_at_most_once_a_minute() -> None:
    # GIVEN a flood that goes on
    stage = Stage(queue_seconds=10.0, time_to_live=10.0)
    summaries: list[float] = []
    for second in range(130):
        for each in range(5):
            name = f"{second}-{each}"
            stage.hear(LINE.format(f"number {second} {each}"), f"user{name}", id=name)
        job = stage.take()
        if job.utterance.id.startswith("summary-"):
            assert job.utterance.text.startswith("and ")
            assert job.utterance.lane is Lane.NORMAL
            summaries.append(stage.clock.now())
        stage.finish(job)
        stage.clock.advance(1.0)
    # THEN a summary is said now and then, and has its outcome like all else
    assert 2 <= len(summaries) <= 3
    assert all(b - a >= 60.0 for a, b in itertools.pairwise(summaries))
    told = [o for o in stage.witness.finals() if o.id.startswith("summary-")]
    assert [(o.state, o.message) for o in told] == [(SPOKEN, None)] * len(summaries)
    stage.conductor.close()


def test_a_summary_that_may_not_be_said_is_left_out() -> None:
    stage = Stage(queue_seconds=10.0, sections={"private": PrivateConfig(words=["more"])})
    flood(stage)
    assert not stage.take().utterance.id.startswith("summary-")


def test_a_summary_that_is_put_back_is_dropped_by_a_command_like_all_else() -> None:
    stage = Stage(queue_seconds=10.0)
    flood(stage)
    first = stage.take()
    assert first.utterance.id.startswith("summary-")
    stage.conductor.stop()
    assert stage.final(first.utterance.id) == (DROPPED, Reason.NOT_READING)
