"""Global hotkeys on a real X server, pressed by xdotool."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from Xlib import XK, X
from Xlib.display import Display

from ishowtts_desktop.core.errors import HotkeyError
from ishowtts_desktop.system.hotkeys import Binding, HotkeyListener, parse_hotkey
from tests.support.screen import Screen
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Presses:
    """Counts what a listener tells."""

    def __init__(self, *hotkeys: str) -> None:
        self.count = 0
        self.problems: list[HotkeyError] = []
        self.threads: set[str] = set()
        self.verbs: list[str] = []
        bindings = [Binding(f"verb-{n}", text, self.press) for n, text in enumerate(hotkeys, 1)]
        self.listener = HotkeyListener(bindings, self.note)

    def note(self, verb: str, problem: HotkeyError) -> None:
        self.verbs.append(verb)
        self.problems.append(problem)

    def press(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.count += 1

    def __enter__(self) -> Presses:
        self.listener.start()
        assert self.listener.wait_ready(15)
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.stop()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    with Screen() as screen:
        monkeypatch.setenv("DISPLAY", screen.display)
        yield screen


def press_until(screen: Screen, key: str, done: Callable[[], bool]) -> None:
    screen.key(key)
    wait_until(done)


@pytest.mark.parametrize(
    ("text", "keysym", "modifiers"),
    [
        ("Ctrl+Alt+R", XK.XK_r, X.ControlMask | X.Mod1Mask),
        (" ctrl + alt + r ", XK.XK_r, X.ControlMask | X.Mod1Mask),
        ("Meta+Shift+F12", XK.XK_F12, X.Mod4Mask | X.ShiftMask),
        ("F9", XK.XK_F9, 0),
        ("Ctrl++", XK.XK_plus, X.ControlMask),
        ("Ctrl+PgUp", XK.XK_Prior, X.ControlMask),
        ("Alt+7", XK.XK_7, X.Mod1Mask),
    ],
)
def test_qts_notation_is_understood(text: str, keysym: int, modifiers: int) -> None:
    hotkey = parse_hotkey(text)
    assert (hotkey.keysym, hotkey.modifiers) == (keysym, modifiers)


@pytest.mark.parametrize(
    "text", ["", "R", "Shift+R", "Ctrl+", "Ctrl", "Foo+R", "Ctrl+Ω", "Ctrl+A, B"]
)
def test_what_is_no_hotkey_is_refused_with_advice(text: str) -> None:
    with pytest.raises(HotkeyError) as refused:
        parse_hotkey(text)
    assert refused.value.advice


@given(st.text(st.characters(), max_size=30))
def test_any_text_is_a_hotkey_or_an_error(text: str) -> None:
    with contextlib.suppress(HotkeyError):
        assert parse_hotkey(text).keysym


def test_a_press_is_heard_whatever_the_locks_say(screen: Screen) -> None:
    with Presses("Ctrl+Alt+R") as presses:
        assert presses.problems == []
        for expected, lock in enumerate((None, "Num_Lock", "Caps_Lock", "Num_Lock"), 1):
            if lock is not None:
                screen.key(lock)
            press_until(screen, "ctrl+alt+r", lambda expected=expected: presses.count == expected)
        # WHEN other keys are pressed THEN nothing is heard
        screen.key("ctrl+alt+t", "ctrl+r", "ctrl+alt+shift+r")
        press_until(screen, "ctrl+alt+r", lambda: presses.count >= 5)
        assert presses.count == 5
    assert presses.threads == {"hotkeys"}


def test_several_hotkeys_each_do_their_own_and_the_first_of_two_wins(screen: Screen) -> None:
    seen: list[str] = []
    problems: list[tuple[str, str]] = []
    bindings = [
        Binding("one", "Ctrl+F5", lambda: seen.append("one")),
        Binding("two", "Meta+X", lambda: seen.append("two")),
        # WHEN the first's combination is asked for again, in another spelling
        Binding("three", " control + f5 ", lambda: seen.append("three")),
    ]
    listener = HotkeyListener(bindings, lambda verb, error: problems.append((verb, error.message)))
    listener.start()
    assert listener.wait_ready(15)
    press_until(screen, "super+x", lambda: seen == ["two"])
    press_until(screen, "ctrl+F5", lambda: seen == ["two", "one"])
    listener.stop()
    # THEN the first has it, and the other is told
    assert problems == [
        ("three", "The hotkey control + f5 of “three” is the one of “one” already.")
    ]


def test_a_hotkey_that_is_taken_is_told_and_the_others_work(screen: Screen) -> None:
    with Presses("Ctrl+Alt+R") as first, Presses("Ctrl+Alt+R", "Ctrl+Alt+S") as second:
        assert [problem.message for problem in second.problems] == [
            "Another program already uses Ctrl+Alt+R."
        ]
        assert second.verbs == ["verb-1"]
        assert "ctl verb-1" in second.problems[0].advice
        press_until(screen, "ctrl+alt+s", lambda: second.count == 1)
        press_until(screen, "ctrl+alt+r", lambda: first.count == 1)
        assert second.count == 1


def test_stopping_lets_the_hotkey_go(screen: Screen) -> None:
    with Presses("Ctrl+Alt+R"):
        pass
    assert "hotkeys" not in {thread.name for thread in threading.enumerate()}
    with Presses("Ctrl+Alt+R") as next_one:
        assert next_one.problems == []
        press_until(screen, "ctrl+alt+r", lambda: next_one.count == 1)


def test_an_action_that_fails_leaves_the_hotkey_working(
    screen: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []

    def fail() -> None:
        calls.append(1)
        raise ZeroDivisionError

    listener = HotkeyListener([Binding("fail", "Ctrl+Alt+R", fail)], lambda *_: None)
    listener.start()
    assert listener.wait_ready(15)
    press_until(screen, "ctrl+alt+r", lambda: len(calls) == 1)
    press_until(screen, "ctrl+alt+r", lambda: len(calls) == 2)
    listener.stop()
    assert "a hotkey's action failed" in caplog.text


def swap_keys(screen: Screen, one: int, other: int) -> None:
    """Exchange two keys of the keyboard, as a change of its layout does."""
    display = Display(screen.display)
    codes = [display.keysym_to_keycode(keysym) for keysym in (one, other)]
    rows = [display.get_keyboard_mapping(code, 1)[0] for code in codes]
    # The second key first, so that the first symbol always has a key.
    for code, row in zip(reversed(codes), rows, strict=True):
        display.change_keyboard_mapping(code, [row])
    display.sync()
    display.close()


def test_a_changed_keyboard_layout_is_followed(screen: Screen) -> None:
    with Presses("Ctrl+Alt+R") as presses:
        press_until(screen, "ctrl+alt+r", lambda: presses.count == 1)
        swap_keys(screen, XK.XK_r, XK.XK_q)

        def heard() -> bool:
            screen.key("ctrl+alt+r")
            return presses.count > 1

        wait_until(heard)
        assert presses.problems == []


def test_nonsense_in_the_settings_is_told(screen: Screen) -> None:
    with Presses("Hyper+Nonsense", "", "Ctrl+Alt+R") as presses:
        assert len(presses.problems) == 1
        press_until(screen, "ctrl+alt+r", lambda: presses.count == 1)


def test_without_a_display_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with Presses("Ctrl+Alt+R") as presses:
        assert "X11" in presses.problems[0].message


def test_a_server_that_goes_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with Screen() as screen:
        monkeypatch.setenv("DISPLAY", screen.display)
        presses = Presses("Ctrl+Alt+R")
        presses.listener.start()
        assert presses.listener.wait_ready(15)
    wait_until(lambda: presses.problems)
    presses.listener.stop()
    assert presses.problems[0].message.startswith("Hotkeys stopped")
