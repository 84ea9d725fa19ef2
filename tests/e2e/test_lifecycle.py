"""Starting and ending, again and again, while it speaks."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import pytest

from tests.support.application import RunningApplication
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Two seconds are promised; the rest is for a slow machine's process start and end.
QUIT_SECONDS = 2.0
SLACK = 1.0


def start_and_quit(
    times: int, folder: Path, machine: dict[str, str], figure: Callable[[str], None]
) -> None:
    """Start and quit so often during speech, and check each end."""
    chat = folder / "long.chat"
    chat.write_text("Mia: " + "this is a rather long sentence to be cut short " * 4 + "\n")
    startups, ends = [], []
    for number in range(times):
        home = folder / f"home{number}"
        with RunningApplication(home, "--source", f"replay://{chat}", env=machine) as app:
            wait_until(lambda app=app: app.status()["speaking"], 30, "it speaks")
            wait_until(lambda app=app: app.status()["tray"], 30, "the icon is in the tray")
            startups.append(app.status()["startup_ms"])
            asked = time.monotonic()
            assert app.quit() == 0, app.errors()
            ends.append(time.monotonic() - asked)
            assert "threads left" not in app.log()
            assert "Traceback" not in app.log() + app.errors()
            assert not app.errors()
    figure(f"start to visible tray: median {statistics.median(startups):.0f} ms of {times}")
    figure(f"quit: median {statistics.median(ends):.2f} s, longest {max(ends):.2f} s")
    assert max(ends) < QUIT_SECONDS + SLACK


def test_twenty_starts_and_quits_during_speech(
    tmp_path: Path, machine: dict[str, str], figure: Callable[[str], None]
) -> None:
    start_and_quit(20, tmp_path, machine, figure)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_hundred_starts_and_quits_during_speech(
    tmp_path: Path, machine: dict[str, str], figure: Callable[[str], None]
) -> None:
    start_and_quit(200, tmp_path, machine, figure)
