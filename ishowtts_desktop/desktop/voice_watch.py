"""Notices when the library of voices changes, whoever changes it: a window or the command line."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.embedded import embedded_voices
from ishowtts_desktop.voices.voice_file import VOICE_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ishowtts_desktop.voice_book import VoiceBook
    from ishowtts_desktop.voices.voice import Voice

# A voice is saved in several steps; one look after the last of them is enough.
_SETTLE_MS: Final = 200

_log = logging.getLogger(__name__)


class VoiceWatch(QObject):
    """Keeps the cloned voices of ``book`` at hand; ``changed`` is called after each change."""

    def __init__(
        self, book: VoiceBook, changed: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._changed = changed
        self.cloned: tuple[Voice, ...] = ()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _: self._settling.start())
        self._watcher.fileChanged.connect(lambda _: self._settling.start())

    def ids(self) -> Collection[str]:
        """Return the ids of all voices that can be chosen."""
        self._read()
        return [voice.id for voice in (*self.cloned, *embedded_voices())]

    @Slot()
    def look(self) -> None:
        """Read the library anew, and tell when it is another one."""
        before = self.cloned
        self._read()
        if self.cloned != before:
            self._changed()

    def _read(self) -> None:
        try:
            self.cloned = self._book.cloned()
        except VoiceError as error:
            _log.warning("%s", error)
        library = self._book.library
        if library is not None:
            watched = set(self._watcher.directories())
            # A voice that is changed in place changes its own folder only.
            ours = [voice.id for voice in self.cloned if not voice.id.startswith("starter-")]
            # One that is broken is mended by hand; an editor may write into the file as it is.
            names = [*ours, *(problem.id for problem in library.problems if problem.id)]
            folders = [library.folder, *(library.folder / name for name in names)]
            watched |= set(self._watcher.files())
            places = [*folders, *(folder / VOICE_FILE for folder in folders[1:])]
            new = [str(path) for path in places if path.exists() and str(path) not in watched]
            if new:
                self._watcher.addPaths(new)
