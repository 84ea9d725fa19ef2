"""Conductor, speaker and a real output on their threads, with commands that come at any time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.audio.file import FileOutput
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.messages import Removal, RemovalScope
from ishowtts_desktop.core.utterances import OutcomeState
from tests.support.fakes import FakeEngine
from tests.support.speaker_room import Room
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechRequest

RATE = 48_000


class Hasty(FakeEngine):
    """Takes a few milliseconds to a few short chunks, at times none."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self.rng = rng
        self.busy = 0
        self.overlaps = 0

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        self.busy += 1
        self.overlaps += self.busy > 1
        try:
            if cancel.wait(self.rng.uniform(0, 0.004)):
                return
            for _ in range(self.rng.randint(0, 6)):
                yield AudioChunk(np.full(RATE // 200, 0.5, np.float32), RATE)
        finally:
            self.busy -= 1


class Storm:
    """Messages, and commands between them, as a seed has it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        clock = SystemClock()
        self.output = FileOutput(folder / f"{seed}.wav", clock)
        self.engine = Hasty(random.Random(seed))
        self.room = Room(self.output, self.engine, clock, gap=0.002, lead=0.02)

    def rage(self, messages: int) -> None:
        """Let it pass, until everything was dealt with."""
        self.output.open()
        with self.room.speaking():
            for number in range(messages):
                self.room.hear(f"word {number}", f"m{number}")
                for _ in range(self.rng.randint(0, 2)):
                    self._command(number)
            self._pause(paused=False)
            self.room.conductor.hold(False)
            wait_until(lambda: self._idle, 30, "everything was dealt with")

    @property
    def _idle(self) -> bool:
        state = self.room.conductor.state
        return state.speaking is None and not state.queued

    def _pause(self, *, paused: bool) -> None:
        for each in (self.room.conductor, self.output):
            _ = each.pause() if paused else each.resume()

    def _command(self, number: int) -> None:
        conductor = self.room.conductor
        which = self.rng.randrange(11)
        if which == 0:
            conductor.skip()
        elif which in (1, 2):
            conductor.hold(which == 1)
        elif which == 3:
            target = f"m{self.rng.randint(max(0, number - 6), number)}"
            scope = RemovalScope.MESSAGE
            conductor.handle(Removal("twitch", "room", scope, target_id=target))
        elif which == 4:
            conductor.say(f"mine {number}")
        elif which in (5, 6):
            self._pause(paused=which == 5)
        elif which == 7:
            self.room.speaker.use(f"v{number}", 1.0)
        else:
            conductor.wait_closed(self.rng.uniform(0, 0.03))


def weather(folder: Path, seed: int, messages: int) -> None:
    storm = Storm(folder, seed)
    storm.rage(messages)
    finals = storm.room.witness.finals()
    told = {outcome.id for outcome in finals}
    # THEN each message came to exactly one end, and some were heard
    assert len(told) == len(finals)
    assert told >= {f"m{number}" for number in range(messages)}
    assert any(outcome.state is OutcomeState.SPOKEN for outcome in finals)
    assert storm.room.witness.problems == []
    # AND nothing is left of them, nor were two made at a time
    assert storm.output.buffered == 0
    assert storm.engine.overlaps == 0


def test_each_message_has_one_end_whatever_is_commanded_meanwhile(tmp_path: Path) -> None:
    weather(tmp_path, seed=1, messages=60)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_each_message_has_one_end_for_long(tmp_path: Path, seed: int) -> None:
    weather(tmp_path, seed, messages=600)
