"""What goes wrong between this machine and the hub, in plain words with the next step.

huggingface-hub has stood on three HTTP libraries so far, requests, httpx and httpx2, whose errors
have the same names and little else in common. So errors are told apart by their names, by the HTTP
status they carry, and by the operating system's error at the end of their chain of causes.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ishowtts_desktop.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

RESUMED: Final = "What is here already is kept: try again, and it goes on from there."
_PROXY_AUTHENTICATION: Final = 407
_BUSY: Final = 429
_SERVER: Final = 500
# Worth another try at once; the rest comes out the same.
_PASSING: Final = frozenset({408, 500, 502, 503, 504})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_BARRED: Final = frozenset(
    {errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT}
)
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def plain(error: BaseException, endpoint: str, environment: Mapping[str, str]) -> ModelError:
    """Return the error for the user; ``endpoint`` is the hub's address, as in HF_ENDPOINT."""
    host = host_of(endpoint)
    chain = tuple(_chain(error))
    status = _status(chain)
    if status:
        return _by_status(status, host, chain)
    if any(isinstance(e, ssl.SSLCertVerificationError) for e in chain):
        return ModelError(
            f"The connection to {host} isn't trusted: its certificate can't be verified.",
            "Check this machine's date. If this network inspects connections, give its certificate"
            " in SSL_CERT_FILE and REQUESTS_CA_BUNDLE.",
        )
    if any(isinstance(e, ssl.SSLError) or "SSL" in type(e).__name__ for e in chain):
        return ModelError(
            f"No secure connection to {host} came about.",
            "Something on the way may not speak TLS: check HTTPS_PROXY and HF_ENDPOINT.",
        )
    proxy = proxy_of(endpoint, environment)
    if any(isinstance(e, ImportError) for e in chain):
        return ModelError(
            f"The way to {host} leads through a SOCKS proxy, which needs the package socksio.",
            f"Install it ({sys.executable} -m pip install socksio), or name an HTTP proxy in"
            " HTTPS_PROXY and unset ALL_PROXY.",
        )
    if _by_proxy(chain) or (proxy and _unreachable(chain)):
        if _told(chain, str(_PROXY_AUTHENTICATION)):
            return _by_status(_PROXY_AUTHENTICATION, host, chain)
        return ModelError(
            f"The proxy {proxy or 'of this network'} doesn't lead to {host}.",
            f"Check HTTPS_PROXY, or unset it if {host} can be reached without.",
        )
    if any(isinstance(e, socket.gaierror) for e in chain):
        return ModelError(
            f"{host} can't be found: this machine seems to be offline, or its DNS doesn't answer.",
            f"Check the network. {RESUMED}",
        )
    if _slow(chain):
        return ModelError(f"{host} has stopped answering.", f"Check the network. {RESUMED}")
    reason = next((os.strerror(e.errno) for e in chain if isinstance(e, OSError) and e.errno), "")
    detail = f": {reason}" if reason else ""
    return ModelError(
        f"The connection to {host} failed{detail}.",
        f"Check the network. {RESUMED}",
    )


def passing(error: BaseException) -> bool:
    """Tell whether the same request may well work in a moment."""
    chain = tuple(_chain(error))
    status = _status(chain)
    if status:
        return status in _PASSING
    return not any(isinstance(e, ssl.SSLCertVerificationError) for e in chain)


def disk(error: OSError, place: Path) -> ModelError:
    """Return the error for the user when ``place`` couldn't be written."""
    if error.errno in _FULL:
        return ModelError(f"The disk of {place} is full.", f"Make room. {RESUMED}")
    if error.errno in _REFUSED:
        return ModelError(
            f"{place} may not be written by this user: {error.strerror}.",
            "Give the user the right to, or choose another cache with HF_HOME.",
        )
    return ModelError(
        f"{place} can't be written: {error.strerror or error}.",
        "Check the disk, or choose another cache with HF_HOME.",
    )


def host_of(endpoint: str) -> str:
    """Return HOST or HOST:PORT of an address, without the name and password it may have."""
    address = endpoint if "//" in endpoint else f"//{endpoint}"
    return urlsplit(address).netloc.rpartition("@")[2] or endpoint


def proxy_of(endpoint: str, environment: Mapping[str, str]) -> str:
    """Return the proxy on the way to ``endpoint`` as HOST:PORT; "" for none."""
    said = {name.lower(): value for name, value in environment.items() if value}
    name = host_of(endpoint).partition(":")[0]
    for spared in said.get("no_proxy", "").replace(" ", "").split(","):
        if spared == "*" or (spared and f".{name}".endswith(f".{spared.lstrip('.')}")):
            return ""
    kind = "http_proxy" if endpoint.startswith("http:") else "https_proxy"
    address = said.get(kind) or said.get("all_proxy")
    return host_of(address) if address else ""


def _by_status(status: int, host: str, chain: tuple[BaseException, ...]) -> ModelError:
    if status == _PROXY_AUTHENTICATION:
        return ModelError(
            "The proxy wants a name and a password (407).",
            "Write them into HTTPS_PROXY: http://NAME:PASSWORD@HOST:PORT.",
        )
    if status in (401, 403, 404):
        return ModelError(
            f"{host} doesn't give this model away (HTTP {status}).",
            "It may have moved: look for a newer version of this program, or choose a folder"
            " with a model of your own. If HF_ENDPOINT is set, check it.",
        )
    if status == _BUSY:
        seconds = next((wait for e in chain if (wait := _retry_after(e))), "")
        when = f"in {seconds} seconds" if seconds else "in some minutes"
        return ModelError(f"{host} wants fewer requests (HTTP {status}).", f"Try again {when}.")
    if status >= _SERVER:
        return ModelError(f"{host} has a problem (HTTP {status}).", f"Wait a little. {RESUMED}")
    return ModelError(f"{host} refused (HTTP {status}).", "Try again later.")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it came from, the innermost last."""
    seen: set[int] = set()
    following: list[BaseException] = [error]
    while following:
        current = following.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        # requests and urllib3 keep the cause as an argument or as a reason.
        inner = [current.__cause__, current.__context__, getattr(current, "reason", None)]
        following += [e for e in (*current.args, *inner) if isinstance(e, BaseException)]


def _status(chain: tuple[BaseException, ...]) -> int:
    for error in chain:
        status = getattr(getattr(error, "response", None), "status_code", None)
        if isinstance(status, int) and status >= 400:
            return status
    return 0


def _retry_after(error: BaseException) -> str:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    seconds = str(headers.get("Retry-After", ""))
    return seconds if seconds.isascii() and seconds.isdigit() and len(seconds) < 6 else ""


def _by_proxy(chain: tuple[BaseException, ...]) -> bool:
    return any("Proxy" in type(e).__name__ for e in chain)


def _unreachable(chain: tuple[BaseException, ...]) -> bool:
    """Tell whether not even a connection came about. Behind a proxy that is the proxy's doing."""
    return any(
        isinstance(e, socket.gaierror) or (isinstance(e, OSError) and e.errno in _BARRED)
        for e in chain
    )


def _slow(chain: tuple[BaseException, ...]) -> bool:
    return any("Timeout" in type(e).__name__ or isinstance(e, TimeoutError) for e in chain)


def _told(chain: tuple[BaseException, ...], words: str) -> bool:
    return any(words in str(e) for e in chain)
