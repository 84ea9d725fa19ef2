"""What is done to the library itself: voices copied, removed, brought back, imported, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.voices.bundle import export_voice, import_voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.voices.library import VoiceLibrary
    from ishowtts_desktop.voices.voice import Voice

KIND: Final = "change"
MOST_LINES: Final = 6


class VoiceChanges(QObject):
    """Changes ``library`` by ``work``, one change at a time: what is asked meanwhile is ignored.

    ``added`` gives the voice that is new there, and a `VoiceError` if others were refused;
    ``removed`` the one that is gone, and the token to bring it back with.
    """

    added = Signal(object, object)
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

    def import_all(self, paths: Sequence[Path], others: Sequence[Path] = ()) -> None:
        """Add voices that were exported; one that is refused doesn't keep out the next.

        What became of each is told where one is refused, or where ``others`` were dropped as well.
        """

        def job() -> tuple[list[Voice], list[VoiceError]]:
            found = [self._imported(path) for path in paths]
            refused = [error for error in found if isinstance(error, VoiceError)]
            return [voice for voice in found if not isinstance(voice, VoiceError)], refused

        def done(found: tuple[list[Voice], list[VoiceError]]) -> None:
            taken, refused = found
            problem = self._told_together(taken, refused, others)
            if taken:
                self.added.emit(taken[-1], problem)
            elif problem is not None:
                self.failed.emit(problem)

        if not self._work.busy(KIND):
            self._work.run(KIND, job, done, self.failed.emit)

    def export(self, voice: Voice, target: Path) -> None:
        """Write a voice as one file."""

        def done(_: None) -> None:
            text = self.tr("{name} was exported.")
            self.told.emit(text.format(name=plain(voice.name, 60)), str(target))

        def job() -> None:
            export_voice(self._library, voice.id, target)

        self._work.run("export", job, done, self.failed.emit)

    def _imported(self, path: Path) -> Voice | VoiceError:
        try:
            return import_voice(self._library, path)
        except VoiceError as error:
            return error

    def _told_together(
        self, taken: list[Voice], refused: list[VoiceError], others: Sequence[Path]
    ) -> VoiceError | None:
        """Return what became of files that were dropped at once, None where all went well."""
        if not refused and not others:
            return None
        text = self.tr("{name} was imported.")
        lines = [text.format(name=plain(voice.name, 60)) for voice in taken]
        lines += [error.message for error in refused]
        text = self.tr("{name} wasn't opened: drop recordings by themselves.")
        lines += [text.format(name=plain(path.name, 60)) for path in others]
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1 :] = ["…"]
        return VoiceError("\n".join(lines), refused[0].advice if refused else "")

    def _add(self, job: Callable[[], Voice | None]) -> None:
        if not self._work.busy(KIND):
            self._work.run(KIND, job, self._tell_added, self.failed.emit)

    def _tell_added(self, voice: Voice | None) -> None:
        if voice is None:
            self.told.emit(self.tr("No voice was removed."), "")
        else:
            self.added.emit(voice, None)
