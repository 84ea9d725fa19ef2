"""A real X screen: Xvfb, a window manager, a tray host, and hands to click and type with."""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from Xlib import X, error
from Xlib.display import Display

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

START_SECONDS = 20.0
ATTEMPTS = 3
STOP_SECONDS = 5.0
SERVER_ATTEMPTS = 5
OPENBOX_CONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <desktops><number>1</number></desktops>
  <keyboard/>
</openbox_config>
"""


class ScreenError(RuntimeError):
    """A part of the screen is missing or did not start."""


class Screen:
    """An X server of the test's own; a context manager.

    ``tray`` adds a tray host at the top left (icons at 12, 12). ``env`` is what a program needs to
    appear here; entering the context changes nothing in this process.
    """

    def __init__(
        self,
        size: tuple[int, int] = (1280, 900),
        *,
        window_manager: bool = True,
        tray: bool = False,
    ) -> None:
        self._size = size
        self._window_manager = window_manager
        self._tray = tray
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.display = ""

    @property
    def env(self) -> dict[str, str]:
        """The environment of a program that shall appear on this screen."""
        env = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "XAUTHORITY")}
        return {**env, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def __enter__(self) -> Screen:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server on a free display number, then the parts that were asked for.

        A server of another run that ends just now may take our socket's name along: try again.
        """
        for attempt in range(ATTEMPTS):
            try:
                return self._start()
            except (ScreenError, error.DisplayError, error.ConnectionClosedError, OSError) as why:
                self.stop()
                if attempt == ATTEMPTS - 1:
                    raise ScreenError(str(why)) from why
        return None

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="screen-")
        self.display = self._start_server()
        if self._window_manager:
            self.start_window_manager()
        if self._tray:
            self.start_tray()

    def start_window_manager(self) -> None:
        """Start openbox, without any key bindings of its own, and wait until it manages."""
        assert self._folder is not None
        config = Path(self._folder.name, "rc.xml")
        config.write_text(OPENBOX_CONFIG, encoding="utf-8")
        self._spawn("openbox", "--config-file", str(config), "--sm-disable")
        self._wait_until("the window manager", _has_window_manager)

    def start_tray(self) -> None:
        """Start the tray host and wait until it owns the tray."""
        where = ("--edge", "top", "--align", "left", "--SetDockType", "true")
        width = ("--width", "200", "--widthtype", "pixel", "--height", "24")
        self._spawn("trayer", *where, *width)
        self._wait_until("the tray host", _has_tray)

    def stop_tray(self) -> None:
        """Take the tray host away, as when a panel crashes."""
        self._end("trayer")

    def stop(self) -> None:
        """End every process, the server last, and wait for each."""
        for name in reversed(list(self._processes)):
            self._end(name)
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def screenshot(self, path: str | Path) -> Path:
        """Write what the screen shows as an image; the suffix says which kind."""
        self._tool("import", "-window", "root", str(path))
        return Path(path)

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._tool("xdotool", "mousemove", "--sync", str(x), str(y))

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move there and click; button 1 is left, 3 right."""
        self._tool("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def key(self, *keys: str) -> None:
        """Press keys in xdotool's notation, for example ``key("ctrl+alt+r")``."""
        # The question at the end is answered once the server has taken all of the keys.
        self._tool("xdotool", "key", *keys, "getmouselocation")

    def type(self, text: str) -> None:
        """Type text into whatever has the focus."""
        self._tool("xdotool", "type", text)
        self._tool("xdotool", "getmouselocation")

    def select_primary(self, text: str) -> None:
        """Own the PRIMARY selection with ``text``, until the next one or the end."""
        self._end("xclip")
        assert self._folder is not None
        content = Path(self._folder.name, "primary.txt")
        content.write_text(text, encoding="utf-8")
        before = _on_display(self.display, _primary_owner)
        # -quiet keeps xclip in the foreground, where it can be ended and waited for
        self._spawn("xclip", "-quiet", "-selection", "primary", "-in", str(content))
        self._wait_until("xclip", lambda display: _primary_owner(display) not in (0, before))

    def _start_server(self) -> str:
        # Not Xvfb's own search: it may take a number that a stopping server still cleans up after.
        for _ in range(SERVER_ATTEMPTS):
            number = secrets.randbelow(50_000) + 1000
            if self._serve(number):
                return f":{number}"
            self._end("Xvfb")
        msg = f"Xvfb did not start: {self._said('Xvfb')}"
        raise ScreenError(msg)

    def _serve(self, number: int) -> bool:
        width, height = self._size
        options = ("-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset")
        read_end, write_end = os.pipe()
        try:
            server = (f":{number}", "-displayfd", str(write_end))
            self._spawn("Xvfb", *server, *options, pass_fds=(write_end,))
            os.close(write_end)
            write_end = -1
            # The server tells its number once it listens, and nothing when it ends. It dies of a
            # pipe that is closed before the end of the line.
            told = b""
            while select.select([read_end], [], [], START_SECONDS)[0]:
                part = os.read(read_end, 32)
                told += part
                if not part or told.endswith(b"\n"):
                    break
            return told.endswith(b"\n")
        finally:
            os.close(read_end)
            if write_end >= 0:
                os.close(write_end)

    def _spawn(self, name: str, *arguments: str, pass_fds: tuple[int, ...] = ()) -> None:
        program = shutil.which(name)
        if program is None:
            msg = f"{name} is not installed; `make setup-dev` installs it."
            raise ScreenError(msg)
        assert self._folder is not None
        with Path(self._folder.name, f"{name}.log").open("wb") as log:
            self._processes[name] = subprocess.Popen(
                [program, *arguments],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds,
                start_new_session=True,  # Ctrl+C ends the tests, which then end this
            )

    def _end(self, name: str) -> None:
        process = self._processes.pop(name, None)
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _said(self, name: str) -> str:
        assert self._folder is not None
        log = Path(self._folder.name, f"{name}.log")
        return log.read_text(encoding="utf-8", errors="replace")[-500:] if log.exists() else ""

    def _tool(self, *command: str) -> None:
        done = subprocess.run(command, env=self.env, capture_output=True, timeout=30, check=False)
        if done.returncode != 0:
            msg = f"{command[0]} failed: {done.stderr.decode(errors='replace')}"
            raise ScreenError(msg)

    def _wait_until(self, what: str, ready: Callable[[Display], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if _on_display(self.display, ready):
                return
            time.sleep(0.02)
        msg = f"{what} took too long on {self.display}"
        raise ScreenError(msg)


def _on_display(name: str, question: Callable[[Display], bool | int]) -> bool | int:
    with contextlib.closing(Display(name)) as display:
        return question(display)


def _has_window_manager(display: Display) -> bool:
    root = display.screen().root
    check = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
    return root.get_full_property(check, X.AnyPropertyType) is not None


def _has_tray(display: Display) -> bool:
    tray = display.intern_atom("_NET_SYSTEM_TRAY_S0")
    return display.get_selection_owner(tray) != X.NONE


def _primary_owner(display: Display) -> int:
    owner = display.get_selection_owner(display.intern_atom("PRIMARY"))
    return 0 if owner == X.NONE else int(owner.id)
