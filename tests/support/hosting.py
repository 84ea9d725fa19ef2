"""A host with its thread, and engines that do what a test tells them."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.hosted import HostedEngine, HostPhase
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.speech.engine import SpeechEngine
    from ishowtts_desktop.speech.hosted import HostState

RATE = 24_000


class Puppet:
    """Says one chunk a word, each as long as the word, and raises for "bad" what it was given."""

    id = "puppet"

    def __init__(self) -> None:
        self.error: Exception = RuntimeError("boom")
        self.fail_loading: Exception | None = None
        self.go = threading.Event()
        self.go.set()
        self.threads: set[int] = set()
        self.chunks = 0
        self.saw_cancel = threading.Event()
        self.closed = threading.Event()

    def load(self) -> None:
        self.threads.add(threading.get_ident())
        assert self.go.wait(20)
        if self.fail_loading is not None:
            raise self.fail_loading

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        self.threads.add(threading.get_ident())
        for word in request.text.split():
            while not self.go.wait(0.01):
                if cancel.cancelled:
                    break
            if cancel.cancelled:
                self.saw_cancel.set()
                return
            if word == "bad":
                raise self.error
            self.chunks += 1
            yield AudioChunk(np.ones(len(word), np.float32), RATE)

    def close(self) -> None:
        self.threads.add(threading.get_ident())
        self.closed.set()


class Hosted:
    """A host under test. `states` has every state that was told."""

    def __init__(self, host: HostedEngine) -> None:
        self.host = host
        self.states: list[HostState] = []
        host.watch(self.states.append)

    @property
    def phases(self) -> list[HostPhase]:
        """Every change of phase; what else was told of one phase is in `states`."""
        return [phase for phase, _ in groupby(state.phase for state in self.states)]

    def wait_for(self, phase: HostPhase, times: int = 1) -> None:
        wait_until(lambda: self.phases.count(phase) >= times, 20, f"{phase} in {self.phases}")

    def say(self, text: str, cancel: CancelToken | None = None) -> list[int]:
        """Return the lengths of the chunks that came."""
        chunks = self.host.synthesize(SpeechRequest(text), cancel or CancelToken())
        return [len(chunk.samples) for chunk in chunks]


@contextmanager
def hosting(
    make: Callable[[], SpeechEngine] | None, *, retry: float = 0.01, patience: float = 120.0
) -> Iterator[Hosted]:
    """Run a host on a thread, and end both."""
    hosted = Hosted(
        HostedEngine(make, first_retry=retry, longest_retry=retry * 2, patience=patience)
    )
    thread = threading.Thread(target=hosted.host.run, name="engine")
    thread.start()
    try:
        yield hosted
    finally:
        hosted.host.close()
        thread.join(20)
        assert not thread.is_alive()
    assert hosted.phases[-1] is HostPhase.CLOSED
