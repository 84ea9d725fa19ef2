"""Makes another engine's voices equally loud: to one loudness (BS.1770), below one peak."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.sound.limiter import Limiter
from ishowtts_desktop.sound.loudness import TARGET_LUFS, integrated_loudness
from ishowtts_desktop.speech.engine import SpeechRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.speech.engine import SpeechEngine

# Numbers: every voice can say them, in every language.
_SAMPLE: Final = "1 2 3 4 5 6 7 8 9 10"
_MOST_GAIN: Final = 8.0


class LevelledEngine:
    """Implements `SpeechEngine` by ``engine``, one that speaks a voice always equally loud.

    How loud each voice is, is measured once, on a sentence that nobody hears.
    """

    def __init__(self, engine: SpeechEngine) -> None:
        self._engine = engine
        self._gains: dict[tuple[str, str], float] = {}
        self._closed = False

    @property
    def id(self) -> str:
        """The name of the engine within."""
        return self._engine.id

    def load(self) -> None:
        """Load the engine within."""
        self._engine.load()

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech at its loudness; see `SpeechEngine`."""
        gain = self._gain(request.voice, request.language)
        if self._closed:  # while it measured
            return
        limiter: Limiter | None = None
        rate = 0
        chunks = self._engine.synthesize(request, cancel)
        for chunk in chunks:
            if limiter is None:
                limiter, rate = Limiter(chunk.rate), chunk.rate
            yield from _chunks(limiter.process(chunk.samples * np.float32(gain)), rate)
        if limiter is not None and not cancel.cancelled:
            yield from _chunks(limiter.flush(), rate)

    def close(self) -> None:
        """Close the engine within."""
        self._closed = True
        self._engine.close()

    def _gain(self, voice: str, language: str) -> float:
        """Return the factor that brings a voice to the target; 1 for one that says nothing."""
        key = (voice, language)
        if key not in self._gains:
            request = SpeechRequest(_SAMPLE, language, voice)
            chunks = list(self._engine.synthesize(request, CancelToken()))
            loudness = -math.inf
            if chunks:
                samples = np.concatenate([chunk.samples for chunk in chunks])
                loudness = integrated_loudness(samples, chunks[0].rate)
            gain = 10 ** ((TARGET_LUFS - loudness) / 20) if math.isfinite(loudness) else 1.0
            self._gains[key] = min(gain, _MOST_GAIN)
        return self._gains[key]


def _chunks(samples: np.ndarray, rate: int) -> Iterator[AudioChunk]:
    if len(samples):
        yield AudioChunk(samples, rate)
