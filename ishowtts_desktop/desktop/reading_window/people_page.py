"""The page of people: who is never read, who is muted, and what viewers are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ishowtts_desktop.desktop.reading_window.lines_field import LinesField
from ishowtts_desktop.desktop.reading_window.muted_field import MutedField
from ishowtts_desktop.desktop.reading_window.page import Page
from ishowtts_desktop.desktop.reading_window.rows_field import RowsField, mapping_of, table_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk


class PeoplePage(Page):
    """Blocked users, bots, muted users, nicknames. ``unmuted`` names who shall be heard again."""

    unmuted = Signal(str)

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(desk)
        self._silent = self.add_heading()
        self._blocked = self.add("rules", "blocked_users", LinesField(rows=5))
        self._muted = MutedField()
        self._muted.unmuted.connect(self.unmuted)
        self.place(self._muted)
        self._bots = self.add("rules", "bots", LinesField(rows=5))
        self._called = self.add_heading()
        self._nicknames = self.add("words", "nicknames", RowsField(2, table_of, mapping_of))
        self.retranslate()
        self.show_values()

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        return self.tr("People")

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._silent.setText(self.tr("Who isn't read"))
        self._blocked.tell(
            self.tr("Blocked users"), self.tr("By login or name, one a line. They stay blocked.")
        )
        self._muted.tell(
            self.tr("Muted users"), self.tr("Until the application ends. Nobody is muted for good.")
        )
        self._bots.tell(
            self.tr("Bots"), self.tr("One a line. They are read only if you allow bots.")
        )
        self._called.setText(self.tr("What viewers are called"))
        self._nicknames.tell(
            self.tr("Nicknames"),
            self.tr("A name that can't be said well gets another one. An empty one isn't said."),
        )
        self._nicknames.model.name_columns(self.tr("Login or name"), self.tr("Is called"))

    def show_muted(self, users: Collection[str]) -> None:
        """Show who is muted now."""
        self._muted.show_value(sorted(users))
