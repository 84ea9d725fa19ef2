"""The page of how things are said: the dictionary, emotes, emoji, links and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton

from ishowtts_desktop.core.reading_config import Pronunciation
from ishowtts_desktop.desktop.reading_window.fields import (
    CheckField,
    ChoiceField,
    LineField,
    NumberField,
)
from ishowtts_desktop.desktop.reading_window.line_languages import line_languages
from ishowtts_desktop.desktop.reading_window.page import Page
from ishowtts_desktop.desktop.reading_window.rows_field import RowsField

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk
    from ishowtts_desktop.desktop.reading_window.rows_model import Row


class SayingsPage(Page):
    """Pronunciations and what is said for what isn't a word. ``hear_requested`` has a text."""

    hear_requested = Signal(str)

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(desk)
        self._hear = QPushButton()
        self._dictionary = self.add_heading()
        self._words = self.add("words", "pronunciations", RowsField(3, _to_rows, _to_words, 7))
        self._words.add_button_beside(self._hear)
        self._words.chosen_changed.connect(self._show_hear)
        self._hear.clicked.connect(self._ask)
        self._slang = self.add("words", "slang", CheckField())
        self._signs = self.add_heading()
        self._emotes = self.add("reading", "emotes", ChoiceField())
        self._lists = self.add("reading", "emote_lists", CheckField())
        self._emoji = self.add("reading", "emoji", ChoiceField())
        self._links = self.add("reading", "links", ChoiceField())
        self._naming = self.add_heading()
        self._names = self.add("reading", "say_names", CheckField())
        self._again = self.add("reading", "name_repeat_seconds", NumberField(0, 3600, 5, 1))
        self._template = self.add("reading", "template", LineField())
        self.retranslate()
        self.show_values()
        self._show_hear()

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        return self.tr("Pronunciations")

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._dictionary.setText(self.tr("Your dictionary"))
        self._words.tell(
            self.tr("Words said otherwise"),
            self.tr("What is written is said as you spell it; nothing spelt, nothing said."),
        )
        self._words.model.name_columns(
            self.tr("Written"), self.tr("Spoken"), self.tr("In the language")
        )
        self._words.model.offer(2, {"": self.tr("Every language"), **line_languages()})
        self._hear.setText(self.tr("Hear &it"))
        self._slang.tell(
            self.tr("Know the slang of chat"),
            self.tr("GG, LOL, 666, awsl and their like are said as people mean them."),
        )
        self._tell_signs()
        self._tell_names()

    def _tell_signs(self) -> None:
        self._signs.setText(self.tr("Emotes, emoji and links"))
        self._emotes.tell(self.tr("Emotes"))
        self._emotes.offer(
            {
                "skip": self.tr("Say nothing"),
                "first": self.tr("Say the first one"),
                "count": self.tr("Say each, and how often"),
            }
        )
        self._lists.tell(
            self.tr("Know the emotes of other services"),
            self.tr(
                "7TV, BetterTTV and FrankerFaceZ: their public lists are asked which words"
                " are emotes in your channel."
            ),
        )
        self._emoji.tell(self.tr("Emoji"))
        self._emoji.offer({"skip": self.tr("Say nothing"), "name": self.tr("Say their names")})
        self._links.tell(self.tr("Links"))
        self._links.offer({"word": self.tr('Say "link"'), "nothing": self.tr("Say nothing")})

    def _tell_names(self) -> None:
        self._naming.setText(self.tr("Names"))
        self._names.tell(self.tr("Say who wrote"))
        self._again.tell(
            self.tr("Name again after"), self.tr("While the same viewer goes on writing.")
        )
        self._again.measure(self.tr("s"))
        self._template.tell(
            self.tr("In these words"),
            self.tr("With {name} and {text}. Empty: as the language has it."),
        )
        self._template.hold(self.tr("{name} says {text}"))

    @Slot()
    def _show_hear(self) -> None:
        row = self._words.chosen
        self._hear.setEnabled(row is not None and bool(row[1]))

    @Slot()
    def _ask(self) -> None:
        row = self._words.chosen
        if row is not None and row[1]:
            self.hear_requested.emit(row[1])


def _to_rows(words: list[Pronunciation]) -> list[Row]:
    return [(word.written, word.spoken, word.language) for word in words]


def _to_words(rows: list[Row]) -> list[Pronunciation]:
    return [Pronunciation(written=w, spoken=s, language=tag) for w, s, tag in rows]
