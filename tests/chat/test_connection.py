"""The end of a connection, whatever state its transport is in."""

from __future__ import annotations

import asyncio
from typing import Any

from ishowtts_desktop.chat.irc.connection import Endpoint, StreamConnection, Transport


class EndedTransport:
    """A TLS transport after its end, as Python 3.11.2 leaves it."""

    _ssl_protocol: Any = None

    def abort(self) -> None:
        self._ssl_protocol._abort()


class EndedWriter:
    """A writer whose connection the other side has closed."""

    transport = EndedTransport()

    def close(self) -> None:
        pass

    async def wait_closed(self) -> None:
        raise ConnectionResetError


def test_a_connection_that_the_server_ended_can_be_closed() -> None:
    endpoint = Endpoint(Transport.TLS, "localhost", 6697)

    async def close() -> None:
        reader, writer = asyncio.StreamReader(), EndedWriter()
        await StreamConnection(reader, writer, endpoint).close()  # type: ignore[arg-type]

    asyncio.run(close())
