"""One setting each: what changes it, its name, and a sentence that says what is heard of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.texts import one_line, unmarked
from ishowtts_desktop.desktop.reading_window.typing_pause import TypingPause
from ishowtts_desktop.desktop.reading_window.undo_keys import UndoKeys
from ishowtts_desktop.desktop.wheel import WheelGuard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_LINE: Final = 300
FOREIGN_CHARACTERS: Final = 20


class Field(QWidget):
    """Shows one value. ``edited`` tells another one, and whether it joins the change before it.

    ``caption`` is the label beside it, which a page puts in place; a field that says its name
    itself has none.
    """

    edited = Signal(object, bool)
    has_caption = True

    def __init__(self, control: QWidget, *, compact: bool = False) -> None:
        super().__init__()
        self._control = control
        self.caption = QLabel()
        self.caption.setBuddy(control)
        self.name = ""
        self._hint = wrapped_label()
        self._hint.hide()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 4)
        if compact:
            row = QHBoxLayout()
            row.addWidget(control)
            row.addStretch(1)
            column.addLayout(row)
        else:
            column.addWidget(control)
        column.addWidget(self._hint)

    def tell(self, name: str, hint: str = "") -> None:
        """Call it ``name``; ``hint`` says more."""
        self.name = unmarked(name)
        self.caption.setText(name)
        # A form would put it somewhat below the first line of what it belongs to.
        line = min(self._control.sizeHint().height(), 2 * self.fontMetrics().height())
        self.caption.setFixedHeight(max(line, self.caption.sizeHint().height()))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._control.setAccessibleName(self.name)
        self._control.setAccessibleDescription(hint)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - each field has its own
        """Show this value; what is being typed for it stays as it is."""
        raise NotImplementedError

    def flush(self) -> None:
        """Tell what was typed and not told yet."""

    def sum_up(self, before: Any, after: Any) -> str:  # noqa: ANN401, ARG002 - each its own
        """Say in a few words what became of it."""
        return self.tr("{name}: changed.").format(name=self.name)

    def _sum_up_as(self, value: str) -> str:
        """Say which value it has now."""
        return self.tr("{name}: {value}.").format(name=self.name, value=value)


class CheckField(Field):
    """Yes or no."""

    has_caption = False

    def __init__(self) -> None:
        self._box = QCheckBox()
        super().__init__(self._box)
        self._box.toggled.connect(self._tell)

    def tell(self, name: str, hint: str = "") -> None:
        """Call it ``name``; ``hint`` says more."""
        super().tell(name, hint)
        self._box.setText(name)
        style = self._box.style()
        side = style.pixelMetric(style.PixelMetric.PM_IndicatorWidth, None, self._box)
        self._hint.setIndent(side + self.fontMetrics().averageCharWidth())

    def show_value(self, value: bool) -> None:
        """Tick it or not."""
        self._box.blockSignals(True)
        self._box.setChecked(value)
        self._box.blockSignals(False)

    def sum_up(self, before: bool, after: bool) -> str:  # noqa: ARG002 - the setting's
        """Say which it is now."""
        text = self.tr("{name}: on.") if after else self.tr("{name}: off.")
        return text.format(name=self.name)

    @Slot(bool)
    def _tell(self, checked: bool) -> None:
        self.edited.emit(checked, False)


class ChoiceField(Field):
    """One of a few values, each with a name. ``foreign`` names may be of any length."""

    def __init__(self, *, foreign: bool = False) -> None:
        self._box = QComboBox()
        super().__init__(self._box, compact=True)
        self._value: Any = None
        policies = QComboBox.SizeAdjustPolicy
        if foreign:
            self._box.setSizeAdjustPolicy(policies.AdjustToMinimumContentsLengthWithIcon)
            self._box.setMinimumContentsLength(FOREIGN_CHARACTERS)
        else:
            self._box.setSizeAdjustPolicy(policies.AdjustToContents)
        self._box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        WheelGuard(self._box)
        self._box.activated.connect(self._tell)

    def offer(self, names: Mapping[Any, str]) -> None:
        """Offer these values under their names."""
        self._box.clear()
        for value, name in names.items():
            self._box.addItem(plain(name, 80), value)
        self._pick()

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - whatever is offered
        """Pick it; one that isn't offered is shown as it is."""
        self._value = value
        self._pick()

    def sum_up(self, before: Any, after: Any) -> str:  # noqa: ANN401, ARG002 - whatever is offered
        """Say which it is now."""
        at = self._box.findData(after)
        return self._sum_up_as(self.missing(after) if at < 0 else self._box.itemText(at))

    def missing(self, value: Any) -> str:  # noqa: ANN401 - whatever is offered
        """Return the name of a value that isn't offered."""
        return plain(str(value), 80)

    def _pick(self) -> None:
        at = self._box.findData(self._value)
        if at < 0 and self._value is not None:
            self._box.addItem(self.missing(self._value), self._value)
            at = self._box.count() - 1
        self._box.setCurrentIndex(at)

    @Slot()
    def _tell(self) -> None:
        self._value = self._box.currentData()
        self.edited.emit(self._value, False)


class NumberField(Field):
    """A number from ``least`` to ``most``; whole ones without ``decimals``."""

    def __init__(self, least: float, most: float, step: float = 1.0, decimals: int = 0) -> None:
        self._box = QDoubleSpinBox()
        super().__init__(self._box, compact=True)
        self._decimals = decimals
        self._box.setDecimals(decimals)
        self._box.setRange(least, most)
        self._box.setSingleStep(step)
        self._box.setKeyboardTracking(False)
        WheelGuard(self._box)
        UndoKeys(self._box)
        self._box.valueChanged.connect(self._tell)

    def measure(self, unit: str, least: str = "") -> None:
        """Show ``unit`` behind the number; ``least`` in place of the least one."""
        self._box.setSuffix(f" {unit}" if unit else "")
        self._box.setSpecialValueText(least)

    def show_value(self, value: float) -> None:
        """Show this number."""
        if round(value, self._decimals) != self._box.value():
            self._box.blockSignals(True)
            self._box.setValue(value)
            self._box.blockSignals(False)

    def sum_up(self, before: float, after: float) -> str:  # noqa: ARG002 - the setting's
        """Say which it is now."""
        least = self._box.specialValueText() if after <= self._box.minimum() else ""
        return self._sum_up_as(least or self._box.textFromValue(after) + self._box.suffix())

    def flush(self) -> None:
        """Tell what was typed and not told yet."""
        self._box.interpretText()

    @Slot(float)
    def _tell(self, value: float) -> None:
        self.edited.emit(value if self._decimals else round(value), True)


class LineField(Field):
    """A line of text, told a moment after the last key."""

    def __init__(self, fit: Callable[[str], str] = one_line) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._fit = fit
        self._line.setMaxLength(LONGEST_LINE)
        UndoKeys(self._line)
        self._pause = TypingPause(self)
        self._pause.over.connect(self.flush)
        self._line.textEdited.connect(self._pause.begin)
        self._line.editingFinished.connect(self.flush)

    def hold(self, text: str) -> None:
        """Show ``text`` where nothing is written."""
        self._line.setPlaceholderText(text)

    def show_value(self, value: str) -> None:
        """Show this text."""
        if not self._pause.typing and self._fit(self._line.text()) != value:
            self._line.setText(value)

    def flush(self) -> None:
        """Tell what was typed and not told yet."""
        if self._pause.end():
            self.edited.emit(self._fit(self._line.text()), True)


def wrapped_label() -> QLabel:
    """Return a label for sentences, as narrow as it must be."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
