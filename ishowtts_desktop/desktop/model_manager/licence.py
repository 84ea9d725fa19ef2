"""The page with a model's licence: read it, and accept it before the first download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.model_manager.catalogue import catalogue_words
from ishowtts_desktop.desktop.model_manager.words import licence_link
from ishowtts_desktop.desktop.plain import plain

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ishowtts_desktop.desktop.model_manager.events import ModelEntry


class LicencePage(QWidget):
    """Shows the licence of one model. ``accepted`` tells the model's id, ``left`` that it's over.

    ``link_requested`` tells the address of the whole licence.
    """

    accepted = Signal(str)
    left = Signal()
    link_requested = Signal(QUrl)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: ModelEntry | None = None
        self._asking = False
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._title.setFont(font)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        # A paragraph of the page, that scrolls where it must.
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.viewport().setAutoFillBackground(False)
        self._text.document().setDocumentMargin(0)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._link = QPushButton()
        self._accept = QPushButton()
        self._leave = QPushButton()
        for button in (self._link, self._accept, self._leave):
            button.setAutoDefault(True)
        self._link.clicked.connect(self._ask_for_link)
        self._accept.clicked.connect(self._tell_accepted)
        self._leave.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.addWidget(self._accept)
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        buttons.addWidget(self._link)
        column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addWidget(self._text, 1)
        column.addLayout(buttons)

    def show_licence(self, entry: ModelEntry, *, asking: bool) -> None:
        """Show the licence of a model; ``asking`` whether it is accepted."""
        self._entry, self._asking = entry, asking
        self._retranslate()
        (self._accept if asking else self._leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Escape as "not now"."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        entry = self._entry
        if entry is None:
            return
        names = {"name": plain(entry.name, 100), "licence": plain(entry.licence, 60)}
        if self._asking:
            title = self.tr("{name} has a licence: {licence}. Do you accept it?")
        else:
            title = self.tr("The licence of {name}: {licence}")
        self._title.setText(title.format(**names))
        paragraphs = catalogue_words(entry.licence_text).splitlines()
        self._text.setPlainText("\n".join(plain(line, 2000) for line in paragraphs))
        self._text.setAccessibleName(self.tr("The licence in plain words"))
        self._accept.setVisible(self._asking)
        self._accept.setText(self.tr("&Accept and download"))
        self._leave.setText(self.tr("&Not now") if self._asking else self.tr("&Back"))
        self._link.setText(self.tr("The &whole licence..."))
        self._link.setVisible(bool(licence_link(entry.licence)))

    @Slot()
    def _tell_accepted(self) -> None:
        if self._entry is not None:
            self.accepted.emit(self._entry.id)

    @Slot()
    def _ask_for_link(self) -> None:
        if self._entry is not None:
            self.link_requested.emit(QUrl(licence_link(self._entry.licence)))
