"""Lets a recording be heard as it is, on the way that speech takes: queued and stopped like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechEngine, SpeechRequest

CLIP: Final = "draft:clip"
"""The id of the voice that is the recording; no voice of a library can be called so."""
_PIECE_SECONDS: Final = 0.1


class ClipEngine:
    """Implements `SpeechEngine` by ``engine``, but for the voice `CLIP`: the recording last taken.

    Thread-safe in `take`.
    """

    def __init__(self, engine: SpeechEngine) -> None:
        self._engine = engine
        self._clip: AudioChunk | None = None

    @property
    def id(self) -> str:
        """The name of the engine within."""
        return self._engine.id

    def take(self, recording: AudioChunk) -> None:
        """Let `CLIP` be this recording."""
        self._clip = recording

    def load(self) -> None:
        """Load the engine within."""
        self._engine.load()

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech, or the recording in pieces; see `SpeechEngine`."""
        if request.voice != CLIP:
            yield from self._engine.synthesize(request, cancel)
        elif self._clip is not None:
            yield from _pieces(self._clip, cancel)

    def close(self) -> None:
        """Close the engine within."""
        self._engine.close()


def _pieces(clip: AudioChunk, cancel: CancelToken) -> Iterator[AudioChunk]:
    size = max(1, round(clip.rate * _PIECE_SECONDS))
    for start in range(0, len(clip.samples), size):
        if cancel.cancelled:
            return
        yield type(clip)(clip.samples[start : start + size], clip.rate)
