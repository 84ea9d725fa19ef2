"""The real pipeline inside the test's process: a tagged server before it, sound after."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.assembly import Pipeline
from ishowtts_desktop.audio.device import DeviceOutput
from ishowtts_desktop.chat.irc.connection import Endpoint, Transport
from ishowtts_desktop.chat.twitch.source import TwitchSource
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.reading.history import History
from ishowtts_desktop.speech.espeak import EspeakEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from ishowtts_desktop.chat.source import ChatSource
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.utterances import Outcome
    from tests.support.tagged_server import TaggedServer

URL = "twitch://room"
AUDIBLE = 0.001


def tagged(server: TaggedServer) -> Callable[[str, Clock], ChatSource]:
    """Return what makes a Twitch source that talks to ``server``."""

    def make(url: str, clock: Clock) -> ChatSource:
        endpoint = Endpoint(Transport.TCP, server.host, server.port)
        return TwitchSource(SourceUrl.parse(url), clock, endpoints=(endpoint,))

    return make


class ObservedOutput(DeviceOutput):
    """The sound device; remembers when the last audible sample was handed to PortAudio."""

    last_audible_at = 0.0

    def _new_callback(self) -> Callable[..., None]:
        fill = super()._new_callback()

        def observed(out: NDArray[np.float32], *others: object) -> None:
            fill(out, *others)
            if np.abs(out).max() > AUDIBLE:
                self.last_audible_at = time.monotonic()

        return observed


class RunningPipeline:
    """The pipeline with its speaking thread. `outcomes` has everything that became of messages."""

    def __init__(self, config: Config, server: TaggedServer, folder: Path) -> None:
        clock = SystemClock()
        self.output = ObservedOutput(clock)
        self.outcomes: list[Outcome] = []
        history = History(folder / "history.sqlite", clock)
        engine = EspeakEngine()
        self.pipeline = Pipeline(config, self.output, engine, history, clock, tagged(server))
        self.pipeline.conductor.watch(self.outcomes.append)
        self._threads = [
            threading.Thread(target=work, name=name) for name, work in self.pipeline.works.items()
        ]

    def final(self, text: str) -> Outcome | None:
        """Return what became of the message with this text, once that is decided."""
        found = [o for o in list(self.outcomes) if o.text == text and o.state.final]
        return found[-1] if found else None

    def __enter__(self) -> RunningPipeline:
        self.pipeline.start()
        for thread in self._threads:
            thread.start()
        self.pipeline.connect(URL)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.pipeline.shutdown()
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()
