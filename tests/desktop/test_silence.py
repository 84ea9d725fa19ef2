"""Being silenced: asked for by one press, never overlooked, ended only on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSlider

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import AudioError, IshowttsError
from ishowtts_desktop.core.messages import ConnectionState, Phase
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.banner import MAX_BANNERS, Banner, BannerArea
from ishowtts_desktop.desktop.feed import ChatFeed, Problem, Remedy
from ishowtts_desktop.desktop.icons import TrayState
from ishowtts_desktop.desktop.main_window import MainWindow
from ishowtts_desktop.desktop.tray import Tray
from tests.support.desktop import reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Desk:
    """A window and a tray on one feed, and all that they asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.feed, self.commands = ChatFeed(), Commands()
        self.asked: list[tuple[Any, ...]] = []
        for name in [name for name in vars(Commands) if name.endswith("_requested")]:
            self._listen(name.removesuffix("_requested"))
        self.window = MainWindow(self.feed, self.commands, Config(), lambda: True)
        self.tray = Tray(self.feed, self.commands)
        qtbot.addWidget(self.window, before_close_func=lambda window: window.leave())
        self.window.show()
        qtbot.waitExposed(self.window)

    def _listen(self, name: str) -> None:
        signal = getattr(self.commands, f"{name}_requested")
        signal.connect(lambda *args: self.asked.append((name, *args)))

    def read(self, **state: Any) -> None:
        self.feed.post_reader(reader(**state))
        self.feed.flush()

    def button(self, text: str) -> QPushButton:
        buttons = [b for b in self.window.findChildren(QPushButton) if b.isVisible()]
        return next(b for b in buttons if b.text().replace("&", "") == text)

    def items(self) -> list[str]:
        actions = [a for a in self.tray.menu.actions() if a.isVisible() and not a.isSeparator()]
        return [action.text().replace("&", "") for action in actions]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    desk.tray.close()


def test_the_button_silences_and_doesnt_turn_into_its_opposite(desk: Desk, qtbot: QtBot) -> None:
    silence = desk.button("Silence")
    qtbot.mouseClick(silence, Qt.MouseButton.LeftButton)
    desk.read(panicked=True)
    qtbot.mouseClick(silence, Qt.MouseButton.LeftButton)
    assert desk.asked == [("panic",)]
    desk.read()
    assert silence.isEnabled()


def test_the_banner_stays_until_it_is_released(desk: Desk, qtbot: QtBot) -> None:
    desk.feed.post_problem(AudioError("earlier"))
    desk.read(panicked=True, reading=False)
    assert desk.window.silenced
    banners = desk.window.findChildren(Banner)
    qtbot.waitUntil(lambda: len({banner.y() for banner in banners}) == 2)
    banner = min(banners, key=lambda banner: banner.y())
    assert banner.backgroundRole() is QPalette.ColorRole.Highlight
    # It can't be closed, only ended.
    shown = [b for b in banner.findChildren(QAbstractButton) if b.isVisible()]
    assert [button.text() for button in shown] == ["R&elease"]
    for number in range(2 * MAX_BANNERS):
        desk.feed.post_problem(AudioError(str(number)), remedy=Remedy.RESTART)
    desk.read(panicked=True)
    assert desk.window.silenced
    qtbot.mouseClick(desk.button("Release"), Qt.MouseButton.LeftButton)
    assert desk.asked == [("release",)]
    assert desk.window.silenced  # until it is so
    desk.read()
    assert not desk.window.silenced


def test_the_tray_shows_it_above_all_else_and_offers_the_way_out(desk: Desk) -> None:
    desk.feed.post_connection(ConnectionState("twitch", "x", Phase.FAILED))
    desk.feed.post_problem(AudioError("gone"), "audio")
    desk.read(panicked=True, paused=True)
    assert desk.tray.state is TrayState.SILENCED
    assert desk.items()[0].endswith("silenced")
    assert "Silence now" not in desk.items()
    action = next(a for a in desk.tray.menu.actions() if "speak again" in a.text())
    action.trigger()
    assert desk.asked == [("release",)]
    desk.read()
    assert desk.tray.state is TrayState.ERROR
    assert "Silence now" in desk.items()
    assert not any("speak again" in item for item in desk.items())


def test_what_helps_more_is_pushed_out_last(qtbot: QtBot) -> None:
    area = BannerArea()
    qtbot.addWidget(area)
    remedies = (Remedy.RELEASE, Remedy.RESTART, Remedy.UNDO)
    for remedy in remedies:
        area.raise_problem(Problem(remedy.value, "x", remedy=remedy))
    gone = []
    for number, left in enumerate((remedies[:2], remedies[:1], remedies[:1])):
        area.raise_problem(Problem(f"restart {number}", "x", remedy=Remedy.RESTART))
        gone.append(set(area.keys) >= {remedy.value for remedy in left})
    assert gone == [True, True, True]
    assert "undo" not in area.keys


def test_an_offer_to_undo_asks_for_it(desk: Desk, qtbot: QtBot) -> None:
    told = IshowttsError("Muted <b>Bob</b>.")
    desk.feed.post_problem(told, "undo", calm=True, remedy=Remedy.UNDO)
    desk.feed.flush()
    assert desk.tray.state is not TrayState.ERROR
    qtbot.mouseClick(desk.button("Undo"), Qt.MouseButton.LeftButton)
    assert desk.asked == [("undo",)]


@pytest.mark.parametrize("width", [600, 1200])
def test_the_reading_bar_takes_a_second_row_where_one_is_too_narrow(
    desk: Desk, qtbot: QtBot, width: int
) -> None:
    desk.window.resize(width, 700)
    slider = desk.window.findChild(QSlider)
    assert slider is not None
    more = desk.button("More")

    def in_place() -> bool:
        below = slider.geometry().top() > more.geometry().bottom()
        return desk.window.width() == width and below == (width < 700)

    qtbot.waitUntil(in_place)
    assert more.width() >= more.minimumSizeHint().width()
