"""Who is muted now, each to be heard again at the press of a button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.fields import Field

ROWS = 3


class MutedField(Field):
    """A list of users; ``unmuted`` names one that shall be heard again."""

    unmuted = Signal(str)

    def __init__(self) -> None:
        inner = QWidget()
        super().__init__(inner)
        self._list = QListWidget()
        self._list.setFixedHeight(ROWS * self.fontMetrics().height() * 3 // 2)
        self._list.setMinimumWidth(10 * self.fontMetrics().averageCharWidth())
        self._none = QLabel()
        self._unmute = QPushButton()
        self._unmute.setAutoDefault(False)
        self._unmute.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._list, 1)
        row.addWidget(self._unmute, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addLayout(row)
        self.show_value([])

    def tell(self, name: str, hint: str = "") -> None:
        """Call it ``name``; ``hint`` says more."""
        super().tell(name, hint)
        self._list.setAccessibleName(self.name)
        self._none.setText(self.tr("Nobody is muted."))
        self._unmute.setText(self.tr("&Unmute"))

    def show_value(self, value: list[str]) -> None:
        """Show these."""
        self._list.clear()
        for user in value:
            self._list.addItem(plain(user, 80))
            self._list.item(self._list.count() - 1).setData(Qt.ItemDataRole.UserRole, user)
        self._list.setCurrentRow(0)
        self._list.setVisible(bool(value))
        self._unmute.setVisible(bool(value))
        self._none.setVisible(not value)

    @Slot()
    def _ask(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.unmuted.emit(item.data(Qt.ItemDataRole.UserRole))
