"""The tray icon under a real tray host: shapes, menu, clicks, hosts that come and go."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.messages import ConnectionState, Phase
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.icons import TrayState, app_icon, tray_icon
from ishowtts_desktop.desktop.tray import Tray
from tests.support.desktop import reader
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
    for name in ("reading", "pause", "skip", "selected", "show", "quit"):
        signal = getattr(commands, f"{name}_requested")
        signal.connect(lambda *args, name=name: asked.append((name, *args)))
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
    feed.post_reader(reader(speaking="x"))
    feed.flush()
    for text in ("Stop reading", "Pause", "Skip", "Read selected message", "Show window", "Quit"):
        press(tray, text)
    feed.post_reader(reader(reading=False, paused=True))
    feed.flush()
    press(tray, "Start reading")
    press(tray, "Resume")
    assert asked == [
        ("reading", False),
        ("pause", True),
        ("skip",),
        ("selected",),
        ("show",),
        ("quit",),
        ("reading", True),
        ("pause", False),
    ]
    assert tray.menu.actions() == actions  # built once, then updated


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
