"""A model of engine and output: it takes jobs as the speaker does, and says them in its time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.reading.lead import Lead
from ishowtts_desktop.reading.text.duration import seconds_of

if TYPE_CHECKING:
    import random

    from ishowtts_desktop.reading.conductor import Conductor, Job

_ASK_SECONDS: Final = 0.1
FADE: Final = 0.03
"""Seconds that a sound takes to fade when it is stopped."""


@dataclass(frozen=True)
class EngineModel:
    """Seconds to the first sound, and seconds of work for each second of speech.

    Less than one of them: a slower engine stutters, and the model knows no stutter. Else
    `ValueError`.
    """

    first_sound: float = 0.35
    real_time_factor: float = 0.25

    def __post_init__(self) -> None:
        if not (self.first_sound >= 0 and 0 < self.real_time_factor < 1):
            raise ValueError(f"{self} isn't an engine that speaks without a stutter")


class SimulatedClock:
    """Seconds that pass when the simulation says so."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        """Return the simulated second."""
        return self._now

    def wall(self) -> float:
        """Return the simulated second, too."""
        return self._now

    def go_to(self, second: float) -> None:
        """Let time pass until ``second``."""
        self._now = max(self._now, second)


@dataclass
class Sound:
    """One job under way: taken, made, heard; all in simulated seconds."""

    job: Job
    taken_at: float
    ready_at: float
    made_at: float
    seconds: float
    start: float = math.inf
    stopped_at: float | None = None

    @property
    def end(self) -> float:
        """When the last of it is heard."""
        ends = self.start + self.seconds
        return ends if self.stopped_at is None else min(ends, self.stopped_at)

    def heard(self, now: float) -> bool:
        """Tell whether any of it was heard by ``now``."""
        return self.start < min(self.end, now)


class Voice:
    """Says what the conductor gives, one job ahead of what sounds."""

    def __init__(self, clock: SimulatedClock, engine: EngineModel, draw: random.Random) -> None:
        self._clock = clock
        self._engine = engine
        self._draw = draw
        self._lead = Lead(1.0)
        self._under_way: list[Sound] = []
        self._rest_until = 0.0
        self._asks_at = 0.0
        self.sounds: list[Sound] = []
        """All that was heard, in order."""

    def news(self) -> None:
        """Ask again: something may be due now."""
        self._asks_at = 0.0

    def stop(self, tag: str) -> None:
        """Fade out a sound, or forget one that hasn't begun (`AudioOutput.stop`)."""
        now = self._clock.now()
        for sound in self._under_way:
            if sound.job.tag == tag:
                sound.stopped_at = now + FADE if sound.start < now else now
        self._line_up()

    def next_at(self) -> float:
        """Return when it does something by itself."""
        ends = min((sound.end for sound in self._under_way), default=math.inf)
        return min(ends, self._takes_at())

    def act(self, conductor: Conductor) -> None:
        """Report what has ended and take what is due."""
        now = self._clock.now()
        for sound in [each for each in self._under_way if each.end <= now]:
            self._under_way.remove(sound)
            self._report(conductor, sound)
            self.news()
        if self._takes_at() <= now:
            job = conductor.take(0.0)
            if job is not None:
                self._make(job)
            else:
                # What is held is due some time, and nothing else may happen until then.
                self._asks_at = now + _ASK_SECONDS if conductor.state.queued else math.inf

    def _takes_at(self) -> float:
        if len(self._under_way) > 1:
            return math.inf
        earliest = max(self._clock.now(), self._asks_at)
        if not self._under_way:
            return earliest
        sounding = self._under_way[0]
        return max(earliest, sounding.made_at, sounding.end - self._lead.seconds)

    def _make(self, job: Job) -> None:
        now, engine = self._clock.now(), self._engine
        text, speed = job.utterance.text, job.utterance.speed
        seconds = seconds_of(text) / speed * self._draw.uniform(0.9, 1.1)
        made_at = now + max(engine.first_sound, engine.real_time_factor * seconds)
        self._lead.learn(engine.first_sound)
        self._under_way.append(Sound(job, now, now + engine.first_sound, made_at, seconds))
        self._line_up()

    def _line_up(self) -> None:
        free = self._rest_until
        for sound in self._under_way:
            if sound.start > self._clock.now():
                sound.start = max(sound.ready_at, free)
            free = max(free, sound.end + (0.0 if sound.stopped_at else sound.job.gap))

    def _report(self, conductor: Conductor, sound: Sound) -> None:
        now = self._clock.now()
        complete = sound.stopped_at is None
        if sound.heard(now):
            self.sounds.append(sound)
            self._rest_until = sound.end + (sound.job.gap if complete else 0.0)
            played = Played(complete, sound.start, sound.end, sound.start)
        else:
            played = Played(complete=False)
        conductor.done(sound.job, played)
