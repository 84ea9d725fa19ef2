"""A chat server that welcomes everybody and never lets anybody into a channel."""

from __future__ import annotations

import socketserver
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


class _Guest(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        for line in self.rfile:
            command = line.split(b" ")[0].strip()
            if command == b"CAP" and b"END" not in line:
                self.wfile.write(b":silent CAP * LS :\r\n")
            elif command == b"USER":
                self.wfile.write(b":silent 001 you :Welcome\r\n")
            elif command == b"PING":
                self.wfile.write(b":silent PONG silent :" + line.split(b":")[-1].strip() + b"\r\n")


class SilentServer:
    """``with SilentServer() as server``: listens on `port` of 127.0.0.1."""

    def __init__(self) -> None:
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Guest)
        self._server.daemon_threads = False
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="silent-server")

    def __enter__(self) -> SilentServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
