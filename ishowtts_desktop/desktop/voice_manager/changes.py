"""What is done to the library itself: voices copied, removed, brought back, imported, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.voices.bundle import export_voice, import_voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.voices.library import VoiceLibrary
    from ishowtts_desktop.voices.voice import Voice

KIND = "change"


class VoiceChanges(QObject):
    """Changes ``library`` by ``work``, one change at a time: what is asked meanwhile is ignored.

    ``added`` gives the voice that is new there, ``removed`` the one that is gone, and the token to
    bring it back with.
    """

    added = Signal(object)
    removed = Signal(object, str)
    told = Signal(str, str)
    failed = Signal(object)

    def __init__(self, library: VoiceLibrary, work: VoiceWork, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._work = work

    def copy(self, voice_id: str) -> None:
        """Keep a second voice like this one."""
        self._add(lambda: self._library.duplicate(voice_id))

    def remove(self, voice: Voice) -> None:
        """Take a voice away."""
        if not self._work.busy(KIND):  # a key that is held down asks again and again
            self._work.run(
                KIND,
                lambda: self._library.remove(voice.id),
                lambda token: self.removed.emit(voice, token),
                self.failed.emit,
            )

    @Slot(str)
    def restore(self, token: str) -> None:
        """Bring a removed voice back."""
        self._add(lambda: self._library.restore(token))

    @Slot()
    def restore_last(self) -> None:
        """Bring back what was removed last, in an earlier run perhaps."""

        def job() -> Voice | None:
            removed = self._library.removed()
            return self._library.restore(removed[0].token) if removed else None

        self._add(job)

    def import_all(self, paths: Sequence[Path]) -> None:
        """Add voices that were exported; what comes after one that is refused is left."""

        def job() -> Voice | None:
            voice = None
            for path in paths:
                voice = import_voice(self._library, path)
            return voice

        self._add(job)

    def export(self, voice: Voice, target: Path) -> None:
        """Write a voice as one file."""

        def done(_: None) -> None:
            text = self.tr("{name} was exported.")
            self.told.emit(text.format(name=plain(voice.name, 60)), str(target))

        def job() -> None:
            export_voice(self._library, voice.id, target)

        self._work.run("export", job, done, self.failed.emit)

    def _add(self, job: Callable[[], Voice | None]) -> None:
        if not self._work.busy(KIND):
            self._work.run(KIND, job, self._tell_added, self.failed.emit)

    def _tell_added(self, voice: Voice | None) -> None:
        if voice is None:
            self.told.emit(self.tr("No voice was removed."), "")
        else:
            self.added.emit(voice)
