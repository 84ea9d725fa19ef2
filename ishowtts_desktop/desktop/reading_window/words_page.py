"""The page of words that are never said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.desktop.reading_window.lines_field import LinesField
from ishowtts_desktop.desktop.reading_window.page import Page
from ishowtts_desktop.desktop.reading_window.private_field import PrivateField

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk


class WordsPage(Page):
    """Blocked words, the exceptions from them, and private words."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(desk)
        self._blocking = self.add_heading()
        self._blocked = self.add("rules", "blocked_words", LinesField())
        self._allowed = self.add("rules", "allowed_words", LinesField(rows=4))
        self._hiding = self.add_heading()
        self._private = self.add("private", "words", PrivateField())
        self.retranslate()
        self.show_values()

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        return self.tr("Words")

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._blocking.setText(self.tr("What isn't said"))
        self._blocked.tell(
            self.tr("Blocked words"),
            self.tr(
                "No message with one of these is read. One a line; paste as many as you like."
                " Whole words are meant; bad* is also badly,"
                " *bad* is anywhere. Tricks such as b.a.d, B4D or wide letters are seen through."
            ),
        )
        self._allowed.tell(
            self.tr("Allowed words"),
            self.tr("Harmless words that would be caught, such as Scunthorpe. One a line."),
        )
        self._hiding.setText(self.tr("What you keep to yourself"))
        self._private.tell(
            self.tr("Private words"),
            self.tr(
                "Your name, your town, your school: no message with one of these is said, not even"
                " one that you select. They are kept apart from the rules, are never exported,"
                " and stay hidden here, because your viewers may see this window."
            ),
        )
