"""Why nothing is heard: the streamer paused or turned it down, and is told so everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QPushButton

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.banner import Banner, BannerArea
from ishowtts_desktop.desktop.feed import ChatFeed, Problem
from ishowtts_desktop.desktop.icons import TrayState
from ishowtts_desktop.desktop.main_window import MainWindow
from ishowtts_desktop.desktop.standing_notices import StandingNotices
from ishowtts_desktop.desktop.tray import Tray
from tests.support.desktop import reader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """The window, the tray and the notices on one feed."""

    def __init__(self, qtbot: QtBot) -> None:
        self.feed, self.commands = ChatFeed(), Commands()
        self.tray = Tray(self.feed, self.commands)
        self.notices = StandingNotices(self.feed, self.commands)
        self.area = BannerArea()
        qtbot.addWidget(self.area)
        self.feed.problem_raised.connect(self.area.raise_problem)
        self.feed.problem_solved.connect(self.area.solve)

    def read(self, **state: bool) -> None:
        self.feed.post_reader(reader(**state))  # type: ignore[arg-type]
        for _ in range(2):  # a notice is posted when the state is told
            self.feed.flush()

    def tray_status(self) -> str:
        return self.tray.menu.actions()[0].text()

    def tray_line(self) -> str:
        return self.tray.menu.actions()[1].text()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_pause_stands_there_until_it_ends_or_is_closed(desk: Desk) -> None:
    desk.read(paused=True)
    assert desk.area.keys == ("paused",)
    # WHEN it was closed, it doesn't come again with every message
    desk.area.solve("paused")
    desk.read(paused=True)
    assert desk.area.keys == ()
    desk.read()
    desk.read(paused=True)
    assert desk.area.keys == ("paused",)
    desk.read()
    assert desk.area.keys == ()


def test_the_way_on_is_in_the_notice(qtbot: QtBot) -> None:
    feed, commands = ChatFeed(), Commands()
    notices = StandingNotices(feed, commands)
    window = MainWindow(feed, commands, Config(), lambda: True)
    qtbot.addWidget(window, before_close_func=lambda window: window.leave())
    asked: list[bool] = []
    commands.pause_requested.connect(asked.append)
    feed.post_reader(reader(paused=True))
    for _ in range(2):
        feed.flush()
    buttons = [
        b for banner in window.findChildren(Banner) for b in banner.findChildren(QPushButton)
    ]
    next(button for button in buttons if button.text() == "Resume").click()
    assert asked == [False]
    notices.deleteLater()


def test_a_volume_of_nothing_is_told_by_window_and_tray(desk: Desk) -> None:
    desk.commands.volume_requested.connect(desk.tray.show_volume)
    for _ in range(2):
        desk.commands.set_volume(0.0)
        desk.feed.flush()
        assert desk.area.keys == ("volume",)
        assert desk.tray_line() == "The volume is 0: nothing can be heard"
    assert desk.tray.state is not TrayState.ERROR
    desk.commands.set_volume(0.01)
    desk.feed.flush()
    assert desk.area.keys == ()
    assert desk.tray_line() == ""


def test_the_tray_says_that_the_voice_waits_for_the_streamer(desk: Desk) -> None:
    desk.read(held=True)
    assert desk.tray_status().endswith("held while you talk")
    desk.read()
    assert desk.tray_status().endswith("reading")


def test_a_pause_is_shown_before_what_went_wrong(desk: Desk) -> None:
    desk.feed.post_problem(AudioError("gone"), "audio")
    desk.read()
    assert desk.tray.state is TrayState.ERROR
    desk.read(paused=True)
    assert desk.tray.state is TrayState.PAUSED


def test_a_screen_reader_is_told_of_every_notice(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, QAccessible.Event]] = []

    def take(event: QAccessibleEvent) -> None:
        told.append((event.object(), event.type()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", take)
    area = BannerArea()
    qtbot.addWidget(area)
    area.raise_problem(Problem("a", "one"))
    (banner,) = area.findChildren(Banner)
    alert = (banner, QAccessible.Event.Alert)
    assert told.count(alert) == 1
    area.raise_problem(Problem("a", "two"))
    assert told.count(alert) == 2
