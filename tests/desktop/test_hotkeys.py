"""The hotkeys of the application: pressed on a real X server, they run the verbs of ``ctl``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.core.config import HotkeyConfig
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed, Problem
from ishowtts_desktop.desktop.hotkeys import Hotkeys, verbs
from ishowtts_desktop.desktop.verbs import VerbDispatcher
from tests.support.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    with Screen() as screen:
        monkeypatch.setenv("DISPLAY", screen.display)
        yield screen


class Desk:
    """Hotkeys with real commands, and all that was asked for and told."""

    def __init__(self, config: HotkeyConfig) -> None:
        self.commands, self.feed = Commands(), ChatFeed()
        self.asked: list[tuple[Any, ...]] = []
        self.problems: dict[str, Problem] = {}
        for name in [name for name in vars(Commands) if name.endswith("_requested")]:
            self._listen(name.removesuffix("_requested"))
        self.feed.problem_raised.connect(lambda p: self.problems.update({p.key: p}))
        dispatcher = VerbDispatcher(self.commands, dict, tuple, lambda _: {}, bool)
        self.hotkeys = Hotkeys(config, dispatcher, self.feed)

    def _listen(self, name: str) -> None:
        signal = getattr(self.commands, f"{name}_requested")
        signal.connect(lambda *args: self.asked.append((name, *args)))

    def __enter__(self) -> Desk:
        self.hotkeys.start()
        assert self.hotkeys.wait_ready(15)
        return self

    def __exit__(self, *_: object) -> None:
        self.hotkeys.stop()


def test_every_hotkey_of_the_configuration_asks_for_its_command(
    screen: Screen, qtbot: QtBot
) -> None:
    names = list(HotkeyConfig.model_fields)
    config = HotkeyConfig(**{name: f"Ctrl+F{n}" for n, name in enumerate(names, 1)})
    expected = {
        "read_selected": ("selected",),
        "skip": ("skip",),
        "pause": ("pause_toggle",),
        "panic": ("panic",),
        "release": ("release",),
        "mute": ("mute_speaking",),
        "clear": ("clear",),
        "replay": ("replay",),
    }
    with Desk(config) as desk:
        screen.key(*(f"ctrl+F{n}" for n, _ in enumerate(names, 1)))
        qtbot.waitUntil(lambda: len(desk.asked) == len(names))
    assert desk.asked == [expected[name] for name in names]
    assert desk.problems == {}


def test_each_hotkey_has_a_problem_of_its_own_and_the_one_that_silences_wins(
    screen: Screen, qtbot: QtBot
) -> None:
    config = HotkeyConfig(
        skip="Ctrl+Alt+X", pause="nonsense", read_selected="Hyper+R", replay="Ctrl+F5"
    )
    with Desk(config) as desk:
        screen.key("ctrl+alt+x")
        qtbot.waitUntil(lambda: desk.asked == [("panic",)])
        qtbot.waitUntil(lambda: len(desk.problems) == 3)
    assert set(desk.problems) == {"hotkey skip", "hotkey toggle-pause", "hotkey read-selected"}
    assert "of “panic” already" in desk.problems["hotkey skip"].message
    assert "ctl toggle-pause" in desk.problems["hotkey toggle-pause"].advice


def test_every_hotkey_has_a_verb() -> None:
    given = {name: name for name in HotkeyConfig.model_fields}
    told = dict(verbs(HotkeyConfig(**given)))
    assert sorted(told.values()) == sorted(given)
    known = VerbDispatcher(Commands(), dict, tuple, lambda _: {}, bool).verbs
    assert set(told) <= set(known)
