"""One download: the process that does it, and what its lines mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ishowtts_desktop.desktop.model_manager.events import (
    Cancelled,
    Checking,
    Done,
    Failed,
    Lines,
    Progress,
    read_event,
)
from ishowtts_desktop.desktop.model_manager.process import STOP_MS, ModelProcess
from ishowtts_desktop.desktop.model_manager.state import Job, Stage, Trouble, Wish
from ishowtts_desktop.desktop.model_manager.words import ending_trouble
from ishowtts_desktop.desktop.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.desktop.model_manager.events import Event
    from ishowtts_desktop.desktop.model_manager.process import Ending

SILENCE_MS: Final = 20_000


class Download(QObject):
    """Fetches ``model`` by ``command models download``; its licence was accepted.

    ``changed`` tells that `job` did. ``ended`` comes once: with a folder (str), a `Trouble`, or
    None where it was cancelled.
    """

    changed = Signal()
    ended = Signal(object)

    def __init__(
        self,
        command: Sequence[str],
        model: str,
        parent: QObject | None = None,
        silence_ms: int = SILENCE_MS,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.job = Job(Stage.CHECKING)
        self._last: Done | Failed | Cancelled | None = None
        self._lines = Lines()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(silence_ms)
        self._silence.timeout.connect(self._note_silence)
        arguments = ("models", "download", model, "--accept-licence", "--json")
        self.process = ModelProcess(command, arguments, self)
        self.process.told.connect(self._take)
        self.process.ended.connect(self._end)

    @Slot()
    def start(self) -> None:
        """Begin, or go on from where it was stopped."""
        self._silence.start()
        self.process.start()

    @Slot()
    def cancel(self) -> None:
        """Stop it; what was fetched stays."""
        if self.job.stage is not Stage.CANCELLING:
            self._silence.stop()
            self.job = replace(self.job, stage=Stage.CANCELLING, silent=False)
            self.process.stop()
            self.changed.emit()

    @Slot(object)
    def _take(self, data: bytes) -> None:
        before = self.job
        for line in self._lines.feed(data):
            event = read_event(line)
            if event is not None:
                self._understand(event)
        if self.job != before:
            self.changed.emit()

    def _understand(self, event: Event) -> None:
        if isinstance(event, Done | Failed | Cancelled):
            self._last = event
            self._silence.stop()
            # One that has said its last word and doesn't go has nothing left to do.
            QTimer.singleShot(STOP_MS, self.process, self.process.stop)
            return
        if self.job.stage is Stage.CANCELLING:
            return
        before = self.job
        if isinstance(event, Checking):
            self.job = Job(Stage.CHECKING)
        elif isinstance(event, Progress):
            speed, left = event.bytes_per_second, event.seconds_left
            self.job = Job(Stage.FETCHING, event.bytes, event.total, speed, left)
        else:
            self.job = Job(Stage.PROVING, event.bytes, event.total)
        if (self.job.stage, self.job.bytes) != (before.stage, before.bytes):
            self._silence.start()
        elif before.silent:  # It is told four times a second that nothing has come.
            self._note_silence()

    @Slot()
    def _note_silence(self) -> None:
        self.job = replace(self.job, silent=True, bytes_per_second=None, seconds_left=None)
        self.changed.emit()

    @Slot(object)
    def _end(self, ending: Ending) -> None:
        self._silence.stop()
        last = self._last
        if isinstance(last, Done):
            self.ended.emit(last.folder)
        elif isinstance(last, Failed):
            self.ended.emit(Trouble(plain(last.message), plain(last.advice), Wish.DOWNLOAD))
        elif isinstance(last, Cancelled) or self.job.stage is Stage.CANCELLING:
            self.ended.emit(None)
        else:
            self.ended.emit(ending_trouble(ending, Wish.DOWNLOAD))
