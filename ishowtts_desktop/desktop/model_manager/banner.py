"""A banner in a model's card: what failed or went well, with a button that tries once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ishowtts_desktop.desktop.banner import Banner
from ishowtts_desktop.desktop.feed import Problem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from ishowtts_desktop.desktop.model_manager.state import Trouble


class ModelBanner(Banner):
    """Shows ``trouble``. ``again_requested`` is offered where trying again may help."""

    again_requested = Signal()

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(_problem(trouble), parent)
        self.again = QPushButton(self)
        self.again.setAutoDefault(True)
        self.again.setVisible(trouble.again is not None)
        self.again.clicked.connect(self.again_requested)
        row = cast("QHBoxLayout", self.layout())
        row.insertWidget(row.count() - 1, self.again, 0, Qt.AlignmentFlag.AlignTop)
        self._name_button()

    def come_after(self, widget: QWidget) -> None:
        """Follow ``widget`` in the order of the keyboard."""
        QWidget.setTabOrder(widget, self.again)
        QWidget.setTabOrder(self.again, self._close)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name_button()

    def _name_button(self) -> None:
        self.again.setText(self.tr("Try again"))


def _problem(trouble: Trouble) -> Problem:
    return Problem("model", trouble.message, trouble.advice, calm=trouble.calm)
