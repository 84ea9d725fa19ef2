"""Hashing what is here once more: a disk may have lost what it was given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.sizes import bytes_of
from ishowtts_desktop.models.checksum import checksum
from ishowtts_desktop.models.events import Report, Verifying

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.core.published import PublishedFile, PublishedModel
    from ishowtts_desktop.models.cache import Cache

_CHECKSUM: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHA256_LIKE: Final = "0" * 64


@dataclass(frozen=True)
class FileCheck:
    """A file's checksums: ``expected`` is empty where nobody knows it, ``found`` without a file."""

    path: str
    ok: bool
    expected: str
    found: str


def verify(
    model: PublishedModel,
    catalogue: Sequence[PublishedModel],
    cache: Cache,
    report: Report,
    cancel: CancelToken,
) -> tuple[FileCheck, ...]:
    """Hash the files of ``model`` and of its companions. Raises `Cancelled`."""
    companions = [other for other in catalogue if other.id in model.companions]
    places = [(file, cache.find(file)) for part in (*companions, model) for file in part.files]
    total = sum(bytes_of(place) for _, place in places if place is not None)
    checks: list[FileCheck] = []
    before = 0
    for file, place in places:
        if place is None:
            checks.append(FileCheck(file.path, ok=False, expected=file.sha256, found=""))
            continue
        step = partial(_tell, report, before, total)
        checks.append(_check(file, place, cancel, step))
        before += bytes_of(place)
    return tuple(checks)


def _tell(report: Report, before: int, total: int, done: int) -> None:
    report(Verifying(before + done, total))


def _check(
    file: PublishedFile, place: Path, cancel: CancelToken, report: Callable[[int], None]
) -> FileCheck:
    expected = file.sha256 or _named(place)
    try:
        found = checksum(place, expected or _SHA256_LIKE, cancel, report)
    except OSError:
        # What can't be read is as good as lost, and a checksum tells that as well as an error does.
        found = ""
    # With nothing to compare, as where a cache has no links, being readable is all that shows.
    ok = bool(found) and found == (expected or found)
    return FileCheck(file.path, ok, expected, found)


def _named(place: Path) -> str:
    """Return the checksum that the cache keeps a file under; "" where it has no links."""
    try:
        name = place.readlink().name
    except OSError:
        return ""
    return name if _CHECKSUM.fullmatch(name) else ""
