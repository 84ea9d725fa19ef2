"""One program at a time for one file: the locks that every user of the cache takes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@contextmanager
def held(lock: Path, name: str) -> Generator[None]:
    """Hold ``lock``, or raise `ModelError` at once; ``name`` is the file's. Raises `OSError` too.

    The lock ends with its process, however that ends.
    """
    try:
        from filelock import FileLock, Timeout
    except ImportError as error:
        raise ModelError(
            f"This needs {error.name}, which is not installed.",
            "Install the extra: pip install 'ishowtts-desktop[f5]'.",
        ) from error
    lock.parent.mkdir(parents=True, exist_ok=True)
    taken = FileLock(lock)
    try:
        taken.acquire(timeout=0)
    except Timeout as error:
        raise ModelError(
            f"Another program is downloading {name} right now.",
            "Wait until it has finished, then try again.",
        ) from error
    try:
        yield
    finally:
        taken.release()
