"""Asks before something that isn't saved would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from ishowtts_desktop.desktop.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ishowtts_desktop.desktop.voice_manager.desk import VoiceDesk


class UnsavedGuard(QObject):
    """Stands between ``desk`` and whatever would show another voice there."""

    def __init__(self, desk: VoiceDesk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._box: QMessageBox | None = None

    def ask(self, then: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Call ``then`` once nothing can be lost any more, or ``stay`` when the user thinks again.

        Asks nothing where nothing is unsaved. A save that fails counts as thinking again. While
        something else is asked already, that is answered first, and ``then`` given up.
        """
        draft = self._desk.draft
        if draft is None or not draft.changed:
            then()
            return
        if self._box is not None:
            if stay is not None:
                self._box.finished.connect(lambda _: _ignore(stay()))
            return
        box = self._box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Voices"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        text = self.tr("Save the changes of {name}?")
        box.setText(text.format(name=plain(draft.voice.name, 60)))
        kinds = QMessageBox.StandardButton
        box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
        box.setDefaultButton(kinds.Save)

        def settle(answer: int) -> None:
            self._box = None
            if answer == kinds.Save.value:
                if stay is not None:
                    stay()
                self._desk.save(lambda: _ignore(then()))
            elif answer == kinds.Discard.value:
                self._desk.revert(lambda: _ignore(then()))
            elif stay is not None:
                stay()

        box.finished.connect(settle)
        box.open()


def _ignore(_: object) -> None:
    """Take a result that nobody wants."""
