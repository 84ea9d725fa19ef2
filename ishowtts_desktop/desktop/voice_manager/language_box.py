"""A box to pick a voice's language from."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.voice_manager.languages import LANGUAGES
from ishowtts_desktop.desktop.wheel import WheelGuard


class LanguageBox(QComboBox):
    """Offers `LANGUAGES`, and beside them whatever tag a voice came with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        WheelGuard(self)
        for tag, name in LANGUAGES.items():
            self.addItem(name, tag)

    @property
    def language(self) -> str:
        """The tag that is picked."""
        return str(self.currentData())

    def show_language(self, tag: str) -> None:
        """Pick ``tag``."""
        at = self.findData(tag)
        if at < 0:
            self.addItem(plain(tag, 40), tag)
            at = self.count() - 1
        self.setCurrentIndex(at)
