"""What a real IRC server wants to hear from time to time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.chat.irc.source import IrcSource
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.messages import Phase
from tests.chat.conftest import QUICK, Heard
from tests.support.ircd import IrcSpeaker, Ngircd

if TYPE_CHECKING:
    from ishowtts_desktop.chat.hub import ChatHub

# Only the server asks.
SILENT = replace(QUICK, ping_every=60.0)


def source(server: Ngircd) -> IrcSource:
    return IrcSource(SourceUrl.parse(server.url("chat")), SystemClock(), timing=SILENT)


def test_a_server_that_wants_its_ping_answered_lets_us_in(hub: ChatHub, heard: Heard) -> None:
    with Ngircd(ping_first=True) as ircd:
        hub.open(source(ircd))
        heard.wait_for_phase(Phase.CONNECTED)
        with IrcSpeaker(ircd.port, "alice", "#chat") as alice:
            alice.say("welcome")
            heard.wait_for_text("welcome")
    assert heard.phases[:2] == [Phase.CONNECTING, Phase.CONNECTED]


@pytest.mark.soak  # ngircd asks after 5 s at the earliest
def test_stays_with_a_server_that_pings(hub: ChatHub, heard: Heard) -> None:
    with Ngircd(ping_seconds=1) as ircd:
        hub.open(source(ircd))
        heard.wait_for_phase(Phase.CONNECTED)
        with IrcSpeaker(ircd.port, "alice", "#chat") as alice:
            # ngircd closes whoever leaves its PING unanswered: by then it has asked several times
            for _ in range(2):
                alice.wait_for("PING")
            alice.say("still here?")
            heard.wait_for_text("still here?")
    assert heard.phases[:2] == [Phase.CONNECTING, Phase.CONNECTED]
    assert heard.phases.count(Phase.CONNECTED) == 1
