"""A chat server that speaks Twitch's tagged lines, and checks what the real one checks."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from tests.support.waiting import wait_until
from tests.support.wires import StreamWire, WebSocketWire, others_end, stop_listening

if TYPE_CHECKING:
    import ssl
    from collections.abc import Coroutine
    from types import TracebackType

    from websockets.asyncio.server import ServerConnection

    from tests.support.certificates import Certificate
    from tests.support.wires import Wire

T = TypeVar("T")
CAPABILITIES = {"twitch.tv/tags", "twitch.tv/commands", "twitch.tv/membership"}
_NAME = "tmi.twitch.tv"
_AT_ONCE = 500
_PATIENCE = 2.0


class Client:
    """One connection of a client, as the server sees it. `lines` is all that it sent."""

    def __init__(self, wire: Wire, server: TaggedServer) -> None:
        self.lines: list[str] = []
        self.channels: set[str] = set()
        self.capabilities: set[str] = set()
        self.pongs: dict[str, float] = {}
        self.open = True
        self._wire = wire
        self._server = server
        self._nick = ""
        self._user = False
        self._negotiating = False
        self._registered = False

    async def serve(self) -> None:
        rest = b""
        with suppress(OSError, ConnectionClosed):
            while data := await self._wire.read():
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    await self._take(line.decode().rstrip("\r"))
        self.open = False
        self._wire.abort()

    async def send(self, *lines: str) -> None:
        if "twitch.tv/tags" not in self.capabilities:
            lines = tuple(line.partition(" ")[2] if line[0] == "@" else line for line in lines)
        with suppress(OSError, ConnectionClosed):
            await self._wire.write("".join(f"{line}\r\n" for line in lines).encode())

    def abort(self) -> None:
        self._wire.abort()

    async def _take(self, line: str) -> None:
        self.lines.append(line)
        command, _, rest = line.partition(" ")
        rest = rest.removeprefix(":")
        if command == "CAP":
            await self._cap(rest)
        elif command == "NICK":
            self._nick = rest
        elif command == "USER":
            self._user = True
        elif command == "PING":
            if self._server.last_words:
                await self.send(*self._server.last_words)
            if self._server.answers_pings:
                await self.send(f":{_NAME} PONG {_NAME} :{rest}")
        elif command == "PONG":
            self.pongs[rest] = time.monotonic()
        elif command == "JOIN":
            await self._join(rest)
        elif command not in ("PASS", "QUIT"):
            await self.send(f":{_NAME} 421 {self._nick or '*'} {command} :Unknown command")
        await self._welcome()

    async def _cap(self, rest: str) -> None:
        verb, _, names = rest.partition(" ")
        wanted = set(names.removeprefix(":").split())
        if verb == "REQ":
            self._negotiating = True
            known = bool(wanted) and wanted <= CAPABILITIES - self._server.refused_capabilities
            self.capabilities |= wanted if known else set()
            await self.send(f":{_NAME} CAP * {'ACK' if known else 'NAK'} :{' '.join(wanted)}")
        elif verb == "END":
            self._negotiating = False

    async def _welcome(self) -> None:
        if self._registered or self._negotiating or not (self._nick and self._user):
            return
        if not (self._nick.startswith("justinfan") and self._nick[9:].isdigit()):
            await self.send(f":{_NAME} NOTICE * :Login authentication failed")
            self.abort()
            return
        self._registered = True
        await self.send(
            f":{_NAME} 001 {self._nick} :Welcome, GLHF!",
            f":{_NAME} 376 {self._nick} :>",
        )

    async def _join(self, channel: str) -> None:
        if not self._registered:
            await self.send(f":{_NAME} 451 * :You have not registered")
            return
        if channel in self._server.unknown_channels:
            return
        nick = self._nick
        await self.send(
            f":{nick}!{nick}@{nick}.{_NAME} JOIN {channel}",
            f":{nick}.{_NAME} 353 {nick} = {channel} :{nick}",
            f":{nick}.{_NAME} 366 {nick} {channel} :End of /NAMES list",
        )
        if "twitch.tv/commands" in self.capabilities:
            await self.send(f"@emote-only=0;room-id=100;slow=0 :{_NAME} ROOMSTATE {channel}")
        self.channels.add(channel)


class TaggedServer:
    """``with TaggedServer(certificate) as server``: on `port`, `tls_port` and `websocket_port`.

    All of 127.0.0.1, the last two only with a certificate. What it says goes to every client that
    has joined. Set `unknown_channels`, `refused_capabilities` and `answers_pings` to misbehave;
    `last_words` are sent before every answer to a PING.
    """

    host = "127.0.0.1"

    def __init__(self, certificate: Certificate | None = None, channel: str = "#room") -> None:
        self.channel = channel
        self.port = self.tls_port = self.websocket_port = 0
        self.unknown_channels: set[str] = set()
        self.refused_capabilities: set[str] = set()
        self.answers_pings = True
        self.last_words: list[str] = []
        self.clients: list[Client] = []
        self._tls: ssl.SSLContext | None = certificate.server() if certificate else None
        self._numbers = itertools.count(1)
        self._started = threading.Event()
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="tagged-server", daemon=True)

    @property
    def listeners(self) -> list[Client]:
        """The clients that are in the channel now."""
        return [client for client in self.clients if client.open and client.channels]

    def wait_for_listeners(self, count: int = 1, timeout: float = 15.0) -> list[Client]:
        """Return the clients in the channel once there are exactly ``count``."""
        wait_until(lambda: len(self.listeners) == count, timeout, f"{count} listeners")
        return self.listeners

    def say(self, text: str, name: str = "Alice", id: str = "", **tags: str) -> str:  # noqa: A002
        """Write into the channel as ``name``; return the id. ``_`` in a tag means ``-``."""
        id_ = id or f"m-{next(self._numbers)}"
        login = name.lower()
        all_tags = {"display-name": name, "id": id_, "room-id": "100", "user-id": f"u-{login}"}
        all_tags["tmi-sent-ts"] = str(int(time.time() * 1000))
        all_tags.update({key.replace("_", "-"): value for key, value in tags.items()})
        prefix = f"{login}!{login}@{login}.{_NAME}"
        self.raw(f"@{_joined(all_tags)} :{prefix} PRIVMSG {self.channel} :{text}")
        return id_

    def clearmsg(self, id_: str, login: str = "alice", text: str = "gone") -> None:
        """Delete one message."""
        tags = f"login={login};room-id=;target-msg-id={id_};tmi-sent-ts={int(time.time() * 1000)}"
        self.raw(f"@{tags} :{_NAME} CLEARMSG {self.channel} :{text}")

    def clearchat(self, login: str = "") -> None:
        """Ban somebody, or empty the channel."""
        if login:
            tags = f"room-id=100;target-user-id=u-{login}"
            self.raw(f"@{tags} :{_NAME} CLEARCHAT {self.channel} :{login}")
        else:
            self.raw(f"@room-id=100 :{_NAME} CLEARCHAT {self.channel}")

    def reconnect(self, leave: bool = False) -> None:
        """Ask the clients to come back on a new connection; ``leave`` closes the old at once."""
        self._do(self._reconnect(self.listeners, leave))

    def raw(self, *lines: str) -> None:
        """Send lines as they are."""
        self._do(self._send(self.listeners, lines))

    def flood(self, count: int, pings: int = 0) -> list[float]:
        """Write messages as fast as they go, with PINGs between; return the PONGs' delays in s."""
        lines = [
            f"@display-name=Bob{i % 97};id=f-{i};room-id=100;tmi-sent-ts=1700000000000;"
            f"user-id={i % 97} :bob{i % 97}!b@b.{_NAME} PRIVMSG {self.channel} :flood number {i}"
            for i in range(count)
        ]
        delays = []
        part = -(-count // (pings + 1))
        for start in range(0, count, part):
            self._do(self._send(self.listeners, lines[start : start + part]), timeout=120)
            if len(delays) < pings:
                delays.append(self.ping())
        return delays

    def ping(self, timeout: float = 60.0) -> float:
        """Ask for a sign of life; return the seconds until the last client's PONG."""
        token = f"p-{next(self._numbers)}"
        asked = time.monotonic()
        clients = self.listeners
        self._do(self._send(clients, [f"PING :{token}"]))
        wait_until(lambda: all(token in client.pongs for client in clients), timeout, "a PONG")
        return max(client.pongs[token] for client in clients) - asked

    def drop(self) -> None:
        """Break every connection, as a failing network does."""
        clients = list(self.clients)
        self._do(self._abort(clients))
        wait_until(lambda: not any(client.open for client in clients))

    def stop(self) -> None:
        """End the server and its thread."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(15)
        assert not self._thread.is_alive()

    async def _send(self, clients: list[Client], lines: tuple[str, ...] | list[str]) -> None:
        for start in range(0, len(lines), _AT_ONCE):
            for client in clients:
                await client.send(*lines[start : start + _AT_ONCE])

    async def _reconnect(self, clients: list[Client], leave: bool) -> None:
        await self._send(clients, [f":{_NAME} RECONNECT"])
        if leave:
            await self._abort(clients)

    async def _abort(self, clients: list[Client]) -> None:
        for client in clients:
            client.abort()

    def _do(self, work: Coroutine[None, None, T], timeout: float = 15.0) -> T:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        finally:
            self._started.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()

        async def admit(wire: Wire) -> None:
            if self._stop.is_set():
                wire.abort()
                return
            client = Client(wire, self)
            self.clients.append(client)
            await client.serve()

        async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await admit(StreamWire(reader, writer))

        async def websocket(connection: ServerConnection) -> None:
            await admit(WebSocketWire(connection))

        plain = await asyncio.start_server(stream, self.host, 0)
        self.port = plain.sockets[0].getsockname()[1]
        listening = [plain]
        if self._tls is not None:
            tls = await asyncio.start_server(stream, self.host, 0, ssl=self._tls)
            self.tls_port = tls.sockets[0].getsockname()[1]
            ws = await serve(websocket, self.host, 0, ssl=self._tls, close_timeout=0.2)
            self.websocket_port = next(iter(ws.sockets)).getsockname()[1]
            listening += [tls, ws.server]
        self._started.set()
        await self._stop.wait()
        await stop_listening(*listening)
        if self._tls is not None:
            ws.close()
        await self._abort(self.clients)
        await others_end(_PATIENCE)

    def __enter__(self) -> TaggedServer:
        self._thread.start()
        assert self._started.wait(15)
        assert self.port
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _joined(tags: dict[str, str]) -> str:
    escapes = str.maketrans({";": r"\:", " ": r"\s", "\\": r"\\", "\r": r"\r", "\n": r"\n"})
    return ";".join(f"{key}={value.translate(escapes)}" for key, value in tags.items())
