"""The hub: what a file there is, and its bytes from any position on. Here alone huggingface-hub is.

Today's versions of that library keep nothing of a broken download, so its own download function
can't resume; its questions, its connections and its cache's layout serve us all the same. The body
comes over plain HTTP and not by hf-xet, which shows no position to go on from. No token is sent:
what the catalogue has is public.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ishowtts_desktop.core.errors import ModelError
from ishowtts_desktop.models.faults import host_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from types import ModuleType

    from ishowtts_desktop.core.published import PublishedFile

DEFAULT_ENDPOINT: Final = "https://huggingface.co"
REVISION: Final = "main"
SILENCE_SECONDS: Final = 10.0
# What a body is read by: small enough for a moving progress bar and a quick cancel.
PIECE: Final = 1 << 16
_PARTIAL: Final = 206
# These become names in the cache: nothing but a checksum may be one.
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")
_BLOB: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# The library's own errors are made of these; it has stood on all three.
_FAILURES: Final = (
    ("requests", "RequestException"),
    ("httpx", "HTTPError"),
    ("httpx", "InvalidURL"),
    ("httpx2", "HTTPError"),
    ("httpx2", "InvalidURL"),
)
_TRUE: Final = frozenset({"1", "ON", "YES", "TRUE"})


@dataclass(frozen=True)
class RemoteFile:
    """A file as the hub has it now: its commit, its checksum (which names its blob), its bytes."""

    file: PublishedFile
    commit: str
    blob: str
    bytes: int
    url: str


@dataclass(frozen=True)
class Body:
    """The bytes of a file from ``start`` on, which is 0 when the server can't begin elsewhere."""

    start: int
    pieces: Iterator[bytes]


class Hub:
    """Asks one hub. ``silence`` is how many seconds it may say nothing before that is an error.

    Without huggingface-hub, or with an HF_ENDPOINT that is none, making one raises `ModelError`.
    Its functions raise what huggingface-hub and its connections raise: see `faults.plain`.
    """

    def __init__(self, environment: Mapping[str, str], silence: float = SILENCE_SECONDS) -> None:
        self._library = _library()
        self.endpoint = _address(environment.get("HF_ENDPOINT") or DEFAULT_ENDPOINT)
        self._silence = silence
        self._environment = environment
        self.host = host_of(self.endpoint)

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """Return what asking and reading may raise, beside `ModelError`."""
        found = [
            getattr(sys.modules[module], name)
            for module, name in _FAILURES
            if module in sys.modules and hasattr(sys.modules[module], name)
        ]
        # ImportError: a SOCKS proxy needs a package that only the connection asks for.
        return OSError, ValueError, ImportError, *found

    def describe(self, file: PublishedFile) -> RemoteFile:
        """Ask for a file's size and checksum; raises `ModelError` when this is no hub at all."""
        refuse_offline(self._environment)
        where = self._url(file, REVISION)
        found = self._library.get_hf_file_metadata(where, token=False, timeout=self._silence)
        commit, blob = found.commit_hash or "", found.etag or ""
        if not _COMMIT.fullmatch(commit) or not _BLOB.fullmatch(blob) or found.size is None:
            raise ModelError(
                f"{self.host} answered, but not as the hub does.",
                "Perhaps this network wants you to log in first: open a page in the browser."
                " If HF_ENDPOINT is set, check it.",
            )
        # With the commit: what is resumed tomorrow is the same file.
        return RemoteFile(file, commit, blob, found.size, self._url(file, commit))

    @contextmanager
    def open(self, remote: RemoteFile, start: int) -> Generator[Body]:
        """Open a file's bytes from ``start`` on."""
        utils: Any = self._library.utils
        headers = utils.build_hf_headers(token=False)
        headers["Accept-Encoding"] = "identity"
        if start:
            headers["Range"] = f"bytes={start}-"
        session = utils.get_session()
        # Before 1.0 the library stood on requests, since then on httpx.
        if callable(getattr(session, "stream", None)):
            opened = session.stream("GET", remote.url, headers=headers, timeout=self._silence)
        else:
            opened = session.get(remote.url, headers=headers, timeout=self._silence, stream=True)
        with opened as response:
            utils.hf_raise_for_status(response)
            begun = _start(response.status_code, response.headers, start)
            by_size = getattr(response, "iter_content", None)
            yield Body(begun, response.iter_bytes() if by_size is None else by_size(PIECE))

    def _url(self, file: PublishedFile, revision: str) -> str:
        url: str = self._library.hf_hub_url(
            file.repository, file.path, revision=revision, endpoint=self.endpoint
        )
        return url


def refuse_offline(environment: Mapping[str, str]) -> None:
    """Raise `ModelError` where the user has forbidden the network."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        if environment.get(name, "").upper() in _TRUE:
            raise ModelError(
                f"{name} is set: nothing may be downloaded.", f"Unset {name} and try again."
            )


def _address(endpoint: str) -> str:
    try:
        parts = urlsplit(endpoint)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or not endpoint.isprintable():
        raise ModelError(
            f"HF_ENDPOINT should be a hub's address, such as {DEFAULT_ENDPOINT}, and is not.",
            "Correct it, or unset it.",
        )
    return endpoint.rstrip("/")


def _start(status: int, headers: Mapping[str, str], wanted: int) -> int:
    """Return where an answer begins, in bytes of the file."""
    if status != _PARTIAL:
        return 0
    found = re.match(r"bytes (\d+)-", headers.get("Content-Range", ""))
    if found is None or int(found[1]) != wanted:
        raise ModelError(
            "The hub sent another part of the file than it was asked for.", "Try again later."
        )
    return wanted


def _library() -> ModuleType:
    try:
        import huggingface_hub
    except ImportError as error:
        raise ModelError(
            f"Downloading needs {error.name}, which is not installed.",
            "Install the extra: pip install 'ishowtts-desktop[f5]'.",
        ) from error
    return huggingface_hub
