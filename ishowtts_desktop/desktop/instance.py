"""One instance per user: the first one listens, the others ask it to show its window.

A lock file held for the process's life says who is first, so a socket that a crash left behind is
known to be stale. The socket is the user's alone.
"""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ishowtts_desktop.core.errors import InstanceError, IshowttsError
from ishowtts_desktop.desktop.instance_client import MAX_LINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Handler = Callable[[str, list[str]], dict[str, Any]]

MAX_CLIENTS: Final = 16
IDLE_MS: Final = 10_000

_log = logging.getLogger(__name__)


class InstanceServer(QObject):
    """Listens at ``path`` and answers verbs by ``handler(verb, arguments)``, on the GUI thread.

    ``handler`` returns what goes into the answer and raises `IshowttsError` for a refusal.
    """

    def __init__(self, path: Path, handler: Handler, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._handler = handler
        self._lock = -1
        self._clients: set[_Client] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def start(self) -> bool:
        """Become the instance; False when another one is. Raises `InstanceError`."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._path.parent.stat().st_uid != os.getuid():
                raise PermissionError(errno.EPERM, "it belongs to somebody else")
            lock = os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise InstanceError(
                f"{self._path.parent} can't be written to: {error}.",
                "Check who owns that folder, or set XDG_RUNTIME_DIR to a folder of yours.",
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return False
        self._lock = lock
        # With access for the user alone Qt moves its socket into place, over one left by a crash.
        if not self._server.listen(str(self._path)):
            why = self._server.errorString()
            self.close()
            raise InstanceError(
                f"{self._path} can't be listened at: {why}.",
                "Set XDG_RUNTIME_DIR to a folder of yours with a short name.",
            )
        return True

    def close(self) -> None:
        """Stop listening, hang up and let another instance be the first."""
        self._server.close()
        for client in list(self._clients):
            client.close()
        self._clients.clear()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    @Slot()
    def _welcome(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            if len(self._clients) >= MAX_CLIENTS:
                socket.abort()
                socket.deleteLater()
                continue
            client = _Client(socket, self._answer, self._clients.discard)
            self._clients.add(client)

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            verb, arguments = _parse(line)
            return {"ok": True, **self._handler(verb, arguments)}
        except IshowttsError as error:
            return {"error": error.message, "advice": error.advice}


class _Client:
    """One connection: whole lines in, one answer a line out, hung up when idle or too long."""

    def __init__(
        self,
        socket: QLocalSocket,
        answer: Callable[[bytes], dict[str, Any]],
        gone: Callable[[_Client], None],
    ) -> None:
        self._socket = socket
        self._answer = answer
        self._gone = gone
        socket.setReadBufferSize(2 * MAX_LINE)
        self._idle = QTimer(socket)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(lambda: socket.abort())  # noqa: PLW0108 - not a Python object
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self._forget)
        self._idle.start(IDLE_MS)
        self._read()

    def close(self) -> None:
        """Hang up."""
        self._socket.disconnectFromServer()

    def _read(self) -> None:
        self._idle.start(IDLE_MS)
        while self._socket.canReadLine():
            line = bytes(self._socket.readLine(MAX_LINE + 1).data())
            if not line.endswith(b"\n"):
                break
            self._reply(self._answer(line))
        if self._socket.bytesAvailable() >= MAX_LINE:
            self._reply({"error": "The line is too long.", "advice": ""})
            self._socket.disconnectFromServer()

    def _reply(self, answer: dict[str, Any]) -> None:
        self._socket.write(json.dumps(answer).encode("ascii") + b"\n")
        self._socket.flush()

    def _forget(self) -> None:
        self._idle.stop()
        self._socket.deleteLater()
        self._gone(self)


def _parse(line: bytes) -> tuple[str, list[str]]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        request = None
    verb = request.get("verb") if isinstance(request, dict) else None
    arguments = request.get("args", []) if isinstance(request, dict) else None
    clean = isinstance(arguments, list) and all(isinstance(one, str) for one in arguments)
    if not isinstance(verb, str) or not isinstance(arguments, list) or not clean:
        raise InstanceError(
            "The line is not a command.", 'Send one like {"verb": "skip", "args": []}.'
        )
    _log.info("ctl: %s", verb[:40])
    return verb, arguments
