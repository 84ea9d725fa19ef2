"""Edits a cell: a box where its column holds one of a few values, a line elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.fields import LONGEST_LINE

if TYPE_CHECKING:
    from PySide6.QtCore import QSortFilterProxyModel

    from ishowtts_desktop.desktop.reading_window.rows_model import RowsModel

Index = QModelIndex | QPersistentModelIndex
_EDIT: Final = Qt.ItemDataRole.EditRole
_ACROSS: Final = Qt.Orientation.Horizontal


class CellChoice(QStyledItemDelegate):
    """Edits ``model`` as ``found`` shows it."""

    def __init__(self, model: RowsModel, found: QSortFilterProxyModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._found = found
        self._open: QWidget | None = None

    def finish(self) -> None:
        """Take what was typed or picked so far in a cell that is open, and close it."""
        if self._open is not None:
            self._finish(self._open)

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Make the box or the line."""
        self._open = self._make(parent, option, index)
        return self._open

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Forget what was closed."""
        if editor is self._open:
            self._open = None
        super().destroyEditor(editor, index)

    def _make(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        names = self._model.offered(index.column())
        header = str(self._model.headerData(index.column(), _ACROSS))
        if names is None:
            line = super().createEditor(parent, option, index)
            line.setAccessibleName(header)
            if isinstance(line, QLineEdit):
                line.setMaxLength(LONGEST_LINE)
            return line
        box = QComboBox(parent)
        box.setAccessibleName(header)
        value = str(index.data(_EDIT))
        offered = {value: value, **names} if value not in names else names
        for known, name in offered.items():
            box.addItem(plain(name, 80), known)
        # Picking is all there is to it: the cell is done then.
        box.activated.connect(lambda: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Show what the cell holds."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(_EDIT)))
        else:
            super().setEditorData(editor, index)

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Take what was picked or typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
