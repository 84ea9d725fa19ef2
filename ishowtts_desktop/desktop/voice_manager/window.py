"""The window where voices are made, tried, changed and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.banner import BannerArea
from ishowtts_desktop.desktop.feed import Problem
from ishowtts_desktop.desktop.icons import app_icon
from ishowtts_desktop.desktop.placement import geometry_text, restore_geometry, show_in_front
from ishowtts_desktop.desktop.voice_manager.actions import VoiceActions
from ishowtts_desktop.desktop.voice_manager.busy_line import BusyLine
from ishowtts_desktop.desktop.voice_manager.desk import VoiceDesk
from ishowtts_desktop.desktop.voice_manager.editor import VoiceEditor
from ishowtts_desktop.desktop.voice_manager.empty import VoiceEmpty
from ishowtts_desktop.desktop.voice_manager.engine_line import EngineLine
from ishowtts_desktop.desktop.voice_manager.keeper import VoiceKeeper
from ishowtts_desktop.desktop.voice_manager.page import VoicePage
from ishowtts_desktop.desktop.voice_manager.trial import VoiceTrial
from ishowtts_desktop.desktop.voice_manager.undo_bar import UndoBar
from ishowtts_desktop.desktop.voice_manager.unsaved import UnsavedGuard
from ishowtts_desktop.desktop.voice_manager.voice_list import VoiceList
from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
from ishowtts_desktop.speech.hosted import HostPhase

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent

    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.voice_manager.services import VoiceServices
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.voices.shelf import VoiceProblem
    from ishowtts_desktop.voices.voice import Voice

PROBLEM: Final = "voices"
BROKEN: Final = "broken-voices"


class VoiceManager(QMainWindow):
    """Shows the library of ``services`` and works on it.

    Closing hides it, after a question where something isn't saved; `leave` ends it for good.
    ``geometry`` is what `geometry_changed` told last. ``models_requested`` and ``f5_requested`` ask
    for what makes a cloned voice heard.
    """

    geometry_changed = Signal(str)
    models_requested = Signal()
    f5_requested = Signal()

    def __init__(
        self, services: VoiceServices, geometry: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._leaving = False
        self._work = VoiceWork(self)
        self._actions = VoiceActions(self)
        self._list = VoiceList()
        others = QMenu(self)
        self._editor = VoiceEditor(others)
        self._desk = VoiceDesk(self._editor, services, self._work)
        self._guard = UnsavedGuard(self._desk, self)
        self._keeper = VoiceKeeper(services, self._work, self._desk, self._guard, self)
        self._trial = VoiceTrial()
        self._engine = EngineLine()
        self._page = VoicePage(self._editor, self._engine, self._trial)
        self._empty = VoiceEmpty()
        self._banners = BannerArea()
        self._busy = BusyLine(self._work)
        self._undo = UndoBar()
        self._stack = QStackedWidget()
        self._new = QPushButton()
        self._new.setMenu(self._actions.new_menu(self))
        self._import = QPushButton()
        self._other_file = others.addAction("")
        self._other_recording = others.addAction("")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self._lay_out()
        self._wire()
        self._retranslate()
        self._restore(geometry)
        self._show_draft()

    @property
    def unsaved(self) -> bool:
        """Whether `leave` would lose something."""
        return self._desk.changed or self._keeper.intake.unsaved

    def geometry_text(self) -> str:
        """Return the window's geometry, base64."""
        return geometry_text(self)

    @Slot()
    def bring_to_front(self) -> None:
        """Show the window, above the others and with the focus."""
        show_in_front(self)

    @Slot(str)
    def show_used(self, voice_id: str) -> None:
        """Say which voice was chosen to read chat."""
        self._list.show_used(voice_id)

    @Slot(object)
    def show_engine(self, voice: VoiceState) -> None:
        """Say what is heard: unless the F5 engine is ready it isn't the cloned voice."""
        self._engine.show_engine(voice)
        self._list.show_ready(ready=voice.host.phase is HostPhase.READY)

    @Slot()
    def look(self) -> None:
        """See what another program did to the library."""
        if self.isVisible():
            self._keeper.refresh()

    def ask_to_leave(self, then: Callable[[], object], stay: Callable[[], object]) -> None:
        """Call ``then`` when nothing would be lost by `leave`, after a question if need be.

        ``stay`` is called when the user thinks again.
        """
        if self.unsaved:
            self.bring_to_front()
        self._keeper.intake.ask_to_close(lambda: self._guard.ask(then, stay), stay)

    @Slot()
    def leave(self) -> None:
        """Close for good: what isn't saved is lost, what is being saved is waited for."""
        self._leaving = True
        self.close()
        self._keeper.close()
        self._desk.close()
        self._work.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Hide, after asking where something isn't saved."""
        self.geometry_changed.emit(self.geometry_text())
        if self._leaving or not self.unsaved:
            self._desk.quiet()
            event.accept()
        else:
            event.ignore()
            self._keeper.intake.ask_to_close(lambda: self._guard.ask(self.close))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the library anew."""
        super().showEvent(event)
        if self._desk.draft is None:
            self._empty.focus_first()
        self._keeper.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language; look at the library anew when the user comes back."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._keeper.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Make a voice of a sound file, or import one that was exported."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._keeper.take_dropped(paths)

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self.menuBar().addMenu(self._actions)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        buttons = QHBoxLayout()
        for button in (self._new, self._import):
            button.setAutoDefault(False)
            buttons.addWidget(button, 1)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._page)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(self._stack)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(em // 2)
        splitter.setSizes([14 * em, 40 * em])
        whole = QWidget()
        frame = QVBoxLayout(whole)
        frame.addWidget(self._busy)
        frame.addWidget(self._banners)
        frame.addWidget(self._undo)
        frame.addWidget(splitter, 1)
        self.setCentralWidget(whole)

    def _wire(self) -> None:
        actions, keeper = self._actions, self._keeper
        actions.file_requested.connect(keeper.new_from_file)
        actions.recording_requested.connect(keeper.new_by_recording)
        actions.import_requested.connect(keeper.import_voice)
        actions.rename_requested.connect(self._editor.focus_name)
        actions.copy_requested.connect(keeper.copy)
        actions.export_requested.connect(keeper.export)
        actions.remove_requested.connect(keeper.remove)
        actions.restore_requested.connect(keeper.changes.restore_last)
        actions.find_requested.connect(self._list.focus_search)
        actions.save_requested.connect(self._save_draft)
        actions.close_requested.connect(self.close)
        self._empty.file_requested.connect(keeper.new_from_file)
        self._empty.recording_requested.connect(keeper.new_by_recording)
        self._import.clicked.connect(keeper.import_voice)
        self._other_file.triggered.connect(keeper.replace_from_file)
        self._other_recording.triggered.connect(keeper.replace_by_recording)
        self._list.add_shortcut(actions.remove)
        self._list.picked.connect(keeper.pick)
        self._list.menu_requested.connect(self._show_menu)
        keeper.rows_changed.connect(self._show_rows)
        keeper.changes.removed.connect(self._offer_undo)
        keeper.told.connect(self._tell)
        keeper.failed.connect(self._fail)
        keeper.complained.connect(self._complain)
        keeper.opened.connect(self._note_opened)
        keeper.made.connect(self._editor.focus_name)
        self._undo.undo_requested.connect(keeper.changes.restore)
        self._desk.draft_changed.connect(self._show_draft)
        self._desk.failed.connect(self._fail)
        self._desk.solved.connect(self._solve)
        self._trial.own_requested.connect(self._desk.say)
        self._trial.other_requested.connect(self._services.speak)
        self._trial.swap_requested.connect(self._swap)
        self._engine.models_requested.connect(self.models_requested)
        self._engine.f5_requested.connect(self.f5_requested)
        self._page.use_requested.connect(keeper.use)
        self._page.revert_requested.connect(self._revert_draft)
        self._page.save_requested.connect(self._save_draft)

    def _restore(self, geometry: str) -> None:
        if not restore_geometry(self, geometry):
            em = self.fontMetrics().height()
            self.resize(QSize(58 * em, 46 * em).boundedTo(self.screen().availableSize() * 0.9))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Voices") + "[*]")
        self._new.setText(self.tr("&New voice"))
        self._import.setText(self.tr("&Import..."))
        self._import.setAccessibleDescription(self.tr("Adds a voice that was exported"))
        self._other_file.setText(self.tr("From a &file..."))
        self._other_recording.setText(self.tr("&Record..."))

    @Slot()
    def _show_draft(self) -> None:
        draft, changed = self._desk.draft, self._desk.changed
        page = 0 if draft is None else 1
        if page != self._stack.currentIndex():
            self._list.focus_list()  # before the page with the focus is hidden
            self._stack.setCurrentIndex(page)
            if draft is None:
                self._empty.focus_first()
        self._actions.show_draft(draft)
        self._page.show_draft(draft)
        self.setWindowModified(changed)
        self._keeper.show_rows()
        if draft is not None:
            self._trial.offer_sentence(draft.voice.language)

    @Slot()
    def _show_rows(self) -> None:
        self._list.show_rows(self._keeper.rows, self._keeper.current)
        self._offer_others()

    def _offer_others(self) -> None:
        voices = [row.voice for row in self._keeper.rows if not row.unsaved]
        self._trial.show_voices(voices, self._keeper.current)

    @Slot(object, str)
    def _offer_undo(self, voice: Voice, token: str) -> None:
        self._undo.show_removed(token, voice.name)

    @Slot(object)
    def _show_menu(self, where: QPoint) -> None:
        menu = self._actions.voice_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    @Slot()
    def _revert_draft(self) -> None:
        self._desk.revert(self._list.focus_list)

    @Slot()
    def _save_draft(self) -> None:
        self._desk.save()

    @Slot(str)
    def _swap(self, voice_id: str) -> None:
        before = self._keeper.current
        self._keeper.pick(voice_id, lambda: self._trial.pick_other(before))

    @Slot(str)
    def _note_opened(self, voice_id: str) -> None:
        self._list.mark(voice_id)
        self._offer_others()
        self._solve()

    @Slot(object)
    def _fail(self, problem: IshowttsError) -> None:
        self._banners.raise_problem(Problem(PROBLEM, problem.message, problem.advice))

    @Slot(object)
    def _complain(self, broken: tuple[VoiceProblem, ...]) -> None:
        self._banners.solve(BROKEN)
        for problem in broken[:1]:
            self._banners.raise_problem(Problem(BROKEN, problem.message, problem.advice))

    @Slot(str, str)
    def _tell(self, message: str, advice: str) -> None:
        self._banners.raise_problem(Problem(PROBLEM, message, advice, calm=True))

    @Slot()
    def _solve(self) -> None:
        self._banners.solve(PROBLEM)
