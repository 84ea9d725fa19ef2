"""How an utterance ends before its time: cancelled, abandoned, closed, failed."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.espeak import EspeakEngine
from ishowtts_desktop.speech.espeak_library import EspeakLibrary
from tests.support.speaking import espeak, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.speech.espeak_library import EspeakSession

LONG = "This sentence is one of very many that are here. " * 205  # 10,045 characters


@pytest.fixture
def engine() -> Iterator[EspeakEngine]:
    with espeak() as loaded:
        yield loaded


def test_cancelling_ends_the_stream_at_the_next_chunk(engine: EspeakEngine) -> None:
    cancel = CancelToken()
    stream = engine.synthesize(SpeechRequest(LONG), cancel)
    next(stream)

    cancel.cancel()

    assert list(stream) == []
    assert len(say(engine, "next")) > 2000


def test_an_abandoned_stream_gives_way_to_the_next(engine: EspeakEngine) -> None:
    closed = engine.synthesize(SpeechRequest(LONG), CancelToken())
    next(closed)
    pipe = engine._current
    closed.close()  # type: ignore[attr-defined] # a generator's
    assert pipe is not None
    assert pipe.unwanted
    forgotten = engine.synthesize(SpeechRequest(LONG), CancelToken())
    next(forgotten)

    assert len(say(engine, "next")) > 2000
    assert list(forgotten) == []


def test_closing_while_it_speaks_is_quick_and_ends_the_reader(engine: EspeakEngine) -> None:
    stream = engine.synthesize(SpeechRequest(LONG), CancelToken())
    next(stream)
    began = time.monotonic()

    closer = threading.Thread(target=engine.close, name="closer")
    closer.start()
    rest = list(stream)
    closer.join()
    engine.close()

    assert time.monotonic() - began < 1.0
    assert sum(chunk.seconds for chunk in rest) < 60
    with pytest.raises(EngineError, match="isn't loaded"):
        say(engine, "more")


def test_loading_again_does_nothing_and_speaking_before_it_is_an_error(
    engine: EspeakEngine,
) -> None:
    engine.load()
    assert [t.name for t in threading.enumerate()].count("espeak") == 1

    with pytest.raises(EngineError, match="isn't loaded"):
        say(EspeakEngine(), "hello")


class FaultyLibrary(EspeakLibrary):
    """Opens once, for `EspeakEngine.load`; then ``fault`` decides what happens."""

    def __init__(self, fault: Callable[[], None]) -> None:
        super().__init__()
        self.fault = fault
        self.opened = False

    @contextmanager
    def session(self, given_up: Callable[[], bool]) -> Iterator[EspeakSession | None]:
        if self.opened:
            self.fault()
        self.opened = True
        with super().session(given_up) as session:
            yield session


@pytest.mark.parametrize("error", [EngineError("gone away"), RuntimeError("gone away")])
def test_a_failure_while_speaking_reaches_the_reader_and_the_engine_lives_on(
    error: Exception,
) -> None:
    failing = [True]

    def fault() -> None:
        if failing:
            failing.clear()
            raise error

    engine = EspeakEngine(FaultyLibrary(fault))
    engine.load()
    try:
        with pytest.raises(EngineError, match="gone away"):
            say(engine, "hello")
        assert len(say(engine, "hello")) > 2000
    finally:
        engine.close()


def test_closing_does_not_wait_for_an_espeak_that_hangs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    # GIVEN an espeak that answers nobody
    reached, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        reached.set()
        go_on.wait(30)

    engine = EspeakEngine(FaultyLibrary(hang))
    engine.load()
    rest: list[object] = []
    reader = threading.Thread(target=lambda: rest.append(say(engine, "hello")), name="reader")
    reader.start()
    assert reached.wait(10)

    # WHEN the application closes
    began = time.monotonic()
    engine.close()
    took = time.monotonic() - began
    reader.join()
    go_on.set()

    # THEN it isn't held, nor is the reader
    assert took < 1.5
    assert len(rest) == 1
    assert "still busy" in caplog.text


def test_closing_while_it_loads_starts_no_thread() -> None:
    engine = EspeakEngine()
    library = FaultyLibrary(engine.close)
    library.opened = True
    engine._library = library

    engine.load()

    assert "espeak" not in [t.name for t in threading.enumerate()]


def test_a_closed_engine_does_not_load() -> None:
    engine = EspeakEngine()
    engine.close()

    engine.load()

    assert "espeak" not in [t.name for t in threading.enumerate()]
