"""One change at a time, whoever makes it: a thread, the window or the command line."""

from __future__ import annotations

import contextlib
import errno
import sys
import threading
import time
from typing import TYPE_CHECKING, BinaryIO, Final

from ishowtts_desktop.core.errors import VoiceError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_SECONDS: Final = 10.0
_LOOK_SECONDS = 0.02
_NOT_HERE = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)


class ChangeLock:
    """A lock on the file ``path``, which is made when it isn't there. Ends with the process."""

    def __init__(self, path: Path, patience: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._patience = patience
        self._threads = threading.Lock()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold it; raises `VoiceError` when another keeps it too long, `OSError` when no file."""
        if not self._threads.acquire(timeout=self._patience):
            raise _busy()
        try:
            with self._path.open("ab") as file:
                self._wait_for(file)
                yield
        finally:
            self._threads.release()

    def _wait_for(self, file: BinaryIO) -> None:
        # flock belongs to the open file: it keeps processes apart, and libraries of one process.
        for _ in range(1 + round(self._patience / _LOOK_SECONDS)):
            if _taken(file):
                return
            time.sleep(_LOOK_SECONDS)
        raise _busy()


def _taken(file: BinaryIO) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        # Some network file systems have no locks; there is nobody to wait for then.
        if error.errno not in _NOT_HERE:
            raise
    return True


def _busy() -> VoiceError:
    return VoiceError(
        "Another program is changing the voices and doesn't get done.",
        "Try again; if that doesn't help, close the other windows and commands.",
    )
