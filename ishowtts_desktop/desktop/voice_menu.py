"""The menu of voices: which engine speaks, how carefully, and with which model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.desktop.sentences import preset_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.voice_state import VoiceState


# The stock package is there to compare with, by hand.
OFFERED: Final = ("espeak", "f5")


class VoiceMenu(QMenu):
    """One for the tray, one for the window; each follows ``feed`` and asks ``commands``."""

    def __init__(self, feed: ChatFeed, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._voice: VoiceState | None = None
        self._engines = self._choices(OFFERED, commands.use_engine)
        self.addSeparator()
        self._presets = self._choices(PRESETS, commands.use_preset)
        self.addSeparator()
        self._model = self.addAction("")
        self._model.triggered.connect(commands.choose_model)
        feed.voice_changed.connect(self.show_voice)
        self._retranslate()

    @Slot(object)
    def show_voice(self, voice: VoiceState) -> None:
        """Mark what was chosen; steps chosen by number mark no preset."""
        self._voice = voice
        for actions, chosen in ((self._engines, voice.engine), (self._presets, voice.preset)):
            for name, action in actions.items():
                action.setChecked(name == chosen)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _choices(self, names: Iterable[str], ask: Callable[[str], None]) -> dict[str, QAction]:
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        actions = {}
        for name in names:
            action = actions[name] = self.addAction("")
            action.setCheckable(True)
            action.setData(name)
            group.addAction(action)
        group.triggered.connect(lambda action: self._ask(ask, action.data()))
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
        self._model.setText(self.tr("F5 &model..."))
