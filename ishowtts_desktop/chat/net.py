"""Finding and reaching a server, and saying in plain words why that failed."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from contextlib import suppress
from typing import Any

from ishowtts_desktop.chat.racing import time_limit
from ishowtts_desktop.core.errors import CertificateError, ChatError

Address = tuple[int, Any]  # the family, and what connect() takes for it


async def open_socket(host: str, port: int, within: float) -> socket.socket:
    """Connect to the first of the host's addresses that answers; raises `ChatError`.

    The addresses share ``within`` seconds.
    """
    addresses = await _resolve(host, port)
    problem: BaseException | None = None
    for family, address in addresses:
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            # A kernel without IPv6, for example: what another address says tells more.
            problem = problem or error
            continue
        sock.setblocking(False)
        try:
            async with time_limit(within / len(addresses)):
                await asyncio.get_running_loop().sock_connect(sock, address)
        except (OSError, asyncio.TimeoutError) as error:
            sock.close()
            problem = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    problem = problem or OSError("no address")
    raise explain(problem, host, port) from problem


def explain(error: BaseException, host: str, port: int) -> ChatError:
    """Turn what the network raised into a sentence for the streamer."""
    if isinstance(error, ChatError):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        return CertificateError(
            f"The certificate of {host} is not trusted ({error.verify_message}).",
            "Check the host's name and this computer's clock. If both are right, somebody may be "
            "listening in: use another network.",
        )
    if isinstance(error, ssl.SSLError):
        return ChatError(
            f"{host}:{port} does not speak TLS as expected ({error.reason or error}).",
            "Check the port; for a server without TLS, use irc://.",
        )
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return ChatError(f"Can't find the server {host}.", "Check the name or the network.")
    if isinstance(error, ConnectionRefusedError):
        return ChatError(
            f"{host} refuses connections on port {port}.", "Check the port; the server may be down."
        )
    if isinstance(error, (asyncio.TimeoutError, TimeoutError)):
        return ChatError(
            f"{host} does not answer on port {port}.", "Check the network; a firewall may block it."
        )
    if isinstance(error, ConnectionError):
        return ChatError(f"{host} closed the connection.", "Check the network.")
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return ChatError(f"The connection to {host} broke: {reason}.", "Check the network.")


async def _resolve(host: str, port: int) -> list[Address]:
    with suppress(OSError, UnicodeError, ValueError):
        return _addresses(host, port, socket.AI_NUMERICHOST)
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Address]] = loop.create_future()

    def tell(found: list[Address] | BaseException) -> None:
        if answer.done():
            return
        if isinstance(found, BaseException):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def look_up() -> None:
        found: list[Address] | BaseException
        try:
            found = _addresses(host, port)
        except (OSError, UnicodeError, ValueError) as error:
            found = error
        with suppress(RuntimeError):  # the loop was closed while the resolver was waiting
            loop.call_soon_threadsafe(tell, found)

    # The loop's own executor would be waited for at the end of the process, and nothing can
    # interrupt a resolver: a thread of our own can be left behind by a shutdown.
    thread = threading.Thread(target=look_up, name="chat-dns", daemon=True)
    thread.start()
    try:
        found = await answer
    except (OSError, UnicodeError, ValueError) as error:
        raise ChatError(
            f"Can't find the server {host}.", "Check the name or the network."
        ) from error
    finally:
        if answer.done() and not answer.cancelled():
            thread.join()
    return found


def _addresses(host: str, port: int, flags: int = 0) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return list(dict.fromkeys((int(family), address) for family, _, _, _, address in found))
