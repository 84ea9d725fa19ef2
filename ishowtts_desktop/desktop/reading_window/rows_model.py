"""Rows of text that are edited in place; some columns hold one of a few values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = tuple[str, ...]
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Rows of ``width`` texts. ``edited`` tells that the user changed one.

    The value of a column with `offer`ed ones is shown by its name.
    """

    edited = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self._rows: list[Row] = []
        self._headers: Sequence[str] = ()
        self._names: dict[int, Mapping[str, str]] = {}

    @property
    def rows(self) -> list[Row]:
        """What stands in it."""
        return list(self._rows)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def name_columns(self, *names: str) -> None:
        """Set the words above the columns."""
        self._headers = names
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)

    def offer(self, column: int, names: Mapping[str, str]) -> None:
        """Let this column hold one of these values, shown under their names."""
        self._names[column] = names
        if self._rows:
            last = self.index(len(self._rows) - 1, column)
            self.dataChanged.emit(self.index(0, column), last)

    def offered(self, column: int) -> Mapping[str, str] | None:
        """Return what a column may hold; None for any text."""
        return self._names.get(column)

    def has(self, row: int, folded: str) -> bool:
        """Tell whether a cell of this row has a text, already in small letters, in it."""
        cells = enumerate(self._rows[row])
        return any(
            folded in self._names.get(at, {}).get(text, text).casefold() for at, text in cells
        )

    def append(self) -> int:
        """Add an empty row, and return where it is."""
        at = len(self._rows)
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.append(("",) * self._width)
        self.endInsertRows()
        return at

    def remove(self, places: Iterable[int]) -> None:
        """Take these rows out."""
        gone = set(places)
        self.show_rows(row for at, row in enumerate(self._rows) if at not in gone)
        self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """Return how many columns there are."""
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        """Return what a cell shows, or holds."""
        if not index.isValid():
            return None
        column = index.column()
        text = self._rows[index.row()][column]
        if role == Qt.ItemDataRole.EditRole:
            return text
        shown = plain(self._names.get(column, {}).get(text, text), 200)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        if role == Qt.ItemDataRole.AccessibleTextRole and column < len(self._headers):
            return f"{self._headers[column]}: {shown}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401, N802 - Qt's
        """Take what was typed into a cell."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row, column = self._rows[index.row()], index.column()
        text = one_line(str(value))
        if text != row[column]:
            self._rows[index.row()] = (*row[:column], text, *row[column + 1 :])
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's
        """Return the word above a column."""
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if shown and orientation is Qt.Orientation.Horizontal and section < len(self._headers):
            return self._headers[section]
        return None


class FoundRows(QSortFilterProxyModel):
    """The rows of ``model`` that have a text in them."""

    def __init__(self, model: RowsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._wanted = ""
        self.setSourceModel(model)

    @Slot(str)
    def look_for(self, text: str) -> None:
        """Show the rows with this in any cell, in capitals or not."""
        self._wanted = one_line(text).casefold()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: ARG002, N802 - Qt's
        """Tell whether a row has it."""
        return not self._wanted or self._model.has(source_row, self._wanted)
