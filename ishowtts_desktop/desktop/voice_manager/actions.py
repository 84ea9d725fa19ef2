"""What can be done in the voice manager, each with its keys; the menu shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft


class VoiceActions(QMenu):
    """The menu "Voice": one signal for each entry."""

    file_requested = Signal()
    recording_requested = Signal()
    import_requested = Signal()
    save_requested = Signal()
    rename_requested = Signal()
    copy_requested = Signal()
    export_requested = Signal()
    remove_requested = Signal()
    restore_requested = Signal()
    find_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = self._add("Ctrl+N", self.file_requested)
        self._record = self._add("Ctrl+R", self.recording_requested)
        self._import = self._add("Ctrl+O", self.import_requested)
        self.addSeparator()
        self._save = self._add("Ctrl+S", self.save_requested)
        self._rename = self._add("F2", self.rename_requested)
        self._copy = self._add("Ctrl+D", self.copy_requested)
        self._export = self._add("Ctrl+E", self.export_requested)
        self.remove = self._add("Del", self.remove_requested)
        # Elsewhere in the window Delete deletes letters.
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._restore = self._add("Ctrl+Shift+Z", self.restore_requested)
        self.addSeparator()
        self._find = self._add("Ctrl+F", self.find_requested)
        self._close = self._add("Ctrl+W", self.close_requested)
        self._retranslate()
        self.show_draft(None)

    def show_draft(self, draft: VoiceDraft | None) -> None:
        """Allow what can be done to this voice."""
        kept = draft is not None and draft.kept is not None and not draft.starter
        self._save.setEnabled(draft is not None and draft.changed)
        self._rename.setEnabled(draft is not None and not draft.starter)
        self._copy.setEnabled(draft is not None and (draft.starter or kept))
        self._export.setEnabled(kept)
        self.remove.setEnabled(kept)

    def new_menu(self, parent: QWidget) -> QMenu:
        """Return a menu of the ways to a new voice."""
        menu = QMenu(parent)
        menu.addActions([self._file, self._record])
        return menu

    def voice_menu(self, parent: QWidget) -> QMenu:
        """Return a menu of what can be done to the voice under the pointer."""
        menu = QMenu(parent)
        menu.addActions([self._rename, self._copy, self._export, self.remove])
        return menu

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _add(self, keys: str, signal: SignalInstance) -> QAction:
        action = self.addAction("")
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(signal)
        return action

    def _retranslate(self) -> None:
        self.setTitle(self.tr("&Voice"))
        self._file.setText(self.tr("&New from a file..."))
        self._record.setText(self.tr("New by &recording..."))
        self._import.setText(self.tr("&Import..."))
        self._save.setText(self.tr("&Save"))
        self._rename.setText(self.tr("Rena&me"))
        self._copy.setText(self.tr("Make a &copy"))
        self._export.setText(self.tr("&Export..."))
        self.remove.setText(self.tr("Remo&ve"))
        self._restore.setText(self.tr("&Bring back what was removed last"))
        self._find.setText(self.tr("&Find"))
        self._close.setText(self.tr("C&lose"))
