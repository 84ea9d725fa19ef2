"""The models there are, as ``models list`` tells them, kept up to date between two listings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ishowtts_desktop.desktop.model_manager.events import read_listing
from ishowtts_desktop.desktop.model_manager.process import ModelProcess
from ishowtts_desktop.desktop.model_manager.state import Wish
from ishowtts_desktop.desktop.model_manager.words import ending_trouble, late_list, unreadable_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.desktop.model_manager.events import ModelEntry
    from ishowtts_desktop.desktop.model_manager.process import Ending
    from ishowtts_desktop.desktop.model_manager.state import Trouble

PATIENCE_MS: Final = 30_000


class ModelList(QObject):
    """Asks ``command models list``; ``changed`` tells that there is an answer, good or bad."""

    changed = Signal()

    def __init__(
        self, command: Sequence[str], parent: QObject | None = None, patience_ms: int = PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._entries: dict[str, ModelEntry] = {}
        self._process: ModelProcess | None = None
        self._again = False
        self._closed = False
        self._late = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_ms)
        self._patience.timeout.connect(self._give_up)
        self.problem: Trouble | None = None
        self.cache = ""
        self.free_bytes: int | None = None

    @property
    def entries(self) -> tuple[ModelEntry, ...]:
        """Every model, in the catalogue's order; empty before the first answer."""
        return tuple(self._entries.values())

    @property
    def asking(self) -> bool:
        """Whether an answer is on its way."""
        return self._process is not None

    def get(self, model: str) -> ModelEntry | None:
        """Return one model; None where there is none of that id."""
        return self._entries.get(model)

    @Slot()
    def refresh(self) -> None:
        """Ask anew; what is asked for meanwhile is asked for once more afterwards."""
        if self._closed:
            return
        if self._process is not None:
            self._again = True
            return
        self._process = ModelProcess(self._command, ("models", "list", "--json"), self)
        self._process.ended.connect(self._take)
        self._patience.start()
        self._process.start()

    def put(self, entry: ModelEntry) -> None:
        """Take over what is known of a model before the next answer tells it."""
        self._entries[entry.id] = entry
        self.changed.emit()

    def close(self) -> ModelProcess | None:
        """Ask nothing more; return the process that may still be at it, told to stop."""
        self._closed = True
        self._patience.stop()
        if self._process is not None:
            self._process.stop()
        return self._process

    @Slot()
    def _give_up(self) -> None:
        if self._process is not None:
            self._late = True
            self._process.stop(0)

    @Slot(object)
    def _take(self, ending: Ending) -> None:
        if self._process is not None:
            self._process.deleteLater()
        self._process = None
        self._patience.stop()
        if self._closed:
            return
        again, self._again = self._again, False
        if not again:
            self._read(ending)
        else:  # The answer is older than what has happened since.
            self.refresh()

    def _read(self, ending: Ending) -> None:
        late, self._late = self._late, False
        listing = read_listing(ending.output) if ending.code == 0 else None
        if listing is not None:
            self.problem = None
            self.cache, self.free_bytes = listing.cache, listing.free_bytes
            self._entries = {entry.id: entry for entry in listing.models}
        elif late:
            self.problem = late_list()
        elif ending.code == 0:
            self.problem = unreadable_list()
        else:
            self.problem = ending_trouble(ending, Wish.LIST)
        self.changed.emit()
