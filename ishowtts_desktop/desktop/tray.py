"""The tray icon: what the application does, by shape, and everything it can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ishowtts_desktop.core.messages import Phase
from ishowtts_desktop.desktop.icons import TrayState, tray_icon
from ishowtts_desktop.desktop.mute_action import MuteAction
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.sentences import phase_sentence, voice_sentence
from ishowtts_desktop.desktop.voice_menu import VoiceMenu

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.messages import ConnectionState
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed, Problem
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.reading.conductor import ReaderState

POLL_MS: Final = 3000


class Tray(QObject):
    """Listens to ``feed``, asks ``commands``. The tray itself may come late, and go."""

    availability_changed = Signal(bool)

    def __init__(
        self,
        feed: ChatFeed,
        commands: Commands,
        parent: QObject | None = None,
        *,
        poll_ms: int = POLL_MS,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._reader: ReaderState | None = None
        self._connection: ConnectionState | None = None
        self._voice: VoiceState | None = None
        self._download = ""
        self._silent = False
        self._problems: set[str] = set()
        self._icons = {state: tray_icon(state) for state in TrayState}
        self._state = TrayState.IDLE
        self._icon = QSystemTrayIcon(self._icons[self._state], self)
        self._menu = QMenu()
        self._voices = VoiceMenu(feed, commands, self._menu)
        self._build_menu(feed, commands)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activate)
        self._icon.messageClicked.connect(commands.show_window)
        feed.reader_changed.connect(self._show_reader)
        feed.connection_changed.connect(self._show_connection)
        feed.voice_changed.connect(self._show_voice)
        feed.problem_raised.connect(self._note_problem)
        feed.problem_solved.connect(self._forget_problem)
        self._available = False
        self._timer = QTimer(self)
        self._timer.setInterval(poll_ms)
        self._timer.timeout.connect(self._look_for_tray)
        # The tray has no widget that would be told of a change of language.
        QGuiApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._update()

    @property
    def available(self) -> bool:
        """Whether the user can see the icon."""
        return self._available

    @property
    def state(self) -> TrayState:
        """What the icon tells."""
        return self._state

    @property
    def menu(self) -> QMenu:
        """The menu, built once."""
        return self._menu

    @Slot()
    def start(self) -> None:
        """Show the icon as soon as there is a tray, and again whenever one comes back."""
        self._look_for_tray()
        self._timer.start()

    @Slot()
    def close(self) -> None:
        """Take the icon away."""
        self._timer.stop()
        app = QGuiApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._icon.hide()
        self._menu.deleteLater()

    @Slot(str)
    def show_download(self, sentence: str) -> None:
        """Show how far a download is; empty when there is none."""
        self._download = sentence
        self._update()

    @Slot(float)
    def show_volume(self, volume: float) -> None:
        """Take note of the volume, 0..1: at 0 it is told that nothing can be heard."""
        self._silent = round(volume * 100) == 0
        self._update()

    @Slot()
    def show_hint(self) -> None:
        """Say once where the window went."""
        self._icon.showMessage(
            self.tr("Still reading"),
            self.tr("iShowTTS Desktop is in the tray. Quit it from the menu there."),
            self._icons[TrayState.READING],
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        if event.type() is QEvent.Type.LanguageChange and watched is QGuiApplication.instance():
            self._update()
        return False

    def _build_menu(self, feed: ChatFeed, commands: Commands) -> None:
        self._status = self._menu.addAction("")
        self._status.setEnabled(False)
        self._speaker = self._menu.addAction("")
        self._speaker.setEnabled(False)
        self._speaker.setVisible(False)
        self._menu.addSeparator()
        self._toggle = self._add(self._toggle_reading)
        self._pause = self._add(self._toggle_pause)
        self._skip = self._add(commands.skip)
        self._clear = self._add(commands.clear)
        self._panic = self._add(commands.panic)
        self._release = self._add(commands.release)
        self._menu.addSeparator()
        self._replay = self._add(commands.replay)
        self._read = self._add(commands.read_selected)
        self._mute = MuteAction(feed, commands, self._menu)
        self._menu.addAction(self._mute)
        self._menu.addSeparator()
        self._menu.addMenu(self._voices)
        self._rules = self._add(commands.manage_reading)
        self._show = self._add(commands.show_window)
        self._quit = self._add(commands.quit)

    def _add(self, slot: Callable[[], None]) -> QAction:
        action = self._menu.addAction("")
        action.triggered.connect(slot)
        return action

    def _update(self) -> None:
        reader = self._reader
        reading = reader is not None and reader.reading
        paused = reader is not None and reader.paused
        self._toggle.setText(self.tr("S&top reading") if reading else self.tr("S&tart reading"))
        self._pause.setText(self.tr("&Resume") if paused else self.tr("&Pause"))
        self._skip.setText(self.tr("&Skip"))
        self._skip.setEnabled(reader is not None and reader.speaking is not None)
        self._clear.setText(self.tr("&Clear queue"))
        self._clear.setEnabled(reader is not None and reader.queued > 0)
        panicked = reader is not None and reader.panicked
        self._panic.setText(self.tr("Si&lence now"))
        self._panic.setVisible(not panicked)
        self._release.setText(self.tr("Re&lease: speak again"))
        self._release.setVisible(panicked)
        self._replay.setText(self.tr("Say the last &again"))
        self._read.setText(self.tr("&Read selected message"))
        self._mute.retranslate()
        self._rules.setText(self.tr("Readin&g rules..."))
        self._show.setText(self.tr("Show &window"))
        self._quit.setText(self.tr("&Quit"))
        status = self._sentence()
        self._status.setText(status.replace("&", "&&"))
        told = [self.tr("iShowTTS Desktop: {status}").format(status=status)]
        speaker = self._download
        if self._silent:
            speaker = self.tr("The volume is 0: nothing can be heard")
            told.append(speaker)
        # Not every desktop shows the tip; the menu is everywhere.
        if self._voice is not None:
            sentence = voice_sentence(self._voice)
            told.append(sentence)
            speaker = speaker or sentence[:1].upper() + sentence[1:]
        self._speaker.setText(speaker.replace("&", "&&"))
        self._speaker.setVisible(bool(speaker))
        self._icon.setToolTip("\n".join([*told, *filter(None, [self._download])]))
        state = self._choose_state()
        if state is not self._state:
            self._state = state
            self._icon.setIcon(self._icons[state])

    def _choose_state(self) -> TrayState:
        reader = self._reader
        if reader is not None and reader.panicked:
            return TrayState.SILENCED
        # What the streamer did comes before what happened: it explains the silence.
        if reader is not None and reader.paused:
            return TrayState.PAUSED
        failed = self._connection is not None and self._connection.phase is Phase.FAILED
        if failed or self._problems:
            return TrayState.ERROR
        if reader is None:
            return TrayState.IDLE
        if reader.speaking is not None:
            return TrayState.SPEAKING
        return TrayState.READING if reader.reading else TrayState.IDLE

    def _sentence(self) -> str:
        where = phase_sentence(self._connection)
        channel = "" if self._connection is None else plain(self._connection.channel, 40)
        where = f"{where}: {channel}" if channel else where
        state = self._choose_state()
        if state is TrayState.READING and self._reader is not None and self._reader.held:
            return f"{where}, {self.tr('held while you talk')}"
        words = {
            TrayState.SILENCED: self.tr("silenced"),
            TrayState.PAUSED: self.tr("paused"),
            TrayState.SPEAKING: self.tr("speaking"),
            TrayState.READING: self.tr("reading"),
            TrayState.IDLE: self.tr("not reading"),
            TrayState.ERROR: self.tr("something is wrong, see the window"),
        }
        return f"{where}, {words[state]}"

    @Slot(object)
    def _show_reader(self, state: ReaderState) -> None:
        self._reader = state
        self._update()

    @Slot(object)
    def _show_connection(self, state: ConnectionState) -> None:
        self._connection = state
        self._update()

    @Slot(object)
    def _show_voice(self, voice: VoiceState) -> None:
        self._voice = voice
        self._update()

    @Slot(object)
    def _note_problem(self, problem: Problem) -> None:
        # One without a key of its own is never told to be solved.
        if problem.calm:
            self._problems.discard(problem.key)
        elif problem.key != problem.message:
            self._problems.add(problem.key)
        self._update()

    @Slot(str)
    def _forget_problem(self, key: str) -> None:
        self._problems.discard(key)
        self._update()

    @Slot()
    def _toggle_reading(self) -> None:
        self._commands.reading_requested.emit(self._reader is None or not self._reader.reading)

    @Slot()
    def _toggle_pause(self) -> None:
        self._commands.pause_requested.emit(self._reader is None or not self._reader.paused)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        reasons = QSystemTrayIcon.ActivationReason
        if reason in (reasons.Trigger, reasons.DoubleClick):
            self._commands.show_window()

    @Slot()
    def _look_for_tray(self) -> None:
        available = QSystemTrayIcon.isSystemTrayAvailable()
        if available == self._available:
            return
        self._available = available
        # Made anew: a host that came back doesn't know the old one.
        self._icon.setVisible(False)
        self._icon.setVisible(available)
        self.availability_changed.emit(available)
