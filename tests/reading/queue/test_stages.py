"""How the queue gives way, stage by stage, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.utterances import Lane, Reason, Stage
from tests.reading.queue.lines import line, names, popped, push, queue_of, told

if TYPE_CHECKING:
    from ishowtts_desktop.reading.queue.queue import SpeechQueue

CALM, NAMES_OFF, FASTER, MERGING, SAMPLING = Stage


def flood(
    queue: SpeechQueue, since: float, until: float, a_second: int, lane: Lane = Lane.NORMAL
) -> dict[str, Reason]:
    """Let messages of 1 s come from a new author each; return why each that went was given up."""
    gone: dict[str, Reason] = {}
    for number in range(round((until - since) * a_second)):
        at = since + number / a_second
        gone.update(push(queue, line(f"{at}", 1.0, lane, author=f"{at}", created_at=at)))
    return gone


def test_each_stage_begins_as_the_queue_fills_and_ends_later() -> None:
    queue = queue_of(20.0)
    stages = []
    for number in range(12):
        push(queue, line(str(number)))
        stages.append(queue.stage(0.0))
    assert stages == [CALM] * 4 + [NAMES_OFF] * 3 + [FASTER] * 3 + [MERGING] * 2
    back = []
    while queue.pop(0.0).utterance is not None:
        back.append(queue.stage(0.0))
    assert back == [MERGING] * 3 + [FASTER] * 3 + [NAMES_OFF] * 3 + [CALM] * 3


@pytest.mark.parametrize(
    ("off", "stages"),
    [
        ({"names_off": False}, [CALM, FASTER, MERGING]),
        ({"faster": 1.0}, [NAMES_OFF, NAMES_OFF, MERGING]),
        ({"merge": False}, [NAMES_OFF, FASTER, FASTER]),
    ],
)
def test_a_stage_that_is_switched_off_is_left_out(
    off: dict[str, object], stages: list[Stage]
) -> None:
    queue = queue_of(20.0, **off)
    reached = []
    for seconds in (5.0, 4.0, 3.0):
        push(queue, line(str(seconds), seconds))
        reached.append(queue.stage(0.0))
    assert reached == stages
    done = {stage: queue.does(stage, 0.0) for stage in (NAMES_OFF, FASTER, MERGING)}
    assert list(done.values()) == [
        off.get("names_off") is not False,
        "faster" not in off,
        "merge" not in off,
    ]


def test_speech_gets_faster_under_load_but_the_streamers_own_line() -> None:
    queue = queue_of(20.0, faster=1.25)
    push(queue, line("calm", 5.0))
    assert [each.speed for each in popped(queue)] == [1.0]
    push(queue, line("n", 10.0), line("own", 1.0, Lane.STREAMER))
    own, normal = popped(queue)
    assert (own.speed, own.seconds) == (1.0, 1.0)
    assert (normal.speed, normal.seconds) == (1.25, 8.0)


def test_a_burst_that_fits_loses_nothing() -> None:
    # GIVEN twenty messages within a second, three times the speech that there is time for now
    queue = queue_of(45.0)
    for number in range(20):
        at = 100.0 + number / 20
        assert push(queue, line(f"{number}", 2.0, author=f"{number}", created_at=at)) == []
    # WHEN it is quiet after that, and they are said one by one
    said, now = [], 101.0
    while (next_one := queue.pop(now)).utterance is not None:
        assert next_one.given_up == []
        said.append(next_one.utterance.id)
        now += next_one.utterance.seconds
    # THEN all were said, in their order
    assert said == [f"{number}" for number in range(20)]


def test_what_does_not_fit_of_a_burst_goes_and_no_more_than_that() -> None:
    queue = queue_of(10.0)
    gone = flood(queue, 100.0, 101.0, 12)
    assert list(gone.values()) == [Reason.QUEUE_FULL] * 2
    assert queue.stage(105.0) is MERGING
    assert len(popped(queue, 106.0)) == 10


def test_a_steady_flood_is_sampled_until_it_ends() -> None:
    queue = queue_of(20.0)
    flood(queue, 100.0, 104.0, 4)
    assert queue.stage(104.0) is MERGING
    gone = flood(queue, 104.0, 110.0, 4)
    assert queue.stage(110.0) is SAMPLING
    assert {Reason.SAMPLED} <= set(gone.values()) <= {Reason.SAMPLED, Reason.QUEUE_FULL}
    # Eight of ten seconds had been filled: it ends when less comes than can be said.
    assert queue.stage(117.9) is SAMPLING
    popped(queue, 118.0)
    assert queue.stage(118.0) is CALM


@pytest.mark.parametrize("lane", [Lane.NORMAL, Lane.MENTION])
def test_while_sampling_only_what_can_be_said_while_it_is_fresh_stays(lane: Lane) -> None:
    # GIVEN more than can be followed, for ten seconds, and what the policy calls fresh
    queue = queue_of(60.0, fresh_seconds=3.0)
    flood(queue, 100.0, 110.0, 4, lane)
    assert queue.stage(110.0) is SAMPLING
    # WHEN the next is due THEN three seconds of speech are left, the newest, in their order
    next_one, given_up = queue.pop(110.0)
    assert next_one is not None
    assert next_one.created_at == 109.25
    assert {reason for _, reason in told(given_up)} == {Reason.SAMPLED}
    # AND when nothing fresher comes, the last ones are still said: silence serves nobody.
    assert queue.pop(115.0).given_up == []
    assert len(popped(queue, 115.0)) == 1


def test_while_sampling_what_went_stale_goes_though_there_is_room() -> None:
    queue = queue_of(60.0, fresh_seconds=3.0)
    flood(queue, 100.0, 110.0, 4)
    queue.put_back(line("put back", created_at=109.0))
    push(queue, line("new", author="new", created_at=112.5))
    next_one, given_up = queue.pop(112.5)
    assert ("put back", Reason.SAMPLED) in told(given_up)
    assert next_one is not None
    assert next_one.created_at == 109.5


def test_sampling_can_be_switched_off() -> None:
    queue = queue_of(20.0, sample=False)
    gone = flood(queue, 100.0, 120.0, 4)
    assert queue.stage(120.0) is MERGING
    assert set(gone.values()) == {Reason.QUEUE_FULL}
    assert queue.pop(120.0).given_up == []


def test_what_makes_room_is_of_those_who_were_heard_most() -> None:
    queue = queue_of(3.0)
    for author, seconds in (("ann", 2.0), ("bob", 1.0)):
        push(queue, line(author, seconds, author=author, created_at=1.0))
        utterance = queue.pop(1.0).utterance
        assert utterance is not None
        queue.heard(utterance, seconds, 1.0)
    for name in ("cid", "bob", "ann", "dan"):
        gone = push(queue, line(f"{name} again", author=name, created_at=2.0))
    assert gone == [("ann again", Reason.QUEUE_FULL)]
    assert push(queue, line("eve", author="eve", created_at=2.0)) == [
        ("bob again", Reason.QUEUE_FULL)
    ]
    # Nobody of the three was heard: the oldest goes.
    assert push(queue, line("fay", author="fay", created_at=2.0)) == [
        ("cid again", Reason.QUEUE_FULL)
    ]
    # Who was heard doesn't push out who wasn't.
    assert push(queue, line("ann 3", author="ann", created_at=2.0)) == [
        ("ann 3", Reason.QUEUE_FULL)
    ]


def test_what_many_say_stays_until_it_was_heard() -> None:
    queue = queue_of(4.0)
    for number in range(3):
        push(queue, line(f"gg{number}", text="GG", key="gg", author=f"{number}"))
    gone = push(queue, *(line(f"n{number}", author=f"n{number}") for number in range(5)))
    assert [name for name, _ in gone] == ["n0", "n1", "n2"]
    crowd = queue.pop(0.0).utterance
    assert crowd is not None
    assert crowd.text == "three people say GG"
    queue.heard(crowd, 1.5, 0.0)
    push(queue, line("gg3", text="GG", key="gg", author="x"), line("n5", author="n5"))
    assert push(queue, line("n6", author="n6")) == [("gg3", Reason.QUEUE_FULL)]


def test_what_was_skipped_is_counted_for_a_word_once_a_minute() -> None:
    queue = queue_of(5.0)
    flood(queue, 100.0, 101.0, 8)
    push(queue, line("m", 5.0, Lane.MODERATOR, created_at=101.0))
    assert queue.skipped(110.6) == 0, "more of them may come"
    assert queue.skipped(110.7) == 8
    queue.told_skipped(110.7)
    push(queue, line("m2", 5.0, Lane.MODERATOR, created_at=111.0))
    assert push(queue, line("n", created_at=112.0)) == [("n", Reason.QUEUE_FULL)]
    assert queue.skipped(170.6) == 0
    assert queue.skipped(170.7) == 1


def test_nothing_is_said_of_what_nobody_missed() -> None:
    queue = queue_of(5.0, say_skipped=False)
    flood(queue, 100.0, 101.0, 8)
    assert queue.skipped(200.0) == 0
    other = queue_of()
    push(other, line("a1", author="ann"), line("a2", author="ann", language="ja"))
    other.remove(lambda _: True)
    assert other.skipped(200.0) == 0
    assert names(other.utterances) == []


def test_while_sampling_an_author_has_a_third_of_the_share() -> None:
    queue = queue_of(20.0, user_share=0.5)
    push(queue, line("a1", 12.0, author="ann", created_at=99.0))
    heard = queue.pop(99.0).utterance
    assert heard is not None
    queue.heard(heard, 12.0, 99.0)
    assert push(queue, line("b", author="bob", created_at=99.0)) == []
    assert push(queue, line("a2", author="ann", lane=Lane.MENTION, created_at=99.0)) == []
    flood(queue, 100.0, 110.0, 6)
    a3 = line("a3", author="ann", lane=Lane.MENTION, created_at=110.0)
    assert push(queue, a3) == [("a3", Reason.USER_SHARE)]


def test_while_sampling_nobody_takes_each_moment_in_which_nobody_waits() -> None:
    queue = queue_of(20.0, user_share=0.5)
    flood(queue, 100.0, 110.0, 6)
    queue.remove(lambda _: True)
    queue.heard(line("before", author="ann"), 10.0, 110.0)
    a1 = line("a1", author="ann", created_at=110.0)
    assert queue.does(Stage.SAMPLING, 110.0)
    assert push(queue, a1) == [("a1", Reason.USER_SHARE)]


@pytest.mark.parametrize(("seconds", "left"), [(1.0, 3), (0.5, 5), (0.01, 5), (2.0, 3), (0.0, 3)])
def test_what_stays_while_sampling_follows_how_fast_it_is_said(seconds: float, left: int) -> None:
    # GIVEN that what was predicted as 1 s took so long, names and rate included
    queue = queue_of(60.0, fresh_seconds=3.0)
    for _ in range(20):
        queue.heard(line("before"), seconds, 90.0)
    flood(queue, 100.0, 110.0, 4)
    # WHEN it is sampled THEN what can be said in 3 s stays
    queue.pop(110.0)
    assert len(queue) == left - 1


def test_what_was_put_back_while_fresh_is_said_in_any_case() -> None:
    queue = queue_of(60.0, fresh_seconds=3.0)
    flood(queue, 100.0, 110.0, 4)
    queue.put_back(line("put back", created_at=109.0))
    next_one, given_up = queue.pop(110.0)
    assert next_one is not None
    assert next_one.id == "put back"
    assert given_up
    assert len(queue) == 3
