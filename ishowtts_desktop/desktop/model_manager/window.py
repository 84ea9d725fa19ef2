"""The model manager: the models of the F5 voice, to download, check, remove and choose."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.desktop.icons import app_icon
from ishowtts_desktop.desktop.model_manager.licence import LicencePage
from ishowtts_desktop.desktop.model_manager.page import ModelPage, is_within
from ishowtts_desktop.desktop.model_manager.state import Trouble, Wish
from ishowtts_desktop.desktop.placement import geometry_text, restore_geometry, show_in_front
from ishowtts_desktop.speech.f5.search import find_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent

    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.model_manager.events import ModelEntry
    from ishowtts_desktop.desktop.model_manager.jobs import ModelJobs

WIDTH: Final = 44
HEIGHT: Final = 40


class ModelManager(QWidget):
    """Shows what ``jobs`` knows and asks it and ``commands`` for what the user wants.

    ``in_use`` returns the folder of the model that the F5 engine speaks with or loads, "" when it
    has none; it is asked again whenever ``feed`` tells of the voice. ``open_url`` shows a folder
    or a page and returns whether it could. Closing hides the window and stops nothing.
    """

    geometry_changed = Signal(str)

    def __init__(
        self,
        jobs: ModelJobs,
        commands: Commands,
        feed: ChatFeed,
        in_use: Callable[[], str],
        geometry: str = "",
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__()
        self._jobs = jobs
        self._commands = commands
        self._in_use = in_use
        self._open_url = open_url
        self._accepted: set[tuple[str, str]] = set()
        self._asked_for = ""
        self._page = ModelPage(jobs)
        self._licence = LicencePage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._licence)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setWindowIcon(app_icon())
        self._page.asked.connect(self._take_wish)
        self._page.folder_requested.connect(self._open_folder)
        self._page.choice_requested.connect(self._choose_folder)
        self._page.left.connect(self.close)
        self._licence.accepted.connect(self._take_acceptance)
        self._licence.left.connect(self._show_models)
        self._licence.link_requested.connect(self._open_link)
        jobs.downloaded.connect(self._take_model)
        feed.voice_changed.connect(self._show_used)
        self._retranslate()
        self._restore(geometry)

    @Slot()
    def bring_to_front(self) -> None:
        """Show the window, above the others and with the focus."""
        show_in_front(self)

    def geometry_text(self) -> str:
        """Return the window's geometry, base64, for the constructor of another time."""
        return geometry_text(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look anew at what is there."""
        super().showEvent(event)
        if not event.spontaneous():
            self._show_used()
            self._jobs.list.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Go out of sight; what is downloaded goes on."""
        self.geometry_changed.emit(self.geometry_text())
        self._show_models()
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

    def _restore(self, geometry: str) -> None:
        if not restore_geometry(self, geometry):
            em = self.fontMetrics().height()
            room = self.screen().availableSize() * 0.9
            self.resize(QSize(WIDTH * em, HEIGHT * em).boundedTo(room))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Models of the F5 voice"))

    @Slot(str, object)
    def _take_wish(self, model: str, wish: Wish) -> None:
        entry = self._jobs.list.get(model)
        if entry is None:
            return
        if wish is Wish.DOWNLOAD:
            self._ask_or_download(entry)
        elif wish is Wish.CANCEL:
            self._jobs.cancel(model)
        elif wish is Wish.VERIFY:
            self._jobs.verify(model)
        elif wish is Wish.REMOVE:
            self._jobs.remove(model)
        elif wish is Wish.DISMISS:
            self._jobs.dismiss(model)
        elif wish is Wish.USE and entry.folder:
            self._use(model, entry.folder)
        elif wish is Wish.LICENCE:
            self._show_licence(entry, asking=False)

    def _ask_or_download(self, entry: ModelEntry) -> None:
        if entry.licence_accepted or (entry.licence, entry.licence_text) in self._accepted:
            self._jobs.download(entry.id)
        else:
            self._show_licence(entry, asking=True)

    def _show_licence(self, entry: ModelEntry, *, asking: bool) -> None:
        self._asked_for = entry.id
        self._stack.setCurrentWidget(self._licence)
        self._licence.show_licence(entry, asking=asking)

    @Slot(str)
    def _take_acceptance(self, model: str) -> None:
        entry = self._jobs.list.get(model)
        if entry is not None:
            self._accepted.add((entry.licence, entry.licence_text))
            self._jobs.download(model)
        self._show_models()

    @Slot()
    def _show_models(self) -> None:
        if self._stack.currentWidget() is not self._page:
            self._stack.setCurrentWidget(self._page)
            self._page.focus_model(self._asked_for)

    @Slot(str, str)
    def _take_model(self, model: str, folder: str) -> None:
        entry, used = self._jobs.list.get(model), self._in_use()
        # The one that was missing all the time counts as none.
        other = bool(used) and not is_within(used, folder)
        if other or entry is None or not entry.speaks:
            self._jobs.tell(model, Trouble(self.tr("Downloaded."), calm=True))
        else:  # Nobody fetches gigabytes to go on without them.
            self._use(model, folder)

    def _use(self, model: str, folder: str) -> None:
        self._commands.use_model(folder)
        self._jobs.tell(model, Trouble(self.tr("The F5 voice speaks with it now."), calm=True))
        self._show_used()

    @Slot()
    def _show_used(self) -> None:
        self._page.show_used(self._in_use())

    @Slot()
    def _open_folder(self) -> None:
        folder = Path(self._jobs.list.cache)
        there = next((path for path in (folder, *folder.parents) if path.is_dir()), folder)
        if not self._open_url(QUrl.fromLocalFile(str(there))):
            message = self.tr("The folder could not be shown.")
            self._page.show_problem(Trouble(message, str(folder)))

    @Slot(QUrl)
    def _open_link(self, link: QUrl) -> None:
        if not self._open_url(link):
            self._show_models()
            message = self.tr("No browser answered.")
            self._page.show_problem(Trouble(message, link.toString()))

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("The folder of the F5 model"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    @Slot(str)
    def _take_folder(self, folder: str) -> None:
        try:
            find_files(Path(folder), os.environ)
        except EngineError as error:
            # What speaks now goes on.
            self._page.show_problem(Trouble(error.message, error.advice))
            return
        self._page.hide_problem()
        self._commands.use_model(folder)
        self._show_used()
