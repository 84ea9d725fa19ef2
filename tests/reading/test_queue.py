"""The queue's promises, by example and for whatever hypothesis thinks of."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ishowtts_desktop.core.utterances import Lane, Utterance
from ishowtts_desktop.reading.queue import PROTECTED, SpeechQueue

_HELLO = Utterance("", "hello", "en", 1.0, Lane.NORMAL, 0.0)


def utterance(name: str, seconds: float = 1.0, lane: Lane = Lane.NORMAL) -> Utterance:
    return replace(_HELLO, id=name, seconds=seconds, lane=lane)


def names(utterances: list[Utterance]) -> list[str]:
    return [each.id for each in utterances]


def popped(queue: SpeechQueue, now: float = 0.0) -> list[str]:
    found = []
    while (next_one := queue.pop(now).utterance) is not None:
        found.append(next_one.id)
    return found


def test_lanes_go_first_and_order_stays_inside_a_lane() -> None:
    queue = SpeechQueue(60.0)
    for lane in (Lane.NORMAL, Lane.PAID, Lane.STREAMER, Lane.MENTION, Lane.MODERATOR):
        queue.push(utterance(f"{lane.name} 1", lane=lane))
        queue.push(utterance(f"{lane.name} 2", lane=lane))
    waiting = names(list(queue.utterances))
    assert waiting == [f"{lane.name} {number}" for lane in sorted(Lane) for number in (1, 2)]
    assert popped(queue) == waiting
    assert (len(queue), queue.seconds) == (0, 0.0)


def test_the_oldest_of_the_lowest_lane_makes_room() -> None:
    queue = SpeechQueue(3.0)
    for name, lane in [("m", Lane.MODERATOR), ("n1", Lane.NORMAL), ("n2", Lane.NORMAL)]:
        assert queue.push(utterance(name, lane=lane)) == []
    assert names(queue.push(utterance("n3"))) == ["n1"]
    assert names(queue.push(utterance("big", 2.0, Lane.MENTION))) == ["n2", "n3"]
    assert popped(queue) == ["m", "big"]


def test_a_lower_lane_never_pushes_a_higher_one_out() -> None:
    queue = SpeechQueue(2.0)
    queue.push(utterance("m", 1.5, Lane.MODERATOR))
    queue.push(utterance("n", 0.5))
    assert names(queue.push(utterance("too long", 1.0))) == ["too long"]
    assert popped(queue) == ["m", "n"]


def test_paid_ones_evict_all_others_and_only_they_exceed_the_bound() -> None:
    queue = SpeechQueue(2.0)
    queue.push(utterance("n", 1.0))
    queue.push(utterance("m", 1.0, Lane.MODERATOR))
    assert names(queue.push(utterance("p1", 3.0, Lane.PAID))) == ["n", "m"]
    assert queue.push(utterance("p2", 3.0, Lane.PAID)) == []
    assert queue.push(utterance("own", 3.0, Lane.STREAMER)) == []
    assert names(queue.push(utterance("n2", 0.1))) == ["n2"]
    assert queue.seconds == 9.0
    assert popped(queue) == ["own", "p1", "p2"]


def test_what_went_stale_is_reported_and_not_said() -> None:
    queue = SpeechQueue(60.0)
    queue.push(replace(utterance("old"), expires_at=10.0))
    queue.push(replace(utterance("fresh"), expires_at=10.1))
    next_one, expired = queue.pop(10.0)
    assert next_one is not None
    assert (next_one.id, names(expired)) == ("fresh", ["old"])


def test_paid_and_own_lines_never_go_stale() -> None:
    queue = SpeechQueue(60.0)
    for lane in sorted(PROTECTED):
        queue.push(replace(utterance(lane.name, lane=lane), expires_at=1.0))
    assert queue.expire(100.0) == []
    assert popped(queue, 100.0) == ["STREAMER", "PAID"]


def test_remove_takes_out_of_every_lane() -> None:
    queue = SpeechQueue(60.0)
    for lane in sorted(Lane):
        queue.push(utterance(f"bad {lane}", lane=lane))
        queue.push(utterance(f"good {lane}", lane=lane))
    removed = queue.remove(lambda each: each.id.startswith("bad"))
    assert names(removed) == [f"bad {lane}" for lane in sorted(Lane)]
    assert queue.seconds == 5.0
    assert popped(queue) == [f"good {lane}" for lane in sorted(Lane)]


class QueueMachine(RuleBasedStateMachine):
    """Keeps a plain list beside the queue: what must still be in it, in order of arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.bound = 10.0
        self.queue = SpeechQueue(self.bound)
        self.waiting: list[Utterance] = []
        self.gone: set[str] = set()
        self.now = 0.0
        self.number = 0

    def leave(self, utterances: list[Utterance]) -> None:
        for each in utterances:
            assert each.id not in self.gone
            self.gone.add(each.id)
            self.waiting.remove(each)

    @rule(
        seconds=st.floats(0.0, 12.0),
        lane=st.sampled_from(Lane),
        lives=st.none() | st.floats(0.1, 20.0),
    )
    def push(self, seconds: float, lane: Lane, lives: float | None) -> None:
        self.number += 1
        expires_at = None if lives is None else self.now + lives
        pushed = replace(utterance(str(self.number), seconds, lane), expires_at=expires_at)
        self.waiting.append(pushed)
        evicted = self.queue.push(pushed)
        assert PROTECTED.isdisjoint(each.lane for each in evicted)
        assert all(each.lane >= lane for each in evicted)
        self.leave(evicted)

    @rule(seconds=st.floats(0.0, 10.0))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def pop(self) -> None:
        next_one, expired = self.queue.pop(self.now)
        assert PROTECTED.isdisjoint(each.lane for each in expired)
        assert all(each.expires_at is not None for each in expired)
        self.leave(expired)
        if next_one is None:
            assert not self.waiting
        else:
            lane = min(each.lane for each in self.waiting)
            assert next_one is next(each for each in self.waiting if each.lane is lane)
            self.leave([next_one])

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        unwanted = data.draw(st.sampled_from(self.waiting))
        assert self.queue.remove(lambda each: each.id == unwanted.id) == [unwanted]
        self.leave([unwanted])

    @invariant()
    def holds_what_it_should_in_order(self) -> None:
        assert list(self.queue.utterances) == sorted(self.waiting, key=lambda each: each.lane)
        assert len(self.queue) == len(self.waiting)

    @invariant()
    def never_exceeds_its_bound_but_for_protected_lanes(self) -> None:
        assert abs(self.queue.seconds - sum(each.seconds for each in self.waiting)) < 1e-3
        if any(each.lane not in PROTECTED for each in self.waiting):
            assert self.queue.seconds <= self.bound


TestQueueMachine = QueueMachine.TestCase
