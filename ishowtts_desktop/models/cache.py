"""What of the catalogue is on this disk: the Hugging Face cache, looked at without network.

Its layout is the library's own ("Understand caching" of its documentation):
``models--OWNER--NAME/{blobs/CHECKSUM,snapshots/COMMIT/PATH,refs/main}``, a snapshot's files being
links to blobs. What isn't whole is ``blobs/CHECKSUM.incomplete``, and no snapshot has it.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from ishowtts_desktop.core.files import replace_file
from ishowtts_desktop.core.published import entries, repository_folder, snapshots
from ishowtts_desktop.core.sizes import bytes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.core.published import PublishedFile, PublishedModel

_WHOLE: Final = 0.99
"""Of the published size, which may be told a little wrong; `verify` knows for sure."""
INCOMPLETE: Final = ".incomplete"

State = Literal["absent", "partial", "complete"]


@dataclass(frozen=True)
class ModelState:
    """How much of a model is here. ``folder`` is None unless it is complete, vocoder and all."""

    state: State
    bytes_here: int
    folder: Path | None = None


class Cache:
    """The cache at ``folder``, which need not exist. Functions that write raise `OSError`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, file: PublishedFile) -> Path | None:
        """Return where a whole file is, in the newest snapshot that has it."""
        return next(iter(self.links(file)), None)

    def links(self, file: PublishedFile) -> list[Path]:
        """Return a file's place in every snapshot that has it, the newest first.

        One that is far shorter than the file that was published is cut off, and doesn't count.
        """
        shots = snapshots(self.folder, file.repository)
        names = [shot / file.path for shot in shots]
        there = [name for name in names if os.path.isfile(name)]  # noqa: PTH113 - it never raises
        if not file.sha256:
            return there
        return [name for name in there if bytes_of(name) >= file.bytes * _WHOLE]

    def orphan(self, file: PublishedFile) -> Path | None:
        """Return a whole blob of a file that no snapshot has: its naming was interrupted."""
        if not file.sha256 or self.links(file):
            return None
        blob = self.blob(file.repository, file.sha256)
        return blob if bytes_of(blob) else None

    def blob(self, repository: str, checksum: str) -> Path:
        """Return where a blob is, or would be."""
        return repository_folder(self.folder, repository) / "blobs" / checksum

    def partials(self, file: PublishedFile) -> list[Path]:
        """Return what is left of broken downloads of a file, ours and other programs'."""
        if not file.sha256:
            return []  # whose rest it is can't be told, and such a file is small
        blob = self.blob(file.repository, file.sha256)
        return sorted(
            path
            for path in entries(blob.parent)
            if path.name.startswith(f"{blob.name}.") and path.name.endswith(INCOMPLETE)
        )

    def lock(self, repository: str, checksum: str) -> Path:
        """Return the file that whoever fetches a blob locks, other programs too."""
        return self.folder / ".locks" / repository_folder(Path(), repository) / f"{checksum}.lock"

    def state(self, model: PublishedModel, catalogue: Sequence[PublishedModel]) -> ModelState:
        """Say how much of ``model`` is here; ``catalogue`` has its companions."""
        found = [self.find(file) for file in model.files]
        parts = [part for file in model.files for part in self.partials(file)]
        parts += [blob for file in model.files if (blob := self.orphan(file))]
        here = sum(bytes_of(path) for path in (*found, *parts) if path is not None)
        others = [other for other in catalogue if other.id in model.companions]
        needed = [file for other in others for file in other.files]
        if not here:
            return ModelState("absent", 0)
        # The weights are the last of the files, and their folder is what an engine is pointed at.
        weights = found[-1]
        if weights is None or None in found or any(self.find(file) is None for file in needed):
            return ModelState("partial", here)
        return ModelState("complete", here, weights.parent)

    def publish(self, file: PublishedFile, commit: str, checksum: str, revision: str) -> Path:
        """Give a verified blob its name in a snapshot; returns that name."""
        folder = repository_folder(self.folder, file.repository)
        blob = self.blob(file.repository, checksum)
        name = folder / "snapshots" / commit / file.path
        name.parent.mkdir(parents=True, exist_ok=True)
        if not name.exists():
            name.unlink(missing_ok=True)  # a link whose blob somebody removed
            try:
                name.symlink_to(os.path.relpath(blob, name.parent))
            except OSError:
                blob.replace(name)  # where there are no links, a snapshot has the file itself
        reference = folder / "refs" / revision
        reference.parent.mkdir(parents=True, exist_ok=True)
        replace_file(reference, commit.encode("ascii"))
        return name

    def free_bytes(self) -> int:
        """Return how much the cache's disk can still take."""
        place = self.folder.absolute()
        while not os.path.exists(place) and place != place.parent:  # noqa: PTH110 - never raises
            place = place.parent
        return shutil.disk_usage(place).free
