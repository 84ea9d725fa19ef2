"""What a waveform shows of a recording, made once, off the GUI thread, for any width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.sound.activity import find_speech
from ishowtts_desktop.sound.envelope import envelope

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ishowtts_desktop.core.audio import AudioChunk

COLUMNS: Final = 4096
QUIETEST_PEAK: Final = 0.05


@dataclass(frozen=True)
class WaveformPicture:
    """``low`` and ``high`` of each of the columns (float32, (n,)), and where it is speech."""

    seconds: float
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    speech: NDArray[np.bool_]

    @classmethod
    def of(cls, recording: AudioChunk) -> WaveformPicture:
        """Look at all of a recording: some milliseconds a minute."""
        columns = max(1, min(COLUMNS, len(recording.samples)))
        low, high = envelope(recording.samples, columns)
        speech = np.zeros(columns, np.bool_)
        frames = find_speech(recording.samples, recording.rate).speech
        if len(frames):
            speech = frames[np.arange(columns) * len(frames) // columns]
        # Drawn up to the top, as a quiet recording would else be a flat line; but not its noise.
        peak = max(QUIETEST_PEAK, float(np.abs(np.stack([low, high])).max(initial=0.0)))
        return cls(recording.seconds, low / peak, high / peak, speech)

    def at_width(self, columns: int) -> WaveformPicture:
        """Return the same picture in fewer columns; itself where it has no more of them."""
        if columns >= len(self.low) or columns < 1:
            return self
        starts = np.arange(columns) * len(self.low) // columns
        return WaveformPicture(
            self.seconds,
            np.minimum.reduceat(self.low, starts),
            np.maximum.reduceat(self.high, starts),
            self.speech[starts],
        )
