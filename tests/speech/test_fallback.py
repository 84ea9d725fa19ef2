"""The preferred engine where it can speak, else the embedded one: nothing stays unsaid."""

from __future__ import annotations

import numpy as np
import pytest

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError, EngineLost
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.fallback import FallbackEngine
from ishowtts_desktop.speech.hosted import HostPhase
from tests.support.fakes import RATE as EMBEDDED
from tests.support.fakes import FakeEngine
from tests.support.hosting import RATE as PREFERRED
from tests.support.hosting import Puppet, hosting


def rates(engine: FallbackEngine, text: str, cancel: CancelToken | None = None) -> list[int]:
    request = SpeechRequest(text, voice="espeak-zh+f2")
    return [chunk.rate for chunk in engine.synthesize(request, cancel or CancelToken())]


def test_the_embedded_engine_speaks_until_the_other_is_ready_and_after_it_is_off() -> None:
    puppet, embedded = Puppet(), FakeEngine()
    puppet.go.clear()
    with hosting(lambda: puppet) as hosted:
        engine = FallbackEngine(hosted.host, embedded)
        engine.load()
        assert embedded.loads == 1
        assert rates(engine, "hi") == [EMBEDDED] * 2
        puppet.go.set()
        hosted.wait_for(HostPhase.READY)
        assert rates(engine, "hello there") == [PREFERRED] * 2
        hosted.host.use(None)
        assert rates(engine, "hi") == [EMBEDDED] * 2
        # THEN both were asked for the same voice
        assert {request.voice for request in embedded.requests} == {"espeak-zh+f2"}


@pytest.mark.parametrize("error", [EngineError("x"), RuntimeError("y"), EngineLost("z")])
def test_a_failure_at_the_start_or_in_the_middle_costs_nothing(error: Exception) -> None:
    puppet = Puppet()
    puppet.error = error
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(HostPhase.READY)
        engine = FallbackEngine(hosted.host, FakeEngine())
        assert rates(engine, "bad") == [EMBEDDED] * 3
        if not isinstance(error, EngineLost):
            assert rates(engine, "now bad") == [PREFERRED] + [EMBEDDED] * 7


def test_a_failure_after_a_cancel_says_nothing_more() -> None:
    cancel = CancelToken()

    class Stubborn:
        ready = True

        def synthesize(self, request: SpeechRequest, cancel: CancelToken):  # noqa: ANN202
            yield AudioChunk(np.zeros(1, np.float32), PREFERRED)
            cancel.cancel()
            raise EngineError("cancelled in the middle of a step")

        def close(self) -> None:
            """Nothing to end."""

    embedded = FakeEngine()
    assert rates(FallbackEngine(Stubborn(), embedded), "hello", cancel) == [PREFERRED]
    assert embedded.requests == []


def test_a_failure_of_the_embedded_engine_is_told() -> None:
    embedded = FakeEngine()
    embedded.fail_on["hello"] = EngineError("no library")
    with hosting(None) as hosted, pytest.raises(EngineError, match="no library"):
        rates(FallbackEngine(hosted.host, embedded), "hello")


def test_closing_ends_both() -> None:
    puppet = Puppet()
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(HostPhase.READY)
        FallbackEngine(hosted.host, FakeEngine()).close()
        hosted.wait_for(HostPhase.CLOSED)
    assert puppet.closed.is_set()
