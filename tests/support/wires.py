"""What carries a test server's bytes, a stream or a WebSocket, and how its loop ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection


class Wire(Protocol):
    async def read(self) -> bytes: ...
    async def write(self, data: bytes) -> None: ...
    def abort(self) -> None: ...


class StreamWire:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self) -> bytes:
        return await self._reader.read(65_536)

    async def write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def abort(self) -> None:
        self._writer.transport.abort()


class WebSocketWire:
    def __init__(self, websocket: ServerConnection) -> None:
        self._websocket = websocket

    async def read(self) -> bytes:
        data = await self._websocket.recv()
        return data.encode() if isinstance(data, str) else data

    async def write(self, data: bytes) -> None:
        await self._websocket.send(data.decode("utf-8", "replace"))

    def abort(self) -> None:
        self._websocket.transport.abort()


async def stop_listening(*servers: asyncio.Server) -> None:
    """Close the servers in a turn of the loop in which none of them is about to let somebody in.

    asyncio's servers lose whom they have accepted and not yet counted when they are closed: that
    connection stays open, and nobody has it.
    """
    known: set[asyncio.Task[object]] = set()
    while new := asyncio.all_tasks() - known:
        known |= new
        await asyncio.sleep(0)
    for server in servers:
        server.close()


async def others_end(within: float) -> None:
    """Wait until every other task of the loop has ended, those that they begin included.

    A connection whose TLS handshake is cancelled too early stays open as well.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        if loop.time() >= deadline:
            return
        await asyncio.wait(others, timeout=max(0.0, deadline - loop.time()))
