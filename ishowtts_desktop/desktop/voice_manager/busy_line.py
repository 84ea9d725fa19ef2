"""A thin line that moves while something takes longer than a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

PATIENCE_MS: Final = 300
TOLD: Final = frozenset(("open", "save", "change", "export", "transcribe"))


class BusyLine(QProgressBar):
    """Follows ``work``; its place stays where it is while it is hidden."""

    def __init__(self, work: VoiceWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: frozenset[str] = frozenset()
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setFixedHeight(max(3, self.fontMetrics().height() // 5))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PATIENCE_MS)
        self._soon.timeout.connect(self.show)
        work.busy_changed.connect(self._follow)
        self._retranslate()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Working"))

    @Slot(str, bool)
    def _follow(self, kind: str, busy: bool) -> None:
        if kind not in TOLD:
            return
        self._kinds = self._kinds | {kind} if busy else self._kinds - {kind}
        if not self._kinds:
            self._soon.stop()
            self.hide()
        elif self.isHidden() and not self._soon.isActive():
            self._soon.start()
