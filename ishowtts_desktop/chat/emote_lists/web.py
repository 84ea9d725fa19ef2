"""Asks a web server for one small document, so that whoever waits can be called off at any time."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from http.client import HTTPException, HTTPSConnection
from typing import Final

from ishowtts_desktop.chat.net import explain
from ishowtts_desktop.core.errors import ChatError

TIMEOUT: Final = 10.0
LARGEST: Final = 16 * 2**20
_NOT_FOUND: Final = 404
_OK: Final = 200


class Web:
    """Documents by HTTPS, for one thread; `close` may come from any other.

    ``port`` and ``address`` lead tests to a server of their own; certificates are checked for the
    host's name all the same.
    """

    def __init__(
        self, tls: ssl.SSLContext | None = None, port: int = 443, address: str = ""
    ) -> None:
        self._tls = tls
        self._port = port
        self._address = address
        self._lock = threading.Lock()
        self._closed = False
        self._socket: socket.socket | None = None

    def get(self, host: str, path: str) -> bytes | None:
        """Return the document, None where there is none; raises `ChatError`."""
        try:
            return self._get(host, path)
        except (OSError, HTTPException) as error:
            raise explain(error, host, self._port) from error
        finally:
            self._socket = None

    def close(self) -> None:
        """Break off what is under way, and answer nothing any more."""
        with self._lock:
            self._closed = True
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _get(self, host: str, path: str) -> bytes | None:
        # Made here and not at the start: reading the system's certificates takes a while.
        self._tls = self._tls or ssl.create_default_context()
        plain = socket.create_connection((self._address or host, self._port), TIMEOUT)
        with self._lock:
            self._socket = plain
            if self._closed:
                plain.close()
                raise ChatError("The application is closing.")
        with self._tls.wrap_socket(plain, server_hostname=host) as encrypted:
            with self._lock:
                self._socket = encrypted
                if self._closed:
                    raise ChatError("The application is closing.")
            connection = HTTPSConnection(host, self._port, timeout=TIMEOUT)
            connection.sock = encrypted
            connection.request("GET", path, headers={"Accept": "application/json"})
            with connection.getresponse() as answer:
                if answer.status == _NOT_FOUND:
                    return None
                data = answer.read(LARGEST + 1)
                if answer.status != _OK or len(data) > LARGEST:
                    raise ChatError(
                        f"{host} answered {answer.status} with {len(data)} bytes.",
                        "It is asked again later.",
                    )
                return data
