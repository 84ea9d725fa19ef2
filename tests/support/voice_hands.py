"""Hands and eyes for the voice manager in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ishowtts_desktop.desktop.voice_manager.row import ABOUT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.voice_studio import VoiceStudio


class VoiceHands:
    """Looks for what a user sees in the window of ``studio``, by its words."""

    def __init__(self, studio: VoiceStudio, qtbot: QtBot) -> None:
        self.studio = studio
        self.window = studio.window
        self._qtbot = qtbot

    def button(self, text: str) -> QPushButton:
        buttons = self.window.findChildren(QPushButton)
        return next(b for b in buttons if b.text().replace("&", "") == text)

    def line(self, name: str) -> QLineEdit:
        lines = self.window.findChildren(QLineEdit)
        return next(line for line in lines if line.accessibleName() == name)

    def box(self, text: str) -> QCheckBox:
        boxes = self.window.findChildren(QCheckBox)
        return next(box for box in boxes if text in box.text().replace("&", ""))

    @property
    def text(self) -> QPlainTextEdit:
        edit = self.window.findChild(QPlainTextEdit)
        assert edit is not None
        return edit

    @property
    def list(self) -> QListWidget:
        found = self.window.findChild(QListWidget)
        assert found is not None
        return found

    def rows(self) -> list[str]:
        """What the list shows, "name: about" each."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return [f"{i.text()}: {i.data(ABOUT)}" for i in items if not i.isHidden()]

    def labels(self) -> str:
        """Every word on the window."""
        shown = [label for label in self.window.findChildren(QLabel) if label.isVisible()]
        return "\n".join(label.text() for label in shown)

    def wait_for(self, words: str) -> None:
        """Wait until the window says so."""
        self._qtbot.waitUntil(lambda: words in self.labels(), timeout=10_000)

    def pick(self, name: str) -> None:
        """Go to a voice of the list and wait until it is shown."""
        self._qtbot.waitUntil(lambda: any(r.startswith(f"{name}:") for r in self.rows()))
        texts = [self.list.item(at).text() for at in range(self.list.count())]
        self.list.setCurrentRow(texts.index(name))

    def open(self, name: str) -> None:
        """Pick a voice, and wait until it is there."""
        self.pick(name)
        self._qtbot.waitUntil(lambda: self.line("Name").text() == name)
        self._qtbot.waitUntil(lambda: self.window._editor.waveform.span is not None)

    def drop(self, *paths: Path) -> None:
        """Drop files in the middle of the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        entering = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
        QApplication.sendEvent(self.window, entering)
        assert entering.isAccepted()
        event = QDropEvent(QPointF(300, 300), copy, data, left, none)
        QApplication.sendEvent(self.window, event)
        assert event.isAccepted()

    def answer(self, button: QMessageBox.StandardButton) -> None:
        """Answer the question that is asked."""
        self._qtbot.waitUntil(lambda: self.question() is not None)
        box = self.question()
        assert box is not None
        box.button(button).click()

    def question(self) -> QMessageBox | None:
        """The question that is asked now."""
        boxes = self.window.findChildren(QMessageBox)
        return next((box for box in boxes if box.isVisible()), None)

    def choose_file(self, path: Path) -> None:
        """Choose a file in the dialog that is open."""
        self._qtbot.waitUntil(lambda: self._dialog() is not None)
        dialog = self._dialog()
        assert dialog is not None
        dialog.fileSelected.emit(str(path))
        dialog.reject()

    def _dialog(self) -> QFileDialog | None:
        dialogs: list[QWidget] = self.window.findChildren(QFileDialog)
        found = [d for d in dialogs if isinstance(d, QFileDialog) and d.isVisible()]
        return found[0] if found else None
