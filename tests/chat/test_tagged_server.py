"""The tests' own server: what it leaves behind would be blamed on whatever test comes next."""

from __future__ import annotations

import gc
import socket
from typing import TYPE_CHECKING

from tests.support.tagged_server import TaggedServer

if TYPE_CHECKING:
    from tests.support.certificates import Certificate


def test_a_server_that_is_stopped_while_somebody_comes_in_leaves_nothing_open(
    certificate: Certificate,
) -> None:
    # That moment is hit about every second time.
    for _ in range(5):
        for port in ("port", "tls_port", "websocket_port"):
            with TaggedServer(certificate) as server:
                for _ in range(3):
                    socket.create_connection((server.host, getattr(server, port))).close()
    gc.collect()
