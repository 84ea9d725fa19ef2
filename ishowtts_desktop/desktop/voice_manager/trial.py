"""The lowest row of the voice manager: a sentence, said by this voice or by another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.say_bar import HistoryLine
from ishowtts_desktop.desktop.voice_manager.languages import trial_sentence
from ishowtts_desktop.desktop.wheel import WheelGuard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.voices.voice import Voice

MOST_CHARACTERS: Final = 300


class VoiceTrial(QWidget):
    """Asks for a sentence in the voice that is shown (A), or in another one (B).

    ``own_requested`` tells the sentence, ``other_requested`` with it the id of the other voice,
    ``swap_requested`` the id that is to be shown instead.
    """

    own_requested = Signal(str)
    other_requested = Signal(str, str)
    swap_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = ""
        self._offered = ""
        self._line = HistoryLine()
        self._line.setMaxLength(MOST_CHARACTERS)
        self._line.setClearButtonEnabled(True)
        self._line.setAcceptDrops(False)
        self._label = QLabel()
        self._label.setBuddy(self._line)
        self._try = QPushButton()
        self._other = QComboBox()
        self._other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self._other.setMinimumContentsLength(12)
        WheelGuard(self._other)
        self._against = QLabel()
        self._against.setBuddy(self._other)
        self._try_other = QPushButton()
        self._swap = QPushButton()
        for button in (self._try, self._try_other, self._swap):
            button.setAutoDefault(False)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self._label)
        above.addWidget(self._line, 1)
        above.addWidget(self._try)
        below.addWidget(self._against)
        below.addWidget(self._other, 1)
        below.addWidget(self._swap)
        below.addWidget(self._try_other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(above)
        column.addLayout(below)
        self._try.clicked.connect(self._ask_own)
        self._line.returnPressed.connect(self._ask_own)
        self._try_other.clicked.connect(self._ask_other)
        self._swap.clicked.connect(self._ask_swap)
        self._retranslate()

    @property
    def other(self) -> str:
        """The id of the voice to compare with, or ""."""
        return str(self._other.currentData() or "")

    def show_voices(self, voices: Sequence[Voice], own: str) -> None:
        """Offer all but ``own`` to compare with; what was picked stays picked."""
        picked, self._own = self.other, own
        with QSignalBlocker(self._other):
            self._other.clear()
            for voice in voices:
                if voice.id and voice.id != own:
                    self._other.addItem(plain(voice.name, 60), voice.id)
            self._other.setCurrentIndex(max(0, self._other.findData(picked)))
        there = self._other.count() > 0
        for widget in (self._other, self._try_other, self._swap):
            widget.setEnabled(there)

    def pick_other(self, voice_id: str) -> None:
        """Compare with this one, if it is offered."""
        at = self._other.findData(voice_id)
        if at >= 0:
            self._other.setCurrentIndex(at)

    def offer_sentence(self, language: str) -> None:
        """Put in a sentence of this language, unless the user typed one."""
        if self._line.text().strip() in ("", self._offered):
            self._offered = trial_sentence(language)
            self._line.setText(self._offered)
            self._line.setCursorPosition(0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._label.setText(self.tr("W&hat to say"))
        self._line.setAccessibleName(self.tr("What to say"))
        self._try.setText(self.tr("Try &A"))
        self._try.setAccessibleDescription(self.tr("Says the sentence in this voice"))
        self._try.setToolTip(self._try.accessibleDescription())
        self._against.setText(self.tr("Chec&k against"))
        self._other.setAccessibleName(self.tr("Voice to compare with"))
        self._try_other.setText(self.tr("Try &B"))
        self._try_other.setAccessibleDescription(self.tr("Says the sentence in the other voice"))
        self._try_other.setToolTip(self._try_other.accessibleDescription())
        self._swap.setText(self.tr("S&wap"))
        self._swap.setAccessibleDescription(self.tr("Shows the other voice, to compare with this"))
        self._swap.setToolTip(self._swap.accessibleDescription())

    def _sentence(self) -> str:
        text = " ".join(self._line.text().split())
        if text:
            self._line.remember(text)
        else:
            self._line.setFocus()
        return text

    @Slot()
    def _ask_own(self) -> None:
        if text := self._sentence():
            self.own_requested.emit(text)

    @Slot()
    def _ask_other(self) -> None:
        if self.other and (text := self._sentence()):
            self.other_requested.emit(text, self.other)

    @Slot()
    def _ask_swap(self) -> None:
        if self.other:
            self.swap_requested.emit(self.other)
