"""What the voice windows let be heard beside the chat: one recording at a time, and quiet."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ishowtts_desktop.core.utterances import Lane, OutcomeState
from ishowtts_desktop.desktop.voice_manager.services import PlayPhase

if TYPE_CHECKING:
    from ishowtts_desktop.assembly import Pipeline
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.utterances import Outcome
    from ishowtts_desktop.reading.conductor import ReaderState


# What an output fades and a sound server has in its buffers; 65 ms where nothing is behind it.
TAIL_SECONDS: Final = 0.3


class VoiceSound(QObject):
    """Plays recordings through ``pipeline`` and follows them; on the GUI thread.

    ``phase_changed`` tells each `PlayPhase` of the recording that was given last, the first one at
    once.
    """

    phase_changed = Signal(object)
    _outcome_told = Signal(object)
    _pause_told = Signal(bool)

    def __init__(self, pipeline: Pipeline, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pipeline = pipeline
        self._clip = ""
        self._begun = False
        self._paused = self._told_paused = pipeline.conductor.state.paused
        self._holding = False
        self._phase = PlayPhase.ENDED
        queued = Qt.ConnectionType.QueuedConnection  # always after `play` knows the clip's id
        self._outcome_told.connect(self._take_outcome, queued)
        self._pause_told.connect(self._take_pause, queued)
        pipeline.conductor.watch(self._hear)
        pipeline.conductor.watch_state(self._see)

    def play(self, recording: AudioChunk, title: str) -> None:
        """Let ``recording`` be heard in its turn, in place of the one before; see `Pipeline`."""
        self._begun = False
        self._clip = self._pipeline.play(recording, title)
        self._paused = self._pipeline.conductor.state.paused
        self._phase = self._now()
        self.phase_changed.emit(self._phase)

    def hold(self, held: bool) -> float:
        """Let the speech wait while ``held``; what the user paused stays paused afterwards.

        Returns for how many seconds something may be heard yet.
        """
        if held and not self._pipeline.conductor.state.paused:
            self._holding = True
            self._pipeline.pause()
        elif not held and self._holding:
            self._holding = False
            self._pipeline.resume()
        return TAIL_SECONDS if held else 0.0

    def _hear(self, outcome: Outcome) -> None:
        """On any thread; chat may come by the thousand, and no clip is among it."""
        if outcome.lane is Lane.STREAMER:
            with contextlib.suppress(RuntimeError):  # nobody is there any more
                self._outcome_told.emit(outcome)

    def _see(self, state: ReaderState) -> None:
        """On any thread, one at a time."""
        if state.paused != self._told_paused:
            self._told_paused = state.paused
            with contextlib.suppress(RuntimeError):  # nobody is there any more
                self._pause_told.emit(state.paused)

    @Slot(object)
    def _take_outcome(self, outcome: Outcome) -> None:
        if outcome.id != self._clip:
            return
        if outcome.state.final:
            self._clip = ""
        self._begun = outcome.state is OutcomeState.SPEAKING
        self._tell()

    @Slot(bool)
    def _take_pause(self, paused: bool) -> None:
        self._paused = paused
        self._tell()

    def _tell(self) -> None:
        phase = self._now()
        if phase is not self._phase:
            self._phase = phase
            self.phase_changed.emit(phase)

    def _now(self) -> PlayPhase:
        if not self._clip:
            return PlayPhase.ENDED
        if self._paused:
            return PlayPhase.HELD
        return PlayPhase.SOUNDING if self._begun else PlayPhase.WAITING
