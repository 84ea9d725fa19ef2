"""An engine and an output that take no time, and a microphone for what was told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.audio.output import OutputState, Played
from ishowtts_desktop.core.audio import AudioChunk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.core.utterances import Outcome, OutcomeState
    from ishowtts_desktop.reading.conductor import ReaderState
    from ishowtts_desktop.speech.engine import SpeechRequest

RATE = 1000


class FakeEngine:
    """Says each character in a millisecond, but what it is told to fail or be silent on."""

    id = "fake"

    def __init__(self) -> None:
        self.requests: list[SpeechRequest] = []
        self.loads = 0
        self.fail_loading: list[Exception] = []
        self.fail_on: dict[str, Exception] = {}
        self.silent_on = ""

    def load(self) -> None:
        self.loads += 1
        if self.fail_loading:
            raise self.fail_loading.pop(0)

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        self.requests.append(request)
        for word, error in self.fail_on.items():
            if word in request.text:
                raise error
        for _ in "" if request.text == self.silent_on else request.text:
            if cancel.cancelled:
                return
            yield AudioChunk(np.zeros(1, np.float32), RATE)

    def close(self) -> None:
        """Nothing to free."""


class FakeOutput:
    """Plays at once, unless `hold` is set: then `wait` lasts until `let_go`, `stop` or `close`.

    ``written`` counts the frames and ``rests`` the seconds after them, by tag; ``buffered`` is what
    the test says.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self.written: dict[str, int] = {}
        self._gone: set[str] = set()
        self._buffered = 0.0
        self.looks_at_buffer = 0
        self._position = 0.0
        self._closed = False
        self._ready = True
        self._listeners: list[Callable[[OutputState], None]] = []
        self._looks = 0
        self.hold = False
        self.rests: dict[str, float] = {}
        self.ducked = 1.0
        self.stopped: list[str] = []
        self.waited: list[str] = []

    def open(self) -> None:
        """Nothing to start."""

    def watch(self, listener: Callable[[OutputState], None]) -> None:
        self._listeners.append(listener)

    def tell(self, state: OutputState) -> None:
        """Let the state be ``state``."""
        for listener in self._listeners:
            listener(state)

    @property
    def ready(self) -> bool:
        with self._changed:
            self._looks += 1
            self._changed.notify_all()
            return self._ready

    @ready.setter
    def ready(self, ready: bool) -> None:
        self._ready = ready

    def wait_for_looks(self, more: int) -> None:
        """Block until `ready` was looked at so many times more."""
        with self._changed:
            enough = self._looks + more
            assert self._changed.wait_for(lambda: self._looks >= enough, timeout=30)

    @property
    def position(self) -> float:
        return self._position

    @property
    def buffered(self) -> float:
        self.looks_at_buffer += 1
        return self._buffered

    @buffered.setter
    def buffered(self, seconds: float) -> None:
        self._buffered = seconds

    def let_go(self, tag: str = "") -> None:
        """Let what sounds end: all of it and whatever follows, or ``tag`` alone."""
        with self._changed:
            self.hold = self.hold and bool(tag)
            self._gone.add(tag)
            self._changed.notify_all()

    def write(self, tag: str, chunk: AudioChunk, cancel: CancelToken) -> None:
        self.written[tag] = self.written.get(tag, 0) + len(chunk.samples)

    def finish(self, tag: str, rest: float = 0.0) -> None:
        """The fake knows the end when it is waited for, and rests in no time."""
        self.rests[tag] = rest

    def wait(self, tag: str, cancel: CancelToken) -> Played:
        with self._changed:
            self.waited.append(tag)
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: not self.hold or self._closed or tag in {*self.stopped, *self._gone},
                timeout=30,
            )
        frames = self.written.get(tag, 0)
        if not frames:
            return Played(complete=True)
        started = self._position
        self._position += frames / RATE
        complete = not (cancel.cancelled or self._closed or tag in self.stopped)
        return Played(complete, started, self._position, self._clock.now())

    def wait_until_sounding(self, tag: str) -> None:
        """Block until the speaker waits for the end of ``tag``."""
        with self._changed:
            assert self._changed.wait_for(lambda: tag in self.waited, timeout=30)

    def stop(self, tag: str) -> None:
        with self._changed:
            self.stopped.append(tag)
            self._changed.notify_all()

    def pause(self) -> None:
        """Nothing sounds for long enough."""

    def resume(self) -> None:
        """Nothing was held."""

    def set_volume(self, volume: float) -> None:
        """Nothing is heard."""

    def duck(self, gain: float) -> None:
        self.ducked = gain

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Witness:
    """Listens to a conductor and a speaker, and can wait for what it hopes to hear."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.outcomes: list[Outcome] = []
        self.states: list[ReaderState] = []
        self.problems: list[IshowttsError] = []

    def hear(self, outcome: Outcome) -> None:
        with self._changed:
            self.outcomes.append(outcome)
            self._changed.notify_all()

    def see(self, state: ReaderState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def worry(self, problem: IshowttsError) -> None:
        with self._changed:
            self.problems.append(problem)
            self._changed.notify_all()

    def finals(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.state.final]

    def final_of(self, name: str) -> Outcome:
        (found,) = [outcome for outcome in self.finals() if outcome.id == name]
        return found

    def states_of(self, name: str) -> list[OutcomeState]:
        return [outcome.state for outcome in self.outcomes if outcome.id == name]

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Block until ``condition`` holds; it is looked at after each thing that was told."""
        with self._changed:
            assert self._changed.wait_for(condition, timeout=30), self.outcomes

    def wait_for_final(self, name: str) -> Outcome:
        self.wait_for(lambda: any(outcome.id == name for outcome in self.finals()))
        return self.final_of(name)
