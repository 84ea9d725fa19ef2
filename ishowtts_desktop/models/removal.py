"""Giving a model's room back, and nothing else's."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import ModelError
from ishowtts_desktop.core.published import repository_folder, snapshots
from ishowtts_desktop.models.locks import held

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.published import PublishedFile, PublishedModel
    from ishowtts_desktop.models.cache import Cache


def remove(model: PublishedModel, cache: Cache) -> int:
    """Remove the files of ``model``, partial ones too; returns how many bytes that freed.

    Its companions stay: other models need them. A blob that another name still points to stays
    too. Raises `ModelError`, also while somebody downloads the model.
    """
    try:
        # The weights first: without them nobody takes the rest for a model.
        return sum(_remove(file, cache) for file in reversed(model.files))
    except OSError as error:
        raise ModelError(
            f"{model.name} can't be removed: {error.strerror or error} ({error.filename}).",
            "End the programs that use it, and look whether this user may write there.",
        ) from error


def _remove(file: PublishedFile, cache: Cache) -> int:
    freed = 0
    folder = repository_folder(cache.folder, file.repository)
    names = [shot / file.path for shot in snapshots(cache.folder, file.repository)]
    for name in names:
        blob = _blob_of(name, folder)
        freed += _unlink(name)
        if blob is not None and not _used(blob, folder):
            freed += _unlink(blob)
        _tidy(name.parent, folder / "snapshots")
    orphan = cache.orphan(file)
    if orphan is not None and not _used(orphan, folder):
        freed += _unlink(orphan)
    parts = cache.partials(file)
    if parts:
        with held(cache.lock(file.repository, file.sha256), file.path):
            freed += sum(_unlink(part) for part in parts)
    return freed


def _tidy(folder: Path, top: Path) -> None:
    """Remove folders that have become empty, up to ``top``."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _blob_of(name: Path, folder: Path) -> Path | None:
    """Return the blob of a snapshot's link; None for what is none, or leads out of the cache."""
    with suppress(OSError):
        blob = folder / "blobs" / name.readlink().name
        if blob.exists() and (name.parent / name.readlink()).resolve() == blob.resolve():
            return blob
    return None


def _used(blob: Path, folder: Path) -> bool:
    return any(
        path.is_symlink() and path.readlink().name == blob.name
        for path in (folder / "snapshots").rglob("*")
    )


def _unlink(path: Path) -> int:
    """Remove a file or a link; returns the bytes that this freed."""
    try:
        size = 0 if path.is_symlink() else path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    return size
