"""Lets the marked part of a recording be heard, and shows where the sound is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.recordings import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.desktop.voice_manager.editor import VoiceEditor

PLAYHEAD_MS: Final = 40


class VoicePlayer(QObject):
    """Follows the Play button of ``editor``; ``play`` is what sounds, an empty recording stops it.

    The playhead goes by the clock: whoever plays doesn't tell how far it is.
    """

    failed = Signal(object)

    def __init__(self, editor: VoiceEditor, play: Callable[[AudioChunk], None]) -> None:
        super().__init__(editor)
        self._editor = editor
        self._play = play
        self._clock = QElapsedTimer()
        self._part: AudioChunk | None = None
        self._start = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(PLAYHEAD_MS)
        self._timer.timeout.connect(self._move)
        editor.play_requested.connect(self.toggle)

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
            self._play(part)
            self._clock.start()
            self._timer.start()
            self._editor.show_playing(playing=True)

    def quiet(self) -> None:
        """Stop what is played; what isn't, needs no stop."""
        if self._part is not None:
            self._play(AudioChunk(self._part.samples[:0], self._part.rate))
            self._end()

    @Slot()
    def _move(self) -> None:
        seconds = self._clock.elapsed() / 1000
        if self._part is None or seconds >= self._part.seconds:
            self._end()
        else:
            self._editor.waveform.show_playhead(self._start + seconds)

    def _end(self) -> None:
        self._part = None
        self._timer.stop()
        self._editor.show_playing(playing=False)
        self._editor.waveform.show_playhead(None)
