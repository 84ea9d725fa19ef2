"""An engine that stops answering: a GPU that hangs says nothing, and raises nothing either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.hosted import HostPhase
from tests.support.hosting import Puppet, hosting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.speech.engine import SpeechRequest

LOADING, READY, FAILED = HostPhase.LOADING, HostPhase.READY, HostPhase.FAILED


@pytest.mark.parametrize("ends_badly", [False, True])
def test_an_engine_that_stops_answering_keeps_nobody_waiting(ends_badly: bool) -> None:
    # GIVEN an engine that is inside a call, and looks at no token there
    class Stubborn(Puppet):
        def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
            assert self.go.wait(20)
            yield from super().synthesize(request, CancelToken())

    puppet = Stubborn()
    with hosting(lambda: puppet, patience=0.3) as hosted:
        hosted.wait_for(READY)
        puppet.go.clear()
        with pytest.raises(EngineError, match="no sound"):
            hosted.say("bad" if ends_badly else "one")
        # THEN nobody else waits for it, and it is told
        assert not hosted.host.ready
        assert hosted.states[-1].problem is not None
        with pytest.raises(EngineError, match="ready"):
            hosted.say("two")
        # WHEN it comes back THEN it speaks again, without having been loaded
        puppet.go.set()
        hosted.wait_for(READY, 2)
        assert hosted.say("three") == [5]
    assert hosted.phases == [LOADING, READY, FAILED, READY, HostPhase.CLOSED]
