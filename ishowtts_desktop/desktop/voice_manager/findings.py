"""What is wrong with a reference and what to do about it, as a short list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStyle, QVBoxLayout, QWidget

from ishowtts_desktop.desktop.voice_manager.finding_words import advice_words, finding_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.voices.findings import Finding


class FindingList(QWidget):
    """A sign, a sentence and the next step for each finding; one calm line when there is none.

    ``told`` gives all of it as one text, for whoever can't see it.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._retranslate()

    @property
    def findings(self) -> tuple[Finding, ...] | None:
        """What is shown; None before the first check."""
        return self._findings

    def show_findings(self, findings: Sequence[Finding] | None) -> None:
        """Show these; None says nothing at all."""
        shown = None if findings is None else tuple(findings)
        if shown != self._findings:
            self._findings = shown
            self._retranslate()
            if shown is not None:
                # It takes no focus, so a screen reader would never come by.
                alert = QAccessibleEvent(self, QAccessible.Event.Alert)
                QAccessible.updateAccessibility(alert)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._clear()
        self.setAccessibleName(self.tr("Findings"))
        signs = QStyle.StandardPixmap
        if self._findings is None:
            self.setAccessibleDescription("")
        elif not self._findings:
            self._add(signs.SP_DialogApplyButton, self.tr("This makes a good reference."), "")
        for finding in self._findings or ():
            message, advice = finding_words(finding), advice_words(finding)
            self._add(signs.SP_MessageBoxWarning, message, advice)
        self.told.emit(self.accessibleDescription())

    def _add(self, kind: QStyle.StandardPixmap, message: str, advice: str) -> None:
        side = self.fontMetrics().height()
        sign = QLabel()
        sign.setPixmap(self.style().standardIcon(kind).pixmap(side, side))
        words = QLabel(f"{message} {advice}".strip())
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        self._column.addWidget(line)
        self.setAccessibleDescription(f"{self.accessibleDescription()} {words.text()}".strip())

    def _clear(self) -> None:
        self.setAccessibleDescription("")
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
