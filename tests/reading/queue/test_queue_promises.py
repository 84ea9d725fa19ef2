"""The queue's promises in simulated time, for whatever hypothesis thinks of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ishowtts_desktop.core.utterances import Lane, Reason, Utterance
from ishowtts_desktop.reading.queue.policy import PROTECTED, QueuePolicy
from ishowtts_desktop.reading.queue.queue import SpeechQueue
from tests.reading.queue.lines import gifts, line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ishowtts_desktop.reading.queue.queue import GivenUp

AUTHORS = st.sampled_from(["", "ann", "bob", "cid"])
KEYS = st.sampled_from(["", "", "gg", "lol"])
POLICIES = st.builds(
    QueuePolicy,
    max_seconds=st.sampled_from([6.0, 10.0, 20.0]),
    hold_seconds=st.sampled_from([0.0, 0.0, 1.5]),
    names_off=st.booleans(),
    faster=st.sampled_from([1.0, 1.15]),
    merge=st.booleans(),
    sample=st.booleans(),
    fresh_seconds=st.sampled_from([2.0, 5.0]),
    user_share=st.sampled_from([0.1, 0.5, 1.0]),
)


class QueueMachine(RuleBasedStateMachine):
    """Keeps account of every message beside the queue: what waits, what sounds, what is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.policy = QueuePolicy(max_seconds=10.0)
        self.queue = SpeechQueue(self.policy)
        self.now = 1000.0
        self.entered: list[str] = []
        self.waiting: dict[str, Utterance] = {}
        self.gone: Counter[str] = Counter()
        self.flying: list[Utterance] = []
        self.heard: list[tuple[float, str, float]] = []
        self.wrote: list[tuple[float, str, float]] = []
        self.ever_joint: set[str] = set()
        self.ever_crowd: set[str] = set()
        self.put_back: set[str] = set()

    # What may happen.

    @rule(
        seconds=st.floats(0.3, 8.0),
        lane=st.sampled_from([*Lane, Lane.NORMAL, Lane.NORMAL]),
        lives=st.none() | st.floats(0.1, 20.0),
        author=AUTHORS,
        key=KEYS,
        language=st.sampled_from(["en", "en", "zh"]),
    )
    def push(
        self,
        seconds: float,
        lane: Lane,
        lives: float | None,
        author: str,
        key: str,
        language: str,
    ) -> None:
        name = str(len(self.entered))
        expires_at = None if lives is None else self.now + lives
        self.enter(
            replace(
                line(name, seconds, lane, author=author, key=key, language=language),
                text=f"{key} {name}",
                created_at=self.now,
                expires_at=expires_at,
            )
        )

    @rule(author=st.sampled_from(["ann", "bob"]), number=st.integers(1, 50))
    def push_gifts(self, author: str, number: int) -> None:
        self.enter(gifts(str(len(self.entered)), author, number, created_at=self.now))

    @rule(authors=st.lists(AUTHORS, min_size=5, max_size=30), key=KEYS)
    def push_a_burst(self, authors: list[str], key: str) -> None:
        for author in authors:
            self.push(1.5, Lane.NORMAL, 30.0, author, key, "en")

    def enter(self, pushed: Utterance) -> None:
        self.entered.append(pushed.id)
        self.waiting[pushed.id] = pushed
        enough = self.has_enough(pushed)
        given_up = self.queue.push(pushed, self.now)
        if enough:
            assert (pushed, Reason.USER_SHARE) in given_up
        for gone, reason in given_up:
            assert gone.lane >= pushed.lane or reason in (Reason.EXPIRED, Reason.NEWER)
            assert reason is not Reason.NEWER or gone.author == pushed.author != ""
            assert reason is not Reason.USER_SHARE or gone is pushed
        self.give_up(given_up)
        self.wrote.append((self.now, pushed.author, pushed.seconds))

    @rule(seconds=st.floats(0.0, 10.0))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @precondition(lambda self: len(self.flying) < 2)
    @rule()
    def pop(self) -> None:
        next_one, given_up = self.queue.pop(self.now)
        self.give_up(given_up)
        due = [each for each in self.waiting.values() if self.is_due(each)]
        if next_one is None:
            assert not due
            return
        assert next_one.lane == min(each.lane for each in due)
        for member in next_one.all_members:
            assert self.is_due(member)
            self.leave(member)
        if next_one.speed != 1.0:
            assert next_one.speed == self.policy.faster
            assert next_one.lane is not Lane.STREAMER
        self.put_back -= set(ids([next_one]))
        self.flying.append(next_one)

    @precondition(lambda self: self.flying)
    @rule()
    def put_back_the_last(self) -> None:
        utterance = self.flying.pop()
        self.queue.put_back(utterance)
        first = next(each for each in self.queue.utterances if each.lane is utterance.lane)
        assert ids([first]) == ids([utterance])
        for member in utterance.all_members:
            self.gone[member.id] -= 1
            self.waiting[member.id] = member
        self.put_back |= set(ids([utterance]))

    @precondition(lambda self: self.flying)
    @rule(share=st.sampled_from([0.0, 0.5, 1.0]))
    def hear_the_first(self, share: float) -> None:
        utterance = self.flying.pop(0)
        seconds = share * utterance.seconds
        self.queue.heard(utterance, seconds, self.now)
        members = utterance.all_members
        self.heard += [(self.now, m.author, seconds / len(members)) for m in members]

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        unwanted = data.draw(st.sets(st.sampled_from(sorted(self.waiting)), max_size=5))
        removed = self.queue.remove(lambda each: each.id in unwanted)
        assert sorted(each.id for each in removed) == sorted(unwanted)
        for each in removed:
            self.leave(each)

    @rule()
    def expire(self) -> None:
        self.give_up(self.queue.expire(self.now))

    @rule(policy=POLICIES)
    def settings_change(self, policy: QueuePolicy) -> None:
        self.policy = policy
        self.queue.use(policy)
        self.expire()

    # The account.

    def leave(self, utterance: Utterance) -> None:
        known = self.waiting.pop(utterance.id)
        assert replace(known, seconds=0.0, speed=1.0) == replace(utterance, seconds=0.0, speed=1.0)
        self.gone[utterance.id] += 1

    def give_up(self, given_up: Iterable[GivenUp]) -> None:
        for utterance, reason in given_up:
            assert not utterance.members
            assert utterance.lane not in PROTECTED
            if reason is Reason.EXPIRED:
                assert utterance.expires_at is not None
                assert utterance.expires_at <= self.now
            if reason is Reason.SAMPLED:
                assert self.policy.sample
            self.leave(utterance)

    def is_due(self, utterance: Utterance) -> bool:
        waits = 0.0 if utterance.lane is Lane.STREAMER else self.policy.hold_seconds
        return utterance.created_at + waits <= self.now

    def has_enough(self, pushed: Utterance) -> bool:
        """Whether the author had the whole share already, while others waited who needed it."""
        if not pushed.author or pushed.lane not in (Lane.MENTION, Lane.NORMAL):
            return False
        others = [each for each in self.waiting.values() if each.author != pushed.author]
        if all((each.expires_at or self.now + 1.0) <= self.now for each in others):
            return False
        since = self.now - 60.0
        needed = sum(s for at, who, s in self.wrote if at > since and who != pushed.author)
        seconds = sum(s for at, who, s in self.heard if at > since and who == pushed.author)
        seconds += sum(each.seconds for each in self.flying if each.author == pushed.author)
        return seconds > max(self.policy.user_share * 60.0, 60.0 - needed) + 0.001

    # What always holds.

    @invariant()
    def every_message_is_in_one_place_only(self) -> None:
        found = ids(self.queue.utterances)
        assert sorted(found) == sorted(self.waiting)
        assert len(self.queue) == len(found)
        assert all(times <= 1 for times in self.gone.values())
        assert len(self.entered) == len(self.waiting) + sum(self.gone.values())
        oldest = min((each.created_at for each in self.waiting.values()), default=None)
        assert self.queue.oldest_at == oldest

    @invariant()
    def seconds_stay_within_the_bound_but_for_what_is_protected(self) -> None:
        places = self.queue.utterances
        assert abs(self.queue.seconds - sum(each.seconds for each in places)) < 1e-3
        bounded = [each for each in places if self.put_back.isdisjoint(ids([each]))]
        if any(each.lane not in PROTECTED for each in bounded):
            assert sum(each.seconds for each in bounded) <= self.policy.max_seconds + 1e-3

    @invariant()
    def order_inside_a_lane_is_kept(self) -> None:
        for each in self.queue.utterances:
            if each.members:
                self.ever_joint |= set(ids([each]))
                self.ever_crowd |= set(ids([each])) if not each.author else set()
        exempt = self.ever_joint | self.put_back
        alone = [
            (each.lane, int(each.id)) for each in self.queue.utterances if each.id not in exempt
        ]
        assert alone == sorted(alone)

    @invariant()
    def no_author_has_two_places(self) -> None:
        exempt = self.ever_crowd | self.put_back
        places = Counter(
            (each.lane, each.author)
            for each in self.queue.utterances
            if each.author and each.lane > Lane.PAID and exempt.isdisjoint(ids([each]))
        )
        assert all(times == 1 for times in places.values())

    @invariant()
    def the_stage_is_one_that_is_wanted(self) -> None:
        stage = self.queue.stage(self.now)
        assert self.policy.allows(stage)
        assert self.queue.does(stage, self.now)

    @invariant()
    def it_tells_when_the_next_is_due(self) -> None:
        next_at = self.queue.next_at(self.now)
        assert (next_at is None) == (not self.waiting)
        if next_at is not None:
            due = any(self.is_due(each) for each in self.waiting.values())
            assert (next_at == self.now) == due or next_at - self.now < 1e-6


def ids(utterances: Iterable[Utterance]) -> list[str]:
    return [member.id for each in utterances for member in each.all_members]


TestQueueMachine = QueueMachine.TestCase
