"""How a voice is used: its speed, when it is made ready, what may be done with it, who agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.wheel import WheelGuard
from ishowtts_desktop.voices.voice import LONGEST_TEXT

if TYPE_CHECKING:
    from ishowtts_desktop.voices.voice import Voice

SLOWEST, FASTEST = 0.5, 2.0


class VoiceTerms(QWidget):
    """The lower fields of the editor; ``edited`` tells every change by the user."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speed = QDoubleSpinBox()
        self._speed.setRange(SLOWEST, FASTEST)
        self._speed.setSingleStep(0.05)
        self._speed.setSuffix(" ×")
        WheelGuard(self._speed)
        self._speed.setMaximumWidth(8 * self.fontMetrics().height())
        self._preload = QCheckBox()
        self._licence = QLineEdit()
        self._licence.setMaxLength(LONGEST_TEXT)
        for line in (self._licence, self._speed.lineEdit()):
            line.setAcceptDrops(False)  # the window takes what is dropped anywhere
        self._consent = QCheckBox()
        self._meaning = QLabel()
        self._meaning.setWordWrap(True)
        self._form = QFormLayout()
        self._form.addRow(" ", self._speed)
        self._form.addRow("", self._preload)
        self._form.addRow(" ", self._licence)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
        column.addWidget(self._consent)
        column.addWidget(self._meaning)
        self._speed.valueChanged.connect(self._tell_edited)
        self._licence.textEdited.connect(self._tell_edited)
        self._preload.toggled.connect(self._tell_edited)
        self._consent.toggled.connect(self._tell_edited)
        self._retranslate()

    def show_voice(self, voice: Voice, *, free: bool) -> None:
        """Fill the fields; a voice that isn't ``free`` can't be changed."""
        fields = (self._speed, self._licence, self._preload, self._consent)
        blocked = [QSignalBlocker(field) for field in fields]
        self._speed.setValue(voice.speed)
        self._licence.setText(voice.licence)
        self._licence.setCursorPosition(0)
        self._preload.setChecked(voice.preload)
        self._consent.setChecked(voice.consent)
        for blocker in blocked:
            blocker.unblock()
        self._licence.setReadOnly(not free)
        self._speed.setEnabled(free)
        self._preload.setEnabled(free)
        self._consent.setVisible(free)
        self._meaning.setVisible(free)

    def values(self, voice: Voice) -> dict[str, object]:
        """Return what the fields say, as fields of ``voice``."""
        values: dict[str, object] = {
            "licence": self._licence.text(),
            "consent": self._consent.isChecked(),
            "preload": self._preload.isChecked(),
        }
        # The field rounds; a speed that wasn't touched stays as it was.
        if abs(self._speed.value() - voice.speed) > self._speed.singleStep() / 10:
            values["speed"] = self._speed.value()
        return values

    def focus_consent(self) -> None:
        """Show where consent is ticked."""
        self._consent.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._label(self._speed, self.tr("S&peed"))
        self._label(self._licence, self.tr("Li&cence note"))
        self._preload.setText(self.tr("Ready &from the start of the application"))
        self._licence.setPlaceholderText(self.tr("What may be done with it, such as CC0"))
        self._consent.setText(self.tr("The person who is heard a&greed to be cloned"))
        self._meaning.setText(
            self.tr(
                "Only clone a voice whose owner allowed it, or your own. "
                "The answer is kept with the voice and goes along when it is exported."
            )
        )

    def _label(self, field: QWidget, text: str) -> None:
        label = self._form.labelForField(field)
        if isinstance(label, QLabel):
            label.setText(text)
        field.setAccessibleName(text.replace("&", ""))

    @Slot()
    def _tell_edited(self) -> None:
        self.edited.emit()
