"""Equal loudness of the embedded voices: measured once each, below one peak, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.sound.limiter import CEILING
from ishowtts_desktop.sound.loudness import TARGET_LUFS, integrated_loudness
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.espeak import EspeakEngine
from ishowtts_desktop.speech.levelled import LevelledEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

RATE = 22_050


class Hums:
    """A voice's id is how loud it hums: "0.5" at half of full scale. Counts what it is asked."""

    id = "hums"

    def __init__(self) -> None:
        self.asked: list[SpeechRequest] = []
        self.closed = False

    def load(self) -> None:
        pass

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        self.asked.append(request)
        hum = np.sin(np.arange(RATE) * (2 * np.pi * 440 / RATE)).astype(np.float32)
        for part in np.array_split(hum * np.float32(request.voice or 0), 7):
            if cancel.cancelled:
                return
            yield AudioChunk(part, RATE)

    def close(self) -> None:
        self.closed = True


def said(engine: LevelledEngine, request: SpeechRequest) -> NDArray[np.float32]:
    chunks = list(engine.synthesize(request, CancelToken()))
    return np.concatenate([chunk.samples for chunk in chunks])


@pytest.mark.parametrize("level", ["0.05", "0.2", "0.9"])
def test_loud_and_quiet_voices_come_out_equally_loud(level: str) -> None:
    sound = said(LevelledEngine(Hums()), SpeechRequest("Hello.", "en", level))
    assert integrated_loudness(sound, RATE) == pytest.approx(TARGET_LUFS, abs=0.2)
    assert len(sound) == RATE


def test_a_voice_is_measured_once_and_in_each_language() -> None:
    engine = LevelledEngine(hums := Hums())
    for language in ("en", "en", "zh", "en"):
        said(engine, SpeechRequest("Hello.", language, "0.3"))
    measured = [request for request in hums.asked if request.text != "Hello."]
    assert [request.language for request in measured] == ["en", "zh"]


def test_a_voice_that_says_nothing_is_left_as_it_is() -> None:
    assert not said(LevelledEngine(Hums()), SpeechRequest("Hello.")).any()


def test_a_cancelled_utterance_ends_at_once() -> None:
    engine, cancel = LevelledEngine(Hums()), CancelToken()
    chunks = engine.synthesize(SpeechRequest("Hello.", "en", "0.3"), cancel)
    next(chunks)
    cancel.cancel()
    assert list(chunks) == []


def test_closing_closes_the_engine_within() -> None:
    engine = LevelledEngine(hums := Hums())
    engine.close()
    assert hums.closed


@pytest.mark.parametrize("voice", ["espeak-en", "espeak-en+f2", "espeak-zh", "espeak-ru"])
def test_the_embedded_voices_are_within_two_decibels_and_below_the_ceiling(voice: str) -> None:
    engine = LevelledEngine(EspeakEngine())
    try:
        engine.load()
        language = voice.removeprefix("espeak-")[:2]
        sound = said(engine, SpeechRequest("Hello 你好 привет 666, welcome!", language, voice))
    finally:
        engine.close()
    assert integrated_loudness(sound, RATE) == pytest.approx(TARGET_LUFS, abs=2)
    assert np.abs(sound).max() <= CEILING


def test_an_engine_that_is_closed_while_it_is_measured_says_nothing_more() -> None:
    class Ends(Hums):
        def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
            assert not self.closed
            yield from super().synthesize(request, cancel)
            engine.close()

    engine = LevelledEngine(Ends())
    assert list(engine.synthesize(SpeechRequest("Hello.", "en", "0.3"), CancelToken())) == []
