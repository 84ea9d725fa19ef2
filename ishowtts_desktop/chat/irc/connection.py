"""How lines travel: TCP, TLS or WebSocket behind one protocol."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from socket import SHUT_RDWR
from typing import TYPE_CHECKING, Protocol

from ishowtts_desktop.chat.irc.line import LINE_LIMIT
from ishowtts_desktop.chat.net import explain, open_socket
from ishowtts_desktop.chat.racing import cancel, time_limit

if TYPE_CHECKING:
    import socket
    import ssl

    from websockets.asyncio.client import ClientConnection

_CHUNK = 65_536
_LONGEST_FRAME = 4 * 1024 * 1024
_GOODBYE = 0.2


class Transport(Enum):
    """What carries the lines. A WebSocket is always inside TLS."""

    TCP = "tcp"
    TLS = "tls"
    WEBSOCKET = "websocket"


@dataclass(frozen=True)
class Endpoint:
    """Where a server listens."""

    transport: Transport
    host: str
    port: int


class LineConnection(Protocol):
    """Carries lines both ways. What fails raises `ChatError`."""

    async def read_lines(self) -> list[bytes]:
        """Wait for lines, without their ends; an empty list means that the server closed.

        A line longer than `LINE_LIMIT` comes cut to one byte more than that.
        """
        ...

    async def send(self, line: str) -> None:
        """Send one line."""
        ...

    async def close(self) -> None:
        """Say goodbye and release the connection, within half a second."""
        ...


class LineSplitter:
    """Cuts a stream of bytes into lines, in bounded memory."""

    def __init__(self, limit: int = LINE_LIMIT) -> None:
        self._limit = limit
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """Return the lines that ``data`` completes; a longer one is cut to ``limit`` + 1 bytes."""
        *whole, rest = data.split(b"\n")
        if whole:
            whole[0] = self._rest + whole[0]
            self._rest = b""
        self._rest = (self._rest + rest)[: self._limit + 2]
        return [line.rstrip(b"\r")[: self._limit + 1] for line in whole]


async def connect(endpoint: Endpoint, tls: ssl.SSLContext, within: float) -> LineConnection:
    """Connect to ``endpoint`` within about ``within`` seconds; raises `ChatError`.

    The certificate is always verified, by ``tls``.
    """
    sock = await open_socket(endpoint.host, endpoint.port, within)
    opening = asyncio.create_task(_open(sock, endpoint, tls))
    try:
        async with time_limit(within):
            return await asyncio.shield(opening)
    except BaseException as error:
        await _give_up(opening, sock)
        if isinstance(error, (OSError, asyncio.TimeoutError)):
            raise explain(error, endpoint.host, endpoint.port) from error
        raise


async def _open(sock: socket.socket, endpoint: Endpoint, tls: ssl.SSLContext) -> LineConnection:
    try:
        if endpoint.transport is Transport.WEBSOCKET:
            return await _websocket(sock, endpoint, tls)
        encrypted = endpoint.transport is Transport.TLS
        reader, writer = await asyncio.open_connection(
            sock=sock,
            ssl=tls if encrypted else None,
            server_hostname=endpoint.host if encrypted else None,
        )
        return StreamConnection(reader, writer, endpoint)
    except BaseException:
        sock.close()
        raise


async def _websocket(
    sock: socket.socket, endpoint: Endpoint, tls: ssl.SSLContext
) -> LineConnection:
    from websockets.asyncio.client import connect as connect_websocket
    from websockets.exceptions import WebSocketException

    try:
        websocket = await connect_websocket(
            f"wss://{endpoint.host}:{endpoint.port}/",
            sock=sock,
            ssl=tls,
            server_hostname=endpoint.host,
            compression=None,
            ping_interval=None,
            open_timeout=None,
            close_timeout=_GOODBYE,
            max_size=_LONGEST_FRAME,
        )
    except WebSocketException as error:
        raise explain(error, endpoint.host, endpoint.port) from error
    return WebSocketConnection(websocket, endpoint)


async def _give_up(opening: asyncio.Task[LineConnection], sock: socket.socket) -> None:
    """End what `_open` does as a broken line would, and wait for it.

    asyncio, cancelled at the beginning or the end of a TLS handshake, leaves the transport open;
    and to close a socket under a transport makes the next connection with its number fail.
    """
    with suppress(OSError):
        sock.shutdown(SHUT_RDWR)
    try:
        await asyncio.wait({opening}, timeout=_GOODBYE)
    finally:
        await cancel(opening)
        if not opening.cancelled() and opening.exception() is None:
            await opening.result().close()


class StreamConnection:
    """Lines over TCP or TLS."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, endpoint: Endpoint
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._endpoint = endpoint
        self._splitter = LineSplitter()

    async def read_lines(self) -> list[bytes]:
        """See `LineConnection`."""
        try:
            while data := await self._reader.read(_CHUNK):
                if lines := self._splitter.feed(data):
                    return lines
        except OSError as error:
            raise explain(error, self._endpoint.host, self._endpoint.port) from error
        return []

    async def send(self, line: str) -> None:
        """See `LineConnection`."""
        try:
            self._writer.write(_one_line(line) + b"\r\n")
            await self._writer.drain()
        except (OSError, RuntimeError) as error:  # RuntimeError: the transport is closing
            raise explain(error, self._endpoint.host, self._endpoint.port) from error

    async def close(self) -> None:
        """See `LineConnection`."""
        try:
            self._writer.close()
            async with time_limit(_GOODBYE):
                await self._writer.wait_closed()
        except (OSError, asyncio.TimeoutError):
            pass
        finally:
            abort(self._writer.transport)


class WebSocketConnection:
    """Lines in the frames of a WebSocket, one or several in each."""

    def __init__(self, websocket: ClientConnection, endpoint: Endpoint) -> None:
        self._websocket = websocket
        self._endpoint = endpoint
        self._splitter = LineSplitter()

    async def read_lines(self) -> list[bytes]:
        """See `LineConnection`."""
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                data = await self._websocket.recv(decode=False)
                if lines := self._splitter.feed(data if data.endswith(b"\n") else data + b"\n"):
                    return lines
        except ConnectionClosed:
            return []

    async def send(self, line: str) -> None:
        """See `LineConnection`."""
        from websockets.exceptions import ConnectionClosed

        try:
            await self._websocket.send((_one_line(line) + b"\r\n").decode())
        except ConnectionClosed as error:
            raise explain(error, self._endpoint.host, self._endpoint.port) from error

    async def close(self) -> None:
        """See `LineConnection`."""
        try:
            with suppress(OSError):
                await self._websocket.close()
        finally:
            abort(self._websocket.transport)


def abort(transport: asyncio.WriteTransport) -> None:
    """Drop what is left of a connection; one that has ended already is no error."""
    # Up to Python 3.11.2, which Debian 12 has, a TLS transport forgets its protocol at the end.
    with suppress(AttributeError):
        transport.abort()


def _one_line(line: str) -> bytes:
    return line.replace("\r", " ").replace("\n", " ").replace("\0", " ").encode("utf-8", "replace")
