"""The menu item that mutes whoever is heard, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction

from ishowtts_desktop.desktop.plain import plain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.reading.conductor import ReaderState

_LONGEST_NAME: Final = 40


class MuteAction(QAction):
    """Follows ``feed`` and asks ``commands``; an item of ``menu``.

    It mutes who it names: while the menu is open the name stays, whoever is heard meanwhile.
    """

    def __init__(self, feed: ChatFeed, commands: Commands, menu: QMenu) -> None:
        super().__init__(menu)
        self._commands = commands
        self._menu = menu
        self._speaking: Utterance | None = None
        self._login = ""
        self._name = ""
        feed.reader_changed.connect(self._take_reader)
        menu.aboutToHide.connect(self._follow)
        self.triggered.connect(self._ask)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say it in the present language."""
        label = self.tr("&Mute {name}") if self._name else self.tr("&Mute who is heard")
        self.setText(label.replace("{name}", self._name.replace("&", "&&")))
        self.setEnabled(bool(self._login))

    @Slot(object)
    def _take_reader(self, state: ReaderState) -> None:
        self._speaking = state.speaking
        if not self._menu.isVisible():
            self._follow()

    @Slot()
    def _follow(self) -> None:
        authors = authors_of(self._speaking)
        login, name = authors.popitem() if len(authors) == 1 else ("", "")
        if (login, name) != (self._login, self._name):
            self._login, self._name = login, plain(name, _LONGEST_NAME)
            self.retranslate()

    @Slot()
    def _ask(self) -> None:
        self._commands.mute(self._login)


def authors_of(utterance: Utterance | None) -> dict[str, str]:
    """Return the names of all who said what is spoken, by what the rules know them by."""
    parts = () if utterance is None else utterance.all_members
    sources = [part.message or part.notice for part in parts]
    authors = {
        source.login or source.name: source.name or source.login
        for source in sources
        if source is not None
    }
    authors.pop("", None)
    return authors
