"""Recordings from outside: a file, or what is said into a microphone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ishowtts_desktop.desktop.voice_manager.draft import name_of
from ishowtts_desktop.desktop.voice_manager.recorder import Recorder
from ishowtts_desktop.voices.recordings import read_recording
from ishowtts_desktop.voices.spans import best_span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.desktop.voice_manager.services import VoiceServices
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.voices.voice import Span


@dataclass(frozen=True)
class Intake:
    """A recording with its best part (None: no speech was found), and what is known of it.

    ``name`` comes from a file; ``text`` and ``language`` from what was read aloud; else "".
    ``limit`` is set where a file goes on after that many seconds.
    """

    recording: AudioChunk
    span: Span | None
    name: str = ""
    text: str = ""
    language: str = ""
    limit: float | None = None


class VoiceIntake(QObject):
    """Brings recordings to whoever asks; what goes wrong is told by ``failed``."""

    told = Signal(str, str)
    failed = Signal(object)

    def __init__(self, services: VoiceServices, work: VoiceWork, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._work = work
        self._window = window
        self._recorder: Recorder | None = None

    def read(self, path: Path, then: Callable[[Intake], None]) -> None:
        """Read a file, five minutes of it at most, and call ``then``."""

        def job() -> Intake:
            recording = read_recording(path)
            span = best_span(recording)
            return Intake(recording, span, name_of(path), limit=recording.limit_seconds)

        def done(intake: Intake) -> None:
            then(intake)
            if intake.limit is not None:
                text = self.tr("Only the first {minutes} minutes of the file were read.")
                self.told.emit(
                    text.format(minutes=f"{intake.limit / 60:.0f}"),
                    self.tr("If the best part comes later, cut it out with another program."),
                )

        self._work.run("open", job, done, self.failed.emit)

    def record(self, language: str, then: Callable[[Intake], None]) -> None:
        """Open the recorder, and call ``then`` with what comes of it."""
        services = self._services
        recorder = Recorder(
            services.microphones,
            self._work,
            services.play,
            language,
            self._window,
            services.hold,
            services.play_changed,
        )
        recorder.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def take(recording: AudioChunk, text: str, spoken: str) -> None:
            def job() -> Intake:
                return Intake(recording, best_span(recording), text=text, language=spoken)

            self._work.run("open", job, then, self.failed.emit)

        recorder.recorded.connect(take)
        recorder.finished.connect(self._forget_recorder)
        self._recorder = recorder
        recorder.open()

    @property
    def unsaved(self) -> bool:
        """Whether `close` would lose a recording."""
        return self._recorder is not None and self._recorder.unsaved

    def ask_to_close(
        self, then: Callable[[], object], stay: Callable[[], object] | None = None
    ) -> None:
        """Call ``then`` when no recording would be lost, or ``stay``; see `Recorder`."""
        if self._recorder is None:
            then()
        else:
            self._recorder.ask_to_close(then, stay)

    def close(self) -> None:
        """End a recording that is under way."""
        if self._recorder is not None:
            self._recorder.reject()

    @Slot()
    def _forget_recorder(self) -> None:
        self._recorder = None
