"""The PRIMARY selection of a real X server, owned by xclip and by owners that misbehave."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.protocol import event as events

from ishowtts_desktop.core.errors import IshowttsError
from ishowtts_desktop.system.selection import MAX_BYTES, SelectionReader, read_primary
from tests.support.screen import Screen
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen(window_manager=False) as screen:
        yield screen


@contextlib.contextmanager
def owner(screen: Screen, kind: str, size: int, content: bytes) -> Iterator[None]:
    """Own PRIMARY and answer one request with a property of ``kind``, not always politely."""
    display = Display(screen.display)
    window = display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    primary = display.intern_atom("PRIMARY")
    window.set_selection_owner(primary, X.CurrentTime)
    display.sync()

    def serve() -> None:
        request = display.next_event()
        while request.type != X.SelectionRequest:
            request = display.next_event()
        atom = display.intern_atom(kind)
        request.requestor.change_property(request.property, atom, size, content)
        answer = events.SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=request.property,
        )
        request.requestor.send_event(answer)
        display.sync()

    thread = threading.Thread(target=serve, name="owner")
    thread.start()
    try:
        yield
    finally:
        thread.join()
        display.close()


@pytest.mark.parametrize("text", ["hello", "你好，主播 😀", "two\nlines", "x" * (MAX_BYTES - 8)])
def test_the_selected_text_is_read(screen: Screen, text: str) -> None:
    screen.select_primary(text)
    assert read_primary(5, screen.display) == text


def test_nothing_selected_is_an_empty_text() -> None:
    with Screen(window_manager=False) as screen:
        assert read_primary(5, screen.display) == ""


def test_a_text_without_end_is_refused(screen: Screen) -> None:
    # xclip hands so much over in parts (INCR)
    screen.select_primary("x" * 3_000_000)
    with pytest.raises(IshowttsError, match="too long"):
        read_primary(5, screen.display)


def test_a_text_over_the_limit_in_one_part_is_refused(screen: Screen) -> None:
    content = b"x" * (MAX_BYTES + 1)
    with (
        owner(screen, "UTF8_STRING", 8, content),
        pytest.raises(IshowttsError, match="too long"),
    ):
        read_primary(5, screen.display)


@pytest.mark.parametrize(("kind", "size", "content"), [("INTEGER", 32, [1, 2]), ("ATOM", 32, [7])])
def test_what_is_no_text_is_refused(screen: Screen, kind: str, size: int, content: bytes) -> None:
    with owner(screen, kind, size, content), pytest.raises(IshowttsError, match="not text"):
        read_primary(5, screen.display)


def test_bytes_that_are_no_utf8_are_replaced(screen: Screen) -> None:
    with owner(screen, "UTF8_STRING", 8, b"a\xff\xfeb"):
        assert read_primary(5, screen.display) == "a\ufffd\ufffdb"


def test_a_frozen_owner_costs_no_more_than_the_limit(screen: Screen) -> None:
    screen.select_primary("frozen")
    xclip = next(p for p in psutil.Process().children() if p.name() == "xclip")
    os.kill(xclip.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(IshowttsError, match="does not answer"):
            read_primary(0.5, screen.display)
        assert 0.4 < time.monotonic() - began < 5
    finally:
        os.kill(xclip.pid, signal.SIGCONT)


def test_without_a_display_it_is_told() -> None:
    with pytest.raises(IshowttsError, match="can't be read"):
        read_primary(1, "nonsense")


def test_the_reader_tells_on_a_thread_of_its_own(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", screen.display)
    screen.select_primary("picked")
    told: list[tuple[str, str]] = []
    reader = SelectionReader()

    def take(text: str) -> None:
        told.append((text, threading.current_thread().name))

    assert reader.read(take, lambda problem: told.append((problem.message, "")))
    reader.close()
    assert told == [("picked", "selection")]


def test_a_second_request_waits_for_no_one(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", screen.display)
    screen.select_primary("picked")
    held, told = threading.Event(), []

    def take(text: str) -> None:
        held.wait(10)
        told.append(text)

    reader = SelectionReader()
    assert reader.read(take, lambda _: None)
    assert not reader.read(take, lambda _: None)
    held.set()
    wait_until(lambda: told == ["picked"])
    reader.close()
    assert reader.read(take, lambda _: None)
    reader.close()


def test_the_reader_tells_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    problems: list[IshowttsError] = []
    reader = SelectionReader()
    assert reader.read(lambda _: None, problems.append)
    reader.close()
    assert len(problems) == 1
    assert problems[0].advice
