"""The menu of voices: who speaks, how carefully, and the way to more voices and models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.sentences import preset_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.voices.voice import Voice


# The stock package is there to compare with, by hand.
OFFERED: Final = ("espeak", "f5")
_LONGEST_NAME: Final = 40


class VoiceMenu(QMenu):
    """One for the tray, one for the window; each follows ``feed`` and asks ``commands``."""

    def __init__(self, feed: ChatFeed, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._voice: VoiceState | None = None
        self._cloned: tuple[Voice, ...] = ()
        self._speakers = self._group()
        self._engines = self._choices(self._speakers, OFFERED, commands.use_engine)
        self._voices: dict[str, QAction] = {}
        self._below_voices = self.addSeparator()
        self._presets = self._choices(self._group(), PRESETS, commands.use_preset)
        self.addSeparator()
        self._manage = self.addAction("", commands.manage_voices)
        self._models = self.addAction("", commands.manage_models)
        self._model = self.addAction("", commands.choose_model)
        feed.voice_changed.connect(self.show_voice)
        self._retranslate()

    @Slot(object)
    def show_voice(self, voice: VoiceState) -> None:
        """Mark what was chosen; steps chosen by number mark no preset."""
        if voice.cloned != self._cloned:
            self._list(voice.cloned)
        self._voice = voice
        named = voice.engine != "espeak" and voice.voice in self._voices
        for name, action in self._engines.items():
            action.setChecked(name == voice.engine and not named)
        for name, action in self._voices.items():
            action.setChecked(named and name == voice.voice)
        for name, action in self._presets.items():
            action.setChecked(name == voice.preset)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _list(self, cloned: tuple[Voice, ...]) -> None:
        """Offer these voices, between the engines and the presets."""
        for action in self._voices.values():
            self._speakers.removeAction(action)
            self.removeAction(action)
            action.deleteLater()
        self._cloned = cloned
        names = [voice.id for voice in cloned]
        self._voices = self._choices(
            self._speakers, names, self._commands.use_voice, self._below_voices
        )
        for voice in cloned:
            # An ampersand in a name is no shortcut.
            name = plain(voice.name, _LONGEST_NAME).replace("&", "&&")
            self._voices[voice.id].setText(name)

    def _group(self) -> QActionGroup:
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        return group

    def _choices(
        self,
        group: QActionGroup,
        names: Iterable[str],
        ask: Callable[[str], None],
        before: QAction | None = None,
    ) -> dict[str, QAction]:
        actions = {}
        for name in names:
            action = actions[name] = self.addAction("")
            if before is not None:
                self.insertAction(before, action)
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(lambda _, name=name: self._ask(ask, name))
            group.addAction(action)
        return actions

    def _ask(self, ask: Callable[[str], None], name: str) -> None:
        ask(name)
        if self._voice is not None:
            # Qt has moved the mark or taken it away; it stands for what is, not for what was asked.
            self.show_voice(self._voice)

    def _retranslate(self) -> None:
        self.setTitle(self.tr("&Voice"))
        self._engines["espeak"].setText(self.tr("&Embedded"))
        self._engines["f5"].setText(self.tr("&F5, cloned"))
        for name, action in self._presets.items():
            action.setText(preset_word(name))
        self._manage.setText(self.tr("Manage &voices..."))
        self._models.setText(self.tr("Manage &models..."))
        self._model.setText(self.tr("F5 model by &hand..."))
