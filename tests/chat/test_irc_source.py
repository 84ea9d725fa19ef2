"""The IRC source against ngircd, a server that nobody here wrote, and against odd servers."""

from __future__ import annotations

import asyncio
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.chat.irc.line import parse_line
from ishowtts_desktop.chat.irc.members import Members
from ishowtts_desktop.chat.irc.parse import parse_event
from ishowtts_desktop.chat.irc.source import IrcSource
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.messages import (
    ChatMessage,
    ConnectionState,
    Malformed,
    Phase,
    Removal,
    RemovalScope,
    Role,
)
from tests.chat.conftest import QUICK, Heard
from tests.support.ircd import IrcSpeaker, Ngircd, free_port

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from ishowtts_desktop.chat.hub import ChatHub
    from ishowtts_desktop.chat.timing import Timing
    from ishowtts_desktop.core.messages import ChatEvent
    from tests.support.certificates import Certificate


def source(url: str, tls: ssl.SSLContext | None = None, timing: Timing = QUICK) -> IrcSource:
    return IrcSource(SourceUrl.parse(url), SystemClock(), tls, timing)


@pytest.mark.parametrize("tls", [False, True])
def test_hears_a_channel(tls: bool, ircd: Ngircd, hub: ChatHub, heard: Heard) -> None:
    with (
        IrcSpeaker(ircd.port, "alice", "#chat") as alice,
        IrcSpeaker(ircd.port, "bob", "#chat") as bob,
    ):
        hub.open(source(ircd.url("chat", tls), ircd.client_tls()))
        alice.wait_for_member("ishow")
        alice.say(*(f"line {number}" for number in range(30)))
        bob.say("大家好 👋")
        bob.act("waves")
        heard.wait_for_text("waves")
    assert heard.texts == [*(f"line {number}" for number in range(30)), "大家好 👋", "waves"]
    messages = [event for event in heard.events if isinstance(event, ChatMessage)]
    assert len({message.id for message in messages}) == 32
    # the first in a channel is its operator
    assert messages[0].roles == {Role.MODERATOR}
    assert (messages[-1].roles, messages[-1].action, messages[-1].login) == (
        frozenset(),
        True,
        "bob",
    )


def test_somebody_thrown_out_is_a_removal(ircd: Ngircd, hub: ChatHub, heard: Heard) -> None:
    with IrcSpeaker(ircd.port, "alice", "#chat") as alice, IrcSpeaker(ircd.port, "Bob", "#chat"):
        hub.open(source(ircd.url("chat")))
        alice.wait_for_member("ishow")
        alice.kick("Bob")
        alice.say("that's that")
        heard.wait_for_text("that's that")
    removal = next(event for event in heard.events if isinstance(event, Removal))
    assert (removal.scope, removal.target_login) == (RemovalScope.AUTHOR, "bob")


def test_comes_back_after_a_power_cut(ircd: Ngircd, hub: ChatHub, heard: Heard) -> None:
    hub.open(source(ircd.url("chat", tls=True), ircd.client_tls()))
    heard.wait_for_phase(Phase.CONNECTED)
    ircd.kill()
    heard.wait_for_phase(Phase.RETRYING)
    ircd.start()
    heard.wait_for_phase(Phase.CONNECTED, 2)
    with IrcSpeaker(ircd.port, "alice", "#chat") as alice:
        alice.wait_for_member("ishow")
        alice.say("back again")
        heard.wait_for_text("back again")


def test_a_taken_nick_is_changed(ircd: Ngircd, hub: ChatHub, heard: Heard) -> None:
    class One:
        def randrange(self, *_: int) -> int:
            return 1

        def uniform(self, _low: float, high: float) -> float:
            return high

    with IrcSpeaker(ircd.port, "ishow0001", "#chat") as other:
        url = SourceUrl.parse(ircd.url("chat"))
        hub.open(IrcSource(url, SystemClock(), timing=QUICK, rng=One()))  # type: ignore[arg-type]
        heard.wait_for_phase(Phase.CONNECTED)
        assert other.members() == {"ishow0001", "ishow002"}


def test_a_certificate_of_a_stranger_ends_it(
    ircd: Ngircd, stranger: Certificate, hub: ChatHub, heard: Heard
) -> None:
    hub.open(source(ircd.url("chat", tls=True), stranger.client()))
    state = heard.wait_for_phase(Phase.FAILED)
    assert "not trusted" in state.detail
    assert heard.phases == [Phase.CONNECTING, Phase.FAILED]


def test_a_port_without_tls_is_told(hub: ChatHub, heard: Heard) -> None:
    with odd_server(b":server NOTICE * :Looking up your hostname\r\n") as url:
        hub.open(source(url.replace("irc:", "ircs:")))
        assert "does not speak TLS" in heard.wait_for_phase(Phase.RETRYING).detail
        assert hub.stop()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 70 + ".invalid", "xn--", "..."])
def test_an_unknown_host_is_told_in_plain_words(host: str, hub: ChatHub, heard: Heard) -> None:
    hub.open(source(f"irc://{host}/chat"))
    state = heard.wait_for_phase(Phase.RETRYING)
    assert f"Can't find the server {host}" in state.detail
    assert "Check the name or the network" in state.detail
    assert state.retry_in is not None


def test_a_closed_port_is_told(hub: ChatHub, heard: Heard) -> None:
    port = free_port()
    hub.open(source(f"irc://localhost:{port}/chat"))
    assert f"refuses connections on port {port}" in heard.wait_for_phase(Phase.RETRYING).detail
    # the way of trying again: told each time, and why
    state = heard.wait_for_phase(Phase.CONNECTING, 2)
    assert "refuses" in state.detail


@contextmanager
def odd_server(*answers: bytes, wait: bool = True) -> Iterator[str]:
    """A server that answers each connection with these bytes and reads what comes."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(20)
            for answer in answers:
                self.request.sendall(answer)
            try:
                while wait and self.request.recv(4096):
                    pass
            except OSError:
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="odd-server")
        thread.start()
        try:
            yield f"irc://127.0.0.1:{server.server_address[1]}/chat"
        finally:
            server.shutdown()
            thread.join()


WELCOME = b":srv 001 me :Welcome\r\n"


@pytest.mark.parametrize(
    ("answer", "wait", "detail"),
    [
        (b"", False, "closed the connection"),
        (b"", True, "does not answer"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", True, "does not answer"),
        (b"\xff\x00" * 50_000, True, "does not answer"),
        (
            b"ERROR :Closing link: (banned)\r\n",
            True,
            "closed the connection: Closing link: (banned)",
        ),
        (b":srv 465 me :You are banned\r\n", True, "lets nobody in: You are banned"),
        (b":srv 433 * me :Taken\r\n" * 20, True, "refuses every name"),
        (WELCOME, True, "no channel #chat, or it does not answer"),
        (
            WELCOME + b":srv 473 me #chat :Cannot join (+i)\r\n",
            True,
            "#chat lets nobody in: Cannot",
        ),
        (WELCOME + b":srv 403 me #CHAT :No such channel\r\n", True, "No such channel"),
        (
            WELCOME + b":srv 366 me #chat :End\r\n:op KICK #chat me :out\r\n",
            True,
            "removed from #chat",
        ),
        (
            b"@msg-id=msg_channel_suspended :t NOTICE #chat :This channel is suspended.\r\n",
            True,
            "can't be read: This channel is suspended",
        ),
    ],
)
def test_odd_servers_are_told_and_tried_again(
    answer: bytes, wait: bool, detail: str, hub: ChatHub, heard: Heard
) -> None:
    with odd_server(answer, wait=wait) as url:
        hub.open(source(url, timing=replace(QUICK, register=0.3, join=0.3)))
        assert detail in heard.wait_for_phase(Phase.RETRYING).detail
        heard.wait_for_phase(Phase.CONNECTING, 2)
        hub.close_source(url)
        heard.wait_for_phase(Phase.CLOSED)


def test_capabilities_are_asked_for_where_they_are_offered(hub: ChatHub, heard: Heard) -> None:
    sent: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        timeout = 20

        def handle(self) -> None:
            try:
                for raw in self.rfile:
                    sent.append(raw.decode().strip())
                    self.wfile.write(self.answer(sent[-1]))
            except OSError:
                return

        def answer(self, line: str) -> bytes:
            if line == "CAP LS 302":
                return b":s CAP * LS * :sasl=PLAIN\r\n:s CAP * LS :server-time message-tags\r\n"
            if line.startswith("CAP REQ"):
                return b":s CAP me ACK :message-tags server-time\r\n"
            if line == "CAP END":
                return WELCOME
            if line.startswith("JOIN"):
                return (
                    b":me!m@h JOIN #chat\r\n"
                    b"@msgid=id-7;time=2024-01-01T00:00:00.500Z :al!a@h PRIVMSG #chat :tagged\r\n"
                )
            return b""

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="odd-server")
        thread.start()
        try:
            hub.open(source(f"irc://127.0.0.1:{server.server_address[1]}/chat"))
            heard.wait_for_text("tagged")
            assert hub.stop()
        finally:
            server.shutdown()
            thread.join()
    assert "CAP REQ :message-tags server-time" in sent
    message = next(event for event in heard.events if isinstance(event, ChatMessage))
    assert (message.id, message.sent_at) == ("id-7", 1_704_067_200.5)


def test_stopping_while_a_server_is_silent_takes_no_time(heard: Heard, hub: ChatHub) -> None:
    with odd_server() as url:
        hub.open(source(url))
        heard.wait_for_phase(Phase.CONNECTING)
        assert hub.stop(timeout=1.0)


def test_several_sources_at_once(ircd: Ngircd, hub: ChatHub, heard: Heard) -> None:
    for number in range(5):
        hub.open(source(ircd.url(f"chat{number}")))
    heard.wait_for_phase(Phase.CONNECTED, 5)
    with IrcSpeaker(ircd.port, "alice", "#chat3") as alice:
        alice.say("hello three")
        heard.wait_for_text("hello three")
    message = next(event for event in heard.events if isinstance(event, ChatMessage))
    assert message.channel == "#chat3"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (":Bad!b@h QUIT :Killed (op (spam))", Removal),
        (":Bad!b@h QUIT :bye", None),
        (":op KICK #chat", None),
        (":a!a@h PRIVMSG me :psst", None),
        (":a!a@h PRIVMSG #chat :\x01VERSION\x01", None),
        (":a!a@h PRIVMSG #chat", Malformed),
        ("PRIVMSG #chat :nobody", Malformed),
        ("@time=nonsense :a!a@h PRIVMSG #chat :x", ChatMessage),
    ],
)
def test_plain_lines(line: str, kind: type | None) -> None:
    parsed = parse_line(line)
    assert parsed is not None
    event = parse_event(parsed, "irc://h/chat", "#chat")
    assert (type(event) if event else None) is kind


def test_operators_come_and_go() -> None:
    members = Members("#Chat")

    def after(text: str) -> set[str]:
        line = parse_line(text)
        assert line is not None
        members.hear(line)
        return {nick for nick in ("a", "b", "c", "d") if members.roles(nick)}

    assert after(":s 353 me = #chat :@a +b %c d") == {"a", "c"}
    assert after(":s 353 me = #other :@d") == {"a", "c"}
    assert after(":a MODE #chat +lo-v 20 b b") == {"a", "b", "c"}
    assert after(":a MODE #chat -o+b-l a d") == {"b", "c"}
    assert after(":a MODE #chat +ooo d") == {"b", "c", "d"}
    assert after(":a MODE #other +o a") == {"b", "c", "d"}
    assert after(":b!u@h NICK :a") == {"a", "c", "d"}
    assert after(":a!u@h QUIT :bye") == {"c", "d"}
    assert after(":c!u@h PART #chat") == {"d"}
    assert after(":x KICK #chat D :out") == set()


def test_a_cancelled_source_leaves_no_task_behind(ircd: Ngircd) -> None:
    class Quiet:
        def __init__(self) -> None:
            self.connected = asyncio.Event()

        def emit(self, event: ChatEvent) -> None:
            if isinstance(event, ConnectionState) and event.phase is Phase.CONNECTED:
                self.connected.set()

    async def run() -> int:
        quiet = Quiet()
        task = asyncio.create_task(source(ircd.url("chat")).run(quiet))
        await quiet.connected.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(asyncio.all_tasks())

    assert asyncio.run(asyncio.wait_for(run(), 20)) <= 2
