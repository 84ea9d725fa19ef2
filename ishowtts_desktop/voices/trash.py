"""Removed voices: kept for a month, so that removing can be undone, after a restart too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.core.files import sync_folder
from ishowtts_desktop.voices.folders import delete
from ishowtts_desktop.voices.ids import is_id

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.clock import Clock

KEPT_DAYS: Final = 30
_DAY: Final = 86_400.0
_GONE: Final = ".gone-"
# A clock before that was never set: some boards start in 1970. What it stamped isn't old.
_SET_SINCE: Final = 1_600_000_000.0


@dataclass(frozen=True)
class Removed:
    """A removal: ``token`` for undoing it, the voice's ``id`` and the Unix time ``at``."""

    token: str
    id: str
    at: float


class Trash:
    """The folder of what was removed. A token is a name in it: when, and which."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def take(self, voice: Path) -> str:
        """Move a voice's folder here and return the token; raises `OSError`."""
        if not self._folder.exists():
            self._folder.mkdir(mode=0o700)
            sync_folder(self._folder.parent)
        stamp, others = round(self._clock.wall() * 1000), {entry.at for entry in self.entries()}
        while stamp / 1000 in others:
            stamp += 1
        token = f"{stamp:013d}-{voice.name}"
        voice.rename(self._folder / token)
        sync_folder(self._folder)
        sync_folder(voice.parent)
        return token

    def entries(self) -> tuple[Removed, ...]:
        """Return what is here, the newest first; nothing when that can't be read."""
        try:
            names = [path.name for path in self._folder.iterdir()]
        except OSError:
            return ()
        found = [entry for name in names if (entry := _entry(name))]
        return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))

    def entry(self, token: str) -> Removed:
        """Return what ``token`` stands for; raises `VoiceError` when that isn't here."""
        for entry in self.entries():
            if entry.token == token:
                return entry
        raise VoiceError(
            "The removed voice isn't there any more.",
            f"Removed voices are kept for {KEPT_DAYS} days.",
        )

    def place(self, entry: Removed) -> Path:
        """Return where the voice's folder is."""
        return self._folder / entry.token

    def give_back(self, entry: Removed, target: Path) -> None:
        """Move a voice's folder to ``target``; raises `OSError`."""
        self.place(entry).rename(target)
        sync_folder(target.parent)
        sync_folder(self._folder)

    def empty(self) -> None:
        """Delete what is older than `KEPT_DAYS`; raises `OSError`."""
        if not self._folder.exists():
            return
        for entry in self.entries():
            if _SET_SINCE < entry.at < self._clock.wall() - KEPT_DAYS * _DAY:
                # Out of the list first: half of a voice is nothing to restore.
                self.place(entry).rename(self._folder / f"{_GONE}{entry.token}")
        for path in self._folder.glob(f"{_GONE}*"):
            delete(path)


def _entry(name: str) -> Removed | None:
    digits, _, voice_id = name.partition("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 16 and is_id(voice_id)):
        return None
    return Removed(name, voice_id, int(digits) / 1000)
