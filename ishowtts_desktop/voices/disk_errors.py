"""What the operating system refuses, told as a `VoiceError` with the next step."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import VoiceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextlib.contextmanager
def telling(what: str) -> Iterator[None]:
    """Raise a `VoiceError` that begins with ``what`` for what the block can't do on the disk."""
    try:
        yield
    except ValueError as error:
        # Not every text is the name of a file.
        raise VoiceError(f"{what}: {error}.", "Choose another name.") from error
    except OSError as error:
        where = f" ({error.filename})" if isinstance(error.filename, str) else ""
        reason = error.strerror or type(error).__name__
        raise VoiceError(f"{what}: {reason}{where}.", _advice(error)) from error


def _advice(error: OSError) -> str:
    if error.errno in _FULL:
        return "Make room on the disk and try again; nothing was changed."
    if error.errno in _FORBIDDEN:
        return "Give yourself the right to read and write there, and try again."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return "Move the file that is in the way, and try again."
    if error.errno in (errno.ENOENT, errno.EISDIR):
        return "Look whether the name is right, and try again."
    return "Look whether the disk is in order, and try again."
