"""The composition root of the window's side: makes the parts, wires them, starts and ends them.

Start order: the shell with its tray icon, the window, the pipeline, so that something is visible at
once. End order: what lets commands in, chat, speech and sound, the engine thread, the files.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot

from ishowtts_desktop.core.errors import IshowttsError, VoiceError
from ishowtts_desktop.desktop.config_saver import ConfigSaver
from ishowtts_desktop.desktop.controller import SELECTION_PROBLEM, Controller
from ishowtts_desktop.desktop.engine_thread import EngineThread
from ishowtts_desktop.desktop.hotkeys import Hotkeys
from ishowtts_desktop.desktop.main_window import MainWindow
from ishowtts_desktop.desktop.news import ENGINE_PROBLEM, News
from ishowtts_desktop.desktop.people import People
from ishowtts_desktop.desktop.rule_import import RuleImport
from ishowtts_desktop.desktop.standing_notices import StandingNotices
from ishowtts_desktop.desktop.undo_offer import UndoOffer
from ishowtts_desktop.desktop.verbs import VerbDispatcher
from ishowtts_desktop.desktop.voice_notices import VoiceNotices
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.desktop.voice_watch import VoiceWatch
from ishowtts_desktop.desktop.windows import Windows
from ishowtts_desktop.system.selection import SelectionReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.assembly import Pipeline
    from ishowtts_desktop.audio.inputs import SoundDevices
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.config_file import ConfigFile, ConfigProblem
    from ishowtts_desktop.desktop.feed import Problem
    from ishowtts_desktop.desktop.shell import Shell
    from ishowtts_desktop.reading.history import History
    from ishowtts_desktop.voice_book import VoiceBook

ENGINE_JOIN_SECONDS: Final = 0.4
NO_TRAY_PATIENCE_MS: Final = 1500
TRAY_PROBLEM: Final = "tray"


class Application(QObject):
    """Everything that lives as long as the program. `start` it, then run Qt; `shutdown` after."""

    def __init__(
        self,
        shell: Shell,
        config: Config,
        config_file: ConfigFile,
        pipeline: Pipeline,
        history: History,
        book: VoiceBook,
        devices: SoundDevices,
    ) -> None:
        super().__init__()
        self._shell = shell
        self.feed, self.commands, self.tray = shell.feed, shell.commands, shell.tray
        self._config = config
        self._pipeline = pipeline
        self._history = history
        self._book = book
        self._voices = VoiceWatch(book, self._take_voices, self)
        self._problems: dict[str, str] = {}
        self._news = News(self.feed, pipeline.latency, self._voice)
        self._tray_patience = QTimer(self)
        self._tray_patience.setSingleShot(True)
        self._tray_patience.setInterval(NO_TRAY_PATIENCE_MS)
        self._tray_patience.timeout.connect(self._never_strand)
        self.window = MainWindow(self.feed, self.commands, config, lambda: self.tray.available)
        self._selection = SelectionReader()
        self._saver = ConfigSaver(config, config_file, self.feed.post_problem)
        self._notices = VoiceNotices(self.feed, self)
        self._standing = StandingNotices(self.feed, self.commands)
        self._threads = [EngineThread(work, name, self) for name, work in pipeline.works.items()]
        self._opening = EngineThread(self._open_library, "voices", self)
        self._threads.append(self._opening)
        self._controller = Controller(
            self.commands,
            pipeline,
            self.feed,
            config,
            book,
            self._take_config_change,
            self.window.selected_message,
            self._read_selection,
        )
        self._undo = UndoOffer(self.commands, self.feed)
        self._people = People(
            self.commands, pipeline.conductor, self._undo, config, self.window.name_of
        )
        self._people.muted_changed.connect(self.window.show_muted)
        self._windows = Windows(
            self.commands,
            self.feed,
            pipeline,
            book,
            devices,
            config,
            self._saver.schedule,
            self._people,
        )
        self._imports = RuleImport(self.commands, config, self._undo)
        self.dispatcher = VerbDispatcher(
            self.commands,
            self.status,
            self._voices.ids,
            self._imports.take,
            lambda: self._undo.can_undo,
        )
        self._hotkeys = Hotkeys(config.hotkeys, self.dispatcher, self.feed, self)
        self._wire()

    def start(self, source: str = "", *, hidden: bool = False) -> None:
        """Show the window unless it shall stay ``hidden``, and read ``source`` or the last one."""
        first = not self._config.window.welcomed
        if not hidden or first:
            self.window.show()
        self._tray_patience.start()
        self._config.window.welcomed = True
        self._saver.schedule()
        QTimer.singleShot(0, lambda: self._begin(source or self._config.source.url))

    def tell_config_problem(self, problem: ConfigProblem) -> None:
        """Show what was wrong with the configuration."""
        self.feed.post_problem(IshowttsError(problem.message, problem.advice), "config")

    def ask_to_end(self, then: Callable[[], object]) -> None:
        """Call ``then`` when nothing that the user made would be lost; asked twice, it would."""
        self._windows.ask_to_close(then)

    def status(self) -> dict[str, Any]:
        """Return what ``ctl status`` tells."""
        startup = self._shell.startup_seconds
        return {
            **self._news.status(self._pipeline.conductor.state),
            "source": self._pipeline.url,
            "queue_age_seconds": round(self._pipeline.queue_age, 2),
            "muted": list(self._people.muted),
            "problems": list(self._problems.values()),
            "sound": self._pipeline.sounding,
            "volume": self._config.audio.volume,
            **self._voice().as_json(),
            "tray": self.tray.available,
            "window": self.window.isVisible(),
            "startup_ms": None if startup is None else round(startup * 1000),
        }

    def shutdown(self) -> bool:
        """End everything within two seconds; False when a part of it is still at work."""
        self._hotkeys.stop()
        self._tray_patience.stop()
        self._windows.close()
        self.window.leave()
        self.tray.close()
        self.feed.close()
        ended = self._pipeline.shutdown()
        deadline = time.monotonic() + ENGINE_JOIN_SECONDS
        for thread in self._threads:
            ended = thread.join(max(0.0, deadline - time.monotonic())) and ended
        self._selection.close()
        self._saver.close()
        # Not left to Python's end: a window that outlives QApplication takes the process down.
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return ended

    def _wire(self) -> None:
        pipeline = self._pipeline
        self._news.watch(pipeline)
        for thread in self._threads:
            thread.failed.connect(self._tell_engine_failed)
        self.feed.problem_raised.connect(self._note_problem)
        self.feed.problem_solved.connect(self._forget_problem)
        self.commands.show_requested.connect(self.window.bring_to_front)
        for show in (self.window.show_volume, self.tray.show_volume):
            self.commands.volume_requested.connect(show)
        for show in (self.tray.show_volume, self._standing.show_volume):
            show(self._config.audio.volume)
        self.window.geometry_changed.connect(self._remember_geometry)
        self.window.hidden_to_tray.connect(self._hint_once)
        self._windows.download_changed.connect(self.tray.show_download)
        self.tray.availability_changed.connect(self._take_tray)

    def _begin(self, source: str) -> None:
        self.feed.post_reader(self._pipeline.conductor.state)
        self._opening.finished.connect(self._voices.look)
        self._voices.look()
        self._take_voices()
        self._pipeline.start()
        self._hotkeys.start()
        if source:
            self.window.show_source(source)
            self.commands.connect_source(source)
        problem = self._history.open()
        if problem is not None:
            self.feed.post_problem(problem, "history")
        for thread in self._threads:
            thread.start()

    @Slot(object)
    def _note_problem(self, problem: Problem) -> None:
        if problem.calm:
            self._problems.pop(problem.key, None)
        else:
            self._problems[problem.key] = f"{problem.message} {problem.advice}".strip()

    @Slot(str)
    def _forget_problem(self, key: str) -> None:
        self._problems.pop(key, None)

    @Slot(bool)
    def _take_tray(self, available: bool) -> None:
        if available:
            self.feed.post_solved(TRAY_PROBLEM)
        else:
            self.window.bring_to_front()
            self._never_strand()

    @Slot()
    def _never_strand(self) -> None:
        if self.tray.available:
            return
        self.window.show()
        problem = IshowttsError(
            self.tr("This desktop shows no tray icons."),
            self.tr("Closing the window ends the application. GNOME: install AppIndicator."),
        )
        self.feed.post_problem(problem, TRAY_PROBLEM)

    @Slot()
    def _hint_once(self) -> None:
        if not self._config.window.hinted:
            self._config.window.hinted = True
            self._saver.schedule()
            self.tray.show_hint()

    @Slot(str)
    def _remember_geometry(self, geometry: str) -> None:
        self._config.window.geometry = geometry
        self._saver.schedule()

    @Slot(str)
    def _tell_engine_failed(self, what: str) -> None:
        error = IshowttsError(f"Speech stopped: {what}.", "Start the application again.")
        self.feed.post_problem(error, ENGINE_PROBLEM)

    def _take_config_change(self) -> None:
        self._saver.schedule()
        self.feed.post_voice(self._voice())

    def _take_voices(self) -> None:
        self._controller.check_voice(self._voices.ids())
        self.feed.post_voice(self._voice())

    def _read_selection(self) -> None:
        self._selection.read(self._say_selection, self._tell_selection_problem)

    # What follows is called on the pipeline's threads, too.

    def _open_library(self) -> None:
        # Another program may hold the library's lock for a while.
        library = self._book.library
        for problem in () if library is None else library.open():
            error = VoiceError(problem.message, problem.advice)
            self.feed.post_problem(error, f"voice {problem.id}")

    def _voice(self) -> VoiceState:
        host = self._pipeline.host
        return VoiceState.of(self._config.speech, host.state, self._voices.cloned, host.phrases)

    def _say_selection(self, text: str) -> None:
        if text.strip():
            self.feed.post_solved(SELECTION_PROBLEM)
            self._pipeline.conductor.say(text)
        else:
            advice = "Select a message in the list, or text anywhere."
            self._tell_selection_problem(IshowttsError("Nothing is selected.", advice))

    def _tell_selection_problem(self, problem: IshowttsError) -> None:
        self.feed.post_problem(problem, SELECTION_PROBLEM)
