"""A recording heard on the way that speech takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.clips import CLIP, ClipEngine
from ishowtts_desktop.speech.engine import SpeechRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOUND = np.linspace(-0.5, 0.5, 4567, dtype=np.float32)


class Engine:
    id = "engine"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.state = "new"

    def load(self) -> None:
        self.state = "loaded"

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        self.asked.append(request.text)
        yield AudioChunk(np.zeros(1, np.float32), 24_000)

    def close(self) -> None:
        self.state = "closed"


def test_the_recording_is_heard_as_it_is_and_the_engine_is_not_asked() -> None:
    clips = ClipEngine(engine := Engine())
    clips.take(AudioChunk(SOUND, 8_000))
    chunks = list(clips.synthesize(SpeechRequest("x", voice=CLIP), CancelToken()))
    assert len(chunks) > 1
    assert all(chunk.rate == 8_000 for chunk in chunks)
    np.testing.assert_array_equal(np.concatenate([chunk.samples for chunk in chunks]), SOUND)
    assert engine.asked == []


def test_every_other_voice_is_the_engines() -> None:
    clips = ClipEngine(engine := Engine())
    clips.take(AudioChunk(SOUND, 8_000))
    assert len(list(clips.synthesize(SpeechRequest("hello"), CancelToken()))) == 1
    assert engine.asked == ["hello"]


def test_before_there_is_a_recording_nothing_is_heard() -> None:
    assert not list(ClipEngine(Engine()).synthesize(SpeechRequest("x", voice=CLIP), CancelToken()))


def test_it_stops_when_it_is_cancelled() -> None:
    clips, cancel = ClipEngine(Engine()), CancelToken()
    clips.take(AudioChunk(SOUND, 8_000))
    chunks = clips.synthesize(SpeechRequest("x", voice=CLIP), cancel)
    next(chunks)
    cancel.cancel()
    assert list(chunks) == []


def test_loading_and_closing_are_the_engines() -> None:
    clips = ClipEngine(engine := Engine())
    clips.load()
    assert (clips.id, engine.state) == ("engine", "loaded")
    clips.close()
    assert engine.state == "closed"
