"""The Twitch source against a server that speaks and checks as Twitch does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.chat.irc.connection import Endpoint, Transport
from ishowtts_desktop.chat.twitch.source import TwitchSource
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.messages import ChatMessage, Phase, Removal, RemovalScope
from tests.chat.conftest import QUICK, Heard
from tests.support.certificates import make_certificate
from tests.support.ircd import free_port
from tests.support.tagged_server import TaggedServer
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ishowtts_desktop.chat.hub import ChatHub
    from ishowtts_desktop.chat.timing import Timing
    from tests.support.certificates import Certificate

URL = SourceUrl.parse("twitch://room")


def endpoint(server: TaggedServer, transport: Transport = Transport.TLS) -> Endpoint:
    ports = {
        Transport.TCP: server.port,
        Transport.TLS: server.tls_port,
        Transport.WEBSOCKET: server.websocket_port,
    }
    return Endpoint(transport, "localhost", ports[transport])


def source(
    server: TaggedServer,
    certificate: Certificate,
    timing: Timing = QUICK,
    endpoints: Sequence[Endpoint] = (),
) -> TwitchSource:
    return TwitchSource(
        URL, SystemClock(), certificate.client(), timing, endpoints or [endpoint(server)]
    )


@pytest.mark.parametrize("transport", list(Transport))
def test_hears_messages_over_every_transport(
    transport: Transport,
    server: TaggedServer,
    certificate: Certificate,
    hub: ChatHub,
    heard: Heard,
) -> None:
    hub.open(source(server, certificate, endpoints=[endpoint(server, transport)]))
    server.wait_for_listeners()
    server.say("你好 Kappa", name="Moon", emotes="25:3-7", badges="moderator/1")
    heard.wait_for_text("你好 Kappa")
    message = next(event for event in heard.events if isinstance(event, ChatMessage))
    assert message.name == "Moon"
    assert message.text[message.emotes[0].start : message.emotes[0].end] == "Kappa"
    assert heard.phases == [Phase.CONNECTING, Phase.CONNECTED]


def test_negotiates_before_it_joins(
    server: TaggedServer, certificate: Certificate, hub: ChatHub
) -> None:
    hub.open(source(server, certificate))
    client = server.wait_for_listeners()[0]
    commands = [line.partition(" ")[0] for line in client.lines]
    assert commands == ["CAP", "NICK", "USER", "CAP", "JOIN"]
    assert client.capabilities == {"twitch.tv/tags", "twitch.tv/commands"}


def test_a_refused_capability_does_not_stop_the_registration(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    server.refused_capabilities = {"twitch.tv/tags"}
    hub.open(source(server, certificate))
    server.wait_for_listeners()
    server.say("plain", name="Alice")
    server.say("plain too", name="Alice")
    heard.wait_for_text("plain too")
    messages = [event for event in heard.events if isinstance(event, ChatMessage)]
    assert all(message.id for message in messages)
    assert messages[0].id != messages[1].id


def test_falls_back_to_the_websocket_when_the_port_is_blocked(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    blocked = Endpoint(Transport.TLS, "localhost", free_port())
    endpoints = [blocked, endpoint(server, Transport.WEBSOCKET)]
    hub.open(source(server, certificate, endpoints=endpoints))
    heard.wait_for_phase(Phase.CONNECTED)
    # A second connection goes straight to what worked.
    server.drop()
    heard.wait_for_phase(Phase.CONNECTED, 2)
    assert heard.phases.count(Phase.RETRYING) == 1


def test_removals_arrive(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, certificate))
    server.wait_for_listeners()
    id_ = server.say("oops")
    server.clearmsg(id_)
    server.clearchat("alice")
    server.clearchat()
    wait_until(lambda: sum(isinstance(event, Removal) for event in heard.events) >= 1)
    server.say("after")
    heard.wait_for_text("after")
    scopes = {event.scope for event in heard.events if isinstance(event, Removal)}
    assert RemovalScope.ALL in scopes


def test_a_certificate_of_a_stranger_ends_it(
    server: TaggedServer, stranger: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, stranger))
    state = heard.wait_for_phase(Phase.FAILED)
    assert "certificate of localhost is not trusted" in state.detail
    assert state.retry_in is None
    wait_until(lambda: not server.listeners)
    assert heard.phases == [Phase.CONNECTING, Phase.FAILED]


@pytest.mark.parametrize("transport", [Transport.TLS, Transport.WEBSOCKET])
def test_a_certificate_of_another_name_ends_it(
    transport: Transport, tmp_path: Path, hub: ChatHub, heard: Heard
) -> None:
    elsewhere = make_certificate(tmp_path, "elsewhere.example", local=False)
    with TaggedServer(elsewhere) as server:
        hub.open(source(server, elsewhere, endpoints=[endpoint(server, transport)]))
        assert "not trusted" in heard.wait_for_phase(Phase.FAILED).detail


def test_a_silent_channel_is_told_and_asked_for_again(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    server.unknown_channels = {"#room"}
    hub.open(source(server, certificate, replace(QUICK, join=0.2)))
    state = heard.wait_for_phase(Phase.RETRYING)
    assert "no channel #room, or it does not answer" in state.detail
    assert state.retry_in is not None
    assert state.retry_in >= QUICK.retry_channel
    server.unknown_channels = set()
    heard.wait_for_phase(Phase.CONNECTED)


def test_a_broken_connection_is_made_again(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, certificate))
    server.wait_for_listeners()
    server.say("before", id="same")
    heard.wait_for_text("before")
    server.drop()
    heard.wait_for_phase(Phase.CONNECTED, 2)
    server.wait_for_listeners()
    server.say("before", id="same")
    server.say("after")
    heard.wait_for_text("after")
    assert heard.texts == ["before", "after"]
    assert hub.stats.duplicates == 1


def test_a_server_without_signs_of_life_is_left(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    server.answers_pings = False
    hub.open(source(server, certificate, replace(QUICK, ping_every=0.1, pong_within=0.2)))
    state = heard.wait_for_phase(Phase.RETRYING)
    assert "no sign of life" in state.detail


def test_pings_go_both_ways(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, certificate, replace(QUICK, ping_every=0.05, pong_within=5.0)))
    client = server.wait_for_listeners()[0]
    assert server.ping() < 2.0
    wait_until(lambda: sum(line.startswith("PING") for line in client.lines) >= 3)
    assert heard.phases == [Phase.CONNECTING, Phase.CONNECTED]


def test_a_server_that_asks_to_move_loses_no_message_and_doubles_none(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, certificate))
    old = server.wait_for_listeners()[0]
    server.say("one")
    server.reconnect()
    # WHILE both connections stand, what is said goes to both of them
    sent = ["one"]
    while old.open:
        sent.append(f"line {len(sent)}")
        server.say(sent[-1])
    server.say("last")
    heard.wait_for_text("last")
    # THEN the new one joined before the old one was left, and nobody noticed anything
    assert len(server.clients) == 2
    assert heard.texts == [*sent, "last"]
    assert heard.phases == [Phase.CONNECTING, Phase.CONNECTED]


def test_what_was_under_way_on_the_old_connection_is_heard_before_it_is_left(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, certificate))
    old = server.wait_for_listeners()[0]
    # GIVEN a message that the server sends late, and to the old connection alone
    server.last_words = ["@id=late :ana!ana@ana PRIVMSG #room :said while moving"]
    server.reconnect()
    wait_until(lambda: not old.open)
    heard.wait_for_text("said while moving")


def test_the_old_connection_is_kept_where_the_new_one_fails(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, certificate, replace(QUICK, join=0.2)))
    server.wait_for_listeners()
    # GIVEN a server that asks to move, and lets nobody in there
    server.unknown_channels = {"#room"}
    server.reconnect()
    wait_until(lambda: len(server.clients) == 2 and not server.clients[1].open)
    # THEN the old connection is heard as long as it stands, and then it is as ever
    server.say("still here")
    heard.wait_for_text("still here")
    assert heard.phases == [Phase.CONNECTING, Phase.CONNECTED]
    server.unknown_channels = set()
    server.drop()
    heard.wait_for_phase(Phase.CONNECTED, 2)


def test_a_server_that_closes_right_after_asking_to_move_is_not_waited_for(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    slow = replace(QUICK, retry_first=60.0, retry_longest=60.0)
    hub.open(source(server, certificate, slow))
    server.wait_for_listeners()
    server.reconnect(leave=True)
    wait_until(lambda: len(server.clients) >= 2)
    server.wait_for_listeners()
    server.say("after")
    heard.wait_for_text("after")


def test_garbage_is_counted_and_skipped(
    server: TaggedServer, certificate: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(server, certificate))
    server.wait_for_listeners()
    server.raw("@", "\x00\x01", ":only.a.prefix", "@a=b", "PRIVMSG", "x" * 100_000)
    server.say("still here")
    heard.wait_for_text("still here")
    assert hub.stats.malformed >= 4
    assert heard.phases == [Phase.CONNECTING, Phase.CONNECTED]
