"""A share or a factor, shown in per cent."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSpinBox

from ishowtts_desktop.desktop.reading_window.fields import Field
from ishowtts_desktop.desktop.reading_window.undo_keys import UndoKeys
from ishowtts_desktop.desktop.wheel import WheelGuard

STEP = 5


class PercentField(Field):
    """A number from ``least`` to ``most`` per cent, shown with ``less`` taken off."""

    def __init__(self, least: int, most: int, less: int = 0) -> None:
        self._box = QSpinBox()
        super().__init__(self._box, compact=True)
        self._less = less
        self._box.setRange(least - less, most - less)
        self._box.setSingleStep(STEP)
        self._box.setSuffix(" %")
        self._box.setKeyboardTracking(False)
        WheelGuard(self._box)
        UndoKeys(self._box)
        self._box.valueChanged.connect(self._tell)

    def measure(self, least: str) -> None:
        """Show ``least`` in place of the least number."""
        self._box.setSpecialValueText(least)

    def show_value(self, value: float) -> None:
        """Show this share of 1."""
        self._box.blockSignals(True)
        self._box.setValue(round(value * 100) - self._less)
        self._box.blockSignals(False)

    def sum_up(self, before: float, after: float) -> str:  # noqa: ARG002 - the setting's
        """Say which it is now."""
        shown = round(after * 100) - self._less
        least = self._box.specialValueText() if shown <= self._box.minimum() else ""
        return self._sum_up_as(least or f"{shown}{self._box.suffix()}")

    def flush(self) -> None:
        """Tell what was typed and not told yet."""
        self._box.interpretText()

    @Slot(int)
    def _tell(self, value: int) -> None:
        self.edited.emit((value + self._less) / 100, True)
