"""What an evening comes to, in figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.messages import ChatMessage, Notice
from ishowtts_desktop.core.utterances import Lane, OutcomeState
from ishowtts_desktop.reading.latency import percentile
from ishowtts_desktop.reading.notices import lane_of
from ishowtts_desktop.reading.queue.policy import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ishowtts_desktop.core.utterances import Outcome
    from ishowtts_desktop.lab.evenings.evening import Record
    from ishowtts_desktop.lab.evenings.voice import Sound

# By then a sound has to be gone after its removal.
_GONE: Final = 0.1
# What was paid for is heard, unless a moderator took it back.
_KEPT: Final = (OutcomeState.SPOKEN, OutcomeState.REMOVED)


@dataclass(frozen=True)
class Figures:
    """Shares are 0..1, times seconds.

    Of the rush: the ages, from arrival to first sample, a joint utterance's for each member;
    ``busy``, the time with a job under way, ``filled``, with speech or the rest after it,
    ``speech``, with speech alone; ``most``, the largest share of the speech that one author had.

    Of the whole evening: ``spoken``, the share of all messages that were said, alone or jointly,
    ``merged``, how many jointly; ``paid_lost``, how many paid ones were neither said nor removed,
    ``paid_age``, the largest age of one, None when none was said, ``paid_behind``, the most
    utterances that nobody paid for and that one had to wait for; ``removed_spoken``, begun after
    their removal or sounding 0.1 s later; ``waiting``, neither said nor given up a minute after the
    end.
    """

    evening: str
    queue: str
    messages: int
    spoken: float
    merged: int
    age_p50: float
    age_p95: float
    busy: float
    filled: float
    speech: float
    most: float
    paid: int
    paid_lost: int
    paid_age: float | None
    paid_behind: int
    removed: int
    removed_spoken: int
    waiting: int

    def as_json(self) -> dict[str, object]:
        """Return them under their names."""
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def figures(record: Record) -> Figures:
    """Reckon what ``record`` comes to."""
    said = said_in_rush(record)
    ages = [age for _, age in said]
    everything = record.outcomes
    spoken = [each for each in everything.values() if each.state is OutcomeState.SPOKEN]
    asked = [name for name in record.messages if name in everything]
    bought = [name for name, each in record.messages.items() if is_paid(each)]
    paid = {name: everything[name] for name in bought if name in everything}
    kept = [each for each in paid.values() if each.state in _KEPT]
    window = record.evening.rush
    return Figures(
        evening=record.evening.name,
        queue=record.queue,
        messages=len(record.messages),
        spoken=sum(each.id in record.messages for each in spoken) / max(1, len(record.messages)),
        merged=sum(len(sound.job.utterance.members) for sound in record.sounds),
        age_p50=percentile(ages, 0.5) or 0.0,
        age_p95=percentile(ages, 0.95) or 0.0,
        busy=_covered(((each.taken_at, each.end) for each in record.sounds), window),
        filled=_covered(((each.start, each.end + each.job.gap) for each in record.sounds), window),
        speech=_covered(((each.start, each.end) for each in record.sounds), window),
        most=_most(record.sounds, window),
        paid=len(bought),
        paid_lost=len(bought) - len(kept),
        paid_age=max((p.chat_to_sound for p in kept if p.chat_to_sound is not None), default=None),
        paid_behind=max((_behind(record, name, each) for name, each in paid.items()), default=0),
        removed=len(record.removed_at),
        removed_spoken=len(spoken_after_removal(record)),
        waiting=len(record.messages) - len(asked),
    )


def is_paid(event: ChatMessage | Notice) -> bool:
    """Tell whether it goes first and is never lost."""
    return event.paid if isinstance(event, ChatMessage) else lane_of(event) is Lane.PAID


def said_in_rush(record: Record) -> list[tuple[float, float]]:
    """Return when each message of the rush was heard, and how old it was then, in seconds."""
    begins, ends = record.evening.rush
    said = [
        (outcome.started_at, outcome.chat_to_sound)
        for outcome in record.outcomes.values()
        if outcome.started_at is not None and outcome.chat_to_sound is not None
    ]
    return sorted((at, age) for at, age in said if begins <= at < ends)


def spoken_after_removal(record: Record) -> list[str]:
    """Return the ids of messages that were heard in spite of their removal."""
    return [
        member.id
        for sound in record.sounds
        for member in sound.job.utterance.all_members
        if (at := record.removed_at.get(member.id)) is not None
        and (sound.start > at or sound.end > at + _GONE)
    ]


def _covered(spans: Iterable[tuple[float, float]], window: tuple[float, float]) -> float:
    """Return the share of ``window`` that ``spans``, in order of their begin, cover."""
    begins, ends = window
    covered, until = 0.0, begins
    for start, end in sorted(spans):
        covered += max(0.0, min(end, ends) - min(ends, max(start, until)))
        until = max(until, end)
    return covered / (ends - begins)


def _behind(record: Record, name: str, outcome: Outcome) -> int:
    """Return how many utterances that nobody paid for a paid message waited for."""
    came, heard = record.messages[name].received_at, outcome.started_at
    return sum(
        heard is not None
        and came < sound.end
        and sound.start < heard
        and sound.job.utterance.lane not in PROTECTED
        for sound in record.sounds
    )


def _most(sounds: Iterable[Sound], window: tuple[float, float]) -> float:
    begins, ends = window
    seconds: defaultdict[str, float] = defaultdict(float)
    for sound in sounds:
        members = sound.job.utterance.all_members
        heard = max(0.0, min(sound.end, ends) - max(sound.start, begins))
        for member in members:
            seconds[member.author] += heard / len(members)
    total = sum(seconds.values())
    return (
        max((each for name, each in seconds.items() if name), default=0.0) / total if total else 0.0
    )
