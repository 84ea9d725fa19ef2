"""Notices of what the streamer did and may forget: paused, or turned down to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from ishowtts_desktop.core.errors import IshowttsError
from ishowtts_desktop.desktop.feed import Remedy

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.reading.conductor import ReaderState

PAUSE_NOTICE: Final = "paused"
VOLUME_NOTICE: Final = "volume"


class StandingNotices(QObject):
    """Listens to ``feed`` and ``commands``, and tells in ``feed`` why nothing is heard.

    Each is told once, when it becomes so: who closed it has seen it.
    """

    def __init__(self, feed: ChatFeed, commands: Commands) -> None:
        super().__init__()
        self._feed = feed
        self._paused = self._silent = False
        feed.reader_changed.connect(self._look_at)
        commands.volume_requested.connect(self.show_volume)

    @Slot(float)
    def show_volume(self, volume: float) -> None:
        """Take note of the volume, 0..1."""
        # As the window shows it: in whole percents.
        silent = round(volume * 100) == 0
        if silent == self._silent:
            return
        self._silent = silent
        if silent:
            told = self.tr("The volume is 0: nothing can be heard.")
            problem = IshowttsError(told, self.tr("Turn it up in the window."))
            self._feed.post_problem(problem, VOLUME_NOTICE, calm=True)
        else:
            self._feed.post_solved(VOLUME_NOTICE)

    @Slot(object)
    def _look_at(self, state: ReaderState) -> None:
        if state.paused == self._paused:
            return
        self._paused = state.paused
        if state.paused:
            told = self.tr("Paused. Chat waits, and is dropped once it is too old.")
            problem = IshowttsError(told)
            self._feed.post_problem(problem, PAUSE_NOTICE, calm=True, remedy=Remedy.RESUME)
        else:
            self._feed.post_solved(PAUSE_NOTICE)
