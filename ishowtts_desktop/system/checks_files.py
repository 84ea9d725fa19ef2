"""The user's files: the configuration, the folders, the space left on the disk."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.system.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.system.machine import Machine
    from ishowtts_desktop.system.paths import Paths

MEBIBYTE = 1024 * 1024
LOW_BYTES = 200 * MEBIBYTE


def check_config(_machine: Machine, paths: Paths) -> Iterator[Finding]:
    """Read the configuration as the application will, and leave it as it is."""
    file = paths.config_file
    advice = f"Mend {file} or delete it. The next start sets it aside and begins with defaults."
    try:
        Config.model_validate(tomlkit.parse(file.read_text(encoding="utf-8")).unwrap())
    except FileNotFoundError:
        yield Finding("config", "ok", f"none yet; the first start writes {file}")
    except OSError as error:
        message = f"{file} can't be read: {error.strerror or error}."
        yield Finding("config", "warning", message, "See to its permissions.")
    except UnicodeDecodeError as error:
        message = f"{file} is no UTF-8 text: byte {error.start} is wrong."
        yield Finding("config", "warning", message, advice)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = f"{file} has a value that can't be used: {where}: {first['msg']}."
        yield Finding("config", "warning", message, advice)
    except (TOMLKitError, ValueError, RecursionError) as error:
        yield Finding("config", "warning", f"{file} is no TOML: {error}.", advice)
    else:
        yield Finding("config", "ok", str(file))


def check_folders(_machine: Machine, paths: Paths) -> Iterator[Finding]:
    """Tell whether the folders of the application can be written to."""
    folders = {paths.config_file.parent, paths.data, paths.logs, paths.cache}
    bad = {folder: why for folder in sorted(folders) if (why := _not_writable(folder))}
    if not bad:
        yield Finding("folders", "ok", f"{len(folders)} folders can be written to")
        return
    told = "; ".join(f"{folder}: {why}" for folder, why in bad.items())
    advice = f"Make yourself their owner: sudo chown -R $USER {' '.join(map(str, bad))}"
    yield Finding("folders", "problem", f"Can't be written to: {told}.", advice)


def check_disk(machine: Machine, paths: Paths) -> Iterator[Finding]:
    """Tell how much space is left where the history and the logs grow."""
    free = machine.free_bytes(paths.data)
    if free is None:
        message = f"Nobody knows how much space is left at {paths.data}."
        yield Finding("disk", "warning", message, "Check that the disk is there.")
    elif free < LOW_BYTES:
        message = f"Only {free // MEBIBYTE} MiB are left at {paths.data}."
        yield Finding("disk", "warning", message, "Free some space: the history can't grow.")
    else:
        yield Finding("disk", "ok", f"{free // MEBIBYTE} MiB free at {paths.data}")


def _not_writable(folder: Path) -> str:
    """Return why nothing can be written there. One that is yet to be made counts as its parent."""
    try:
        existing = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryFile(dir=existing):
            return ""
    except StopIteration:
        return "there is no such place"
    except OSError as error:
        return error.strerror or str(error)
