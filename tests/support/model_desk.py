"""The window of models on a scene: what is to be seen of it, and what it asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.model_manager.banner import ModelBanner
from ishowtts_desktop.desktop.model_manager.card import ModelCard
from ishowtts_desktop.desktop.model_manager.jobs import ModelJobs
from ishowtts_desktop.desktop.model_manager.window import ModelManager
from tests.support.models import Scene, entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

MODEL, OTHER = "v1-base", "v0-base"


class Desk:
    """The window on a scene, and what was asked of the application."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.scene = Scene(folder, entry(MODEL), entry(OTHER))
        self.jobs = ModelJobs(self.scene.command)
        self.feed, self.commands = ChatFeed(), Commands()
        self.used = ""
        self.opened: list[QUrl] = []
        self.opens = True
        self.commands.model_requested.connect(self._use)
        self.window = ModelManager(
            self.jobs, self.commands, self.feed, lambda: self.used, open_url=self._open
        )
        qtbot.addWidget(self.window)

    def show(self, *models: dict[str, Any]) -> None:
        if models:
            self.scene.lists(*models)
        self.window.show()
        self.until(lambda: not self.jobs.list.asking)
        shown = (*self.window.findChildren(ModelCard), *self.window.findChildren(ModelBanner))
        self.until(lambda: any(widget.isVisible() for widget in shown))

    def until(self, condition: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    @property
    def buttons(self) -> list[str]:
        """The words on every button, as the keyboard goes from the one that has the focus."""
        first = widget = self.window.focusWidget() or self.window
        found = []
        while True:
            if isinstance(widget, QPushButton) and widget.isVisible():
                found.append(widget.text().replace("&", ""))
            widget = widget.nextInFocusChain()
            if widget is first:
                return found

    def card(self, number: int = 0) -> ModelCard:
        return self.window.findChildren(ModelCard)[number]

    def press(self, text: str, within: QWidget | None = None) -> None:
        self.button(text, within).click()

    def button(self, text: str, within: QWidget | None = None) -> QPushButton:
        for button in (within or self.window).findChildren(QPushButton):
            if button.isVisible() and button.text().replace("&", "") == text:
                return button
        raise AssertionError(f"no {text} in {self.buttons}")

    def says(self, text: str, within: QWidget | None = None) -> bool:
        labels = (within or self.window).findChildren(QLabel)
        return any(label.isVisible() and text in label.text() for label in labels)

    @property
    def focus(self) -> str:
        widget = self.window.focusWidget()
        return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""

    def _use(self, folder: str) -> None:
        self.used = folder

    def _open(self, url: QUrl) -> bool:
        self.opened.append(url)
        return self.opens
