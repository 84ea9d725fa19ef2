"""The context menu of a chat message: what can be done with it, and with who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QActionGroup, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from ishowtts_desktop.core.utterances import OutcomeState
from ishowtts_desktop.desktop.people import entry_of
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.reading.rules.people import fold_user
from ishowtts_desktop.voices.embedded import embedded_voices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.chat_model import ChatRow
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.person import Person
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.voices.voice import Voice

MUTE_KEY: Final = "Ctrl+M"
BLOCK_KEY: Final = "Ctrl+B"
_LONGEST_NAME: Final = 40


class MessageMenus(QObject):
    """Makes the menus, and does by `toggle_mute` and `toggle_block` what they would.

    It follows ``feed`` to know who can speak; who is muted it is told by `show_muted`.
    ``nickname_wanted`` has what names whoever is to be given one, and the name to be shown.
    """

    nickname_wanted = Signal(str, str)

    def __init__(
        self, commands: Commands, feed: ChatFeed, config: Config, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._config = config
        self._muted: frozenset[str] = frozenset()
        self._cloned: tuple[Voice, ...] = ()
        self._listed: list[str] = []
        self._blocked: frozenset[str] = frozenset()
        feed.voice_changed.connect(self._note_voices)

    @Slot(object)
    def show_muted(self, users: Iterable[str]) -> None:
        """Take these for those who are muted now."""
        self._muted = frozenset(map(fold_user, users))

    @Slot(object)
    def toggle_mute(self, person: Person) -> None:
        """Mute a person, or end that."""
        self._mute_choice(person)[1]()

    @Slot(object)
    def toggle_block(self, person: Person) -> None:
        """Block a person, or end that."""
        self._block_choice(person)[1]()

    def nickname_of(self, login: str) -> str:
        """Return what the streamer calls this author; "" for nothing."""
        return entry_of(self._config.words.nicknames, login)

    def menu_for(self, row: ChatRow, name: str, parent: QWidget) -> QMenu:
        """Return the menu of ``row``, whose author is shown as ``name``; the caller owns it."""
        menu = QMenu(parent)
        message = row.message
        commands = self._commands
        again = row.state is OutcomeState.SPOKEN
        self._add(
            menu,
            self.tr("&Say again") if again else self.tr("&Read this"),
            lambda: commands.read_message(message) if message else commands.say(row.text),
            "Return",
        )
        copied = f"{name}: {row.text}"
        self._add(menu, self.tr("&Copy"), lambda: _copy(copied), QKeySequence.StandardKey.Copy)
        self._add(menu, self.tr("Copy &text"), lambda: _copy(row.text))
        if row.hidden:
            for action in menu.actions():
                action.setEnabled(False)
        if row.person is not None:
            menu.addSeparator()
            self._add_person(menu, row.person, name)
        return menu

    def _add_person(self, menu: QMenu, person: Person, name: str) -> None:
        label = _shown(name)
        sentence, slot = self._mute_choice(person)
        self._add(menu, sentence.format(name=label), slot, MUTE_KEY)
        sentence, slot = self._block_choice(person)
        self._add(menu, sentence.format(name=label), slot, BLOCK_KEY)
        menu.addSeparator()
        sentence = self.tr("Give {name} a &nickname...").format(name=label)
        called = person.key_in(self._config.words.nicknames)
        self._add(menu, sentence, lambda: self.nickname_wanted.emit(called, name))
        menu.addMenu(self._voices(menu, person.key_in(self._config.casting.users), label))

    # The lists may have a person by login, by name or by both: whoever is let back in has to go
    # from them by all.

    def _mute_choice(self, person: Person) -> tuple[str, Callable[[], object]]:
        commands, listed = self._commands, person.listed_in(self._muted)
        if listed:
            return self.tr("Un&mute {name}"), lambda: _each(commands.unmute, listed)
        return self.tr("&Mute {name}"), lambda: commands.mute(person.key)

    def _block_choice(self, person: Person) -> tuple[str, Callable[[], object]]:
        commands, listed = self._commands, person.listed_in(self._blocked_users())
        if listed:
            return self.tr("Un&block {name}"), lambda: _each(commands.unblock, listed)
        return self.tr("&Block {name}"), lambda: commands.block(person.key)

    def _blocked_users(self) -> frozenset[str]:
        # Some have ten thousand: too many to fold each time a menu opens.
        listed = self._config.rules.blocked_users
        if listed is not self._listed:
            self._listed, self._blocked = listed, frozenset(map(fold_user, listed))
        return self._blocked

    def _voices(self, parent: QMenu, login: str, label: str) -> QMenu:
        menu = QMenu(self.tr("Choose a &voice for {name}").format(name=label), parent)
        group = QActionGroup(menu)
        chosen = entry_of(self._config.casting.users, login)
        self._choice(menu, group, self.tr("&As the rules say"), login, "", chosen)
        menu.addSeparator()
        self._choices(menu, group, self._cloned, login, chosen)
        embedded = menu.addMenu(self.tr("&Embedded"))
        self._choices(embedded, group, embedded_voices(), login, chosen)
        known = {voice.id for voice in (*self._cloned, *embedded_voices())}
        if chosen and chosen not in known:
            missing = self.tr("{voice} (missing)").format(voice=_shown(chosen))
            self._choice(menu, group, missing, login, chosen, chosen)
        return menu

    def _choices(
        self, menu: QMenu, group: QActionGroup, voices: Iterable[Voice], login: str, chosen: str
    ) -> None:
        for voice in voices:
            self._choice(menu, group, _shown(voice.name), login, voice.id, chosen)

    def _choice(
        self, menu: QMenu, group: QActionGroup, label: str, login: str, voice_id: str, chosen: str
    ) -> None:
        action = self._add(menu, label, lambda: self._commands.cast_voice(login, voice_id))
        action.setCheckable(True)
        action.setChecked(voice_id == chosen)
        group.addAction(action)

    def _add(
        self,
        menu: QMenu,
        label: str,
        slot: Callable[[], object],
        key: str | QKeySequence.StandardKey = "",
    ) -> QAction:
        action = menu.addAction(label)
        action.triggered.connect(lambda _=False: slot())
        if key:
            action.setShortcut(QKeySequence(key))
        return action

    @Slot(object)
    def _note_voices(self, voice: VoiceState) -> None:
        self._cloned = voice.cloned


def _each(act: Callable[[str], object], names: Iterable[str]) -> None:
    for name in names:
        act(name)


def _shown(name: str) -> str:
    # In a menu an ampersand would be a mnemonic.
    return plain(name, _LONGEST_NAME).replace("&", "&&")


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
