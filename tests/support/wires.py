"""What carries a test server's bytes: a stream or a WebSocket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio

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
