"""Rules that are handed on: exported to a file, imported from one after a look at what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.files import read_rules, write_rules
from ishowtts_desktop.desktop.reading_window.merging import merged
from ishowtts_desktop.reading.rulebook import SECTIONS, exported, imported

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.desktop.reading_window.desk import Key, RuleDesk
    from ishowtts_desktop.desktop.reading_window.services import RuleFiles
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

_EXPORT: Final = "export"
_IMPORT: Final = "import"


class RuleExchange(QObject):
    """Exports and imports ``config``.

    ``offered`` has a file's name: `pending` are the values that it would change; `accept` takes
    them, as one change that can be undone. What was decided since the file was read stays.
    ``told`` has a sentence, ``failed`` an error.
    """

    offered = Signal(str)
    told = Signal(str)
    failed = Signal(object)

    def __init__(
        self, config: Config, desk: RuleDesk, files: RuleFiles, work: VoiceWork, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._config = config
        self._desk = desk
        self._files = files
        self._work = work
        self._file = ""
        self._before: dict[Key, Any] = {}
        self._found: dict[Key, Any] = {}

    @property
    def pending(self) -> dict[Key, Any]:
        """What `accept` would choose now."""
        values = {
            key: merged(self._before[key], found, self._desk.value(key))
            for key, found in self._found.items()
        }
        return {key: value for key, value in values.items() if value != self._desk.value(key)}

    @Slot()
    def export_rules(self) -> None:
        """Ask where to, and export."""
        self._files.ask_export(self._export)

    @Slot()
    def import_rules(self) -> None:
        """Ask which, and offer what would change."""
        self._files.ask_import(self._import)

    @Slot()
    def accept(self) -> None:
        """Take over what was offered last."""
        values, name = self.pending, self._file
        self._before, self._found = {}, {}
        text = self.tr("Imported from {file}.")
        self._desk.put(values, lambda _: text.format(file=plain(name, 60)))

    def _export(self, path: Path) -> None:
        config = self._config.model_copy(deep=True)
        self._work.run(
            _EXPORT,
            lambda: write_rules(path, exported(config)),
            lambda _: self.told.emit(
                self.tr("Exported to {file}.").format(file=plain(path.name, 60))
            ),
            self.failed.emit,
        )

    def _import(self, path: Path) -> None:
        config = self._config.model_copy(deep=True)
        self._work.run(
            _IMPORT,
            lambda: imported(config, read_rules(path)),
            lambda found: self._take(path.name, config, found),
            self.failed.emit,
        )

    def _take(self, name: str, before: Config, found: Config) -> None:
        self._file = name
        self._found = {
            (section, key): value
            for section in SECTIONS
            for key, value in getattr(found, section)
            if value != getattr(getattr(before, section), key)
        }
        self._before = {
            (section, key): getattr(getattr(before, section), key) for section, key in self._found
        }
        if self.pending:
            self.offered.emit(name)
        else:
            self.told.emit(self.tr("{file} changes nothing.").format(file=plain(name, 60)))
