"""Talks to the running instance. Without Qt, so that ``ctl`` starts at once.

The protocol is one JSON object a line over a Unix socket: ``{"verb": "mute", "args": ["USER"]}`` is
answered by ``{"ok": true, ...}`` or ``{"error": "...", "advice": "..."}``.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LINE: Final = 16_384
# QLocalServer listens at a longer temporary name first, then moves the socket.
MAX_PATH: Final = 90
SOCKET_NAME: Final = "control.sock"


class NotRunning(InstanceError):  # noqa: N818 - it says what is so
    """There is no running instance."""


def socket_path(paths: Paths) -> Path:
    """Return where the instance listens: a Unix socket's path may have 107 bytes at most."""
    path = paths.runtime / SOCKET_NAME
    if len(os.fsencode(path)) <= MAX_PATH:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"ishowtts-{os.getuid()}", f"{name}.sock")


def send(
    verb: str, args: Sequence[str] = (), *, timeout: float = 5.0, paths: Paths | None = None
) -> dict[str, Any]:
    """Run ``verb`` in the running instance and return its answer.

    ``timeout`` is seconds for the whole exchange; ``paths`` defaults to the user's own. Raises
    `NotRunning` when no instance runs, `InstanceError` when it doesn't answer in time, or with what
    it says.
    """
    path = socket_path(paths or Paths.of_user())
    line = json.dumps({"verb": verb, "args": list(args)}).encode("ascii") + b"\n"
    if len(line) > MAX_LINE:
        raise InstanceError("The command is too long.", f"At most {MAX_LINE} bytes can be sent.")
    deadline = time.monotonic() + timeout
    with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as link:
        link.settimeout(timeout)
        try:
            link.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            raise NotRunning(
                "iShowTTS Desktop is not running.", "Start it with: ishowtts-desktop"
            ) from None
        except OSError as error:
            raise InstanceError(
                f"The running instance can't be reached at {path}: {error}.",
                "Start it again as the same user.",
            ) from error
        return _answer(_exchange(link, line, deadline))


def _exchange(link: socket.socket, line: bytes, deadline: float) -> bytes:
    received = b""
    try:
        link.sendall(line)
        while b"\n" not in received:
            link.settimeout(max(0.001, deadline - time.monotonic()))
            part = link.recv(65_536)
            if not part:
                break
            received += part
            if len(received) > 64 * MAX_LINE:
                break
    except OSError as error:
        raise InstanceError(
            f"The running instance did not answer: {error}.", "Quit it from the tray, or end it."
        ) from error
    return received


def _answer(received: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(received)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise InstanceError("The running instance gave no answer.", "Quit it and start it again.")
    if "error" in answer:
        raise InstanceError(str(answer["error"]), str(answer.get("advice", "")))
    return answer
