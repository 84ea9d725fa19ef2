"""The tray icon under a real tray host: shapes, menu, clicks, hosts that come and go."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QColor, QImage, QPainter

from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.messages import ConnectionState, Phase
from ishowtts_desktop.core.utterances import Lane, Utterance
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.icons import TrayState, app_icon, tray_icon
from ishowtts_desktop.desktop.more_menu import MoreMenu
from ishowtts_desktop.desktop.tray import Tray
from tests.support.desktop import message, reader
from tests.support.screen import Screen
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

# Runs in a process of its own, because its screen has a tray host and ours has none.
PROGRAM = """
import json, sys
from PySide6.QtWidgets import QApplication
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.tray import Tray

def tell(*what):
    print(json.dumps(what), flush=True)

app = QApplication([])
app.setQuitOnLastWindowClosed(False)
commands = Commands()
tray = Tray(ChatFeed(), commands, poll_ms=100)
tray.availability_changed.connect(lambda available: tell("available", available))
commands.show_requested.connect(lambda: tell("show"))
commands.quit_requested.connect(app.quit)
tray.start()
tell("started", tray.available)
code = app.exec()
tray.close()
sys.exit(code)
"""


class Told:
    """What the program said so far."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self._path.read_text("utf-8").splitlines()]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[tuple[Tray, ChatFeed, list[Any]]]:
    feed, commands, asked = ChatFeed(), Commands(), []
    for name in [name for name in vars(Commands) if name.endswith("_requested")]:
        short = name.removesuffix("_requested")
        getattr(commands, name).connect(lambda *args, name=short: asked.append((name, *args)))
    tray = Tray(feed, commands)
    yield tray, feed, asked
    tray.close()


def texts(tray: Tray) -> list[str]:
    return [a.text().replace("&", "") for a in tray.menu.actions() if not a.isSeparator()]


def press(tray: Tray, text: str) -> None:
    next(a for a in tray.menu.actions() if a.text().replace("&", "") == text).trigger()


def test_the_menu_asks_for_everything(desk: tuple[Tray, ChatFeed, list[Any]]) -> None:
    tray, feed, asked = desk
    actions = list(tray.menu.actions())
    spoken = Utterance("1", "x", "en", 1.0, Lane.NORMAL, 0.0, message=message(1, name="M & M"))
    feed.post_reader(replace(reader(queued=1), speaking=spoken))
    feed.flush()
    for text in (
        "Stop reading",
        "Pause",
        "Skip",
        "Clear queue",
        "Silence now",
        "Say the last again",
        "Read selected message",
        "Mute M  M",
        "Reading rules...",
        "Show window",
        "Quit",
    ):
        press(tray, text)
    feed.post_reader(reader(reading=False, paused=True))
    feed.flush()
    press(tray, "Start reading")
    press(tray, "Resume")
    press(tray, "Mute who is heard")  # nobody: it can't be pressed
    assert asked == [
        ("reading", False),
        ("pause", True),
        ("skip",),
        ("clear",),
        ("panic",),
        ("replay",),
        ("selected",),
        ("mute", "m & m"),
        ("reading_rules",),
        ("show",),
        ("quit",),
        ("reading", True),
        ("pause", False),
    ]
    assert tray.menu.actions() == actions  # built once, then updated


def test_an_open_menu_mutes_who_it_names_whoever_is_heard_meanwhile(qtbot: QtBot) -> None:
    feed, commands, muted = ChatFeed(), Commands(), []
    commands.mute_requested.connect(muted.append)
    menu = MoreMenu(feed, commands)
    qtbot.addWidget(menu)

    def hear(*names: str) -> None:
        parts = [
            Utterance(name, "x", "en", 1.0, Lane.NORMAL, 0.0, message=message(1, name=name))
            for name in names
        ]
        joint = parts[0] if len(parts) == 1 else replace(parts[0], members=tuple(parts))
        feed.post_reader(replace(reader(), speaking=joint))
        feed.flush()

    def item() -> QAction:
        return next(action for action in menu.actions() if "Mute" in action.text())

    hear("Anna")
    # GIVEN the menu is open, WHEN the next message is spoken
    menu.popup(QPoint(0, 0))
    hear("Bob")
    assert item().text() == "&Mute Anna"
    item().trigger()
    menu.close()
    # THEN the name follows once it is closed
    qtbot.waitUntil(lambda: item().text() == "&Mute Bob")
    item().trigger()
    assert muted == ["anna", "bob"]
    # AND of several who said the same nobody is picked
    hear("Anna", "Cleo")
    assert not item().isEnabled()


def test_the_first_line_says_where_things_stand(desk: tuple[Tray, ChatFeed, list[Any]]) -> None:
    tray, feed, _ = desk
    assert texts(tray)[0] == "Not connected, not reading"
    feed.post_connection(ConnectionState("twitch", "for&sen", Phase.CONNECTED))
    feed.post_reader(reader())
    feed.flush()
    status = tray.menu.actions()[0]
    assert status.text() == "Connected: for&&sen, reading"
    assert not status.isEnabled()


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, TrayState.READING),
        ({"reading": False}, TrayState.IDLE),
        ({"speaking": "x"}, TrayState.SPEAKING),
        ({"paused": True, "speaking": "x"}, TrayState.PAUSED),
        ({"paused": True, "panicked": True}, TrayState.SILENCED),
    ],
)
def test_the_icon_follows_the_reader(
    desk: tuple[Tray, ChatFeed, list[Any]], told: dict[str, Any], state: TrayState
) -> None:
    tray, feed, _ = desk
    feed.post_reader(reader(**told))
    feed.flush()
    assert tray.state is state


def test_the_icon_warns_until_the_problem_is_solved(
    desk: tuple[Tray, ChatFeed, list[Any]],
) -> None:
    tray, feed, _ = desk
    feed.post_reader(reader())
    feed.post_problem(AudioError("gone"), "audio")
    feed.post_problem(AudioError("told once"))
    feed.flush()
    assert tray.state is TrayState.ERROR
    feed.post_solved("audio")
    feed.flush()
    assert tray.state is TrayState.READING
    feed.post_connection(ConnectionState("twitch", "x", Phase.FAILED))
    feed.flush()
    assert tray.state is TrayState.ERROR
    feed.post_connection(ConnectionState("twitch", "x", Phase.CONNECTED))
    feed.flush()
    assert tray.state is TrayState.READING


def painted(state: TrayState, background: str) -> QImage:
    image = QImage(22, 22, QImage.Format.Format_RGB32)
    image.fill(QColor(background))
    painter = QPainter(image)
    tray_icon(state).paint(painter, image.rect())
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.parametrize("background", ["white", "#2b2b2b"])
def test_every_state_has_a_shape_that_shows_on_the_panel(qtbot: QtBot, background: str) -> None:
    empty = QImage(22, 22, QImage.Format.Format_RGB32)
    empty.fill(QColor(background))
    empty = empty.convertToFormat(QImage.Format.Format_Grayscale8)
    icons = [painted(state, background) for state in TrayState]
    for number, icon in enumerate(icons):
        others = [empty, *icons[:number]]
        assert all(differing_pixels(icon, other) > 15 for other in others)


def differing_pixels(one: QImage, other: QImage) -> int:
    spots = [(x, y) for x in range(22) for y in range(22)]
    gaps = (one.pixelColor(x, y).value() - other.pixelColor(x, y).value() for x, y in spots)
    return sum(abs(gap) > 50 for gap in gaps)


def test_the_application_has_an_icon(qtbot: QtBot) -> None:
    assert {48, 64} <= {size.width() for size in app_icon().availableSizes()}


def test_a_tray_that_comes_late_goes_and_comes_back_is_used(tmp_path: Path) -> None:
    output = tmp_path / "told.txt"
    told = Told(output)
    with Screen() as screen, output.open("wb") as stdout:
        # GIVEN no tray yet
        program = subprocess.Popen([sys.executable, "-c", PROGRAM], env=screen.env, stdout=stdout)
        try:
            wait_until(lambda: told.lines() == [["started", False]])
            # WHEN one comes
            screen.start_tray()
            wait_until(lambda: ["available", True] in told.lines())
            # THEN a click on the icon reaches the application

            def clicked() -> bool:
                screen.click(12, 12)
                return ["show"] in told.lines()

            wait_until(clicked)
            # WHEN the panel crashes and comes back THEN both are told
            screen.stop_tray()
            wait_until(lambda: told.lines()[-1] == ["available", False])
            screen.start_tray()
            wait_until(lambda: told.lines()[-1] == ["available", True])
            count = len(told.lines())
            wait_until(lambda: screen.click(12, 12) or len(told.lines()) > count)
        finally:
            program.terminate()
            program.wait(10)
