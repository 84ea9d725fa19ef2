"""What the speaker makes of one job: its segments, voices, rate and the silence after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.audio.output import Played
from ishowtts_desktop.core.utterances import Lane, Segment, Utterance
from ishowtts_desktop.reading.conductor import Job
from ishowtts_desktop.reading.lead import Lead
from ishowtts_desktop.reading.sounding import Sounding
from ishowtts_desktop.reading.speaker import Speaker
from tests.support.clock import FakeClock
from tests.support.fakes import RATE, FakeEngine, FakeOutput
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken


def job(tag: str, *segments: Segment, gap: float = 0.25, speed: float = 1.0) -> Job:
    text = "".join(segment.text for segment in segments)
    utterance = Utterance(tag, text, "en", 1.0, Lane.NORMAL, 0.0, speed=speed)
    return Job(utterance, segments, gap, tag)


class Script:
    """A conductor that hands out these jobs, and then is closed."""

    def __init__(self, *jobs: Job) -> None:
        self.jobs = list(jobs)
        self.reports: list[tuple[Job, bool]] = []
        self.due = len(jobs)

    @property
    def closed(self) -> bool:
        return len(self.reports) == self.due

    def take(self, timeout: float) -> Job | None:
        return self.jobs.pop(0) if self.jobs else None

    def done(self, job: Job, played: Played | None, failed: bool = False) -> None:
        self.reports.append((job, failed))

    def forget_stale(self) -> None: ...

    def wait_closed(self, timeout: float) -> bool:
        return self.closed


class Ear(FakeOutput):
    """An output that keeps what was written."""

    def __init__(self) -> None:
        super().__init__(FakeClock())
        self.chunks: list[AudioChunk] = []

    def write(self, tag: str, chunk: AudioChunk, cancel: CancelToken) -> None:
        super().write(tag, chunk, cancel)
        self.chunks.append(chunk)


def speak(*jobs: Job, silent_on: str = "") -> tuple[FakeEngine, Ear]:
    engine, output, script = FakeEngine(), Ear(), Script(*jobs)
    engine.silent_on = silent_on
    speaker = Speaker(script, engine, output, FakeClock(), voice="chosen", speed=2.0)  # type: ignore[arg-type]
    speaker.run()
    return engine, output


def test_each_segment_has_its_voice_and_language_and_the_utterance_its_rate() -> None:
    name, text = Segment("Bob says", "en", "narrator"), Segment("你好", "zh")
    engine, output = speak(job("m1", name, text, gap=0.5, speed=1.25))
    asked = [(each.text, each.language, each.voice, each.speed) for each in engine.requests]
    assert asked == [("Bob says", "en", "narrator", 2.5), ("你好", "zh", "chosen", 2.5)]
    assert output.rests == {"m1": 0.5}


def test_a_short_silence_lies_between_two_voices() -> None:
    name, text = Segment("Bob", "en", "narrator"), Segment("hello", "en")
    _, output = speak(job("m1", name, text))
    assert [len(chunk.samples) for chunk in output.chunks] == [1, 1, 1, 0.15 * RATE, 1, 1, 1, 1, 1]
    silence = output.chunks[3]
    assert silence.rate == RATE
    assert not np.any(silence.samples)


@pytest.mark.parametrize("silent", ["Bob", "nothing of it"])
def test_without_another_voice_or_a_sound_before_it_there_is_none(silent: str) -> None:
    name, text = Segment("Bob", "en", "narrator" if silent == "Bob" else ""), Segment("you", "en")
    _, output = speak(job("m1", name, text), silent_on=silent)
    assert all(len(chunk.samples) == 1 for chunk in output.chunks)


def test_the_lead_follows_the_engine_within_bounds() -> None:
    lead = Lead(1.2)
    assert lead.seconds == 1.2
    lead.learn(0.01)
    assert lead.seconds == 0.5
    lead.learn(0.8)
    assert lead.seconds == pytest.approx(1.1)
    lead.learn(0.1)
    assert lead.seconds == pytest.approx(1.1)  # one quick line says little
    lead.learn(30.0)
    assert lead.seconds == 2.0
    for _ in range(8):
        lead.learn(0.4)
    assert lead.seconds == pytest.approx(0.7)


class Broken(FakeOutput):
    """An output that fails to tell one end."""

    def wait(self, tag: str, cancel: CancelToken) -> Played:
        if tag == "bad":
            raise OSError("odd")
        return super().wait(tag, cancel)


def test_an_end_that_cannot_be_told_costs_one_message() -> None:
    reports: list[tuple[str, bool]] = []

    def report(job: Job, played: Played | None, failed: bool = False) -> None:
        reports.append((job.tag, failed))
        if job.tag == "worse":
            raise RuntimeError("a watcher fell over")

    with Sounding(Broken(FakeClock()), report) as sounding:
        for tag in ("bad", "worse", "good"):
            sounding.add(job(tag))
        wait_until(lambda: not sounding, 10)
    assert reports == [("bad", True), ("worse", False), ("good", False)]


class Endless(FakeOutput):
    """An output where only a cancelled utterance ends."""

    def wait(self, tag: str, cancel: CancelToken) -> Played:
        assert cancel.wait(5)
        return Played(complete=False)


def test_leaving_cancels_what_still_sounds() -> None:
    reports: list[tuple[str, bool]] = []

    def report(job: Job, played: Played | None, failed: bool = False) -> None:
        reports.append((job.tag, failed))

    with Sounding(Endless(FakeClock()), report) as sounding:
        sounding.add(job("m1"))
        sounding.add(job("m2"))
    assert reports == [("m1", False), ("m2", False)]
