"""Looking for a display before Qt does, which would abort the process."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.system.display import missing_display

if TYPE_CHECKING:
    from pathlib import Path


def test_without_any_variable_it_says_so() -> None:
    assert "no display" in missing_display({})


def test_the_screen_of_the_tests_answers() -> None:
    assert missing_display({"DISPLAY": os.environ["DISPLAY"]}) == ""


@pytest.mark.parametrize("display", [":9731", "nonsense", ":", "localhost:99999", ":1.2.3"])
def test_a_display_that_does_not_answer_is_named(display: str) -> None:
    assert display in missing_display({"DISPLAY": display})


def test_a_wayland_socket_counts_and_a_dead_one_is_named(tmp_path: Path) -> None:
    env = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert "wayland-7" in missing_display(env)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert missing_display(env) == ""


def test_qt_platforms_without_a_screen_need_none() -> None:
    assert missing_display({"QT_QPA_PLATFORM": "offscreen"}) == ""
