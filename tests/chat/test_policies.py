"""The small policies: back-off, ids seen, the JOIN rate, the bounded buffer."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.chat.backoff import Backoff
from ishowtts_desktop.chat.buffer import EventBuffer
from ishowtts_desktop.chat.dedupe import SeenIds
from ishowtts_desktop.chat.rate import RateLimit
from ishowtts_desktop.core.messages import (
    ChatEvent,
    ChatMessage,
    ConnectionState,
    Notice,
    Phase,
    Removal,
    RemovalScope,
    Role,
)


class Highest(random.Random):
    def uniform(self, a: float, b: float) -> float:
        return b


def test_delays_double_from_a_second_to_two_minutes_and_begin_again() -> None:
    backoff = Backoff(Highest())
    assert [backoff.next() for _ in range(9)] == [1, 2, 4, 8, 16, 32, 64, 120, 120]
    backoff.reset()
    assert backoff.next() == 1


@given(st.integers())
def test_delays_are_spread_between_nothing_and_the_ceiling(seed: int) -> None:
    backoff = Backoff(random.Random(seed))
    delays = [backoff.next() for _ in range(20)]
    ceilings = [min(120.0, 2.0**n) for n in range(20)]
    assert all(0 <= delay <= top for delay, top in zip(delays, ceilings, strict=True))
    assert len(set(delays)) > 10


def test_the_oldest_id_is_forgotten_unless_it_was_asked_for() -> None:
    seen = SeenIds(2)
    assert seen.add("a")
    assert seen.add("b")
    assert not seen.add("a")
    assert seen.add("c")
    assert not seen.add("a")
    assert seen.add("b")
    assert len(seen) == 2


@given(st.lists(st.integers(0, 9)))
def test_nothing_is_new_twice_while_it_is_remembered(ids: list[int]) -> None:
    seen = SeenIds(10)
    assert [id_ for id_ in ids if seen.add(str(id_))] == list(dict.fromkeys(ids))


def test_joins_wait_for_their_turn() -> None:
    async def join_often() -> list[float]:
        limit = RateLimit(3, 0.2)
        loop = asyncio.get_running_loop()
        times: list[float] = []

        async def join() -> None:
            await limit.wait()
            times.append(loop.time())

        await asyncio.gather(*(join() for _ in range(7)))
        return times

    times = asyncio.run(join_often())
    for earlier, later in zip(times, times[3:], strict=False):
        assert later - earlier > 0.19


def said(id_: str, author: str = "a", **more: object) -> ChatMessage:
    return ChatMessage(id_, "s", "c", author, author, author, "text", **more)  # type: ignore[arg-type]


def drained(buffer: EventBuffer) -> list[ChatEvent]:
    return [buffer.pop() for _ in range(len(buffer))]


def test_events_come_out_as_they_went_in() -> None:
    events = [
        ConnectionState("s", "c", Phase.CONNECTED),
        said("1"),
        said("2", bits=5),
        said("3", roles=frozenset({Role.MODERATOR})),
        Notice("4", "s", "c", "raid", ""),
        said("5"),
    ]
    buffer = EventBuffer(10)
    for event in events:
        assert buffer.put(event) is None
    assert drained(buffer) == events


def test_the_least_worth_is_forgotten_first() -> None:
    moderator = said("m", roles=frozenset({Role.MODERATOR}))
    notice, paid = Notice("n", "s", "c", "raid", ""), said("p", bits=1)
    first, second = said("1"), said("2")
    buffer = EventBuffer(5)
    for event in (paid, moderator, notice, first, second):
        assert buffer.put(event) is None
    forgotten = [buffer.put(said(f"p{n}", bits=1)) for n in range(5)]
    assert forgotten == [first, second, moderator, notice, None]


def test_a_new_normal_message_is_itself_forgotten_among_better_ones() -> None:
    buffer = EventBuffer(1)
    buffer.put(said("p", bits=1))
    late = said("late")
    assert buffer.put(late) == late


def test_of_two_equal_removals_the_later_one_counts() -> None:
    # It reaches further: what was written between the two is taken back as well.
    buffer = EventBuffer(10)
    earlier = Removal("s", "c", RemovalScope.AUTHOR, target_login="a", received_at=1.0)
    later = replace(earlier, received_at=2.0)
    buffer.remove(earlier)
    buffer.remove(later)
    assert drained(buffer) == [later]


@pytest.mark.parametrize(
    ("removal", "left"),
    [
        (Removal("s", "c", RemovalScope.MESSAGE, target_id="2"), ["1", "3"]),
        (Removal("s", "c", RemovalScope.AUTHOR, target_author_id="a"), ["3"]),
        (Removal("s", "c", RemovalScope.AUTHOR, target_login="b"), ["1", "2"]),
        (Removal("s", "c", RemovalScope.ALL), []),
        (Removal("s", "elsewhere", RemovalScope.ALL), ["1", "2", "3"]),
    ],
)
def test_a_removal_overtakes_and_takes_out_what_it_means(removal: Removal, left: list[str]) -> None:
    buffer = EventBuffer(10)
    for message in (said("1"), said("2", bits=1), said("3", "b")):
        buffer.put(message)
    removed = buffer.remove(removal)
    first, *rest = drained(buffer)
    assert first == removal
    assert [event.id for event in rest if isinstance(event, ChatMessage)] == left
    assert sorted([*left, *(message.id for message in removed)]) == ["1", "2", "3"]


def test_removals_that_say_the_same_wait_once() -> None:
    buffer = EventBuffer(10)
    one = Removal("s", "c", RemovalScope.MESSAGE, target_id="1")
    everything = Removal("s", "c", RemovalScope.ALL)
    for _ in range(1000):
        buffer.remove(one)
    assert len(buffer) == 1
    buffer.remove(everything)
    assert drained(buffer) == [everything]


kinds = st.sampled_from(
    ["normal", "paid", "moderator", "notice", "state", "remove", "clear", "pop"]
)


@given(st.lists(kinds, max_size=80), st.integers(1, 8))
def test_the_buffer_is_bounded_and_loses_nothing_that_counts(
    steps: list[str], capacity: int
) -> None:
    buffer = EventBuffer(capacity)
    put: list[ChatEvent] = []
    out: list[ChatEvent] = []
    gone: list[ChatEvent] = []
    moderator = frozenset({Role.MODERATOR})
    for number, step in enumerate(steps):
        id_ = str(number)
        made: ChatEvent | None = {
            "normal": said(id_),
            "paid": said(id_, bits=1),
            "moderator": said(id_, roles=moderator),
            "notice": Notice(id_, "s", "c", "raid", ""),
            "state": ConnectionState("s", "c", Phase.CONNECTED),
        }.get(step)
        if made is not None:
            put.append(made)
            forgotten = buffer.put(made)
            gone += [forgotten] if forgotten else []
        elif step == "remove" and put:
            target = put[number % len(put)]
            if isinstance(target, ChatMessage):
                gone += buffer.remove(Removal("s", "c", RemovalScope.MESSAGE, target_id=target.id))
                assert (
                    buffer.remove(Removal("s", "c", RemovalScope.MESSAGE, target_id=target.id))
                    == []
                )
        elif step == "clear":
            gone += buffer.remove(Removal("s", "c", RemovalScope.ALL))
        elif step == "pop" and len(buffer):
            out.append(buffer.pop())
        normal = sum(1 for lane in buffer._lanes[:3] for _ in lane)
        assert normal <= capacity
    out += drained(buffer)
    delivered = [event for event in out if not isinstance(event, Removal)]
    assert len(delivered) + len(gone) == len(put)
    assert all(
        not event.paid or any(isinstance(item, Removal) and item.matches(event) for item in out)
        for event in gone
        if isinstance(event, ChatMessage)
    )
