"""Lets the marked part of a recording be heard, and shows where the sound is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.desktop.voice_manager.services import PlayPhase
from ishowtts_desktop.voices.recordings import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from ishowtts_desktop.desktop.voice_manager.editor import VoiceEditor

PLAYHEAD_MS: Final = 40
SILENCE: Final = AudioChunk(np.zeros(0, np.float32), 16_000)


class VoicePlayer(QObject):
    """Follows the Play button of ``editor``; ``play`` is what sounds, `SILENCE` stops it.

    ``play_changed`` tells its `PlayPhase`; without it, what is played sounds at once. The playhead
    goes by the clock while it sounds: whoever plays doesn't tell how far it is.
    """

    failed = Signal(object)

    def __init__(
        self,
        editor: VoiceEditor,
        play: Callable[[AudioChunk], None],
        play_changed: SignalInstance | None = None,
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._play = play
        self._followed = play_changed is not None
        self._clock = QElapsedTimer()
        self._before = 0.0
        self._part: AudioChunk | None = None
        self._start = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(PLAYHEAD_MS)
        self._timer.timeout.connect(self._move)
        editor.play_requested.connect(self.toggle)
        if play_changed is not None:
            play_changed.connect(self._follow)

    @Slot()
    def toggle(self) -> None:
        """Play the marked part as it is, or stop that."""
        draft = self._editor.draft
        if self._part is not None:
            self.quiet()
        elif draft is not None:
            try:
                part = cut(draft.recording, draft.voice.span)
            except VoiceError as error:
                self.failed.emit(error)
                return
            self._part = part
            self._start = 0.0 if draft.voice.span is None else draft.voice.span.start
            self._before = 0.0
            self._play(part)
            if not self._followed:
                self._follow(PlayPhase.SOUNDING)

    def quiet(self) -> None:
        """Stop what is played, whoever began it, be it waiting or sounding."""
        self._play(SILENCE)
        self._follow(PlayPhase.ENDED)

    @Slot(object)
    def _follow(self, phase: PlayPhase) -> None:
        if self._part is None:
            return  # somebody else's
        if self._timer.isActive():
            self._before = self._seconds
        self._timer.stop()
        self._editor.show_play(phase)
        if phase is PlayPhase.SOUNDING:
            self._clock.start()
            self._timer.start()
        elif phase is PlayPhase.ENDED:
            self._part = None
            self._editor.waveform.show_playhead(None)

    @property
    def _seconds(self) -> float:
        return self._before + self._clock.elapsed() / 1000

    @Slot()
    def _move(self) -> None:
        if self._part is None:
            return
        seconds = self._seconds
        if seconds < self._part.seconds:
            self._editor.waveform.show_playhead(self._start + seconds)
        elif not self._followed:
            self._follow(PlayPhase.ENDED)
