"""Asks before a recording that nobody has taken yet would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.desktop.voice_manager.recorder import Recorder


class RecorderGuard(QObject):
    """Stands between ``recorder`` and whatever would close it."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__(recorder)
        self._recorder = recorder
        self._box: QMessageBox | None = None

    def ask(self, then: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Close the recorder and call ``then``, or ``stay`` when the user thinks again.

        Asks nothing where nothing would be lost. Who asks while a question is open hears ``stay``
        once it is answered.
        """
        if not self._recorder.unsaved:
            self._close(then)
        elif self._box is None:
            self._open(then, stay)
        elif stay is not None:
            self._box.finished.connect(lambda _: _ignore(stay()))

    def _open(self, then: Callable[[], object], stay: Callable[[], object] | None) -> None:
        box = self._box = QMessageBox(self._recorder)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self._recorder.windowTitle())
        box.setText(self.tr("Discard the recording?"))
        kinds = QMessageBox.StandardButton
        box.setStandardButtons(kinds.Discard | kinds.Cancel)
        box.setDefaultButton(kinds.Cancel)

        def settle(answer: int) -> None:
            self._box = None
            if answer == kinds.Discard.value:
                self._close(then)
            elif stay is not None:
                stay()

        box.finished.connect(settle)
        box.open()

    def _close(self, then: Callable[[], object]) -> None:
        self._recorder.reject()
        then()


def _ignore(_: object) -> None:
    """Take a result that nobody wants."""
