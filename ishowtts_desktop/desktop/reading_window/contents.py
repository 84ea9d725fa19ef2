"""The side of the window: its pages, and the files that rules come from and go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.desktop.reading_window.page import Page


class Contents(QWidget):
    """Lists ``pages``; ``page_chosen`` tells which by its place."""

    page_chosen = Signal(int)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, pages: Sequence[Page]) -> None:
        super().__init__()
        self._pages = pages
        self._list = QListWidget()
        self._list.addItems(["" for _ in pages])
        self._list.setCurrentRow(0)
        self._list.setSpacing(self.fontMetrics().height() // 8)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._import, self._export = QPushButton(), QPushButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list, 1)
        for button in (self._import, self._export):
            button.setAutoDefault(False)
            column.addWidget(button)
        self._list.currentRowChanged.connect(self.page_chosen)
        self._import.clicked.connect(self.import_requested)
        self._export.clicked.connect(self.export_requested)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._list.setAccessibleName(self.tr("Pages"))
        for at, page in enumerate(self._pages):
            self._list.item(at).setText(page.title)
        self._import.setText(self.tr("I&mport..."))
        self._import.setAccessibleDescription(self.tr("Takes rules from a file"))
        self._export.setText(self.tr("E&xport..."))
        self._export.setAccessibleDescription(
            self.tr("Writes the rules to a file, without private words")
        )
        bar = self._list.verticalScrollBar().sizeHint().width()
        edges = 2 * self._list.frameWidth() + max(bar, self.fontMetrics().height())
        widest = self._list.sizeHintForColumn(0) + edges
        buttons = (self._import, self._export)
        self.setFixedWidth(max(widest, *(button.sizeHint().width() for button in buttons)))
