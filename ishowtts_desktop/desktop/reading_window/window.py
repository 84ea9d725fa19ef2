"""The window "Reading": pages of settings, a line to try them on, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ishowtts_desktop.desktop.banner import BannerArea
from ishowtts_desktop.desktop.feed import Problem, Remedy
from ishowtts_desktop.desktop.icons import app_icon
from ishowtts_desktop.desktop.placement import geometry_text, restore_geometry, show_in_front
from ishowtts_desktop.desktop.reading_window.casting_page import CastingPage
from ishowtts_desktop.desktop.reading_window.contents import Contents
from ishowtts_desktop.desktop.reading_window.desk import RuleDesk
from ishowtts_desktop.desktop.reading_window.exchange import RuleExchange
from ishowtts_desktop.desktop.reading_window.files import RuleDialogs
from ishowtts_desktop.desktop.reading_window.footer import Footer
from ishowtts_desktop.desktop.reading_window.gate_page import GatePage
from ishowtts_desktop.desktop.reading_window.import_offer import ImportOffer
from ishowtts_desktop.desktop.reading_window.load_page import LoadPage
from ishowtts_desktop.desktop.reading_window.people_page import PeoplePage
from ishowtts_desktop.desktop.reading_window.read_page import ReadPage
from ishowtts_desktop.desktop.reading_window.sayings_page import SayingsPage
from ishowtts_desktop.desktop.reading_window.try_line import TryLine
from ishowtts_desktop.desktop.reading_window.words_page import WordsPage
from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent

    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.reading_window.page import Page
    from ishowtts_desktop.desktop.reading_window.services import ReadingServices, RuleFiles
    from ishowtts_desktop.reading.conductor import ReaderState

WIDTH: Final = 46
HEIGHT: Final = 38
PROBLEM: Final = "rules"
SILENCE: Final = "silence"


class ReadingWindow(QWidget):
    """Works on the configuration of ``services``. Closing hides it; `leave` ends it for good.

    ``geometry`` is what `geometry_changed` told last. ``files`` asks for files in place of the
    desktop's own dialogs.
    """

    geometry_changed = Signal(str)

    def __init__(
        self, services: ReadingServices, geometry: str = "", files: RuleFiles | None = None
    ) -> None:
        super().__init__()
        self._services = services
        self._work = VoiceWork(self)
        self._desk = RuleDesk(services.config, services.change, self)
        self._people = PeoplePage(self._desk)
        self._sayings = SayingsPage(self._desk)
        self._casting = CastingPage(self._desk, services.voices)
        self.pages: tuple[Page, ...] = (
            ReadPage(self._desk),
            WordsPage(self._desk),
            self._people,
            self._sayings,
            LoadPage(self._desk),
            self._casting,
            GatePage(self._desk, services, self._work),
        )
        self._contents = Contents(self.pages)
        self._stack = QStackedWidget()
        self._banners = BannerArea()
        self._reader = services.reader()
        self._offer = ImportOffer()
        self._try = TryLine(services, self._work)
        self._footer = Footer(self._desk)
        self._exchange = RuleExchange(
            services.config, self._desk, files or RuleDialogs(self), self._work, self
        )
        self.setWindowIcon(app_icon())
        self._lay_out()
        self._wire()
        self._retranslate()
        self._restore(geometry)

    @Slot()
    def bring_to_front(self) -> None:
        """Show the window, above the others and with the focus."""
        show_in_front(self)

    @Slot()
    def follow(self) -> None:
        """Show what was changed elsewhere: by a command, or in the chat's menu."""
        self._desk.follow()
        self._people.show_muted(self._services.muted())

    @Slot()
    def show_voices(self) -> None:
        """Offer the voices that there are now."""
        self._casting.show_voices()

    @Slot()
    def leave(self) -> None:
        """Close for good."""
        self.close()
        self._work.close()

    def geometry_text(self) -> str:
        """Return the window's geometry, base64."""
        return geometry_text(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look anew at what is there."""
        super().showEvent(event)
        if not event.spontaneous():
            self.show_voices()
            self.follow()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Go out of sight, with everything told that was typed."""
        self.flush()
        self.geometry_changed.emit(self.geometry_text())
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def flush(self) -> None:
        """Take what was typed and not told yet."""
        for page in self.pages:
            page.flush()

    def _lay_out(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        middle = QHBoxLayout()
        middle.addWidget(self._contents)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.addWidget(self._banners)
        column.addWidget(self._offer)
        column.addLayout(middle, 1)
        column.addWidget(line)
        column.addWidget(self._try)
        column.addWidget(self._footer)

    def _wire(self) -> None:
        self._contents.page_chosen.connect(self._show_page)
        self._desk.changed.connect(self._try.take_settings)
        self._try.hear_requested.connect(self._say)
        self._sayings.hear_requested.connect(self._say)
        self._people.unmuted.connect(self._unmute)
        self._contents.import_requested.connect(self._exchange.import_rules)
        self._contents.export_requested.connect(self._exchange.export_rules)
        self._footer.close_requested.connect(self.close)
        self._services.reader_changed.connect(self._show_reader)
        self._banners.remedy_requested.connect(self._release)
        self._exchange.offered.connect(self._show_offer)
        self._exchange.told.connect(self._tell)
        self._exchange.failed.connect(self._fail)
        self._offer.accepted.connect(self._exchange.accept)
        self._desk.changed.connect(self._look_at_offer)
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self._undo),
            (QKeySequence.StandardKey.Redo, self._redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _restore(self, geometry: str) -> None:
        if not restore_geometry(self, geometry):
            em = self.fontMetrics().height()
            room = self.screen().availableSize() * 0.9
            self.resize(QSize(WIDTH * em, HEIGHT * em).boundedTo(room))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Reading"))
        self._tell_silence()

    @Slot(int)
    def _show_page(self, at: int) -> None:
        self.flush()
        self._stack.setCurrentIndex(at)

    @Slot()
    def _undo(self) -> None:
        self.flush()
        self._desk.undo()

    @Slot()
    def _redo(self) -> None:
        self.flush()
        self._desk.redo()

    @Slot(str)
    def _say(self, text: str) -> None:
        self._services.say(text)
        if self._reader.paused and not self._reader.panicked:
            self._footer.tell(self.tr("Paused: it is said when you resume."))

    @Slot(object)
    def _show_reader(self, state: ReaderState) -> None:
        before, self._reader = self._reader, state
        if state.panicked != before.panicked:
            self._tell_silence()
        if before.paused and not state.paused:
            self._footer.show_last()

    def _tell_silence(self) -> None:
        if self._reader.panicked:
            sentence = self.tr("Silenced. Nothing is said until you release it.")
            self._banners.raise_problem(Problem(SILENCE, sentence, remedy=Remedy.RELEASE))
        else:
            self._banners.solve(SILENCE)

    @Slot()
    def _release(self) -> None:
        self._services.release()

    @Slot(str)
    def _unmute(self, user: str) -> None:
        self._services.unmute(user)
        self._people.show_muted(self._services.muted())

    @Slot(str)
    def _show_offer(self, file: str) -> None:
        self._banners.solve(PROBLEM)
        self._offer.offer(file, self._pending)

    @Slot()
    def _look_at_offer(self) -> None:
        if self._exchange.pending:
            self._offer.refresh()
        else:
            self._offer.hide()

    def _pending(self) -> list[str]:
        """Say what each value would change; those that no page shows are left out."""
        told = (
            page.sum_up(key, self._desk.value(key), value)
            for key, value in self._exchange.pending.items()
            for page in self.pages
        )
        return [sentence for sentence in told if sentence]

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self._banners.solve(PROBLEM)
        self._footer.tell(sentence)

    @Slot(object)
    def _fail(self, problem: IshowttsError) -> None:
        self._offer.hide()
        self._banners.raise_problem(Problem(PROBLEM, problem.message, problem.advice))
