"""The jobs on their way through engine and output: two at most, the second waiting for the first.

While one sounds, the next is made, so that no silence lies between them. Only the first counts as
begun; the second may be put back into the queue as if it had never left.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ishowtts_desktop.core.cancel import CancelToken

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.utterances import Segment, Utterance
    from ishowtts_desktop.reading.introductions import Named

MOST_JOBS = 2
# One of them comes again at most: what was put back is at the front of its lane.
_RETURNED_KEPT = 100


@dataclass(frozen=True, eq=False)
class Job:
    """One utterance on its way through the engine, and the token that stops it.

    ``segments`` are said in their order, each in its voice ("" is the chosen one); ``gap`` is
    seconds of silence after it. ``tag`` names its sound at the output: an utterance that was put
    back has another one when it is taken again.
    """

    utterance: Utterance
    segments: tuple[Segment, ...]
    gap: float
    tag: str
    cancel: CancelToken = field(default_factory=CancelToken)


class Leg(NamedTuple):
    """A job with what it takes to undo its taking."""

    job: Job
    popped: Utterance
    named: Named


class Flight:
    """The jobs that were taken and not yet reported. Not thread-safe.

    ``stop_sound`` is asked to fade a job's sound out, by its tag.
    """

    def __init__(self, stop_sound: Callable[[str], None]) -> None:
        self._stop_sound = stop_sound
        self._legs: list[Leg] = []
        self._parted: list[tuple[Leg, tuple[Utterance, ...]]] = []
        self._stopped: list[Leg] = []
        self._returned: deque[str] = deque(maxlen=_RETURNED_KEPT)
        self._returns = 0

    @property
    def first(self) -> Leg | None:
        """What is being said."""
        return self._legs[0] if self._legs else None

    @property
    def second(self) -> Leg | None:
        """What is being made meanwhile, and counts as waiting."""
        return self._legs[1] if len(self._legs) > 1 else None

    @property
    def full(self) -> bool:
        """Whether no more may be taken."""
        return len(self._legs) >= MOST_JOBS

    def tag_for(self, utterance: Utterance) -> str:
        """Return what the sound of ``utterance`` is called this time."""
        if utterance.id in self._returned:
            return f"{utterance.id} ({self._returns})"
        return utterance.id

    def add(self, leg: Leg) -> None:
        """Take note of a new job."""
        self._legs.append(leg)

    def find(self, job: Job) -> Leg | None:
        """Return the leg of ``job``, or None when it was stopped before."""
        return next((leg for leg in self._legs if leg.job is job), None)

    def end(self, leg: Leg) -> None:
        """Forget a job that was reported."""
        self._legs.remove(leg)

    @property
    def parted(self) -> int:
        """How many members wait to be told whether they were heard: see `part`."""
        return sum(len(rest) for _, rest in self._parted)

    def part(self, leg: Leg, rest: tuple[Utterance, ...]) -> None:
        """Stop a joint job for some of its members; the report tells what becomes of the ``rest``.

        If nothing of it was heard they wait again; else they were said as far as they can be.
        """
        self.stop(leg, returns=True)
        self._parted.append((leg, rest))

    def end_stopped(self, job: Job) -> Leg | None:
        """Forget a stopped job that was reported; return its leg, once."""
        leg = next((leg for leg in self._stopped if leg.job is job), None)
        if leg is not None:
            self._stopped.remove(leg)
        return leg

    def rest_of(self, job: Job) -> tuple[Leg, tuple[Utterance, ...]] | None:
        """Return what `part` left of ``job``, once."""
        for entry in self._parted:
            if entry[0].job is job:
                self._parted.remove(entry)
                return entry
        return None

    def take_parted(self, unwanted: Callable[[Utterance], bool]) -> list[tuple[Leg, Utterance]]:
        """Take out the ``unwanted`` members of what was parted."""
        out = [(leg, each) for leg, rest in self._parted for each in rest if unwanted(each)]
        kept = [(leg, tuple(e for e in rest if not unwanted(e))) for leg, rest in self._parted]
        self._parted = [(leg, rest) for leg, rest in kept if rest]
        return out

    def stop(self, leg: Leg, *, returns: bool = False) -> None:
        """Cancel a job and its sound; ``returns``: its utterance may be taken again.

        One that doesn't return is remembered until its report: see `end_stopped`.
        """
        self._legs.remove(leg)
        if not returns:
            self._stopped.append(leg)
        if returns:
            self._returned.append(leg.popped.id)
            self._returns += 1
        leg.job.cancel.cancel()
        self._stop_sound(leg.job.tag)
