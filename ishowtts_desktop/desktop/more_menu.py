"""What is asked for now and then: replay, the selection, muting who is heard, the reading rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu

from ishowtts_desktop.desktop.mute_action import MuteAction

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed


class MoreMenu(QMenu):
    """Follows ``feed`` to name who is heard, and asks ``commands``."""

    def __init__(self, feed: ChatFeed, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._replay = self.addAction("", commands.replay)
        self._read = self.addAction("", commands.read_selected)
        self._mute = MuteAction(feed, commands, self)
        self.addAction(self._mute)
        self.addSeparator()
        self._rules = self.addAction("", commands.manage_reading)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._replay.setText(self.tr("Say the last &again"))
        self._read.setText(self.tr("&Read selected message"))
        self._rules.setText(self.tr("Readin&g rules..."))
        self._mute.retranslate()
