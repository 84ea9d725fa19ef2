"""The house rules of every test: an own screen and home, no thread left behind, no skip in CI."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

LEAK_GRACE_SECONDS = 2.0
# What measures time or sound, or tries the whole with both, wants the machine for itself; a socket
# wants a short path.
ALONE = (
    "e2e",
    "audio/test_capture_pulse.py",
    "audio/test_device_pulse.py",
    "audio/test_voice_gate_pulse.py",
    "desktop/test_flood.py",
    "desktop/test_instance.py",
    "lab/test_timing.py",
    "speech/f5/test_loading.py",
    "speech/f5/test_memory_growth.py",
    "speech/test_espeak_endings.py",
    "speech/test_hosted_stall.py",
    "system/test_process.py",
    "system/test_secrets.py",
    "system/test_selection.py",
)
HARDWARE_MARKERS = ("gpu", "jetson")
# The user's own session: a test that plays, unlocks or notifies must not reach it.
FOREIGN = (
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "GNOME_KEYRING_CONTROL",
    "PIPEWIRE_REMOTE",
    "PULSE_COOKIE",
    "PULSE_RUNTIME_PATH",
    "PULSE_SERVER",
    "PULSE_SINK",
    "PYTHON_KEYRING_BACKEND",
    "QT_IM_MODULE",
    "QT_QPA_PLATFORMTHEME",
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "SESSION_MANAGER",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
)
_CLOSING = pytest.StashKey[contextlib.ExitStack]()
_FIGURES = pytest.StashKey[list[str]]()
_OUTSIDE = pytest.StashKey[dict[str, str]]()

settings.register_profile(
    "tests",
    deadline=None,  # the time of one example says more about the machine than about the code
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "ci",
    parent=settings.get_profile("tests"),
    derandomize=True,  # a red build is red again on the next run
    database=None,
)


def under_ci() -> bool:
    """Tell whether a build server runs this."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def pytest_configure(config: pytest.Config) -> None:
    """Move into a home and onto a screen of our own, before any module of the tests is imported."""
    settings.load_profile("ci" if under_ci() else "tests")
    if config.option.collectonly or getattr(config.option, "dist", "no") != "no":
        return  # there, the workers are what runs tests
    closing = contextlib.ExitStack()
    config.stash[_CLOSING] = closing
    config.stash[_OUTSIDE] = dict(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="ishow-"))  # short: socket paths end at 108 bytes
    closing.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(make_home(folder))
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ.update(closing.enter_context(own_screen()))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the screen and the home down."""
    closing = config.stash.get(_CLOSING, None)
    if closing is not None:
        closing.close()


def make_home(folder: Path) -> dict[str, str]:
    """Make an empty home and return the variables that lead there."""
    places = {
        "HOME": "home",
        "XDG_CONFIG_HOME": "home/.config",
        "XDG_DATA_HOME": "home/.local/share",
        "XDG_CACHE_HOME": "home/.cache",
        "XDG_STATE_HOME": "home/.local/state",
        "XDG_RUNTIME_DIR": "run",
    }
    for place in places.values():
        folder.joinpath(place).mkdir(parents=True, mode=0o700)
    # No sound server is there and none shall be started; the tests of sound bring their own.
    client = folder / "home/.config/pulse/client.conf"
    client.parent.mkdir()
    client.write_text("autospawn = no\n", encoding="utf-8")
    fixed = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "QT_ACCESSIBILITY": "0"}
    return {name: str(folder / place) for name, place in places.items()} | fixed


@contextlib.contextmanager
def own_screen() -> Iterator[dict[str, str]]:
    """Start a screen for the whole session; ``KEEP_DISPLAY=1`` shows the windows on yours."""
    from tests.support.screen import Screen, ScreenError

    if os.environ.get("KEEP_DISPLAY") and os.environ.get("DISPLAY"):
        yield {"QT_QPA_PLATFORM": "xcb"}
        return
    screen = Screen()
    try:
        screen.start()
    except ScreenError as error:
        raise pytest.UsageError(str(error)) from error
    try:
        yield {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    finally:
        screen.stop()


@pytest.fixture
def outside(pytestconfig: pytest.Config) -> dict[str, str]:
    """Return the environment from before the tests moved in: pip's settings live in its HOME."""
    return pytestconfig.stash[_OUTSIDE]


@pytest.fixture
def figure(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Return what notes a measured figure for the summary at the end of the run."""
    return pytestconfig.stash.setdefault(_FIGURES, []).append


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send a worker's figures to where they are printed."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["figures"] = session.config.stash.get(_FIGURES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take a worker's figures."""
    figures = node.config.stash.setdefault(_FIGURES, [])
    figures.extend(getattr(node, "workeroutput", {}).get("figures", []))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is run alone."""
    here = Path(__file__).parent
    places = {here / place for place in ALONE}
    for item in items:
        if places & {item.path, *item.path.parents}:
            item.add_marker("alone")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print what was measured on the way."""
    figures = config.stash.get(_FIGURES, [])
    if figures:
        terminalreporter.section("measured")
        for line in figures:
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Generator[None]:
    """Fail a test that leaves a Python thread or a QThread running."""
    threads, tasks = set(threading.enumerate()), native_threads()
    yield
    deadline = time.monotonic() + LEAK_GRACE_SECONDS
    left = [t.name for t in threading.enumerate() if t not in threads and not ends(t, deadline)]
    if native_threads() - tasks:
        left += running_qthreads(deadline)
    assert not left, f"threads left running: {', '.join(left)}"


def ends(thread: threading.Thread, deadline: float) -> bool:
    """Wait for a thread. A QThread that ran Python leaves a stand-in that never ends."""
    if isinstance(thread, threading._DummyThread):
        return True
    thread.join(max(0.0, deadline - time.monotonic()))
    return not thread.is_alive()


def native_threads() -> set[Path]:
    """Return the ids of this process's threads, whoever started them."""
    return set(Path("/proc/self/task").iterdir()) if sys.platform == "linux" else set()


def running_qthreads(deadline: float) -> list[str]:
    """Name the QThreads that still run at the deadline; slow, it looks at every object."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return []
    import shiboken6

    found = [obj for obj in gc.get_objects() if issubclass(type(obj), core.QThread)]
    left = []
    for thread in found:
        if not shiboken6.isValid(thread) or thread is core.QThread.currentThread():
            continue
        milliseconds = max(0, int(1000 * (deadline - time.monotonic())))
        if thread.isRunning() and not thread.wait(milliseconds):
            left.append(f"QThread {thread.objectName() or type(thread).__name__}")
    return left


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI a test that didn't run counts as failed, but for those that need hardware."""
    report = yield
    # Between processes half a surrogate pair can't travel, and tests of bad input log such.
    report.sections = [(name, _writable(text)) for name, text in report.sections]
    hardware = any(item.get_closest_marker(name) for name in HARDWARE_MARKERS)
    if report.skipped and under_ci() and not hardware:
        forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Under CI a module that skips itself counts as failed."""
    report = yield
    if report.skipped and under_ci():
        forbid_skip(report)
    return report


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def forbid_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip, or an expected failure, into a failure that tells its reason."""
    why = getattr(report, "wasxfail", None) or report.longrepr
    why = why[2] if isinstance(why, tuple) else why
    report.outcome = "failed"
    report.longrepr = f"With CI=true nothing may be skipped or expected to fail: {why}"
    if hasattr(report, "wasxfail"):
        del report.wasxfail
