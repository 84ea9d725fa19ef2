"""A stand-in of the Hugging Face hub on loopback: it speaks what the real one speaks.

Large files are redirected to a content network on another host name, small ones to a cached answer
on the same; it refuses what the real one refuses, and breaks when it is told to.
"""

from __future__ import annotations

import hashlib
import re
import socket
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ishowtts_desktop.core.published import (
    CATALOGUE,
    MODEL_REPOSITORY,
    VOCOS_REPOSITORY,
    PublishedModel,
)

if TYPE_CHECKING:
    from types import TracebackType

COMMIT = "84e5a410d9cead4de2f847e7c9369a6440bdfaca"
WEIGHTS = "F5TTS_v1_Base/model_1250000.safetensors"
PIECE = 1 << 14


def made_up(path: str) -> bytes:
    """Return the bytes of a published file, small and always the same."""
    if path.endswith("vocab.txt"):
        return "".join(f"{token}\n" for token in (" ", "a", "b", "hao3")).encode()
    if path.endswith(".yaml"):
        return b"feature_extractor: {}\n"
    return Random(path).randbytes(1_500_000 if path.endswith(".safetensors") else 90_000)


def _in_miniature(model: PublishedModel) -> PublishedModel:
    files = []
    for file in model.files:
        data = made_up(file.path)
        checksum = hashlib.sha256(data).hexdigest() if file.sha256 else ""
        files.append(replace(file, bytes=len(data), sha256=checksum))
    return replace(model, files=tuple(files))


SMALL_CATALOGUE = tuple(_in_miniature(model) for model in CATALOGUE)
V1, V0, VOCOS = SMALL_CATALOGUE


@dataclass
class Mischief:
    """What goes wrong: a status for paths with a word in them, and how a body comes."""

    statuses: dict[str, int] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)  # the next bodies end after so many bytes
    stall_after: int | None = None
    seconds_a_piece: float = 0.0
    flipped_byte: int | None = None
    no_ranges: bool = False
    empty_bodies: bool = False
    strange_etag: str = ""
    login_page: bool = False
    extra_headers: dict[str, str] = field(default_factory=dict)


class FakeHub:
    """Serves `made_up` files until it leaves the ``with``; ``url`` is its HF_ENDPOINT."""

    def __init__(self) -> None:
        self.mischief = Mischief()
        self.complaints: list[str] = []
        self.begun: list[tuple[str, int]] = []  # path, first byte
        self.bodies: list[tuple[str, int, int]] = []  # path, first byte, bytes sent
        self.sent = 0
        self.stalled = threading.Event()
        self.closing = threading.Event()
        self.files = {
            (file.repository, file.path): made_up(file.path)
            for model in SMALL_CATALOGUE
            for file in model.files
        }
        hub = self

        class Handler(_Handler):
            fake = hub

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> FakeHub:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        assert self.complaints == []

    def body_bytes(self, word: str = "") -> int:
        """How many bytes of files with ``word`` in their path went out."""
        return sum(count for path, _, count in self.bodies if word in path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: FakeHub

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_HEAD(self) -> None:
        self._route()

    def do_GET(self) -> None:
        self._route()

    def _route(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self._look_at_headers(path)
        for word, status in self.fake.mischief.statuses.items():
            if word in path:
                self._answer(status, self.fake.mischief.extra_headers)
                return
        if self.fake.mischief.login_page:
            self._answer(200, {"Content-Type": "text/html"}, b"<html>Log in to this network</html>")
            return
        resolve = re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path)
        cached = re.fullmatch(r"/api/resolve-cache/models/([^/]+/[^/]+)/([^/]+)/(.+)", path)
        if path.startswith("/cdn/"):
            self._content_network(path)
        elif resolve:
            self._resolve(*resolve.groups())
        elif cached:
            self._small(cached[1], cached[3])
        else:
            self.fake.complaints.append(f"nobody asks the hub for {path}")
            self._answer(404, {"X-Error-Code": "RepoNotFound"})

    def _look_at_headers(self, path: str) -> None:
        if "hf_hub/" not in self.headers.get("User-Agent", "") and not path.startswith("/cdn/"):
            self.fake.complaints.append(f"{path}: a strange User-Agent")
        if "Authorization" in self.headers:
            self.fake.complaints.append(f"{path}: a token for a public file")
        wanted = self.headers.get("Range")
        if wanted and not re.fullmatch(r"bytes=\d+-\d*", wanted):
            self.fake.complaints.append(f"{path}: Range {wanted!r}")

    def _resolve(self, repository: str, revision: str, path: str) -> None:
        data = self.fake.files.get((repository, path))
        if data is None or revision not in ("main", COMMIT):
            code = "RevisionNotFound" if data is not None else "EntryNotFound"
            known = repository in (MODEL_REPOSITORY, VOCOS_REPOSITORY)
            self._answer(404, {"X-Error-Code": code if known else "RepoNotFound"})
            return
        headers = {
            "X-Repo-Commit": COMMIT,
            "X-Linked-Size": str(len(data)),
            "X-Linked-Etag": f'"{self.fake.mischief.strange_etag or etag(path, data)}"',
            "Accept-Ranges": "bytes",
        }
        if large(path):
            # Another host name, as the content network has: a token must not go there.
            place = f"http://localhost:{self.fake.port}/cdn/{repository}/{path}?Signature=abc"
            self._answer(302, headers | {"Location": place, "ETag": '"of-the-redirect"'})
        else:
            place = f"/api/resolve-cache/models/{repository}/{COMMIT}/{path}"
            self._answer(307, headers | {"Location": place})

    def _small(self, repository: str, path: str) -> None:
        data = self.fake.files[repository, path]
        name = self.fake.mischief.strange_etag or etag(path, data)
        self._answer(200, {"X-Repo-Commit": COMMIT, "ETag": f'"{name}"'}, data)

    def _content_network(self, path: str) -> None:
        mischief = self.fake.mischief
        repository, _, name = path.removeprefix("/cdn/").partition("/")
        name, repository = name.partition("/")[2], f"{repository}/{name.partition('/')[0]}"
        data = self.fake.files[repository, name]
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = 0 if wanted is None or mischief.no_ranges else int(wanted[1])
        if start >= len(data):
            self._answer(416, {"Content-Range": f"bytes */{len(data)}"})
            return
        if mischief.empty_bodies:
            self._answer(200, {})
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - start))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "GET":
            self.fake.begun.append((name, start))
            self._send(name, data, start)

    def _send(self, path: str, data: bytes, start: int) -> None:
        mischief = self.fake.mischief
        if mischief.flipped_byte is not None:
            data = bytearray(data)
            data[mischief.flipped_byte] ^= 1
        end = min(len(data), start + mischief.cuts.pop(0)) if mischief.cuts else len(data)
        at = start
        try:
            while at < end:
                if mischief.stall_after is not None and at >= mischief.stall_after:
                    self.fake.stalled.set()
                    self.fake.closing.wait()
                    break
                if mischief.seconds_a_piece:
                    self.fake.closing.wait(mischief.seconds_a_piece)
                piece = data[at : min(end, at + PIECE)]
                self.wfile.write(piece)
                at += len(piece)
                self.fake.sent += len(piece)
        except OSError:
            pass  # whoever asked has gone
        self.fake.bodies.append((path, start, at - start))
        self.close_connection = True
        if end < len(data):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if body and self.command == "GET":
            self.wfile.write(body)
            self.fake.bodies.append((self.path, 0, len(body)))
        self.close_connection = True


def large(path: str) -> bool:
    """Whether the hub keeps a file with Git LFS."""
    return path.endswith((".safetensors", ".bin"))


def etag(path: str, data: bytes) -> str:
    """Return what the hub calls a file's content: SHA-256 for large ones, git's name for others."""
    if large(path):
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
