"""The folders of the voices on the disk: each is whole or absent, at any moment of a power cut.

    voices/ID/             a voice
    voices/.ID.new/        what shall take its place: complete, and sure to do so
    voices/.part-RANDOM/   what isn't complete yet, or no longer wanted
    voices/.trash/         what was removed (`trash.py`)

A new voice is written under the third name, synced, and renamed to the first. One that takes the
place of another is renamed to the second, and from that moment counts: `recover` does what is left.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.files import sync_folder
from ishowtts_desktop.voices.ids import folded, is_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PART: Final = ".part-"
_NEW: Final = ".new"
_LOOKS: Final = 5


class VoiceFolders:
    """The folder ``root`` and the voices in it. Changing needs the lock; `OSError` is the caller's.

    What is called a voice here is a folder, whatever is in it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> set[str]:
        """Return the ids of all voices; and names of folders that are none, for `is_id` to tell.

        A voice on its way from one name to the other is among them.
        """
        names: set[str] = set()
        for _ in range(_LOOKS):
            before = self.root.stat().st_mtime_ns
            with os.scandir(self.root) as entries:
                names = {entry.name for entry in entries if _is_folder(entry)}
            if self.root.stat().st_mtime_ns == before:
                break
        visible = {name for name in names if not name.startswith(".")}
        return visible | {found for name in names if (found := _waiting_id(name))}

    def taken(self) -> set[str]:
        """Return the ids that no new voice may have: also files may be in the way."""
        return self.names() | {folded(path.name) for path in self.root.iterdir()}

    def places(self, voice_id: str) -> tuple[Path, Path]:
        """Return where the voice's folder is: at the first or, for a moment, at the second."""
        return self.root / voice_id, self.root / f".{voice_id}{_NEW}"

    def add(self, voice_id: str, files: Mapping[str, bytes]) -> None:
        """Put a new voice there; ``voice_id`` must not be `taken`."""
        with self._complete(files) as folder:
            folder.rename(self.root / voice_id)
        sync_folder(self.root)

    def replace(self, voice_id: str, files: Mapping[str, bytes]) -> None:
        """Put ``files`` in the place of those of a voice, all at once; other files there stay."""
        target, waiting = self.places(voice_id)
        with self._complete(files, beside=target) as folder:
            folder.rename(waiting)
        sync_folder(self.root)
        try:
            self._let_in(voice_id)
        except OSError:
            # The old voice is there still: then it is as if nothing had been tried.
            if target.exists():
                self._drop(waiting)
            raise

    def recover(self) -> dict[str, OSError]:
        """Complete what was interrupted, and clear away what was never completed.

        Returns the ids of voices for which that can't be done, with the reasons.
        """
        paths = list(self.root.iterdir())
        waiting = [found for path in paths if (found := _waiting_id(path.name))]
        refused = {found: error for found in waiting if (error := self._refusal(found))}
        # The old voice of one that couldn't be completed may be among these.
        for path in paths if not refused else ():
            if path.name.startswith(_PART):
                delete(path)
        return refused

    def _refusal(self, voice_id: str) -> OSError | None:
        try:
            self._let_in(voice_id)
        except OSError as error:
            return error
        return None

    def _let_in(self, voice_id: str) -> None:
        """Rename the waiting folder to the voice's own, and what was there out of the way."""
        target, waiting = self.places(voice_id)
        gone = None
        if os.path.lexists(target):
            gone = self._part()
            target.rename(gone)
        try:
            waiting.rename(target)
        except OSError:
            if gone is not None:
                with contextlib.suppress(OSError):
                    gone.rename(target)
            raise
        sync_folder(self.root)
        if gone is not None:
            delete(gone)

    @contextlib.contextmanager
    def _complete(self, files: Mapping[str, bytes], beside: Path | None = None) -> Iterator[Path]:
        """Give a synced folder with ``files``, and what else is in ``beside``, to be renamed."""
        folder = self._part()
        try:
            folder.mkdir(mode=0o700)
            for name, data in files.items():
                _write(folder / name, data)
            if beside is not None and beside.exists():
                _carry(beside, folder, set(files))
            sync_folder(folder)
            yield folder
        except BaseException:
            delete(folder)
            raise

    def _drop(self, folder: Path) -> None:
        with contextlib.suppress(OSError):
            gone = self._part()
            folder.rename(gone)
            delete(gone)

    def _part(self) -> Path:
        return self.root / f"{_PART}{secrets.token_hex(8)}"


def tidy(folder: Path, name: str) -> None:
    """Delete what a power cut left of writing the file ``name`` in a voice's folder."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f".{name}-*.tmp"):
            path.unlink()


def read_file(path: Path, most: int) -> bytes:
    """Return a file, and a byte more than ``most`` of a longer one; raises `OSError`.

    A pipe or a device isn't opened: that may never end.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise FileNotFoundError(2, "It is not a file", str(path))
    with path.open("rb") as file:
        return file.read(most + 1)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):
        return entry.is_dir()
    # A link that leads round in a circle, for one.
    return False


def _waiting_id(name: str) -> str:
    if not (name.startswith(".") and name.endswith(_NEW)):
        return ""
    voice_id = name[1 : -len(_NEW)]
    return voice_id if is_id(voice_id) else ""


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _carry(source: Path, target: Path, without: set[str]) -> None:
    def left_out(folder: str, names: list[str]) -> set[str]:
        if Path(folder) != source:
            return set()
        return {name for name in names if name in without or name.endswith(".tmp")}

    shutil.copytree(
        source,
        target,
        symlinks=True,
        ignore=left_out,
        copy_function=_linked,
        dirs_exist_ok=True,
    )


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Not every file system has links.
        shutil.copy2(source, target)
        with open(target, "rb+") as file:  # noqa: PTH123
            os.fsync(file.fileno())


def delete(folder: Path) -> None:
    """Delete what is certainly not wanted; what can't be, the next `recover` meets again."""
    if folder.is_symlink():
        with contextlib.suppress(OSError):
            folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
