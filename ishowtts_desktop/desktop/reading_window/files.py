"""The dialogs that choose a file of rules, and the reading and writing of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from ishowtts_desktop.core.errors import ConfigError
from ishowtts_desktop.core.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

SUFFIX: Final = ".toml"
NAME: Final = "ishowtts-rules.toml"
MOST_BYTES: Final = 16_000_000


class RuleDialogs(QObject):
    """Asks for a file above ``window``; neither dialog holds anything up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_import(self, then: Callable[[Path], None]) -> None:
        """Ask which rules to import."""
        dialog = QFileDialog(self._window, self.tr("Rules that were exported"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._rules(), self.tr("All files (*)")])
        self._open(dialog, then)

    def ask_export(self, then: Callable[[Path], None]) -> None:
        """Ask where the rules are exported to."""
        dialog = QFileDialog(self._window, self.tr("Export the rules"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([self._rules()])
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(NAME)
        self._open(dialog, then)

    def _rules(self) -> str:
        return self.tr("Rules ({patterns})").format(patterns=f"*{SUFFIX}")

    def _open(self, dialog: QFileDialog, then: Callable[[Path], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()


def read_rules(path: Path) -> bytes:
    """Return what is in a file of rules; raises `ConfigError`."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{path.name} can't be read: {_why(error)}.", "Choose another file."
        ) from error
    if len(data) > MOST_BYTES:
        raise ConfigError(f"{path.name} is too large for rules.", "Choose another file.")
    return data


def write_rules(path: Path, data: bytes) -> None:
    """Write a file of rules, whole or not at all; raises `ConfigError`."""
    try:
        replace_file(path, data)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{path.name} can't be written: {_why(error)}.", "Choose another folder."
        ) from error


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
