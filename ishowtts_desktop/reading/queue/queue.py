"""The queue of what waits to be said, bounded by seconds of speech instead of messages.

Chat is worth hearing while it is fresh, so when there is more than fits, something goes: see
docs/queue.md for what and why. Pure: no clock, no lock, no thread; ``now`` is seconds of
`Clock.now`, and never less than in an earlier call.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from ishowtts_desktop.core.utterances import Lane, Reason, Stage
from ishowtts_desktop.reading.queue.crowds import combo_of, crowd_of, gather, joins, own_place
from ishowtts_desktop.reading.queue.fairness import Fairness
from ishowtts_desktop.reading.queue.lanes import Lanes
from ishowtts_desktop.reading.queue.load import OfferedLoad, Pace
from ishowtts_desktop.reading.queue.place import Place, microseconds, restored
from ishowtts_desktop.reading.queue.policy import PROTECTED, SAMPLED, UNPROTECTED
from ishowtts_desktop.reading.queue.room import victims
from ishowtts_desktop.reading.queue.skipped import Skipped
from ishowtts_desktop.reading.queue.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.queue.policy import QueuePolicy

# Of the share that a user may have while chat can be followed.
_SAMPLING_SHARE: Final = 1 / 3
# What somebody would have heard otherwise. Who wrote something newer, or had enough, isn't missed.
_MISSED: Final = frozenset((Reason.QUEUE_FULL, Reason.SAMPLED, Reason.EXPIRED))


class GivenUp(NamedTuple):
    """A single utterance that won't be said, and why."""

    utterance: Utterance
    reason: Reason


class Popped(NamedTuple):
    """The next utterance, if any, and what was given up before it."""

    utterance: Utterance | None
    given_up: list[GivenUp]


class SpeechQueue:
    """Utterances by lane, in order of arrival inside a lane.

    What is in the lanes of the streamer and of paid messages is never evicted and never expires.
    When those alone are longer than the bound, it is exceeded by them alone: nothing else waits
    then but what was put back.
    """

    def __init__(self, policy: QueuePolicy) -> None:
        self._policy = policy
        self._lanes = Lanes()
        self._load = OfferedLoad()
        self._fairness = Fairness()
        self._pace = Pace()
        self._stages = Stages()
        self._skipped = Skipped()
        self._merging = False
        self._unwanted: Callable[[Sequence[Utterance]], bool] = lambda _: False

    def mind(self, unwanted: Callable[[Sequence[Utterance]], bool]) -> None:
        """Join nothing of one author that is ``unwanted`` when it is said together."""
        self._unwanted = unwanted

    def use(self, policy: QueuePolicy) -> None:
        """Go by ``policy`` from now on; what doesn't fit any more goes with the next call."""
        self._policy = policy

    # What waits.

    def __len__(self) -> int:
        """Return how many messages wait; a joint utterance counts for all its members."""
        return sum(len(place.members) for place in self._lanes)

    @property
    def seconds(self) -> float:
        """Predicted seconds of all that waits, at the chosen rate."""
        return self._lanes.length / 1e6

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """All that waits, in the order in which it would be said; joint ones as one."""
        return tuple(place.composed() for place in self._lanes)

    @property
    def oldest_at(self) -> float | None:
        """When the oldest message that waits came, in seconds of `Clock.now`."""
        return min((place.members[0].created_at for place in self._lanes), default=None)

    def next_at(self, now: float) -> float | None:
        """Return when the next may be said, ``now`` or later; None when nothing waits."""
        first = min(map(self._due_at, self._lanes), default=None)
        return None if first is None else max(now, first)

    def overtakes(self, lane: Lane, now: float) -> bool:
        """Tell whether something before ``lane`` is due, or is protected though it is held."""
        return any(
            place.lane in PROTECTED or self._due_at(place) <= now
            for place in self._lanes
            if place.lane < lane
        )

    def paid_at(self, now: float) -> float | None:
        """Return when something protected is due that is held now, while others would go first."""
        first = self._first_due(now)
        held = [self._due_at(p) for p in self._lanes if p.lane in PROTECTED]
        return min(held) if held and first and first.lane not in PROTECTED else None

    # What comes, and what goes.

    def push(self, utterance: Utterance, now: float) -> list[GivenUp]:
        """Let ``utterance`` wait; return what had to go, which may be itself.

        It may become a member of a joint utterance. Only its lane and lower ones make room; what
        can't fit even so is given up and moves nothing.
        """
        given_up = self.expire(now)
        self._look(now)
        self._fairness.wrote(utterance, now)
        joint = combo_of(self._lanes, utterance)
        if joint is None and self._policy.merge:
            joint = crowd_of(self._lanes, utterance, new=self._does(Stage.MERGING))
        own = None if joint else own_place(self._lanes, utterance)
        crowded = self._stages.reached >= Stage.MERGING
        if own and joins(own, utterance, crowded=crowded):
            together = [*own.members, utterance]
            joint, own = (None, own) if self._unwanted(together) else (own, None)
        if self._has_enough(utterance, own, now):
            return [*given_up, *self._give_up([utterance], Reason.USER_SHARE, now)]
        if joint:
            return given_up + self._join(joint, utterance, now)
        return given_up + self._append(Place([utterance]), own, now)

    def pop(self, now: float) -> Popped:
        """Take out the next one to say, composed and at its speed, after all that is stale."""
        given_up = self.expire(now)
        self._look(now)
        if self._does(Stage.SAMPLING):
            for lane in sorted(SAMPLED):
                given_up += self._sample(lane, now)
        first = self._first_due(now)
        return Popped(self._taken(first, now) if first else None, given_up)

    def put_back(self, utterance: Utterance) -> None:
        """Let wait again, before all others of its lane, what was popped and not yet heard.

        Until it is popped again it is beyond the bound, and makes no room for others.
        """
        self._fairness.put_back(utterance)
        self._lanes.put_first(restored(utterance))

    def expire(self, now: float) -> list[GivenUp]:
        """Take out what is stale at ``now``."""
        stale = self._lanes.expired(now, UNPROTECTED)
        given_up = self._give_up(stale, Reason.EXPIRED, now)
        excess = self._lanes.bounded - self._bound
        return given_up + self._evict(self._victims(excess, Lane.MODERATOR, now), now)

    def remove(self, unwanted: Callable[[Utterance], bool]) -> list[Utterance]:
        """Take out all single messages that are ``unwanted``; return them in their order.

        A joint utterance goes on for those that are left.
        """
        gone: list[Utterance] = []
        for place in list(self._lanes):
            gone += self._lanes.leave(place, unwanted)
        return gone

    def revise(self, change: Callable[[Utterance], Utterance]) -> list[Utterance]:
        """Put what ``change`` makes of each single message in its place; return what is new."""
        return [new for place in list(self._lanes) for new in self._lanes.revise(place, change)]

    # What was heard, and what the load is.

    def heard(self, utterance: Utterance, seconds: float, now: float) -> None:
        """Count ``seconds`` that were heard of what was popped for the shares of its authors."""
        self._pace.heard(utterance.seconds * utterance.speed, seconds)
        self._fairness.heard(utterance, seconds, now)

    def unheard(self, utterance: Utterance) -> None:
        """Tell that nothing was heard of what was popped."""
        self._fairness.put_back(utterance)

    def stage(self, now: float) -> Stage:
        """Return how far the reading gives way, of the stages that the policy allows."""
        self._look(now)
        return self._stages.wanted(self._policy)

    def does(self, stage: Stage, now: float) -> bool:
        """Tell whether what ``stage`` does is due: reached, and allowed by the policy."""
        self._look(now)
        return self._does(stage)

    def skipped(self, now: float) -> int:
        """Return how many skipped messages to mention now, 0 for none; at most once a minute."""
        return self._skipped.due(now) if self._policy.say_skipped else 0

    def told_skipped(self, now: float) -> None:
        """Tell that they were mentioned."""
        self._skipped.told(now)

    # All below is how.

    @property
    def _bound(self) -> int:
        return microseconds(self._policy.max_seconds)

    def _look(self, now: float) -> None:
        offered, sustained = self._load.offered(now), self._load.sustained(now)
        self._stages.update(self._lanes.length / self._bound, offered, sustained)
        if self._does(Stage.MERGING) and not self._merging:
            gather(self._lanes)
            self._stages.update(self._lanes.length / self._bound, offered, sustained)
        self._merging = self._does(Stage.MERGING)

    def _does(self, stage: Stage) -> bool:
        return self._stages.reached >= stage and self._policy.allows(stage)

    def _ready_at(self, utterance: Utterance) -> float:
        if utterance.lane is Lane.STREAMER or not self._policy.hold_seconds:
            return -math.inf
        return utterance.created_at + self._policy.hold_seconds

    def _due_at(self, place: Place) -> float:
        return min(map(self._ready_at, place.members))

    def _first_due(self, now: float) -> Place | None:
        return next((place for place in self._lanes if self._due_at(place) <= now), None)

    def _taken(self, place: Place, now: float) -> Utterance:
        due = self._lanes.leave(place, lambda member: self._ready_at(member) <= now)
        popped = Place(due, crowd=place.crowd)
        utterance = popped.composed(self._speed(popped.lane))
        self._fairness.popped(utterance)
        return utterance

    def _speed(self, lane: Lane) -> float:
        faster = lane is not Lane.STREAMER and self._does(Stage.FASTER)
        return self._policy.faster if faster else 1.0

    def _has_enough(self, utterance: Utterance, replaced: Place | None, now: float) -> bool:
        sampling = self._does(Stage.SAMPLING)
        share = self._policy.user_share * (_SAMPLING_SHARE if sampling else 1.0)
        theirs = [place for place in self._lanes if place.author == utterance.author]
        waiting = sum(p.length for p in theirs if p is not replaced and p.lane not in PROTECTED)
        alone = len(theirs) == sum(1 for _ in self._lanes)
        return self._fairness.too_much(
            utterance, waiting, share, now, alone=alone, sampling=sampling
        )

    def _join(self, place: Place, utterance: Utterance, now: float) -> list[GivenUp]:
        before, crowd = place.length, place.crowd
        if place.lane not in PROTECTED:
            others = not utterance.author or place.author != utterance.author
            self._lanes.turn(place, crowd=crowd or others)
        self._lanes.grow(place, utterance)
        self._load.add(max(0, place.length - before), now)
        needed = self._lanes.bounded - self._bound
        going = self._victims(needed, place.lane, now, but=place)
        if place.lane in PROTECTED or sum(each.length for each in going) >= needed:
            return self._evict(going, now)
        self._lanes.leave(place, lambda member: member is utterance)
        self._lanes.turn(place, crowd=crowd)
        return self._give_up([utterance], self._eviction, now)

    def _append(self, place: Place, own: Place | None, now: float) -> list[GivenUp]:
        """Append ``place``; ``own`` is what its author says no more then."""
        freed = own.length if own else 0
        self._load.add(max(0, place.length - freed), now)
        needed = self._lanes.bounded + place.length - freed - self._bound
        if needed > 0:
            self._stages.full(self._load.sustained(now))
        going = self._victims(needed, place.lane, now, but=own, new=place)
        if place.lane not in PROTECTED and (
            place in going or sum(each.length for each in going) < needed
        ):
            return self._give_up(place.members, self._eviction, now)
        given_up = self._evict(going, now)
        if own:
            given_up += self._drop(own, Reason.NEWER, now)
        self._lanes.append(place)
        return given_up

    def _victims(
        self,
        needed: int,
        highest: Lane,
        now: float,
        *,
        but: Place | None = None,
        new: Place | None = None,
    ) -> list[Place]:
        rank = self._fairness.dispensable if self._policy.sample else None
        return victims(self._lanes, needed, highest, now, rank=rank, but=but, new=new)

    def _sample(self, lane: Lane, now: float) -> list[GivenUp]:
        """Keep of what is due in ``lane`` only as much as can be said while it is fresh.

        Those stay who weren't heard lately, then what many say, then what is newest.
        """
        since = now - self._policy.fresh_seconds
        due = [p for p in self._lanes.of(lane) if self._ready_at(p.members[0]) <= now]
        given_up: list[GivenUp] = []
        fresh = [place for place in due if place.newest_at >= since]
        if fresh:
            for place in due:
                stale = self._lanes.leave(place, lambda member: member.created_at < since)
                given_up += self._give_up(stale, Reason.SAMPLED, now)
            due = fresh
        due = [place for place in due if not place.put_back]
        due.sort(key=lambda place: self._fairness.dispensable(place, now))
        excess = sum(place.length for place in due)
        excess -= microseconds(self._policy.fresh_seconds * self._pace.factor)
        for place in due[:-1]:
            if excess > 0:
                excess -= place.length
                given_up += self._drop(place, Reason.SAMPLED, now)
        return given_up

    @property
    def _eviction(self) -> Reason:
        return Reason.SAMPLED if self._does(Stage.SAMPLING) else Reason.QUEUE_FULL

    def _evict(self, places: Iterable[Place], now: float) -> list[GivenUp]:
        reason = self._eviction
        return [gone for place in places for gone in self._drop(place, reason, now)]

    def _drop(self, place: Place, reason: Reason, now: float) -> list[GivenUp]:
        self._lanes.take(place)
        return self._give_up(place.members, reason, now)

    def _give_up(
        self, utterances: Iterable[Utterance], reason: Reason, now: float
    ) -> list[GivenUp]:
        given_up = [GivenUp(utterance, reason) for utterance in utterances]
        if reason in _MISSED:
            self._skipped.add(sum(gone.utterance.lane is Lane.NORMAL for gone in given_up), now)
        return given_up
