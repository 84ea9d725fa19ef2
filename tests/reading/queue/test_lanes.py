"""Lanes, the bound in seconds, going stale, removals, holding and putting back."""

from __future__ import annotations

from dataclasses import replace

from ishowtts_desktop.core.reading_config import LoadConfig, ReadingConfig
from ishowtts_desktop.core.utterances import Lane, Reason
from ishowtts_desktop.reading.queue.policy import PROTECTED, QueuePolicy
from tests.reading.queue.lines import line, names, popped, push, queue_of, told

FULL = Reason.QUEUE_FULL


def test_lanes_go_first_and_order_stays_inside_a_lane() -> None:
    queue = queue_of()
    for lane in (Lane.NORMAL, Lane.PAID, Lane.STREAMER, Lane.MENTION, Lane.MODERATOR):
        push(queue, line(f"{lane.name} 1", lane=lane), line(f"{lane.name} 2", lane=lane))
    waiting = names(queue.utterances)
    assert waiting == [f"{lane.name} {number}" for lane in sorted(Lane) for number in (1, 2)]
    assert names(popped(queue)) == waiting
    assert (len(queue), queue.seconds, queue.oldest_at) == (0, 0.0, None)


def test_the_oldest_of_the_lowest_lane_makes_room() -> None:
    queue = queue_of(3.0)
    assert push(queue, line("m", lane=Lane.MODERATOR), line("n1"), line("n2")) == []
    assert push(queue, line("n3")) == [("n1", FULL)]
    assert push(queue, line("big", 2.0, Lane.MENTION)) == [("n2", FULL), ("n3", FULL)]
    assert names(popped(queue)) == ["m", "big"]


def test_a_lower_lane_never_pushes_a_higher_one_out() -> None:
    queue = queue_of(2.0)
    push(queue, line("m", 1.5, Lane.MODERATOR), line("n", 0.5))
    assert push(queue, line("too long", 1.0)) == [("too long", FULL)]
    assert names(popped(queue)) == ["m", "n"]


def test_paid_ones_evict_all_others_and_only_they_exceed_the_bound() -> None:
    queue = queue_of(2.0)
    push(queue, line("n", 1.0), line("m", 1.0, Lane.MODERATOR))
    assert push(queue, line("p1", 3.0, Lane.PAID)) == [("n", FULL), ("m", FULL)]
    assert push(queue, line("p2", 3.0, Lane.PAID), line("own", 3.0, Lane.STREAMER)) == []
    assert push(queue, line("n2", 0.1)) == [("n2", FULL)]
    assert queue.seconds == 9.0
    assert names(popped(queue)) == ["own", "p1", "p2"]


def test_what_went_stale_is_told_and_not_said() -> None:
    queue = queue_of()
    push(queue, line("old", expires_at=10.0), line("fresh", expires_at=10.1))
    next_one, given_up = queue.pop(10.0)
    assert next_one is not None
    assert (next_one.id, told(given_up)) == ("fresh", [("old", Reason.EXPIRED)])


def test_what_goes_stale_makes_room_first() -> None:
    queue = queue_of(2.0)
    push(queue, line("n1"), line("n2", expires_at=5.0))
    assert push(queue, line("n3", created_at=5.0)) == [("n2", Reason.EXPIRED)]


def test_paid_and_own_lines_never_go_stale() -> None:
    queue = queue_of()
    for lane in sorted(PROTECTED):
        push(queue, line(lane.name, lane=lane, expires_at=1.0))
    assert queue.expire(100.0) == []
    assert names(popped(queue, 100.0)) == ["STREAMER", "PAID"]


def test_remove_takes_out_of_every_lane() -> None:
    queue = queue_of()
    for lane in sorted(Lane):
        push(queue, line(f"bad {lane}", lane=lane), line(f"good {lane}", lane=lane))
    removed = queue.remove(lambda each: each.id.startswith("bad"))
    assert names(removed) == [f"bad {lane}" for lane in sorted(Lane)]
    assert queue.seconds == 5.0
    assert names(popped(queue)) == [f"good {lane}" for lane in sorted(Lane)]


def test_a_smaller_bound_holds_from_the_next_call_on() -> None:
    queue = queue_of(10.0)
    push(queue, *(line(f"n{number}", 2.0) for number in range(5)))
    queue.use(QueuePolicy(max_seconds=5.0))
    assert told(queue.expire(0.0)) == [("n0", FULL), ("n1", FULL), ("n2", FULL)]


def test_what_is_put_back_is_said_first_and_makes_no_room() -> None:
    # GIVEN a full queue, whose next one was taken and put back meanwhile
    queue = queue_of(3.0, names_off=False, faster=1.0, merge=False)
    push(queue, line("n1"), line("n2"), line("n3"))
    taken = queue.pop(0.0).utterance
    assert taken is not None
    push(queue, line("n4"))
    queue.put_back(taken)
    # WHEN more comes THEN others make room for it
    assert queue.seconds == 4.0
    assert push(queue, line("n5")) == [("n2", FULL)]
    assert names(popped(queue)) == ["n1", "n3", "n4", "n5"]


def test_what_is_put_back_is_as_it_was_at_its_own_rate() -> None:
    queue = queue_of(4.0)
    push(queue, line("n1", 2.3), line("n2", 0.7))
    taken = queue.pop(0.0).utterance
    assert taken is not None
    assert (taken.speed, taken.seconds) == (1.15, 2.0)
    queue.put_back(taken)
    assert queue.utterances[0] == line("n1", 2.3)


def test_messages_are_held_until_moderators_had_their_time() -> None:
    queue = queue_of(hold_seconds=2.0)
    push(queue, line("own", lane=Lane.STREAMER, created_at=10.0))
    push(queue, line("n", created_at=10.0), line("p", lane=Lane.PAID, created_at=11.0))
    assert names(popped(queue, 11.9)) == ["own"]
    assert queue.next_at(11.9) == 12.0
    # One that is due doesn't wait for a higher lane that isn't.
    assert names(popped(queue, 12.0)) == ["n"]
    assert queue.next_at(12.0) == 13.0
    assert names(popped(queue, 13.0)) == ["p"]
    assert queue.next_at(13.0) is None


def test_of_a_joint_place_only_what_is_due_is_said() -> None:
    queue = queue_of(hold_seconds=2.0)
    push(queue, line("a1", author="ann", text="Hello", created_at=10.0))
    push(queue, line("a2", author="ann", text="how are you", created_at=11.5))
    assert [each.text for each in popped(queue, 12.0)] == ["Hello"]
    assert [each.text for each in popped(queue, 13.5)] == ["how are you"]


def test_the_policy_is_what_the_configuration_says() -> None:
    load = LoadConfig(faster=1.3, merge=False, user_share=0.25, fresh_seconds=9.0)
    policy = QueuePolicy.of(ReadingConfig(queue_seconds=20.0, hold_seconds=1.0), load)
    assert replace(policy, names_off=False) == QueuePolicy(
        20.0, 1.0, False, 1.3, False, True, True, 9.0, 0.25
    )
