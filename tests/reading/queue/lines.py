"""Utterances and queues for the queue's tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ishowtts_desktop.core.messages import Notice
from ishowtts_desktop.core.utterances import Lane, Utterance
from ishowtts_desktop.reading.queue.policy import QueuePolicy
from ishowtts_desktop.reading.queue.queue import SpeechQueue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ishowtts_desktop.core.utterances import Reason
    from ishowtts_desktop.reading.queue.queue import GivenUp

_HELLO = Utterance("", "hello", "en", 1.0, Lane.NORMAL, 0.0)


def line(name: str, seconds: float = 1.0, lane: Lane = Lane.NORMAL, **more: Any) -> Utterance:
    """An utterance that says "hello", of nobody in particular."""
    return replace(_HELLO, id=name, seconds=seconds, lane=lane, **more)


def gifts(name: str, author: str, number: int, **more: Any) -> Utterance:
    """A paid notice of ``number`` gifted subscriptions."""
    told = f"{author} is gifting {number} Tier 1 Subs to room's community!"
    notice = Notice(name, "twitch", "room", "submysterygift", told, author, author, author)
    return line(
        name,
        2.0,
        Lane.PAID,
        text=f"{author} gifted {number} subscriptions.",
        author=author,
        called=author,
        key=f"gift {author}",
        notice=notice,
        **more,
    )


def queue_of(max_seconds: float = 60.0, **policy: Any) -> SpeechQueue:
    """A queue that follows the default policy but for what is given."""
    return SpeechQueue(QueuePolicy(max_seconds=max_seconds, **policy))


def push(queue: SpeechQueue, *utterances: Utterance) -> list[tuple[str, Reason]]:
    """Push each when it was created; return what was given up, by id and reason."""
    return told(gone for each in utterances for gone in queue.push(each, each.created_at))


def told(given_up: Iterable[GivenUp]) -> list[tuple[str, Reason]]:
    """What was given up, by id and reason."""
    return [(gone.utterance.id, gone.reason) for gone in given_up]


def names(utterances: Iterable[Utterance]) -> list[str]:
    """The ids."""
    return [each.id for each in utterances]


def popped(queue: SpeechQueue, now: float = 0.0) -> list[Utterance]:
    """All that the queue gives at ``now``."""
    found = []
    while (next_one := queue.pop(now).utterance) is not None:
        found.append(next_one)
    return found


def fill_a_minute(queue: SpeechQueue, at: float) -> None:
    """Let others write as much as a minute takes, which waits no more."""
    push(queue, *(line("others", 15.0, author=f"other {n}", created_at=at) for n in range(4)))
    queue.remove(lambda each: each.id == "others")
