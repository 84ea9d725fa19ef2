"""Voices that are to be ready from the start: one that can't be is no reason not to load."""

from __future__ import annotations

import logging
from dataclasses import replace

import numpy as np
import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError, EngineLost, VoiceError
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from tests.support.signal import chirp

GOOD = Recording(chirp(2.0, SAMPLE_RATE), SAMPLE_RATE, "A tone that rises.")
SILENT = replace(GOOD, samples=np.zeros(SAMPLE_RATE, np.float32))
WARM = tuple((voice, "en") for voice in ("gone", "broken", "silent", "good", "later"))


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    return Checkpoint.find(folder)


def recordings(voice: str, language: str) -> Recording:
    if voice == "gone":
        raise VoiceError("There is no voice 'gone'.", "Choose another.")
    if voice == "broken":
        raise OSError("can't be read")
    return SILENT if voice == "silent" else replace(GOOD, loudness=-20.0 - len(voice))


def test_a_voice_that_cannot_be_prepared_is_logged_and_the_others_are_ready(
    checkpoint: Checkpoint, caplog: pytest.LogCaptureFixture
) -> None:
    engine = F5Engine(checkpoint, recordings, F5Options(nfe=1, warm=WARM))
    with caplog.at_level(logging.WARNING):
        engine.load()
    assert [voice for voice, _ in WARM if f"'{voice}'" in caplog.text] == [
        "gone",
        "broken",
        "silent",
    ]
    # THEN the good ones need no preparing any more
    assert engine._voices.made == 2
    for voice in ("good", "later"):
        request = SpeechRequest("hello", voice=voice)
        assert list(engine.synthesize(request, CancelToken()))
    assert engine._voices.made == 2
    # AND those that aren't say why when they are to speak
    with pytest.raises(EngineError, match="no voice 'gone'") as met:
        list(engine.synthesize(SpeechRequest("hello", voice="gone"), CancelToken()))
    assert met.value.advice == "Choose another."
    with pytest.raises(EngineError, match="can't be read"):
        list(engine.synthesize(SpeechRequest("hello", voice="broken"), CancelToken()))


def test_closing_ends_the_preparing(checkpoint: Checkpoint) -> None:
    asked: list[str] = []

    def closing(voice: str, language: str) -> Recording:
        asked.append(voice)
        if len(asked) == 2:
            engine.close()
        return recordings("good", language)

    engine = F5Engine(checkpoint, closing, F5Options(nfe=1, warm=WARM))
    engine.load()
    assert asked == ["gone", "broken"]
    assert not engine.warm_up()
    with pytest.raises(EngineError, match="not loaded"):
        list(engine.synthesize(SpeechRequest("hello"), CancelToken()))
    engine.close()


def test_a_gpu_lost_meanwhile_ends_the_loading(checkpoint: Checkpoint) -> None:
    def lost(voice: str, language: str) -> Recording:
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

    engine = F5Engine(checkpoint, lost, F5Options(nfe=1, warm=WARM))
    with pytest.raises(EngineLost):
        engine.load()
