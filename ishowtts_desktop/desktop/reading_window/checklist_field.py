"""Any number of what is offered, ticked in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

_VALUE = Qt.ItemDataRole.UserRole


class ChecklistField(Field):
    """Shows a list of values; what is chosen and not offered stands there, too, and can go."""

    def __init__(self, rows: int = 6) -> None:
        self.list = QListWidget()
        super().__init__(self.list)
        self._names: dict[str, str] = {}
        self._value: list[str] = []
        metrics = self.list.fontMetrics()
        height = metrics.lineSpacing() + metrics.height() // 3
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth())
        self.list.setMinimumWidth(10 * metrics.averageCharWidth())
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemChanged.connect(self._tell)

    def offer(self, names: Mapping[str, str]) -> None:
        """Offer these values under their names."""
        self._names = dict(names)
        self._fill()

    def show_value(self, value: list[str]) -> None:
        """Tick these."""
        self._value = list(value)
        self._fill()

    def missing(self, value: str) -> str:
        """Return the name of a value that isn't offered."""
        return plain(value, 80)

    def _fill(self) -> None:
        names = {**self._names}
        names.update((value, self.missing(value)) for value in self._value if value not in names)
        self.list.blockSignals(True)
        shown = [self.list.item(at) for at in range(self.list.count())]
        if [(item.data(_VALUE), item.text()) for item in shown] != list(names.items()):
            at = self.list.currentRow()
            self.list.clear()
            for value, name in names.items():
                item = QListWidgetItem(name, self.list)
                item.setData(_VALUE, value)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
            self.list.setCurrentRow(max(0, min(at, self.list.count() - 1)))
        for at in range(self.list.count()):
            item = self.list.item(at)
            ticked = item.data(_VALUE) in self._value
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()

    @Slot()
    def _tell(self) -> None:
        items = (self.list.item(at) for at in range(self.list.count()))
        ticked = [i.data(_VALUE) for i in items if i.checkState() is Qt.CheckState.Checked]
        # What was chosen before stays in its order.
        kept = [value for value in self._value if value in ticked]
        self._value = [*kept, *(value for value in ticked if value not in kept)]
        self.edited.emit(self._value, False)
