"""An ``ishowtts.toml`` as it is on the disk, which may be anything."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ishowtts_desktop.core.errors import VoiceError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE: Final = 256 * 1024
"""Bytes; a file with dozens of voices has ten thousand."""
NOT_IT: Final = "Choose the ishowtts.toml of the server project, in its folder config."
# What text that isn't TOML makes the parser raise.
_BROKEN: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError, TOMLKitError)


def read_toml(path: Path) -> dict[str, object]:
    """Return the tables of a file; raises `VoiceError` when it can't be read or isn't TOML."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
            raise VoiceError(f"{path} is {kind}.", NOT_IT)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise VoiceError(f"There is no file {path}.", NOT_IT) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise VoiceError(
            f"{path} can't be read: {why}.", "Check the file's permissions."
        ) from error
    if len(data) > LARGEST_FILE:
        raise VoiceError(
            f"{path} is larger than {LARGEST_FILE // 1024} KB; no ishowtts.toml is.", NOT_IT
        )
    try:
        document: dict[str, object] = tomlkit.parse(data.decode("utf-8-sig")).unwrap()
    except UnicodeDecodeError as error:
        raise VoiceError(
            f"{path} isn't UTF-8 text.", "Save it as UTF-8 in an editor, and try again."
        ) from error
    except _BROKEN as error:
        why = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
        raise VoiceError(
            f"{path} isn't TOML: {why}.", "Repair that line in an editor, and try again."
        ) from error
    return document
