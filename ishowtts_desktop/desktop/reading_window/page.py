"""What the pages of the window have in common: fields in a form that scrolls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QWidget

from ishowtts_desktop.desktop.reading_window.fields import Field, wrapped_label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ishowtts_desktop.desktop.reading_window.desk import Change, Key, RuleDesk

LEAST_HEIGHT: Final = 5

F = TypeVar("F", bound=Field)


class Page(QScrollArea):
    """Shows some of the settings of ``desk``, each by a field, and tells it what is changed."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._desk = desk
        self._fields: dict[Key, Field] = {}
        inner = self._inner = QWidget()
        form = self._form = QFormLayout(inner)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setVerticalSpacing(self.fontMetrics().height() // 2)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        desk.changed.connect(self.show_values)

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        raise NotImplementedError

    def sum_up(self, key: Key, before: Any, after: Any) -> str:  # noqa: ANN401 - the setting's
        """Say what became of a setting; empty where it isn't on this page."""
        field = self._fields.get(key)
        return "" if field is None else field.sum_up(before, after)

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        raise NotImplementedError

    def add(self, section: str, name: str, field: F) -> F:
        """Put a field below the others, for this setting."""
        key = (section, name)
        self._fields[key] = field
        field.edited.connect(partial(self._take, key))
        self.place(field)
        return field

    def place(self, field: Field) -> None:
        """Put a field below the others."""
        if field.has_caption:
            self._form.addRow(field.caption, field)
        else:
            self._form.addRow(field)

    def add_heading(self) -> QLabel:
        """Begin a new part of the page."""
        heading = QLabel()
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        above = self.fontMetrics().height() // 2 if self._form.rowCount() else 0
        heading.setContentsMargins(0, above, 0, 0)
        self._form.addRow(heading)
        return heading

    def add_sentence(self) -> QLabel:
        """Put a sentence below the fields."""
        label = wrapped_label()
        self._form.addRow(label)
        return label

    @Slot()
    def show_values(self) -> None:
        """Show what is chosen now."""
        for key, field in self._fields.items():
            field.show_value(self._desk.value(key))

    def flush(self) -> None:
        """Take what was typed and not told yet."""
        for field in self._fields.values():
            field.flush()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return as much as keeps the fields whole from side to side."""
        width = self._inner.minimumSizeHint().width()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(width + bar, LEAST_HEIGHT * self.fontMetrics().height())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Need another width: only what is shown knows its style."""
        super().showEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _take(self, key: Key, value: Any, joins: bool) -> None:  # noqa: ANN401 - the field's
        def tell(change: Change) -> str:
            return self.sum_up(key, change.before[key], change.after[key])

        self._desk.put({key: value}, tell, joins=joins)
