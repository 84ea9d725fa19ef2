"""A hub on loopback that has one recogniser's model, and sends its weights as slowly as told."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = "Systran/faster-whisper-small"
COMMIT = "536b0662742c02347bc0e980a01041f333bce120"
PIECE = 1 << 14


class WhisperHub(ThreadingHTTPServer):
    """``files`` by their names. With ``endless`` set, the weights never come to their end."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files
        self.endless = False
        self.closing = threading.Event()
        self.tokens: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up is what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: WhisperHub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        files = self.server.files
        if "Authorization" in self.headers:
            self.server.tokens.append(self.headers["Authorization"])
        path = self.path.partition("?")[0]
        if path.startswith(f"/api/models/{REPOSITORY}/tree/"):
            self._send(json.dumps([_entry(name, data) for name, data in files.items()]).encode())
        elif path.startswith(f"/api/models/{REPOSITORY}"):
            siblings = [{"rfilename": name} for name in files]
            told = {"id": REPOSITORY, "sha": COMMIT, "siblings": siblings}
            self._send(json.dumps(told).encode())
        elif (name := path.rpartition("/")[2]) in files and path.startswith(
            f"/{REPOSITORY}/resolve"
        ):
            self._send(files[name], name)
        else:
            self.send_error(404)

    def _send(self, data: bytes, name: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        if name:
            self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if self.command == "HEAD":
            return
        if name == "model.bin" and self.server.endless:
            while not self.server.closing.wait(0.02):
                self.wfile.write(data[:PIECE])
                data = data[PIECE:] or bytes(PIECE)
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _entry(name: str, data: bytes) -> dict[str, Any]:
    checksum = hashlib.sha256(data).hexdigest()
    return {"type": "file", "path": name, "size": len(data), "oid": checksum[:40]}


@contextlib.contextmanager
def whisper_hub(files: dict[str, bytes]) -> Iterator[WhisperHub]:
    """Serve ``files`` for as long as it lasts."""
    hub = WhisperHub(files)
    thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        hub.closing.set()
        hub.shutdown()
        thread.join()
        hub.server_close()
