"""What is said into a microphone, once: opened, listened to, ended; nothing blocks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.audio.capture import Microphone
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.voice_manager.services import Microphones
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

LOOK_MS: Final = 50


class Take(QObject):
    """Records with one of ``microphones``; ``hold`` makes the speech wait meanwhile.

    ``changed`` tells each step, ``kept`` that the recording is there; ``looked`` gives the
    microphone that listens, twenty times a second.
    """

    changed = Signal()
    kept = Signal()
    looked = Signal(object)

    def __init__(
        self,
        microphones: Microphones,
        work: VoiceWork,
        hold: Callable[[bool], float],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._microphones = microphones
        self._work = work
        self._hold = hold
        self._microphone: Microphone | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.ending = False
        self.recording: AudioChunk | None = None
        self.problem: IshowttsError | None = None

    @property
    def running(self) -> bool:
        """Whether a microphone listens, or is being opened."""
        return self._microphone is not None

    @property
    def opening(self) -> bool:
        """Whether nothing that is said now is recorded yet."""
        return self.running and self._work.busy("microphone")

    @property
    def unsaved(self) -> bool:
        """Whether `discard` would lose a recording, finished or not."""
        return self.running or self.ending or self.recording is not None

    def start(self, device: str) -> None:
        """Record anew; what was recorded before is lost."""
        tail = self._hold(True)
        self.problem = self.recording = None
        microphone = self._microphone = self._microphones.microphone(device)
        self._timer.start()

        def job() -> None:
            time.sleep(tail)  # what is on its way to the loudspeaker would be recorded
            if self._microphone is microphone:  # else it was given up meanwhile
                microphone.start()

        self._work.run("microphone", job, lambda _: self.changed.emit(), self._fail)
        self.changed.emit()

    def stop(self) -> None:
        """End the recording; it is there a moment later."""
        microphone = self._release()
        if microphone is not None:
            self.ending = True
            self._work.run("microphone", microphone.stop, self._keep, self._fail)
            self.changed.emit()

    def discard(self) -> None:
        """Let go of a device that still records; nobody waits for what it brings."""
        self._work.forget("microphone")
        self._close(self._release())

    def _release(self) -> Microphone | None:
        microphone, self._microphone = self._microphone, None
        self._timer.stop()
        return microphone

    def _keep(self, recording: AudioChunk) -> None:
        self.recording = recording
        self._close(None)
        self.changed.emit()
        self.kept.emit()

    def _fail(self, problem: IshowttsError) -> None:
        self.problem = problem
        self._close(self._release())
        self.changed.emit()

    def _close(self, microphone: Microphone | None) -> None:
        if microphone is not None:
            self._work.run("microphone", microphone.discard, lambda _: None)
        # Not before the end: what is said then would be recorded.
        self.ending = False
        self._hold(False)

    @Slot()
    def _look(self) -> None:
        microphone = self._microphone
        if microphone is None:
            return
        self.looked.emit(microphone)
        if microphone.problem is not None:
            self.problem = microphone.problem
            self.stop()
        elif microphone.full:
            self.stop()
