"""A list of words or names, one a line: hundreds are pasted at once."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from ishowtts_desktop.desktop.reading_window.fields import Field
from ishowtts_desktop.desktop.reading_window.merging import merged
from ishowtts_desktop.desktop.reading_window.texts import entries
from ishowtts_desktop.desktop.reading_window.typing_pause import TypingPause
from ishowtts_desktop.desktop.reading_window.undo_keys import UndoKeys


class LinesField(Field):
    """Shows a list of strings, as it was typed, with their number below."""

    def __init__(self, rows: int = 6) -> None:
        self.editor = QPlainTextEdit()
        super().__init__(self.editor)
        self._rows = rows
        self._value: list[str] = []
        self._theirs: list[str] = []
        self._read: list[str] | None = None
        self._count = QLabel()
        self._column.insertWidget(1, self._count)
        self.editor.setTabChangesFocus(True)
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.setUndoRedoEnabled(False)
        UndoKeys(self.editor)
        metrics = self.editor.fontMetrics()
        edges = 2 * (self.editor.frameWidth() + round(self.editor.document().documentMargin()))
        self.editor.setFixedHeight(rows * metrics.lineSpacing() + edges)
        self.editor.setMinimumWidth(10 * metrics.averageCharWidth())
        self._pause = TypingPause(self)
        self._pause.over.connect(self.flush)
        self.editor.textChanged.connect(self._note_typing)

    def tell(self, name: str, hint: str = "") -> None:
        """Call it ``name``; ``hint`` says more."""
        super().tell(name, hint)
        self._show_count()

    def show_value(self, value: list[str]) -> None:
        """Show these, as soon as no others are being typed."""
        self._theirs = list(value)
        if self._pause.typing:
            return
        self._value = list(value)
        if self._typed() != value:
            self.editor.blockSignals(True)
            self.editor.setPlainText("\n".join(value))
            self.editor.blockSignals(False)
            self._read = None
        self._show_count()

    def flush(self) -> None:
        """Tell what was typed and not told yet."""
        if self._pause.end():
            self._value = merged(self._value, self._typed(), self._theirs)
            self._show_count()
            self.edited.emit(self._value, True)

    def sum_up(self, before: list[str], after: list[str]) -> str:
        """Say how many came and went."""
        added, removed = len(set(after) - set(before)), len(set(before) - set(after))
        if added and removed:
            text = self.tr("{name}: {added} added, {removed} removed.")
        elif removed:
            text = self.tr("{name}: {removed} removed.")
        elif added:
            text = self.tr("{name}: {added} added.")
        else:
            return super().sum_up(before, after)
        return text.format(name=self.name, added=added, removed=removed)

    def _typed(self) -> list[str]:
        if self._read is None:
            self._read = entries(self.editor.toPlainText().split("\n"))
        return self._read

    @Slot()
    def _note_typing(self) -> None:
        self._read = None
        self._pause.begin()

    @Slot()
    def _show_count(self) -> None:
        self._count.setText(self.tr("In the list: {number}").format(number=len(self._value)))
