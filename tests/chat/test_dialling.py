"""A dial that is given up, at whatever moment, leaves nothing open."""

from __future__ import annotations

import asyncio
import gc
import itertools
from typing import TYPE_CHECKING

import pytest
from websockets.asyncio.server import serve

from ishowtts_desktop.chat.irc.connection import Endpoint, Transport, connect
from ishowtts_desktop.chat.racing import cancel
from tests.support.wires import others_end, stop_listening

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from tests.support.certificates import Certificate

LOCAL = "127.0.0.1"


async def listen(transport: Transport, certificate: Certificate) -> asyncio.Server:
    async def over_stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.read()
        except OSError:
            pass
        finally:
            writer.transport.abort()

    async def over_websocket(connection: ServerConnection) -> None:
        await connection.wait_closed()

    if transport is Transport.WEBSOCKET:
        return (await serve(over_websocket, LOCAL, 0, ssl=certificate.server())).server
    tls = certificate.server() if transport is Transport.TLS else None
    return await asyncio.start_server(over_stream, LOCAL, 0, ssl=tls)


@pytest.mark.parametrize("transport", list(Transport))
def test_a_dial_can_be_given_up_in_every_turn_of_the_loop(
    transport: Transport, certificate: Certificate
) -> None:
    async def dial() -> int:
        # One loop for both sides, so that a dial goes the same way each time, turn by turn.
        server = await listen(transport, certificate)
        port = server.sockets[0].getsockname()[1]
        endpoint, tls = Endpoint(transport, LOCAL, port), certificate.client()
        for turns in itertools.count():
            dialling = asyncio.create_task(connect(endpoint, tls, 5.0))
            for _ in range(turns):
                await asyncio.sleep(0)
            if dialling.done():
                break
            await cancel(dialling)
            assert dialling.cancelled()
        await (await dialling).close()
        await stop_listening(server)
        await others_end(5.0)
        return turns

    # THEN it was in the middle of things several times, and no transport is found unclosed
    assert asyncio.run(dial()) > 3
    gc.collect()
