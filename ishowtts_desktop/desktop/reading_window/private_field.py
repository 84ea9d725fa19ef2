"""Words that nobody may see: the streamer's screen is on air."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ishowtts_desktop.desktop.reading_window.fields import Field
from ishowtts_desktop.desktop.reading_window.lines_field import LinesField
from ishowtts_desktop.desktop.reading_window.texts import entries, one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent


class PrivateField(Field):
    """A list that is out of sight until `show_words`; more is added without seeing what is there.

    While it is masked, no widget holds a word of it.
    """

    def __init__(self) -> None:
        inner = QWidget()
        super().__init__(inner)
        self._value: list[str] = []
        self._lines = LinesField()
        self._lines.edited.connect(self._take)
        self._count = QLabel()
        self._switch = QPushButton()
        self._switch.setCheckable(True)
        self._switch.setAutoDefault(False)
        self._switch.toggled.connect(self._mask)
        self._new = QLineEdit()
        self._new.setEchoMode(QLineEdit.EchoMode.Password)
        self._add = QPushButton()
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._take_new)
        self._new.returnPressed.connect(self._take_new)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self._count, 1)
        above.addWidget(self._switch)
        below.addWidget(self._new, 1)
        below.addWidget(self._add)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above)
        column.addLayout(below)
        column.addWidget(self._lines)
        self._lines.hide()

    @property
    def masked(self) -> bool:
        """Whether nothing of it is to be seen."""
        return not self._switch.isChecked()

    def tell(self, name: str, hint: str = "") -> None:
        """Call it ``name``; ``hint`` says more."""
        super().tell(name, hint)
        self._lines.tell(name)
        self._new.setPlaceholderText(self.tr("One more, unseen"))
        self._new.setAccessibleName(self.tr("A private word to add, unseen"))
        self._add.setText(self.tr("&Add"))
        self._show_state()

    def show_value(self, value: list[str]) -> None:
        """Take these, seen or not."""
        self._value = list(value)
        self._show_state()

    def flush(self) -> None:
        """Tell what was typed and not told yet, "Add"ed or not."""
        self._take_new()
        self._lines.flush()

    def sum_up(self, before: list[str], after: list[str]) -> str:
        """Say how many came and went, and never which."""
        return self._lines.sum_up(before, after)

    @Slot()
    def put_away(self) -> None:
        """Put it out of sight."""
        self._switch.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Come back out of sight."""
        super().hideEvent(event)
        self.put_away()

    def _show_state(self) -> None:
        self._lines.show_value([] if self.masked else self._value)
        number = len(self._value)
        if self.masked and number:
            self._count.setText(self.tr("{number} hidden").format(number=number))
        else:
            self._count.setText("" if number else self.tr("None yet"))
        self._switch.setText(self.tr("S&how") if self.masked else self.tr("&Hide"))

    @Slot()
    def _mask(self) -> None:
        self._lines.flush()
        self._lines.setVisible(not self.masked)
        self._show_state()

    @Slot(object, bool)
    def _take(self, value: list[str], joins: bool) -> None:
        self._value = value
        self.edited.emit(value, joins)

    @Slot()
    def _take_new(self) -> None:
        word = one_line(self._new.text())
        self._new.clear()
        if word:
            self._lines.flush()
            self.edited.emit(entries([*self._value, word]), False)
