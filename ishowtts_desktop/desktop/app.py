"""Starts the tray application, once per user, and ends the process."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from ishowtts_desktop import __version__
from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.desktop.instance import InstanceServer
from ishowtts_desktop.desktop.instance_client import send, socket_path
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.system.process import restarted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.chat.source import ChatSource
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.desktop.application import Application
    from ishowtts_desktop.system.paths import Paths

SWITCH_SECONDS: Final = 0.0005
RESTART: Final = 1000  # more than any exit code of ours
APPLICATION_ID: Final = "io.github.ishowtts.Desktop"

_log = logging.getLogger(__name__)


def run_application(source: str = "", *, hidden: bool = False, born: float | None = None) -> int:
    """Run until the user quits; return the exit code. A second start shows the first instance.

    ``born`` is when the process began, by the monotonic clock: what start-up time is measured from.
    """
    from ishowtts_desktop.system.logs import setup_logging
    from ishowtts_desktop.system.paths import Paths

    paths = Paths.of_user()
    if show_running(paths, source):
        return 0
    logs = setup_logging(paths.logs, verbose=False)
    qt = make_qt()

    application: Application | None = None

    def answer(verb: str, arguments: list[str]) -> dict[str, Any]:
        if application is None:
            raise InstanceError("The application is still starting.", "Try again.")
        return application.dispatcher.run(verb, arguments)

    server = InstanceServer(socket_path(paths), answer)
    if not server.start():
        # It came up in the meantime, or it hangs: then its user is told.
        ask_running(paths, source)
        logs.close()
        return 0
    shell = Shell(born)
    shell.show(qt)
    application = build(paths, shell)
    # Not `quit`, which asks the window first: it would hide to the tray and stay.
    ask = application.ask_to_end
    application.commands.quit_requested.connect(lambda: ask(lambda: qt.exit(0)))
    application.commands.restart_requested.connect(lambda: ask(lambda: qt.exit(RESTART)))
    with quit_on_signals(lambda: qt.exit(0)):
        application.start(source, hidden=hidden)
        code = qt.exec()
    server.close()
    ended = application.shutdown()
    left = threads_left()
    if left:
        _log.warning("threads left at the end: %s", ", ".join(left))
    logs.close()
    if code == RESTART:
        restart()
    if not ended:
        # A part is inside a call that can't be interrupted; all that must be kept is written.
        sys.stdout.flush()
        os._exit(code)
    return code


def restart() -> None:
    """Put a new process in this one's place: same command line, same terminal, nothing kept.

    Whatever is still inside a call that can't be interrupted ends with this. Raises
    `InstanceError` when the program isn't there any more.
    """
    frozen = getattr(sys, "frozen", False)
    arguments = sys.argv[1:] if frozen else sys.orig_argv[1:]
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        command = [sys.executable, *arguments]  # our own command line
        os.execve(sys.executable, command, restarted())  # noqa: S606
    except OSError as error:
        raise InstanceError(
            f"{sys.executable} can't be started again: {error}.", "Start the application yourself."
        ) from error


def threads_left() -> list[str]:
    """Name the threads that still run beside the main one."""
    tasks = Path("/proc/self/task")
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    # A QThread that ran Python leaves a stand-in that never ends; the system knows what runs.
    return [t.name for t in others if not tasks.is_dir() or (tasks / str(t.native_id)).exists()]


def show_running(paths: Paths, source: str) -> bool:
    """Ask a running instance to show its window, and to read ``source``; False without one."""
    try:
        ask_running(paths, source)
    except InstanceError:
        return False
    return True


def ask_running(paths: Paths, source: str) -> None:
    """Do what `show_running` does; raises `InstanceError` when nobody answers."""
    if source:
        send("connect", [source], paths=paths)
    send("show", paths=paths)


def make_qt() -> QApplication:
    """Make Qt's application with our names, so that desktops group and find the windows."""
    # Painting crosses between C++ and Python hundreds of times a frame, and each crossing may wait
    # this long for a chat thread that is busy with a flood.
    sys.setswitchinterval(SWITCH_SECONDS)
    QApplication.setDesktopFileName(APPLICATION_ID)
    QApplication.setApplicationName("ishowtts-desktop")
    QApplication.setApplicationDisplayName("iShowTTS Desktop")
    QApplication.setApplicationVersion(__version__)
    qt = QApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    return qt


def build(
    paths: Paths, shell: Shell, make_source: Callable[[str, Clock], ChatSource] | None = None
) -> Application:
    """Put the application together from the user's configuration; see `Pipeline` for the rest."""
    from ishowtts_desktop.assembly import Pipeline, make_output, open_url
    from ishowtts_desktop.audio.inputs import SoundDevices
    from ishowtts_desktop.chat.emote_lists.lists import EmoteLists
    from ishowtts_desktop.core.clock import SystemClock
    from ishowtts_desktop.core.config_file import ConfigFile
    from ishowtts_desktop.desktop.application import Application
    from ishowtts_desktop.desktop.language import Language
    from ishowtts_desktop.engines import make_embedded
    from ishowtts_desktop.reading.chosen_voices import ChosenVoices
    from ishowtts_desktop.reading.history import History
    from ishowtts_desktop.voice_book import VoiceBook
    from ishowtts_desktop.voices.library import VoiceLibrary

    clock = SystemClock()
    config_file = ConfigFile(paths.config_file, clock)
    config, problem = config_file.load()
    qt = QApplication.instance()
    if qt is not None:
        Language(qt).install(config.window.language)
    history = History(paths.history_file, clock)
    devices = SoundDevices()
    output, engine = make_output(config, clock, devices=devices), make_embedded()
    # Opened in the background: another program may be at work on it.
    book = VoiceBook(VoiceLibrary(paths.voices), make_embedded)
    pipeline = Pipeline(
        config,
        output,
        engine,
        history,
        clock,
        make_source or open_url,
        book,
        emotes=EmoteLists(paths.cache / "emotes", clock),
        chosen=ChosenVoices(paths.chosen_voices_file),
        devices=devices,
    )
    application = Application(shell, config, config_file, pipeline, history, book, devices)
    if problem is not None:
        application.tell_config_problem(problem)
    return application


@contextlib.contextmanager
def quit_on_signals(leave: Callable[[], None]) -> Iterator[None]:
    """Call ``leave`` on the GUI thread for SIGINT, SIGTERM and SIGHUP.

    Qt's loop runs no Python while it waits, so the signal is brought in over a socket.
    """
    inner, outer = socket.socketpair()
    inner.setblocking(False)
    outer.setblocking(False)
    notifier = QSocketNotifier(inner.fileno(), QSocketNotifier.Type.Read)

    def take() -> None:
        with contextlib.suppress(BlockingIOError):
            inner.recv(64)
        leave()

    notifier.activated.connect(take)
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.signal(kind, lambda *_: None) for kind in kinds}
    descriptor = signal.set_wakeup_fd(outer.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(descriptor)
        for kind, handler in before.items():
            signal.signal(kind, handler)
        notifier.setEnabled(False)
        inner.close()
        outer.close()
