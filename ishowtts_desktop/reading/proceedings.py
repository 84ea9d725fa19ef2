"""What waits and what is under way, and the outcome of each: the conductor's books and hands.

Every change of place of an utterance is made here: from the queue into a job, back again, out of
either. All of it is called under the conductor's lock.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Lane, Reason, Stage
from ishowtts_desktop.reading.ledger import text_of
from ishowtts_desktop.reading.outbox import ReaderState
from ishowtts_desktop.reading.queue import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ishowtts_desktop.audio.output import Played
    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.delivery import Delivery
    from ishowtts_desktop.reading.flight import Flight, Job, Leg
    from ishowtts_desktop.reading.intake import Intake
    from ishowtts_desktop.reading.judgement import Judgement
    from ishowtts_desktop.reading.ledger import Ledger, Source
    from ishowtts_desktop.reading.queue.queue import GivenUp, SpeechQueue


class Proceedings:
    """Moves utterances between queue and flight, and tells the ledger. Not thread-safe.

    All times are seconds of `Clock.now`.
    """

    def __init__(
        self, queue: SpeechQueue, flight: Flight, ledger: Ledger, intake: Intake, delivery: Delivery
    ) -> None:
        self._queue = queue
        self._flight = flight
        self._ledger = ledger
        self._intake = intake
        self._delivery = delivery

    @property
    def speaking(self) -> Utterance | None:
        """What is being said, as it is said."""
        return self._flight.first.job.utterance if self._flight.first else None

    @property
    def queued(self) -> int:
        """How many messages wait. What is made while another one sounds waits, too."""
        second = self._flight.second
        made = len(second.popped.all_members) if second else 0
        return len(self._queue) + made + self._flight.parted

    @property
    def seconds_queued(self) -> float:
        """Predicted seconds of all that waits."""
        second = self._flight.second
        return self._queue.seconds + (second.popped.seconds if second else 0.0)

    @property
    def oldest_at(self) -> float | None:
        """When what waits longest arrived, None when nothing waits."""
        second = self._flight.second
        waiting = (self._queue.oldest_at, second.popped.created_at if second else None)
        return min((at for at in waiting if at is not None), default=None)

    def state(
        self, now: float, *, reading: bool, paused: bool, held: bool, panicked: bool
    ) -> ReaderState:
        """Return what the reader does at ``now``, the conductor's own switches with it."""
        return ReaderState(
            reading=reading,
            paused=paused,
            speaking=self.speaking,
            queued=self.queued,
            seconds_queued=self.seconds_queued,
            held=held,
            panicked=panicked,
            stage=self._queue.stage(now),
            oldest_at=self.oldest_at,
        )

    def held_up_until(self, now: float) -> float | None:
        """Return until when nothing is made ahead, so that what is paid is overtaken once only."""
        return self._queue.paid_at(now) if self._flight.first is not None else None

    def due_at(self, now: float) -> float | None:
        """Return when the next may be taken, None when nothing waits."""
        return self.held_up_until(now) or self._queue.next_at(now)

    def enter(
        self, name: str, source: Source, lane: Lane, made: Utterance | Reason, now: float
    ) -> None:
        """Let what was ``made`` of ``source`` wait as ``name``, or tell why it doesn't."""
        if isinstance(made, Reason):
            self._ledger.turned_away(name, source, lane, made)
            return
        utterance = replace(made, id=name)
        self._ledger.queued(utterance, text_of(source))
        given_up = self._queue.push(utterance, now)
        second = self._flight.second
        if second and self._queue.overtakes(second.popped.lane, now):
            self.return_second()
        self._tell_given_up(given_up)

    def take(self, now: float) -> Job | None:
        """Begin the next job, if anything is due."""
        names = not self._queue.does(Stage.NAMES_OFF, now)
        crowded = self._queue.does(Stage.SAMPLING, now)
        self._push_summary(now)
        utterance, given_up = self._queue.pop(now)
        self._tell_given_up(given_up)
        if utterance is None:
            return None
        tag = self._flight.tag_for(utterance)
        leg = self._delivery.leg(utterance, tag, now, names=names, crowded=crowded)
        self._flight.add(leg)
        if leg is self._flight.first:
            self._tell_speaking(leg)
        return leg.job

    def end(self, job: Job, played: Played | None, now: float, *, failed: bool) -> None:
        """Tell what became of ``job``: what was ``played`` of it, or that the engine ``failed``."""
        leg = self._flight.find(job)
        if leg is None:
            self._end_stopped(job, played, now)
            return
        begun = leg is self._flight.first
        self._flight.end(leg)
        spoken = job.utterance.text
        for each in leg.popped.all_members:
            if failed:
                self._ledger.dropped(each, Reason.ENGINE_FAILED, spoken)
            elif played is None or played.started_at is None:
                self._ledger.dropped(each, Reason.NOTHING_TO_SAY, spoken)
            elif not played.complete:
                # Nobody here stopped it, so the output was closed under it.
                self._ledger.dropped(each, Reason.SHUTDOWN, spoken)
            else:
                if not begun:
                    self._ledger.speaking(each, spoken)
                self._ledger.spoken(each, spoken, played)
        self._count(leg, played, now)
        if begun:
            self._promote()

    def skip(self) -> None:
        """Stop what is being said."""
        first = self._flight.first
        if first is not None:
            self._end_first(first, Reason.SKIPPED)

    def judge(self, judgement: Judgement) -> None:
        """Let changed settings hold for all that waits and sounds."""
        # Its name is put on anew when it is taken again.
        self.return_second()
        for each in self._queue.revise(judgement.revised):
            self._ledger.rewritten(each)
        first = self._flight.first
        reason = judgement.unsaid(first.job.utterance) if first else None
        self.drop(judgement.forbidden)
        if first and reason and first is self._flight.first:
            self._end_first(first, reason)

    def clear(self) -> None:
        """Drop all that waits."""
        self.return_second()
        for _, each in self._flight.take_parted(lambda _: True):
            self._ledger.dropped(each, Reason.CLEARED)
        for each in self._queue.remove(lambda _: True):
            self._ledger.dropped(each, Reason.CLEARED)

    def drop(self, verdict: Callable[[Utterance], Reason | None]) -> None:
        """Drop every single utterance that ``verdict`` has a reason against, begun or not."""
        self._take_out(verdict, self._ledger.dropped)

    def remove(self, verdict: Callable[[Utterance], Reason | None]) -> None:
        """Do the same for what a moderator took back."""
        self._take_out(verdict, self._ledger.removed)

    def return_second(self) -> None:
        """Put back what is made while another one sounds, as if it had never left the queue."""
        second = self._flight.second
        if second is not None:
            self._flight.stop(second, returns=True)
            self._delivery.undo(second)
            self._queue.put_back(second.popped)

    def expire(self, now: float) -> None:
        """Drop what waited for too long."""
        self._tell_given_up(self._queue.expire(now))

    def _tell_given_up(self, given_up: Iterable[GivenUp]) -> None:
        for utterance, reason in given_up:
            self._ledger.dropped(utterance, reason)

    def _take_out(
        self,
        verdict: Callable[[Utterance], Reason | None],
        tell: Callable[[Utterance, Reason, str | None], None],
    ) -> None:
        reasons: dict[str, Reason] = {}

        def unwanted(utterance: Utterance) -> bool:
            reason = verdict(utterance)
            if reason is not None:
                reasons[utterance.id] = reason
            return reason is not None

        first, second = self._flight.first, self._flight.second
        if second and any(unwanted(each) for each in second.popped.all_members):
            # From the queue it is taken like the rest; what else it speaks for waits on.
            self.return_second()
        for leg, each in self._flight.take_parted(unwanted):
            tell(each, reasons[each.id], leg.job.utterance.text)
        for each in self._queue.remove(unwanted):
            tell(each, reasons[each.id], None)
        members = first.popped.all_members if first else ()
        out = [each for each in members if unwanted(each)]
        if first and out:
            rest = tuple(each for each in members if each.id not in reasons)
            if rest:
                self._flight.part(first, rest)
            else:
                self._flight.stop(first)
            for each in out:
                tell(each, reasons[each.id], first.job.utterance.text)
            self._promote()

    def _end_first(self, first: Leg, reason: Reason) -> None:
        self._flight.stop(first)
        for each in first.popped.all_members:
            self._ledger.dropped(each, reason, first.job.utterance.text)
        self._promote()

    def _end_stopped(self, job: Job, played: Played | None, now: float) -> None:
        stopped = self._flight.end_stopped(job)
        if stopped is not None:
            self._count(stopped, played, now)
        parted = self._flight.rest_of(job)
        if parted is None:
            return
        leg, rest = parted
        if played is not None and played.started_at is not None:
            for each in rest:
                self._ledger.spoken(each, job.utterance.text, played)
            self._count(leg, played, now)
            return
        left = {each.id for each in rest}
        gone = {each.id for each in leg.popped.all_members} - left
        self._queue.put_back(leg.popped)
        self._queue.remove(lambda each: each.id in gone)
        self._delivery.name_again()

    def _count(self, leg: Leg, played: Played | None, now: float) -> None:
        if played is not None and played.started_at is not None and played.ended_at is not None:
            self._queue.heard(leg.popped, played.ended_at - played.started_at, now)
            return
        self._queue.unheard(leg.popped)
        # Whoever was named in it has to be named again.
        self._delivery.name_again()

    def _promote(self) -> None:
        if self._flight.first is not None:
            self._tell_speaking(self._flight.first)

    def _tell_speaking(self, leg: Leg) -> None:
        for each in leg.popped.all_members:
            self._ledger.speaking(each, leg.job.utterance.text)

    def _push_summary(self, now: float) -> None:
        """Let it be said how much was skipped, before the next normal message."""
        skipped = self._queue.skipped(now)
        waiting = self._queue.utterances if skipped else ()
        if not waiting or waiting[0].lane is not Lane.NORMAL:
            return
        language = self._intake.language
        summary = self._intake.summary(wording.more(skipped, language), language, now)
        if summary is not None:
            self._queue.told_skipped(now)
            summary = replace(summary, id=self._ledger.new_id("summary"))
            self._ledger.queued(summary, summary.text)
            self._queue.put_back(summary)
