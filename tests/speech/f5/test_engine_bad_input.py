"""Every kind of text and recording that a user may bring, through the whole engine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from tests.support.signal import chirp

GOOD = Recording(chirp(3.0, SAMPLE_RATE), SAMPLE_RATE, "A tone that rises, and then some more.")
STEREO_8K = Recording(np.stack([chirp(3.0, 8000)] * 2, axis=1), 8000, GOOD.text)
RECORDINGS = {
    "good": GOOD,
    "stereo": STEREO_8K,
    "short": Recording(chirp(0.2, SAMPLE_RATE), SAMPLE_RATE, "Hi."),
    "long": Recording(chirp(60.0, SAMPLE_RATE), SAMPLE_RATE, "A tone. " * 60),
    "silent": Recording(np.zeros(3 * SAMPLE_RATE, np.float32), SAMPLE_RATE, "Nothing."),
    "nan": Recording(np.full(3 * SAMPLE_RATE, np.nan, np.float32), SAMPLE_RATE, "Nothing."),
    "too much text": Recording(GOOD.samples, SAMPLE_RATE, "Words without an end. " * 40),
    "too little text": Recording(GOOD.samples, SAMPLE_RATE, "A"),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> F5Engine:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    options = F5Options(nfe=1, seed=1)
    engine = F5Engine(Checkpoint.find(folder), lambda voice, _: RECORDINGS[voice], options)
    engine.load()
    return engine


def said(engine: F5Engine, text: str, voice: str = "good") -> np.ndarray:
    chunks = engine.synthesize(SpeechRequest(text, voice=voice), CancelToken())
    return np.concatenate([np.zeros(0, np.float32), *(chunk.samples for chunk in chunks)])


@pytest.mark.parametrize("voice", ["good", "stereo", "too much text", "too little text"])
def test_a_line_has_a_sensible_length_behind_any_usable_reference(
    engine: F5Engine, voice: str
) -> None:
    samples = said(engine, "Hello everybody, how are you today?", voice)
    assert 0.7 < len(samples) / SAMPLE_RATE < 8
    assert np.isfinite(samples).all()


@pytest.mark.parametrize("voice", ["short", "long", "silent", "nan"])
def test_an_unusable_reference_is_told_with_what_to_do(engine: F5Engine, voice: str) -> None:
    with pytest.raises(EngineError) as met:
        said(engine, "Hello", voice)
    assert met.value.advice
    # AND the other voices go on
    assert len(said(engine, "Hello"))


def test_ten_thousand_characters_begin_soon_and_come_in_pieces(engine: F5Engine) -> None:
    text = ("This is a very long message, " * 400)[:10_000]
    cancel, seconds = CancelToken(), []
    for chunk in engine.synthesize(SpeechRequest(text, voice="good"), cancel):
        seconds.append(chunk.seconds)
        if len(seconds) == 4:
            cancel.cancel()
    # THEN the first sound comes soon, no piece is longer than the model can, and a cancel ends it
    assert len(seconds) == 4
    assert seconds[0] < 5
    assert max(seconds) < 25


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_no_text_breaks_the_engine(engine: F5Engine, text: str) -> None:
    samples = said(engine, text)
    assert np.isfinite(samples).all()
    assert np.abs(samples).max(initial=0) <= 1
    if not any(character.isalnum() for character in text):
        assert len(samples) == 0
