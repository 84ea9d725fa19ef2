"""Listening to a speech engine in tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.espeak import EspeakEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ishowtts_desktop.speech.engine import SpeechEngine


@contextmanager
def espeak() -> Iterator[EspeakEngine]:
    """A loaded espeak engine, closed at the end."""
    engine = EspeakEngine()
    engine.load()
    try:
        yield engine
    finally:
        engine.close()


def say(
    engine: SpeechEngine, text: str, language: str = "en", voice: str = "", speed: float = 1.0
) -> NDArray[np.float32]:
    """Everything that ``engine`` says, float32 of shape (n,)."""
    request = SpeechRequest(text, language, voice, speed)
    parts = [chunk.samples for chunk in engine.synthesize(request, CancelToken())]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)
