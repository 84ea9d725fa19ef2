"""What a streamer does with the tray, the hotkey and ``ctl``, with a real pointer and keyboard."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

import pytest
from Xlib import X
from Xlib.display import Display

from tests.support.application import RunningApplication, command_line
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.screen import Screen

ICON = (12, 12)
# Where a row's middle lies in the menu, as a share of its height: 14 rows, three separators.
TOGGLE, SILENCE, MUTE, QUIT = 56 / 312, 144 / 312, 212 / 312, 302 / 312
# Not the first start: the window stays hidden.
CONFIG = """
[window]
welcomed = true
[reading]
say_names = false
"""


class Area(NamedTuple):
    """A window's place on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


def open_menu(screen: Screen) -> Area | None:
    """Return where a menu is open; None without one."""
    with contextlib.closing(Display(screen.display)) as display:
        for window in display.screen().root.query_tree().children:
            attributes = window.get_attributes()
            if attributes.override_redirect and attributes.map_state == X.IsViewable:
                place = window.get_geometry()
                if place.width > 60 and place.height > 60:
                    return Area(place.x, place.y, place.width, place.height)
    return None


def click_menu(screen: Screen, row: float) -> None:
    """Open the tray icon's menu and click a row."""
    screen.click(*ICON, button=3)
    menu = wait_until(lambda: open_menu(screen), 10, "the menu is open")
    screen.click(menu.x + menu.width // 3, menu.y + round(menu.height * row))
    wait_until(lambda: open_menu(screen) is None, 10, "the menu is closed")


@pytest.fixture
def app(tmp_path: Path, machine: dict[str, str]) -> Iterator[RunningApplication]:
    """The application in the tray, reading a chat that says something every half second."""
    chat = tmp_path / "busy.chat"
    chat.write_text("".join(f"{i / 2} Mia: number {i}\n" for i in range(240)))
    arguments = ("--hidden", "--source", f"replay://{chat}")
    with RunningApplication(tmp_path / "home", *arguments, env=machine, config=CONFIG) as app:
        wait_until(lambda: app.status()["tray"], 10, "the icon is in the tray")
        yield app


def test_the_menu_stops_and_starts_reading_and_quits(
    app: RunningApplication, screen: Screen
) -> None:
    wait_until(lambda: app.status()["spoken"], 30, "it reads")
    # WHEN "Stop reading" is clicked
    click_menu(screen, TOGGLE)
    wait_until(lambda: not app.status()["reading"], 10, "reading is stopped")
    # THEN chat is refused and nothing waits
    refused = app.status()["refused"]
    wait_until(lambda: app.status()["refused"] > refused, 10, "chat is refused")
    assert app.status()["queued"] == 0
    # AND when "Start reading" is clicked in the same place, it reads on
    spoken = app.status()["spoken"]
    click_menu(screen, TOGGLE)
    wait_until(lambda: app.status()["reading"], 10, "it reads again")
    wait_until(lambda: app.status()["spoken"] > spoken, 20, "and speaks")
    # AND "Quit" ends it
    click_menu(screen, QUIT)
    assert app.process is not None
    assert app.process.wait(10) == 0


def test_a_second_start_shows_the_first(app: RunningApplication, machine: dict[str, str]) -> None:
    assert not app.status()["window"]
    second = command_line(env=app.env)
    assert second.returncode == 0, second.stderr
    wait_until(lambda: app.status()["window"], 10, "the window is shown")


def test_a_desktop_without_a_tray_gets_the_window_and_a_hint(
    app: RunningApplication, screen: Screen
) -> None:
    # GIVEN a window hidden in the tray
    assert (app.status()["window"], app.status()["problems"]) == (False, [])
    # WHEN the tray goes
    screen.stop_tray()
    try:
        wait_until(lambda: "tray" in str(app.status()["problems"]), 10, "the hint")
        assert app.status()["window"]
    finally:
        screen.start_tray()
    # THEN the hint goes when the tray is back
    wait_until(lambda: not app.status()["problems"], 10, "no hint")


def test_the_hotkey_and_ctl_say_what_is_selected_on_the_screen(
    app: RunningApplication, screen: Screen
) -> None:
    app.ctl("stop")
    screen.select_primary("marvelous selection")
    app.ctl("read-selected")
    wait_until(lambda: app.status()["speaking"] == "marvelous selection", 10, "ctl")
    wait_until(lambda: not app.status()["speaking"], 20, "its end")
    screen.select_primary("second choice")
    screen.key("ctrl+alt+r")
    wait_until(lambda: app.status()["speaking"] == "second choice", 10, "the hotkey")


def test_ctl_pauses_in_the_middle_of_a_word_and_panics(app: RunningApplication) -> None:
    wait_until(lambda: app.status()["speaking"], 30, "it speaks")
    app.ctl("pause")
    assert app.status()["paused"]
    held = app.status()["speaking"]
    spoken = app.status()["spoken"]
    wait_until(lambda: app.status()["queued"] > 2, 20, "more waits")
    assert (app.status()["speaking"], app.status()["spoken"]) == (held, spoken)
    app.ctl("resume")
    wait_until(lambda: app.status()["spoken"] > spoken, 20, "it goes on")
    # WHEN it is silenced, held or not
    app.ctl("pause")
    app.ctl("panic")
    status = app.status()
    assert status["panicked"]
    assert not status["speaking"]
    assert not status["queued"]
    # THEN nothing is said, whoever asks for it
    refused = app.status()["refused"]
    app.ctl("replay")
    wait_until(lambda: app.status()["refused"] > refused + 1, 10, "chat is refused, too")
    assert not app.status()["speaking"]
    # AND once released it is held as before, and reads on
    app.ctl("release")
    assert (app.status()["panicked"], app.status()["paused"]) == (False, True)
    app.ctl("toggle-pause")
    spoken = app.status()["spoken"]
    wait_until(lambda: app.status()["spoken"] > spoken, 20, "it speaks")


def test_the_menu_mutes_and_silences_and_the_hotkeys_pause_skip_and_silence(
    app: RunningApplication, screen: Screen
) -> None:
    def held() -> bool:
        # While it speaks: there shall be somebody to mute when the menu is open.
        app.ctl("resume")
        app.ctl("pause")
        return bool(app.status()["speaking"])

    wait_until(held, 30, "it is held in the middle of something")
    click_menu(screen, MUTE)
    wait_until(lambda: app.status()["muted"] == ["mia"], 10, "Mia is muted")
    app.ctl("unmute", "mia")
    app.ctl("resume")
    wait_until(lambda: app.status()["speaking"], 30, "it speaks again")
    click_menu(screen, SILENCE)
    wait_until(lambda: app.status()["panicked"], 10, "it is silent")
    # WHEN the same place is clicked again, where "Release" stands now
    click_menu(screen, SILENCE)
    wait_until(lambda: not app.status()["panicked"], 10, "it is released")
    # AND the hotkeys do the same: hold, go on, skip
    wait_until(lambda: app.status()["speaking"], 30, "it speaks")
    screen.key("ctrl+alt+p")
    wait_until(lambda: app.status()["paused"], 10, "it is held")
    screen.key("ctrl+alt+p")
    wait_until(lambda: not app.status()["paused"], 10, "it goes on")
    wait_until(lambda: app.status()["speaking"], 30, "it speaks")
    dropped = app.status()["dropped"]

    def skipped() -> bool:
        # Between two of them there is nothing to skip.
        screen.key("ctrl+alt+s")
        return app.status()["dropped"] > dropped

    wait_until(skipped, 10, "one is skipped")
    # A hurried second press of the key that silences releases nothing.
    screen.key("ctrl+alt+x", "ctrl+alt+x")
    wait_until(lambda: app.status()["panicked"], 10, "it is silent")
    app.ctl("release")
    assert not app.status()["panicked"]


def test_ctl_skips_clears_mutes_and_replays(app: RunningApplication) -> None:
    wait_until(lambda: app.status()["spoken"], 30, "something was spoken")
    app.ctl("pause")
    wait_until(lambda: app.status()["queued"] > 1, 20, "some wait")
    dropped = app.status()["dropped"]
    app.ctl("clear")
    wait_until(lambda: app.status()["dropped"] > dropped, 10, "what waited is dropped")
    app.ctl("mute", "mia")
    refused = app.status()["refused"]
    wait_until(lambda: app.status()["refused"] > refused, 10, "mia is not read")
    app.ctl("resume")
    wait_until(lambda: not app.status()["queued"] and not app.status()["speaking"], 20, "silence")
    # WHEN the last one is asked for again, it is said, and can be skipped
    app.ctl("replay")
    wait_until(lambda: app.status()["speaking"].startswith("number"), 10, "it is said again")
    dropped = app.status()["dropped"]
    app.ctl("skip")
    status = app.status()
    assert not status["speaking"] or status["spoken"]
    assert status["dropped"] >= dropped
