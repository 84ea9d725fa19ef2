"""The evenings: what comes in at which second."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.messages import ChatMessage, Notice, Removal, RemovalScope
from ishowtts_desktop.lab.evenings.people import CHANNEL, SOURCE, People

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ishowtts_desktop.core.messages import ChatEvent

_REMOVED: Final = 0.02
_GIFTS: Final = 200
_GIVERS: Final = 15


@dataclass(frozen=True)
class Evening:
    """A chat of ``seconds``; the ``rush`` is the part of it that the figures are about.

    ``rate`` is messages a second at a second, ``calls`` the share of short calls in the rush,
    ``paid`` that of messages with bits.
    ``spam`` is a bot's messages a second in the rush, ``talk`` those of one author's long and
    different ones, ``gifts`` how many notices come in its first ten seconds.
    """

    name: str
    tells: str
    seconds: float
    rush: tuple[float, float]
    rate: Callable[[float], float]
    viewers: int = 150
    calls: float = 0.15
    paid: float = 0.002
    spam: float = 0.0
    talk: float = 0.0
    gifts: int = 0


@dataclass(frozen=True)
class Arrival:
    """One chat event and its second."""

    at: float
    event: ChatEvent


def quiet(minutes: float = 10.0) -> Evening:
    """Let ten messages a minute come."""
    seconds = minutes * 60
    return Evening("quiet", "10 messages a minute", seconds, (0.0, seconds), lambda _: 1 / 6, 12)


def busy(minutes: float = 5.0) -> Evening:
    """Let three messages a second come."""
    seconds = minutes * 60
    return Evening("busy", "3 messages a second", seconds, (0.0, seconds), lambda _: 3.0)


def raid(seconds: float = 60.0, calls: float = 0.4) -> Evening:
    """Let a hundred messages a second come, and then fewer and fewer for as long again."""
    begins, ends = 20.0, 20.0 + seconds

    def rate(at: float) -> float:
        if at < begins:
            return 1.0
        return 100.0 if at < ends else max(3.0, 100.0 * math.exp((ends - at) * 4 / seconds))

    last = ends + seconds
    tells = f"100 messages a second for {seconds:.0f} s, then fewer and fewer"
    return Evening("raid", tells, last, (begins, last), rate, 3000, calls)


def spam(minutes: float = 3.0) -> Evening:
    """Let one author of a busy chat write twenty messages a second."""
    seconds = minutes * 60
    tells = "3 messages a second, and one author's 20 a second"
    return Evening("spam", tells, seconds, (0.0, seconds), lambda _: 3.0, spam=20.0)


def talker(minutes: float = 5.0) -> Evening:
    """Let one author of a small chat write a long message every second."""
    seconds = minutes * 60
    tells = "18 messages a minute, and one author's long one every second"
    return Evening("talker", tells, seconds, (0.0, seconds), lambda _: 0.3, 40, talk=1.0)


def gifts(minutes: float = 3.0) -> Evening:
    """Let two hundred gifts come in ten seconds beside a busy chat."""
    seconds = minutes * 60
    tells = f"{_GIFTS} gifts in 10 s beside 2 messages a second"
    return Evening("gifts", tells, seconds, (20.0, seconds), lambda _: 2.0, gifts=_GIFTS)


EVENINGS: Final[Mapping[str, Callable[[], Evening]]] = MappingProxyType(
    {"quiet": quiet, "busy": busy, "raid": raid, "spam": spam, "talker": talker, "gifts": gifts}
)


def arrivals(evening: Evening, seed: int) -> list[Arrival]:
    """Return all that comes in, in order; the same for the same seed.

    Two messages in a hundred are taken back again, 0.2 to 5 s after they came.
    """
    draw = random.Random(f"{evening.name} {seed}")  # noqa: S311 - a simulation
    people = People(draw, evening.viewers, "viewer")
    written = []
    for at in _moments(draw, evening.rate, 0.0, evening.seconds):
        calls = evening.calls if _within(at, evening.rush) else 0.15
        written.append(Arrival(at, people.writes(at, calls, evening.paid)))
    for often, writes in ((evening.spam, people.spams), (evening.talk, people.talks)):
        if often:
            moments = _moments(draw, partial(_steady, often), *evening.rush)
            written += [Arrival(at, writes(at)) for at in moments]
    found = written + [
        Arrival(each.at + draw.uniform(0.2, 5.0), _removal(each.event))
        for each in written
        if isinstance(each.event, ChatMessage) and draw.random() < _REMOVED
    ]
    found += [
        Arrival(at, _gift(draw, index, at))
        for index, at in enumerate(
            sorted(
                draw.uniform(evening.rush[0], evening.rush[0] + 10) for _ in range(evening.gifts)
            )
        )
    ]
    return sorted(found, key=lambda arrival: arrival.at)


def _steady(rate: float, _: float) -> float:
    return rate


def _within(at: float, rush: tuple[float, float]) -> bool:
    return rush[0] <= at < rush[1]


def _moments(
    draw: random.Random, rate: Callable[[float], float], begins: float, ends: float
) -> Iterator[float]:
    at = begins
    while True:
        # Short steps where nothing comes, so that a change of the rate isn't slept through.
        step = draw.expovariate(rate(at))
        at += min(step, 1.0)
        if at >= ends:
            return
        if step <= 1.0:
            yield at


def _removal(message: ChatMessage) -> Removal:
    return Removal(SOURCE, CHANNEL, RemovalScope.MESSAGE, target_id=message.id)


def _gift(draw: random.Random, index: int, at: float) -> Notice:
    giver = f"giver{draw.randrange(_GIVERS)}"
    number = draw.choice((1, 1, 1, 5, 5, 10))
    told = f"{giver} is gifting {number} Tier 1 Subs to {CHANNEL}'s community!"
    return Notice(
        id=f"gift-{index}",
        source=SOURCE,
        channel=CHANNEL,
        type="submysterygift",
        system_text=told,
        author_id=giver,
        login=giver,
        name=giver,
        received_at=at,
    )
