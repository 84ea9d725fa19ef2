"""What is there first: the tray icon, the commands and the feed, before anything heavy is imported.

A start is felt by when something is visible. The rest of the application joins in afterwards.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_log = logging.getLogger(__name__)


class Shell(QObject):
    """Owns `feed`, `commands` and `tray`. ``born`` is the process's start, by the monotonic clock.

    ``startup_seconds`` is from there to the visible tray icon; None before.
    """

    def __init__(self, born: float | None = None) -> None:
        super().__init__()
        self._born = time.monotonic() if born is None else born
        self.startup_seconds: float | None = None
        self.feed = ChatFeed(self)
        self.commands = Commands(self)
        self.tray = Tray(self.feed, self.commands, self)
        self.tray.availability_changed.connect(self._note_startup)

    def show(self, qt: QApplication) -> None:
        """Put the icon into the tray at once, or as soon as there is a tray."""
        self.tray.start()
        qt.processEvents()

    @Slot(bool)
    def _note_startup(self, available: bool) -> None:
        if available and self.startup_seconds is None:
            self.startup_seconds = time.monotonic() - self._born
            _log.info("tray visible after %.0f ms", self.startup_seconds * 1000)
