"""The buttons that steer the reading: what a key or a wheel too many does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QSlider, QVBoxLayout
from PySide6.QtWidgets import QWidget as Window

from ishowtts_desktop.desktop.reading_bar import ReadingBar
from tests.support.desktop import reader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """A bar in a window with a line below it, and all that was asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.window = Window()
        qtbot.addWidget(self.window)
        self.bar = ReadingBar(0.8, QMenu(self.window), QMenu(self.window), reading=True)
        self.line = QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.bar)
        column.addWidget(self.line)
        self.asked: list[tuple[Any, ...]] = []
        for name in ("skip_requested", "clear_requested", "panic_requested", "volume_changed"):
            signal = getattr(self.bar, name)
            signal.connect(lambda *args, name=name: self.asked.append((name, *args)))
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def button(self, text: str) -> QPushButton:
        buttons = self.bar.findChildren(QPushButton)
        return next(b for b in buttons if b.text().replace("&", "") == text)

    def press_space(self) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        self._qtbot.keyClick(widget, Qt.Key.Key_Space)

    def focus(self, widget: Window) -> None:
        widget.setFocus()
        self._qtbot.waitUntil(widget.hasFocus)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.mark.parametrize(
    ("text", "asked", "before", "after"),
    [
        ("Skip", "skip_requested", {"speaking": "x", "queued": 3}, {"queued": 3}),
        ("Clear queue", "clear_requested", {"speaking": "x", "queued": 3}, {"speaking": "x"}),
        ("Silence", "panic_requested", {"speaking": "x"}, {"panicked": True}),
    ],
)
def test_a_key_that_is_pressed_once_more_is_for_no_other_button(
    desk: Desk, qtbot: QtBot, text: str, asked: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    desk.bar.show_reader(reader(**before))
    button = desk.button(text)
    desk.focus(button)
    desk.press_space()
    # WHEN there is nothing left to do for it
    desk.bar.show_reader(reader(**after))
    for _ in range(3):
        desk.press_space()
    assert desk.asked == [(asked,)]
    assert button.hasFocus()
    # THEN it is disabled as soon as the focus is elsewhere
    desk.focus(desk.line)
    qtbot.waitUntil(lambda: not button.isEnabled())
    desk.bar.show_reader(reader(speaking="y", queued=1))
    assert button.isEnabled()


def test_a_stray_wheel_leaves_the_volume_alone(desk: Desk) -> None:
    slider = desk.bar.findChild(QSlider)
    assert slider is not None
    desk.focus(desk.line)
    turn(slider)
    assert (slider.value(), desk.asked, slider.hasFocus()) == (80, [], False)
    desk.focus(slider)
    turn(slider)
    assert slider.value() < 80
    assert desk.asked[-1] == ("volume_changed", slider.value() / 100)


def turn(widget: Window) -> None:
    """Turn the wheel a notch down above ``widget``."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
