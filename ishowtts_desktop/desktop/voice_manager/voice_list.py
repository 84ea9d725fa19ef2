"""The voices at the left: starters, own ones, and the one that isn't saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.voice_manager.languages import LANGUAGES
from ishowtts_desktop.desktop.voice_manager.row import ABOUT, VoiceRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction, QFocusEvent

    from ishowtts_desktop.voices.voice import Voice

SEARCH_FROM: Final = 8
_ID: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Row:
    """One voice of the list."""

    voice: Voice
    starter: bool = False
    unsaved: bool = False


class _Rows(QListWidget):
    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        # Qt would go to the first row, and so show a voice that nobody asked for.
        nowhere = self.currentRow() < 0
        with QSignalBlocker(self):
            super().focusInEvent(event)
            if nowhere:
                self.setCurrentRow(-1)


class VoiceList(QWidget):
    """Shows rows; ``picked`` tells the id of the one that the user went to."""

    picked = Signal(str)
    menu_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._used = ""
        self._ready = True
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._search.setAcceptDrops(False)  # the window takes what is dropped anywhere
        self._list = _Rows()
        self._list.setItemDelegate(VoiceRow(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        self._search.textChanged.connect(self._filter)
        self._list.currentItemChanged.connect(self._tell)
        self._list.customContextMenuRequested.connect(self._ask_for_menu)
        self._retranslate()

    @property
    def current(self) -> str:
        """The id that is marked, or ""."""
        item = self._list.currentItem()
        return "" if item is None else str(item.data(_ID))

    def show_rows(self, rows: Sequence[Row], current: str) -> None:
        """Show these, the one of id ``current`` marked, without telling `picked`."""
        self._rows = tuple(rows)
        with QSignalBlocker(self._list):
            self._list.clear()
            for row in self._rows:
                item = QListWidgetItem()
                item.setData(_ID, row.voice.id)
                self._fill(item, row)
                self._list.addItem(item)
        self._search.setVisible(len(self._rows) >= SEARCH_FROM)
        if self._search.isHidden():
            self._search.clear()
        self._filter(self._search.text())
        self.mark(current)

    def mark(self, voice_id: str) -> None:
        """Mark another voice without telling `picked`; an unknown id marks none."""
        with QSignalBlocker(self._list):
            found = [at for at, row in enumerate(self._rows) if row.voice.id == voice_id]
            if found:
                self._list.setCurrentRow(found[0])
            else:
                self._list.setCurrentRow(-1)

    def show_used(self, voice_id: str) -> None:
        """Say which one reads chat."""
        self._used = voice_id
        self._retranslate()

    def show_ready(self, *, ready: bool) -> None:
        """Say whether it can be heard already, or is only chosen."""
        self._ready = ready
        self._retranslate()

    def add_shortcut(self, action: QAction) -> None:
        """Let an action's keys work while the list has the focus."""
        self._list.addAction(action)

    def focus_search(self) -> None:
        """Let the user type a part of a name, or walk the list where it is short."""
        target = self._list if self._search.isHidden() else self._search
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def focus_list(self) -> None:
        """Let the user walk the list."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search voices"))
        self._list.setAccessibleName(self.tr("Voices"))
        for at, row in enumerate(self._rows):
            self._fill(self._list.item(at), row)

    def _fill(self, item: QListWidgetItem, row: Row) -> None:
        name, about = plain(row.voice.name, 80), self._about(row)
        item.setText(name)
        item.setData(ABOUT, about)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {about}")
        # Never taken for markup, whatever the name looks like.
        item.setToolTip(f"<span>{escape(name)}<br>{escape(about)}</span>")

    def _about(self, row: Row) -> str:
        voice = row.voice
        # What is cut off where the list is narrow is what matters least.
        about = []
        if voice.id and voice.id == self._used:
            about.append(self.tr("reads chat") if self._ready else self.tr("chosen for chat"))
        about.append(LANGUAGES.get(voice.language, plain(voice.language, 20)))
        if row.starter:
            about.append(self.tr("starter voice"))
        if row.unsaved:
            about.append(self.tr("not saved"))
        return " · ".join(about)

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for at, row in enumerate(self._rows):
            words = f"{row.voice.name} {self._about(row)}".casefold()
            self._list.item(at).setHidden(not all(word in words for word in wanted))

    @Slot(object)
    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(str(item.data(_ID)))

    @Slot(object)
    def _ask_for_menu(self, where: QPoint) -> None:
        if self._list.itemAt(where) is not None:
            self.menu_requested.emit(self._list.viewport().mapToGlobal(where))
