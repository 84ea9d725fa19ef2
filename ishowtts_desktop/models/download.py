"""From the catalogue to the Hugging Face cache: look, make sure of room, fetch, verify, publish.

Whatever happens in between, a power cut too, a file is in the cache whole and verified or not at
all: it is fetched beside its place, hashed there, and only then given its name. The weights come
last, so that whoever looks for a model finds all of it or none.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import ModelError
from ishowtts_desktop.core.files import sync_folder
from ishowtts_desktop.core.published import CATALOGUE
from ishowtts_desktop.core.sizes import bytes_of, readable
from ishowtts_desktop.models.cache import INCOMPLETE
from ishowtts_desktop.models.cancelled import stop_if
from ishowtts_desktop.models.checksum import checksum
from ishowtts_desktop.models.events import Checking, Fetching, Report, Verifying
from ishowtts_desktop.models.faults import disk, plain
from ishowtts_desktop.models.hub import REVISION, Hub, RemoteFile
from ishowtts_desktop.models.locks import held
from ishowtts_desktop.models.transfer import Patience, Transfer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.core.published import PublishedFile, PublishedModel
    from ishowtts_desktop.models.cache import Cache

# A disk filled to the last byte breaks the desktop around us.
RESERVE: Final = 256 << 20


class Downloader:
    """Brings models from ``hub`` into ``cache``."""

    def __init__(
        self,
        hub: Hub,
        cache: Cache,
        environment: Mapping[str, str],
        *,
        catalogue: Sequence[PublishedModel] = CATALOGUE,
        patience: Patience = Patience(),  # noqa: B008 - frozen
        reserve: int = RESERVE,
    ) -> None:
        self._hub = hub
        self._cache = cache
        self._environment = environment
        self._catalogue = catalogue
        self._transfer = Transfer(hub, environment, patience)
        self._reserve = reserve

    def download(self, model: PublishedModel, report: Report, cancel: CancelToken) -> Path:
        """Bring ``model`` and its companions; returns the folder an engine is pointed at.

        What is here already isn't fetched again. Raises `Cancelled` and `ModelError`.
        """
        report(Checking())
        remotes = self._ask(self._missing(model), cancel)
        self._make_sure_of_room(remotes)
        total = sum(remote.bytes for remote in remotes)
        done = 0
        for remote in remotes:
            self._bring(remote, done, total, report, cancel)
            done += remote.bytes
        folder = self._cache.state(model, self._catalogue).folder
        if folder is None:
            raise ModelError(
                f"{model.name} is gone from {self._cache.folder} as soon as it was there.",
                "Don't remove it while it is downloaded.",
            )
        return folder

    def _missing(self, model: PublishedModel) -> list[PublishedFile]:
        companions = [other for other in self._catalogue if other.id in model.companions]
        return [
            file
            for part in (*companions, model)
            for file in part.files
            if self._cache.find(file) is None
        ]

    def _ask(self, files: Sequence[PublishedFile], cancel: CancelToken) -> list[RemoteFile]:
        remotes = []
        for file in files:
            stop_if(cancel)
            remote = self._describe(file)
            if file.sha256 and remote.blob != file.sha256:
                raise ModelError(
                    f"{self._hub.host} has another {file.path} than the one this program knows.",
                    "It isn't fetched: look for a newer version of this program. If HF_ENDPOINT is"
                    " set, check it.",
                )
            remotes.append(remote)
        return remotes

    def _describe(self, file: PublishedFile) -> RemoteFile:
        try:
            return self._hub.describe(file)
        except self._hub.errors as error:
            raise plain(error, self._hub.endpoint, self._environment) from error

    def _make_sure_of_room(self, remotes: Sequence[RemoteFile]) -> None:
        try:
            free = self._cache.free_bytes()
        except OSError as error:
            raise disk(error, self._cache.folder) from error
        here = sum(bytes_of(self._partial(remote)) for remote in remotes)
        needed = sum(remote.bytes for remote in remotes) - here
        if remotes and needed + self._reserve > free:
            raise ModelError(
                f"The disk of {self._cache.folder} has {readable(free)} free;"
                f" {readable(needed + self._reserve)} are needed.",
                "Make room, or choose a cache on another disk with HF_HOME.",
            )

    def _bring(
        self, remote: RemoteFile, before: int, total: int, report: Report, cancel: CancelToken
    ) -> None:
        """Fetch, verify and publish one file; ``before`` bytes of ``total`` are done with."""
        repository = remote.file.repository
        blob = self._cache.blob(repository, remote.blob)
        try:
            blob.parent.mkdir(parents=True, exist_ok=True)
            with held(self._cache.lock(repository, remote.blob), remote.file.path):
                # Linked nowhere, but whole: another version's, or the power went before the link.
                if bytes_of(blob) != remote.bytes:
                    partial = self._partial(remote)
                    name = remote.file.path
                    report(Fetching(name, before + bytes_of(partial), total))
                    self._transfer.fetch(
                        remote,
                        partial,
                        cancel,
                        lambda done: report(Fetching(name, before + done, total)),
                    )
                    self._verify(remote, partial, report, cancel)
                    _settle(partial, blob)
                self._cache.publish(remote.file, remote.commit, remote.blob, REVISION)
        except OSError as error:
            raise disk(error, self._cache.folder) from error

    def _partial(self, remote: RemoteFile) -> Path:
        blob = self._cache.blob(remote.file.repository, remote.blob)
        return blob.with_name(blob.name + INCOMPLETE)

    def _verify(
        self, remote: RemoteFile, partial: Path, report: Report, cancel: CancelToken
    ) -> None:
        report(Verifying(0, remote.bytes))
        found = checksum(
            partial, remote.blob, cancel, lambda done: report(Verifying(done, remote.bytes))
        )
        if found != remote.blob:
            partial.unlink()
            raise ModelError(
                f"{remote.file.path} arrived damaged, and was deleted: its checksum is wrong.",
                "Download it again. If that happens twice, the memory or the disk may be faulty.",
            )


def _settle(partial: Path, blob: Path) -> None:
    """Give verified bytes their name, so that they outlive a power cut."""
    with partial.open("r+b") as file:
        os.fsync(file.fileno())
    partial.replace(blob)
    sync_folder(blob.parent)
