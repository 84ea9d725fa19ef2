"""The dialogs of the voice manager that choose files, none of which holds anything up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

BUNDLE_SUFFIX: Final = ".ishowvoice"
SOUNDS: Final = "*.wav *.flac *.mp3 *.ogg *.oga *.opus *.aif *.aiff *.au *.caf *.w64"


class VoiceFiles(QObject):
    """Asks for a file above ``window`` and calls back with it; a cancelled one calls nobody."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_recording(self, then: Callable[[Path], None]) -> None:
        """Ask for a recording."""
        dialog = QFileDialog(self._window, self.tr("A recording of the voice"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        sounds = self.tr("Recordings ({patterns})").format(patterns=f"{SOUNDS} {SOUNDS.upper()}")
        dialog.setNameFilters([sounds, self.tr("All files (*)")])
        self._open(dialog, then)

    def ask_import(self, then: Callable[[Path], None]) -> None:
        """Ask for a voice that was exported."""
        dialog = QFileDialog(self._window, self.tr("A voice that was exported"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._bundles(), self.tr("All files (*)")])
        self._open(dialog, then)

    def ask_export(self, voice_id: str, then: Callable[[Path], None]) -> None:
        """Ask where a voice shall be exported to."""
        dialog = QFileDialog(self._window, self.tr("Export the voice"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([self._bundles()])
        dialog.setDefaultSuffix(BUNDLE_SUFFIX)
        dialog.selectFile(f"{voice_id}{BUNDLE_SUFFIX}")
        self._open(dialog, then)

    def _bundles(self) -> str:
        return self.tr("Voices ({patterns})").format(patterns=f"*{BUNDLE_SUFFIX}")

    def _open(self, dialog: QFileDialog, then: Callable[[Path], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()
