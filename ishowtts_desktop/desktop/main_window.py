"""The main window: puts the parts together and wires them to the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QInputDialog,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.core.messages import Phase
from ishowtts_desktop.core.reading_config import PrivateConfig, RulesConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.desktop.banner import BannerArea
from ishowtts_desktop.desktop.chat_model import ChatModel
from ishowtts_desktop.desktop.chat_view import ChatView
from ishowtts_desktop.desktop.empty_state import EmptyState
from ishowtts_desktop.desktop.feed import Problem, Remedy
from ishowtts_desktop.desktop.header import Header
from ishowtts_desktop.desktop.icons import app_icon
from ishowtts_desktop.desktop.message_menu import MessageMenus
from ishowtts_desktop.desktop.more_menu import MoreMenu
from ishowtts_desktop.desktop.placement import geometry_text, restore_geometry, show_in_front
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_bar import ReadingBar
from ishowtts_desktop.desktop.say_bar import SayBar
from ishowtts_desktop.desktop.status_bar import StatusBar
from ishowtts_desktop.desktop.voice_menu import VoiceMenu
from ishowtts_desktop.reading.rules.words import WordFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QCloseEvent

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.messages import ChatMessage, ConnectionState
    from ishowtts_desktop.core.section import Section
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.chat_model import ChatRow
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.reading.conductor import ReaderState

DEMO_SOURCE = "demo://"
SILENCE_NOTICE = "silence"


class MainWindow(QMainWindow):
    """Shows what ``feed`` tells and asks ``commands`` for what the user wants.

    ``config`` gives the first values and isn't written to: what the window wants remembered it
    tells by `geometry_changed`. ``tray_visible`` answers whether closing may hide the window.
    """

    geometry_changed = Signal(str)
    hidden_to_tray = Signal()

    def __init__(
        self,
        feed: ChatFeed,
        commands: Commands,
        config: Config,
        tray_visible: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._commands = commands
        self._tray_visible = tray_visible
        self._leaving = False
        self._header = Header(config.source.recent, config.source.url)
        self._voices = VoiceMenu(feed, commands, self)
        self._reading_bar = ReadingBar(
            config.audio.volume,
            self._voices,
            MoreMenu(feed, commands, self),
            reading=config.reading.reading,
        )
        self._banners = BannerArea()
        self._model = ChatModel(self)
        self._chat = ChatView(self._model)
        self._menus = MessageMenus(commands, feed, config, self)
        self._panicked = False
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._say_bar = SayBar()
        self._status = StatusBar()
        self._status.show_volume(config.audio.volume)
        self.setWindowIcon(app_icon())
        self._lay_out()
        self._listen(feed)
        self._wire(commands)
        self._retranslate()
        self._restore(config.window.geometry)
        self._hide_names(config.private)

    @property
    def silenced(self) -> bool:
        """Whether the window says that everything is silenced."""
        return SILENCE_NOTICE in self._banners.keys

    def selected_message(self) -> ChatMessage | None:
        """Return the message that is selected in the chat, or None."""
        return self._chat.selected_message()

    def name_of(self, login: str) -> str:
        """Return the name that the chat shows for this login or name; itself when it shows none."""
        return self._model.shown_name(login) or login

    def geometry_text(self) -> str:
        """Return the window's geometry, base64, for `WindowConfig.geometry`."""
        return geometry_text(self)

    @Slot()
    def bring_to_front(self) -> None:
        """Show the window, above the others and with the focus."""
        show_in_front(self)

    @Slot()
    def leave(self) -> None:
        """Close for good, without hiding to the tray."""
        self._leaving = True
        self.close()

    @Slot(list)
    def show_recent(self, recent: list[str]) -> None:
        """Offer these sources in the channel field."""
        self._header.show_recent(recent)

    @Slot(str)
    def show_source(self, source: str) -> None:
        """Put a source into the channel field."""
        self._header.show_source(source)

    @Slot(object)
    def show_muted(self, users: tuple[str, ...]) -> None:
        """Offer to let these back in, who are muted now."""
        self._menus.show_muted(users)

    @Slot(float)
    def show_volume(self, volume: float) -> None:
        """Show a volume that was set elsewhere."""
        self._reading_bar.show_volume(volume)
        self._status.show_volume(volume)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Hide to the tray where there is one, else end the application."""
        self.geometry_changed.emit(self.geometry_text())
        if self._leaving:
            event.accept()
        elif self._tray_visible():
            event.ignore()
            self.hide()
            self.hidden_to_tray.emit()
        else:
            event.accept()
            self._commands.quit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _lay_out(self) -> None:
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._chat)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(self._header)
        column.addWidget(self._reading_bar)
        column.addWidget(self._banners)
        column.addWidget(self._stack, 1)
        column.addWidget(self._say_bar)
        self.setCentralWidget(page)
        self.setStatusBar(self._status)

    def _listen(self, feed: ChatFeed) -> None:
        feed.rows_expired.connect(self._model.expire)
        feed.rows_changed.connect(self._model.apply)
        feed.connection_changed.connect(self._show_connection)
        feed.reader_changed.connect(self._reading_bar.show_reader)
        feed.reader_changed.connect(self._status.show_reader)
        feed.reader_changed.connect(self._show_silence)
        feed.latency_changed.connect(self._status.show_latency)
        feed.voice_changed.connect(self._status.show_voice)
        feed.problem_raised.connect(self._banners.raise_problem)
        feed.problem_solved.connect(self._banners.solve)
        # Who closes a banner has seen it: the tray must not go on pointing here.
        self._banners.dismissed.connect(feed.post_solved)
        self._model.rowsInserted.connect(self._choose_page)
        self._model.modelReset.connect(self._choose_page)

    def _wire(self, commands: Commands) -> None:
        self._header.connect_requested.connect(commands.connect_source)
        self._header.disconnect_requested.connect(commands.disconnect_source)
        self._reading_bar.reading_toggled.connect(commands.reading_requested)
        self._reading_bar.pause_toggled.connect(commands.pause_requested)
        self._reading_bar.skip_requested.connect(commands.skip)
        self._reading_bar.clear_requested.connect(commands.clear)
        self._reading_bar.panic_requested.connect(commands.panic)
        self._reading_bar.volume_changed.connect(commands.set_volume)
        self._banners.remedy_requested.connect(self._help)
        self._say_bar.say_requested.connect(commands.say)
        commands.model_choice_requested.connect(self._choose_model)
        self._chat.read_requested.connect(commands.read_message)
        self._chat.say_requested.connect(commands.say)
        self._chat.mute_requested.connect(self._menus.toggle_mute)
        self._chat.block_requested.connect(self._menus.toggle_block)
        self._chat.undo_requested.connect(commands.undo)
        commands.reading_changed.connect(self._follow_rules)
        self._chat.menu_requested.connect(self._open_menu)
        self._menus.nickname_wanted.connect(self._ask_nickname)
        self._empty.channel_requested.connect(self._header.focus_channel)
        self._empty.voice_requested.connect(commands.hear_voice)
        self._empty.demo_requested.connect(self._try_demo)

    def _restore(self, geometry: str) -> None:
        if not restore_geometry(self, geometry):
            em = self.fontMetrics().height()
            self.resize(60 * em, 46 * em)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("iShowTTS Desktop"))
        self._tell_silence()

    @Slot(object)
    def _follow_rules(self, sections: Mapping[str, Section]) -> None:
        private = sections.get("private")
        if isinstance(private, PrivateConfig):
            self._hide_names(private)

    def _hide_names(self, private: PrivateConfig) -> None:
        words = WordFilter(RulesConfig(), private)
        self._model.hide_names(lambda name: words.reason_for(name) is Reason.PRIVATE_WORD)

    @Slot(object)
    def _show_connection(self, state: ConnectionState) -> None:
        self._header.show_connection(state)
        connected = state.phase is Phase.CONNECTED
        self._empty.show_channel(plain(state.channel, 80) if connected else "")

    @Slot(object)
    def _show_silence(self, state: ReaderState) -> None:
        if state.panicked != self._panicked:
            self._panicked = state.panicked
            self._tell_silence()

    def _tell_silence(self) -> None:
        if not self._panicked:
            self._banners.solve(SILENCE_NOTICE)
            return
        sentence = self.tr("Silenced. Nothing is said until you release it.")
        problem = Problem(SILENCE_NOTICE, sentence, remedy=Remedy.RELEASE)
        self._banners.raise_problem(problem)

    @Slot(object)
    def _help(self, remedy: Remedy) -> None:
        commands = self._commands
        slots = {
            Remedy.RESTART: commands.restart,
            Remedy.RELEASE: commands.release,
            Remedy.RESUME: commands.resume,
            Remedy.UNDO: commands.undo,
        }
        slots[remedy]()

    @Slot(object, str, QPoint)
    def _open_menu(self, row: ChatRow, name: str, place: QPoint) -> None:
        menu = self._menus.menu_for(row, name, self._chat)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    @Slot(str, str)
    def _ask_nickname(self, login: str, name: str) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Nickname"))
        asked = self.tr("What is {name} called when a message is read? Empty for the name itself.")
        dialog.setLabelText(asked.replace("{name}", plain(name, 40)))
        label: QLabel
        for label in dialog.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a name is no markup
        dialog.setTextValue(self._menus.nickname_of(login))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(lambda text: self._commands.give_nickname(login, text))
        dialog.open()

    @Slot()
    def _choose_page(self) -> None:
        self._stack.setCurrentWidget(self._chat if self._model.rowCount() else self._empty)

    @Slot()
    def _choose_model(self) -> None:
        # The tray may ask for it while the window is hidden, and its dialog with it.
        self.bring_to_front()
        dialog = QFileDialog(self, self.tr("The folder of the F5 model"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._commands.use_model)
        dialog.open()

    @Slot()
    def _try_demo(self) -> None:
        self._header.show_source(DEMO_SOURCE)
        self._commands.connect_source(DEMO_SOURCE)
