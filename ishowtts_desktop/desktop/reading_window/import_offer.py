"""What a file of rules would change, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.fields import wrapped_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_TOLD: Final = 4


class ImportOffer(QFrame):
    """Stands until it is ``accepted`` or closed."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = ""
        self._changes: Callable[[], Sequence[str]] = tuple
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._words = wrapped_label()
        self._yes, self._no = QPushButton(), QPushButton()
        self._yes.setAutoDefault(True)
        self._no.setAutoDefault(True)
        row = QHBoxLayout(self)
        side = self.fontMetrics().height()
        row.setContentsMargins(side // 2, side // 4, side // 4, side // 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._yes, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._no, 0, Qt.AlignmentFlag.AlignTop)
        self._yes.clicked.connect(self._accept)
        self._no.clicked.connect(self.hide)
        self.hide()

    def offer(self, file: str, changes: Callable[[], Sequence[str]]) -> None:
        """Say what ``file`` would change, a sentence each."""
        self._file, self._changes = file, changes
        self._retranslate()
        self.show()
        self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    @Slot()
    def refresh(self) -> None:
        """Say anew what would change: something else did."""
        if not self.isHidden():
            self._retranslate()

    def _retranslate(self) -> None:
        changes = list(self._changes())
        told, more = changes[:MOST_TOLD], len(changes) - MOST_TOLD
        if more > 0:
            told.append(self.tr("And {number} more.").format(number=more))
        text = self.tr("{file} changes this: {changes}")
        text = text.format(file=plain(self._file, 60), changes=" ".join(told))
        self._words.setText(text)
        self.setAccessibleName(self.tr("Import"))
        self.setAccessibleDescription(text)
        self._yes.setText(self.tr("Take &over"))
        self._no.setText(self.tr("Ca&ncel"))

    @Slot()
    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()
