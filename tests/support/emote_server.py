"""A server of emote lists over TLS, on this machine, that may answer slowly or not at all."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from tests.support.certificates import Certificate


class EmoteServer:
    """Answers what `answers` holds for "HOST/PATH", 404 else; `asked` is what came.

    While `silent` is set, it takes connections and says nothing.
    """

    def __init__(self, certificate: Certificate) -> None:
        self.answers: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.status = 200
        self.silent = threading.Event()
        self._closing = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.answer(self)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = certificate.server()
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="emote-server"
        )

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        place = request.headers["Host"].partition(":")[0] + request.path
        self.asked.append(place)
        if self.silent.is_set():
            self._closing.wait(20.0)
            return
        data = self.answers.get(place)
        request.send_response(404 if data is None else self.status)
        request.send_header("Content-Length", str(len(data or b"")))
        request.end_headers()
        request.wfile.write(data or b"")

    def __enter__(self) -> EmoteServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
