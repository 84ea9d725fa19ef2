"""A table that is searched, edited in place, added to and removed from."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.reading_window.cell_choice import CellChoice
from ishowtts_desktop.desktop.reading_window.fields import LONGEST_LINE, Field
from ishowtts_desktop.desktop.reading_window.merging import merged
from ishowtts_desktop.desktop.reading_window.rows_model import FoundRows, Row, RowsModel

if TYPE_CHECKING:
    from collections.abc import Callable


class RowsField(Field):
    """Shows a value as rows: ``to_rows`` makes them, ``to_value`` the value again.

    ``chosen_changed`` tells that `chosen` is another row, or holds something else.

    A row whose first cell is empty isn't part of the value yet.
    """

    has_caption = False
    chosen_changed = Signal()

    def __init__(
        self,
        width: int,
        to_rows: Callable[[Any], list[Row]],
        to_value: Callable[[list[Row]], Any],
        lines: int = 6,
    ) -> None:
        inner = QWidget()
        super().__init__(inner)
        self.model = RowsModel(width)
        self._to_rows, self._to_value = to_rows, to_value
        self._value: Any = None
        self._theirs: Any = None
        self._stale = False
        self._found = FoundRows(self.model, self)
        self.view = QTableView()
        self._find = QLineEdit()
        self._find.setClearButtonEnabled(True)
        self._find.setMinimumWidth(8 * self.fontMetrics().averageCharWidth())
        self.add_button, self.remove_button = QPushButton(), QPushButton()
        self._buttons = QHBoxLayout()
        self._set_up_view(lines)
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        above = QHBoxLayout()
        above.addWidget(self.caption, 1)
        above.addWidget(self._find, 1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above)
        column.addWidget(self.view)
        column.addLayout(self._buttons)
        self.caption.setBuddy(self.view)
        self._find.setMaxLength(LONGEST_LINE)
        self._find.textChanged.connect(self._found.look_for)
        self.add_button.clicked.connect(self.add_row)
        self.remove_button.clicked.connect(self.remove_rows)
        self.model.edited.connect(self._tell)
        self._show_buttons()

    def tell(self, name: str, hint: str = "") -> None:
        """Call it ``name``; ``hint`` says more."""
        super().tell(name, hint)
        self.view.setAccessibleName(self.name)
        self.view.setAccessibleDescription(hint)
        self._find.setPlaceholderText(self.tr("Search"))
        self._find.setAccessibleName(self.tr("Search in: {name}").format(name=self.name))
        self.add_button.setText(self.tr("Add"))
        self.add_button.setAccessibleName(self.tr("{name}: add").format(name=self.name))
        self.remove_button.setText(self.tr("Remove"))
        self.remove_button.setAccessibleName(self.tr("{name}: remove").format(name=self.name))

    def add_button_beside(self, button: QPushButton) -> None:
        """Put another button beside those that add and remove."""
        button.setAutoDefault(False)
        self._buttons.insertWidget(2, button)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - what `to_rows` takes
        """Show it, unless it is what stands there already; what is being edited stays open."""
        self._theirs = copy(value)
        if self._editing:
            self._stale = self._stale or value != self._value
        elif self._stale or value != self._value:
            self._stale, self._value = False, copy(value)
            self.model.show_rows(self._to_rows(value))
        self._show_buttons()

    def flush(self) -> None:
        """Tell what was typed into a cell and not told yet."""
        self._cells.finish()

    def sum_up(self, before: Any, after: Any) -> str:  # noqa: ANN401 - what `to_rows` takes
        """Say how many rows came or went."""
        more = len(self._to_rows(after)) - len(self._to_rows(before))
        if not more:
            return super().sum_up(before, after)
        text = (
            self.tr("{name}: {removed} removed.") if more < 0 else self.tr("{name}: {added} added.")
        )
        return text.format(name=self.name, added=more, removed=-more)

    @property
    def chosen(self) -> Row | None:
        """The row that is worked on."""
        at = self._found.mapToSource(self.view.currentIndex()).row()
        return self.model.rows[at] if at >= 0 else None

    @Slot()
    def add_row(self) -> None:
        """Begin a new row, ready to type into."""
        self._find.clear()
        at = next((at for at, row in enumerate(self.model.rows) if not row[0]), -1)
        at = self.model.append() if at < 0 else at
        index = self._found.mapFromSource(self.model.index(at, 0))
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.edit(index)

    @Slot()
    def remove_rows(self) -> None:
        """Take the selected rows out."""
        picked = self.view.selectionModel().selectedIndexes()
        places = {self._found.mapToSource(index).row() for index in picked}
        if places:
            self.model.remove(places)
            self.view.selectRow(min(*places, self._found.rowCount() - 1))
        self._show_buttons()

    def _set_up_view(self, lines: int) -> None:
        view = self.view
        view.setModel(self._found)
        self._cells = CellChoice(self.model, self._found, view)
        # The view itself has to be told first that the cell is closed.
        self._cells.closeEditor.connect(self._catch_up, Qt.ConnectionType.QueuedConnection)
        view.setItemDelegate(self._cells)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        height = view.fontMetrics().height() * 8 // 5
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(height)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().setHighlightSections(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = view.horizontalHeader().sizeHint().height()
        view.setFixedHeight(lines * height + head + 2 * view.frameWidth())
        view.setMinimumWidth(16 * view.fontMetrics().averageCharWidth())
        view.selectionModel().selectionChanged.connect(self._show_buttons)
        self._found.modelReset.connect(self._show_buttons)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_rows)

    def _filled(self) -> list[Row]:
        return [row for row in self.model.rows if row[0]]

    @Slot()
    def _tell(self) -> None:
        mine = self._to_value(self._filled())
        self._value = merged(self._value, mine, self._theirs)
        self._stale = self._value != mine
        self.edited.emit(self._value, False)
        self._show_buttons()

    @property
    def _editing(self) -> bool:
        return self.view.state() == QAbstractItemView.State.EditingState

    @Slot()
    def _catch_up(self) -> None:
        if self._stale and not self._editing:
            self.show_value(self._theirs)

    @Slot()
    def _show_buttons(self) -> None:
        self.remove_button.setEnabled(self.view.selectionModel().hasSelection())
        self.chosen_changed.emit()


def table_of(names: dict[str, str]) -> list[Row]:
    """Return a mapping as rows of two."""
    return list(names.items())


def mapping_of(rows: list[Row]) -> dict[str, str]:
    """Return rows of two as a mapping; of two that begin alike the later one counts."""
    return {row[0]: row[1] for row in rows}
