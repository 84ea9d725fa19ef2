"""Fetching one file, in as many pieces as the network makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import ModelError
from ishowtts_desktop.core.sizes import bytes_of
from ishowtts_desktop.models.cancelled import stop_if
from ishowtts_desktop.models.faults import RESUMED, disk, passing, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from io import FileIO
    from pathlib import Path

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.models.hub import Hub, RemoteFile


@dataclass(frozen=True)
class Patience:
    """How often a broken connection is made anew while nothing comes, and the pause before it.

    ``pause`` seconds before the first of ``tries``, twice as many before each further one.
    """

    tries: int = 6
    pause: float = 0.5


class Transfer:
    """Fetches files from ``hub``; ``environment`` tells of proxies when the way there is barred."""

    def __init__(self, hub: Hub, environment: Mapping[str, str], patience: Patience) -> None:
        self._hub = hub
        self._environment = environment
        self._patience = patience

    def fetch(
        self, remote: RemoteFile, target: Path, cancel: CancelToken, report: Callable[[int], None]
    ) -> None:
        """Complete ``target``, which has the file's first bytes if it exists.

        ``report`` is told how many bytes are there. When this raises, `Cancelled` or another
        `ModelError`, what was fetched is in the file. Nothing has been verified yet.
        """
        failures = 0
        have = _whole(target, remote.bytes)
        while have < remote.bytes:
            stop_if(cancel)
            fault = None
            try:
                self._append(remote, target, cancel, report)
            except self._hub.errors as error:
                fault = error
            before, have = have, _whole(target, remote.bytes)
            failures = 0 if have > before else failures + 1
            if have < remote.bytes:
                self._judge(fault, failures)
                cancel.wait(self._patience.pause * 2 ** max(0, failures - 1))

    def _judge(self, fault: BaseException | None, failures: int) -> None:
        """Raise `ModelError` unless another connection may bring more."""
        lost = failures > self._patience.tries
        if fault is not None and (lost or not passing(fault)):
            raise plain(fault, self._hub.endpoint, self._environment) from fault
        if lost:
            raise ModelError(f"{self._hub.host} sends nothing.", RESUMED)

    def _append(
        self, remote: RemoteFile, target: Path, cancel: CancelToken, report: Callable[[int], None]
    ) -> None:
        """Write what one connection brings. Raises what the hub does, `ModelError` for the disk."""
        with (
            self._hub.open(remote, bytes_of(target)) as body,
            _open_at(target, body.start) as file,
        ):
            done = body.start
            for piece in body.pieces:
                stop_if(cancel)
                wanted = piece[: remote.bytes - done]
                _write(file, wanted, target)
                done += len(wanted)
                report(done)
                if done == remote.bytes:
                    return


def _open_at(target: Path, start: int) -> FileIO:
    """Open a file to write from ``start`` on, whatever is there thrown away."""
    try:
        target.touch()
        # Unbuffered: a killed process loses nothing of what it has told.
        file = target.open("r+b", buffering=0)
        if bytes_of(target) > start:
            file.truncate(start)
        file.seek(start)
    except OSError as error:
        raise disk(error, target.parent) from error
    return file


def _write(file: FileIO, piece: bytes, target: Path) -> None:
    try:
        written = file.write(piece)
        while written < len(piece):
            written += file.write(piece[written:])
    except OSError as error:
        raise disk(error, target.parent) from error


def _whole(target: Path, most: int) -> int:
    """Return how much of a file is there; a longer one than it can be isn't the same file."""
    size = bytes_of(target)
    if size <= most:
        return size
    try:
        target.unlink()
    except OSError as error:
        raise disk(error, target.parent) from error
    return 0
