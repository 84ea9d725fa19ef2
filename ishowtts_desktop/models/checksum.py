"""The two checksums of the hub: SHA-256 for large files, git's for small ones."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.models.cancelled import stop_if

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ishowtts_desktop.core.cancel import CancelToken

_SHA256_DIGITS: Final = 64
_PIECE: Final = 1 << 20


def checksum(
    path: Path, like: str, cancel: CancelToken, report: Callable[[int], None] | None = None
) -> str:
    """Hash a file the way that made ``like``, 64 hexadecimal digits or git's 40.

    ``report`` is told the bytes done, about every megabyte. Raises `OSError`, `Cancelled`.
    """
    size = path.stat().st_size
    if len(like) == _SHA256_DIGITS:
        digest = hashlib.sha256()
    else:
        # A name among git's objects, not a secret.
        digest = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    piece = memoryview(bytearray(_PIECE))
    done = 0
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(piece):
            stop_if(cancel)
            digest.update(piece[:count])
            done += count
            if report is not None:
                report(done)
    return digest.hexdigest()
