"""The page of voices: who speaks for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.fields import LineField
from ishowtts_desktop.desktop.reading_window.line_languages import (
    is_told,
    language_name,
    line_languages,
)
from ishowtts_desktop.desktop.reading_window.page import Page
from ishowtts_desktop.desktop.reading_window.rows_field import RowsField, mapping_of, table_of
from ishowtts_desktop.desktop.reading_window.voice_fields import (
    RolesField,
    VoiceField,
    VoicesField,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ishowtts_desktop.desktop.reading_window.desk import RuleDesk

ROLES = ("paid", "broadcaster", "moderator", "vip", "subscriber")


class CastingPage(Page):
    """Voices by user, role, language, by chance, by the viewers' choice, and for names."""

    def __init__(self, desk: RuleDesk, voices: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(desk)
        self._voices = voices
        self._first = self.add_heading()
        self._intro = self.add_sentence()
        self._users = self.add("casting", "users", RowsField(2, table_of, mapping_of, 4))
        self._by_role = self.add_heading()
        self._roles = self.add("casting", "roles", RolesField(ROLES))
        self._others = self.add_heading()
        self._languages = self.add("casting", "languages", RowsField(2, table_of, mapping_of, 4))
        self._random = self.add("casting", "random", VoicesField())
        self._choice = self.add_heading()
        self._command = self.add("casting", "command", LineField())
        self._allowed = self.add("casting", "allowed", VoicesField())
        self._naming = self.add_heading()
        self._names = self.add("casting", "names", VoiceField())
        self.retranslate()

    @property
    def title(self) -> str:
        """What the page is called in the list of pages."""
        return self.tr("Voices")

    def show_voices(self) -> None:
        """Offer the voices that there are now."""
        voices = {voice: plain(name, 80) for voice, name in self._voices().items()}
        none = self.tr("The chosen voice")
        self._roles.show_voices(voices, self.tr("No voice of its own"))
        self._names.show_voices(voices, self.tr("The voice of the message"))
        for listed in (self._random, self._allowed):
            listed.offer(voices)
        for table in (self._users, self._languages):
            used = {row[1] for row in table.model.rows} - {""} - voices.keys()
            gone = {voice: self.tr("{voice} (missing)").format(voice=voice) for voice in used}
            table.model.offer(1, {"": none, **voices, **gone})
        spoken = {row[0] for row in self._languages.model.rows} - {""}
        offered = line_languages()
        others = {tag: self._name_of(tag) for tag in spoken if tag not in offered}
        self._languages.model.offer(0, {**offered, **others})
        self.show_values()

    def _name_of(self, tag: str) -> str:
        name = language_name(tag)
        if is_told(tag):
            return name
        return self.tr("{language} (never recognised)").format(language=name)

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._first.setText(self.tr("For one viewer"))
        self._intro.setText(
            self.tr(
                "The first that fits speaks: viewer, the viewer's choice, role, language,"
                " then one by chance."
            )
        )
        self._users.tell(self.tr("Voices of viewers"))
        self._users.model.name_columns(self.tr("Login or name"), self.tr("Voice"))
        self._by_role.setText(self.tr("For roles"))
        self._roles.tell(self.tr("Voices of roles"))
        self._roles.tell_roles(
            {
                "paid": self.tr("Paid messages"),
                "broadcaster": self.tr("You"),
                "moderator": self.tr("Moderators"),
                "vip": self.tr("VIPs"),
                "subscriber": self.tr("Subscribers"),
            }
        )
        self._others.setText(self.tr("For all others"))
        self._languages.tell(self.tr("Voices of languages"))
        self._languages.model.name_columns(self.tr("Language"), self.tr("Voice"))
        self._random.tell(
            self.tr("By chance"), self.tr("Each viewer gets one of these, and keeps it.")
        )
        self._tell_choice()
        self.show_voices()

    def _tell_choice(self) -> None:
        self._choice.setText(self.tr("Viewers choose"))
        self._command.tell(
            self.tr("By the command"),
            self.tr("Followed by the name of a voice. Empty: nobody can choose."),
        )
        self._allowed.tell(
            self.tr("Out of these"), self.tr("Nothing ticked: there is nothing to choose.")
        )
        self._naming.setText(self.tr("For names"))
        self._names.tell(
            self.tr("Names are said by"), self.tr("The author's name in a voice of its own.")
        )
