"""The right side of the voice manager: the editor, the trial below it, and what is done at last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft
    from ishowtts_desktop.desktop.voice_manager.editor import VoiceEditor
    from ishowtts_desktop.desktop.voice_manager.engine_line import EngineLine
    from ishowtts_desktop.desktop.voice_manager.trial import VoiceTrial


class VoicePage(QWidget):
    """Puts ``editor``, ``engine`` and ``trial`` above three buttons. Only the editor scrolls."""

    use_requested = Signal()
    revert_requested = Signal()
    save_requested = Signal()

    def __init__(self, editor: VoiceEditor, engine: EngineLine, trial: VoiceTrial) -> None:
        super().__init__()
        self._use = QPushButton()
        self._revert = QPushButton()
        self._save = QPushButton()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(editor)
        editor.reveal_requested.connect(scroll.ensureWidgetVisible)
        steer = QHBoxLayout()
        for button in (self._use, self._revert, self._save):
            button.setAutoDefault(False)
            steer.addWidget(button)
        steer.insertStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addWidget(engine)
        column.addWidget(trial)
        column.addLayout(steer)
        self._use.clicked.connect(self.use_requested)
        self._revert.clicked.connect(self.revert_requested)
        self._save.clicked.connect(self.save_requested)
        self._retranslate()

    def show_draft(self, draft: VoiceDraft | None) -> None:
        """Allow what can be done to this voice."""
        changed = draft is not None and draft.changed
        self._revert.setEnabled(changed)
        self._save.setEnabled(changed)
        self._use.setEnabled(draft is not None and draft.kept is not None)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._use.setText(self.tr("&Use this voice"))
        self._use.setAccessibleDescription(self.tr("Chat is read in this voice from now on"))
        self._use.setToolTip(self._use.accessibleDescription())
        self._revert.setText(self.tr("R&evert"))
        self._revert.setAccessibleDescription(self.tr("Forgets what isn't saved"))
        self._save.setText(self.tr("&Save"))
