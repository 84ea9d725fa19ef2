"""From nothing to a model by the keyboard alone, with the real verbs and a hub on loopback."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.support.application import RunningApplication
from tests.support.hub import WEIGHTS, FakeHub, made_up
from tests.support.models_child import ROOT, ModelsChild
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.screen import Screen

QUIT_SECONDS = 1.0
SLACK = 1.0


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        yield hub


class Window:
    """The model manager in a process of its own, and what is to be seen of it."""

    def __init__(self, screen: Screen, hub: FakeHub, folder: Path) -> None:
        self.screen = screen
        self._log = folder / "seen"
        self.models = ModelsChild(hub.url, folder, **screen.env)

    @contextlib.contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        with self._log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.model_window"],
                cwd=ROOT,
                env=self.models.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            yield process
        except BaseException:
            print(self._log.read_text()[-4000:])
            raise
        finally:
            process.kill()
            process.wait()

    def seen(self) -> dict[str, Any]:
        """What is to be seen now."""
        whole = self._log.read_text().rpartition("\n")[0].rpartition("\n")[2]
        return json.loads(whole) if whole.startswith("{") else {"said": [], "focus": "", "use": ""}

    def says(self, text: str) -> None:
        wait_until(lambda: any(text in said for said in self.seen()["said"]), 20, text)

    def has_focus(self, text: str) -> None:
        wait_until(lambda: self.seen()["focus"] == text, 20, f"{text} has the focus")

    def press(self, text: str, *keys: str) -> None:
        """Press ``keys``, else Return, once this button has the focus."""
        self.has_focus(text)
        wait_until(lambda: self.seen()["active"], 20, "the window is in front")
        self.screen.key(*(keys or ("Return",)))


def test_a_new_user_gets_a_model_cancels_continues_quits_and_has_it(
    screen: Screen, hub: FakeHub, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    window = Window(screen, hub, tmp_path)
    weights = made_up(WEIGHTS)
    hub.mischief.seconds_a_piece = 0.03  # 1.5 MB in three seconds
    with window.running() as process:
        # WHEN the first model is asked for THEN its licence is read first, and declined
        window.press("Download")
        window.says("has a licence: CC-BY-NC-4.0")
        window.press("Accept and download", "Escape")
        assert hub.sent == 0
        # AND accepted the next time
        window.press("Download")
        window.press("Accept and download")
        window.says("Being downloaded")
        wait_until(lambda: hub.sent > 300_000, 20, "something is here")
        # AND cancelled
        window.press("Cancel")
        window.has_focus("Continue")
        window.says("of it is here")
        # AND continued, and the application quits in the middle of it
        here = hub.sent
        window.press("Continue")
        wait_until(lambda: hub.sent > here + 300_000, 20, "more is here")
        (child,) = psutil.Process(process.pid).children()
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        took = time.monotonic() - asked
        assert not child.is_running()
    figure(f"quit in the middle of a download: {took:.2f} s")
    assert took < QUIT_SECONDS + SLACK
    # WHEN it is started again THEN it goes on from there, the licence is not asked again
    hub.mischief.seconds_a_piece = 0.0
    with window.running():
        window.press("Continue")
        wait_until(lambda: window.seen()["use"], 30, "it is in use")
        window.says("In use")
        # AND what is in use is there
        (file,) = window.models.hub_cache.glob(f"**/snapshots/*/{WEIGHTS}")
        assert file.read_bytes() == weights
        assert file.is_relative_to(window.seen()["use"])
        again = hub.body_bytes(WEIGHTS) - len(weights)
        figure(f"bytes of {len(weights)} that were fetched twice: {again}")
        # AND it is removed, after a question
        window.press("Verify", "Tab", "space")
        window.press("Keep it", "Tab", "Return")
        window.has_focus("Download")
        assert not file.exists()


def test_without_a_network_it_says_so_and_tries_again(
    screen: Screen, hub: FakeHub, tmp_path: Path
) -> None:
    window = Window(screen, hub, tmp_path)
    hub.mischief.statuses["F5TTS"] = 503
    with window.running():
        window.press("Download")
        window.press("Accept and download")
        window.has_focus("Try again")
        hub.mischief.statuses.clear()
        window.press("Try again")
        wait_until(lambda: window.seen()["use"], 30, "it is in use")


def titles(screen: Screen) -> str:
    """The titles of the windows on the screen."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname", "%@"],
        env=screen.env,
        capture_output=True,
        timeout=20,
        check=False,
    )
    return found.stdout.decode()


def test_the_application_opens_it_and_closes_it_and_ends_with_it(
    screen: Screen, machine: dict[str, str], tmp_path: Path
) -> None:
    title = "Models of the F5 voice"
    env = {**machine, "HF_HUB_CACHE": str(tmp_path / "hub")}
    with RunningApplication(tmp_path / "home", "--hidden", env=env) as app:
        app.ctl("models")
        wait_until(lambda: title in titles(screen), 20, "it is open")
        screen.key("Escape")
        wait_until(lambda: title not in titles(screen), 20, "it is closed")
        app.ctl("models")
        wait_until(lambda: title in titles(screen), 20, "it is open again")
        assert app.quit() == 0
        assert "Traceback" not in app.log() + app.errors()
        assert "QProcess" not in app.log() + app.errors()
