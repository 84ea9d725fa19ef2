"""A voice that can't be cloned is that voice's trouble: the engine stays loaded."""

from __future__ import annotations

import pytest

from ishowtts_desktop.core.errors import VoiceUnfit
from ishowtts_desktop.speech.hosted import HostPhase
from tests.support.hosting import Puppet, hosting


def test_an_unfit_voice_does_not_unload_the_engine() -> None:
    puppet, made = Puppet(), []
    puppet.error = VoiceUnfit("The reference recording has no text.", "Write it down.")

    def make() -> Puppet:
        made.append(puppet)
        return puppet

    with hosting(make) as hosted:
        hosted.wait_for(HostPhase.READY)
        for _ in range(6):
            with pytest.raises(VoiceUnfit, match="no text"):
                hosted.say("bad")
            assert hosted.host.ready
            assert hosted.host.state.problem is not None
        assert hosted.say("good") == [4]
        assert hosted.host.state.problem is None
    assert len(made) == 1
