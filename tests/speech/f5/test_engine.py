"""The engine from request to samples, with random weights: numbers and behaviour, not beauty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from ishowtts_desktop.speech.f5.runtime import Runtime
from ishowtts_desktop.speech.f5.tokens import Vocabulary
from tests.support.signal import chirp

if TYPE_CHECKING:
    import torch

SHORT = "hello there"
LONG = "This is a long message for everybody, and it goes on and on. " * 3


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    return Checkpoint.find(folder)


def recording(voice: str, language: str) -> Recording:
    return Recording(chirp(2.0, 22_050), 22_050, "A tone that rises.")


def engine_of(checkpoint: Checkpoint, seed: int | None = 1) -> F5Engine:
    engine = F5Engine(checkpoint, recording, F5Options(nfe=PRESETS["turbo"], seed=seed))
    engine.load()
    return engine


@pytest.fixture(scope="module")
def engine(checkpoint: Checkpoint) -> F5Engine:
    return engine_of(checkpoint)


def said(engine: F5Engine, text: str, speed: float = 1.0) -> list[np.ndarray]:
    request = SpeechRequest(text, speed=speed)
    chunks = list(engine.synthesize(request, CancelToken()))
    assert all(chunk.rate == SAMPLE_RATE for chunk in chunks)
    return [chunk.samples for chunk in chunks]


def test_what_a_first_line_needs_is_there_when_the_engine_is_loaded(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an engine that is told its voices
    asked: list[tuple[str, str]] = []
    read: list[str] = []
    ids = Vocabulary.ids

    def recordings(voice: str, language: str) -> Recording:
        asked.append((voice, language))
        return recording(voice, language)

    monkeypatch.setattr(
        Vocabulary, "ids", lambda self, text: (read.append(text), ids(self, text))[1]
    )
    engine = F5Engine(checkpoint, recordings, F5Options(nfe=1, warm=(("", "en"), ("", "zh"))))
    engine.load()
    # THEN their references and what reads Chinese are ready
    assert asked == [("", "en"), ("", "zh")]
    assert read == ["好"]
    assert engine._voices.made == 1  # they are of one sound
    said(engine, SHORT)
    assert engine._voices.made == 1


def test_a_line_becomes_finite_samples_of_about_its_length(engine: F5Engine) -> None:
    samples = np.concatenate(said(engine, SHORT))
    assert samples.dtype == np.float32
    assert np.isfinite(samples).all()
    assert 0 < np.abs(samples).max() <= 1
    assert 0.3 < len(samples) / SAMPLE_RATE < 4


def test_the_same_seed_gives_the_same_samples_and_another_one_others(
    engine: F5Engine, checkpoint: Checkpoint
) -> None:
    first = np.concatenate(said(engine, SHORT))
    np.testing.assert_array_equal(first, np.concatenate(said(engine, SHORT)))
    other = np.concatenate(said(engine_of(checkpoint, seed=2), SHORT))
    assert np.abs(first - other[: len(first)]).max() > 1e-3


def test_a_long_message_comes_in_pieces_the_first_one_short(engine: F5Engine) -> None:
    chunks = engine.synthesize(SpeechRequest(LONG), CancelToken())
    first = next(chunks)
    # THEN the first sound is there before the rest was made
    assert first.seconds < 4
    rest = [chunk.seconds for chunk in chunks]
    assert len(rest) >= 2
    assert sum(rest) > first.seconds


def test_faster_speech_is_shorter(engine: F5Engine) -> None:
    slow, fast = (sum(map(len, said(engine, LONG, speed))) for speed in (0.8, 1.6))
    assert fast < slow


def test_the_stock_durations_may_be_compared(checkpoint: Checkpoint, engine: F5Engine) -> None:
    stock = F5Engine(checkpoint, recording, F5Options(nfe=1, seed=1, duration="stock"))
    stock.load()
    # GIVEN nine bytes and ten, between which the stock package's rule falls
    nine, ten = (sum(map(len, said(stock, text))) for text in ("nice play", "nice plays"))
    assert nine > 1.5 * ten
    nine, ten = (sum(map(len, said(engine, text))) for text in ("nice play", "nice plays"))
    assert nine <= ten


@pytest.mark.parametrize("mode", ["natural", "stock"])
def test_silence_at_the_end_is_cut_off_but_in_stock_durations(
    mode: Literal["natural", "stock"], checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = F5Engine(checkpoint, recording, F5Options(nfe=1, seed=1, duration=mode))
    engine.load()
    whole = sum(map(len, said(engine, "hello everybody")))
    samples = Runtime.samples

    def quiet_end(self: Runtime, mel: torch.Tensor) -> torch.Tensor:
        made = samples(self, mel).clone()
        made[-SAMPLE_RATE // 2 :] = 0
        return made

    monkeypatch.setattr(Runtime, "samples", quiet_end)
    cut = whole - sum(map(len, said(engine, "hello everybody")))
    assert cut / SAMPLE_RATE == pytest.approx(0.35 if mode == "natural" else 0, abs=0.02)


def test_a_cancel_before_or_between_pieces_ends_it(engine: F5Engine) -> None:
    cancel = CancelToken()
    chunks = engine.synthesize(SpeechRequest(LONG), cancel)
    next(chunks)
    cancel.cancel()
    assert list(chunks) == []
    assert list(engine.synthesize(SpeechRequest(SHORT), cancel)) == []


@pytest.mark.parametrize("text", ["", "   ", "\n", "🙂🙂🙂", "...!?"])
def test_nothing_to_say_is_nothing(engine: F5Engine, text: str) -> None:
    assert said(engine, text) == []


@pytest.mark.parametrize("text", ["a", "ᚠᚢᚦ", "\ud800\x00", "你", "666"])
def test_odd_text_gives_a_sensible_length_of_finite_sound(engine: F5Engine, text: str) -> None:
    samples = said(engine, text)
    assert all(np.isfinite(part).all() for part in samples)
    assert sum(map(len, samples)) < 3 * SAMPLE_RATE


def test_an_engine_that_was_not_loaded_or_is_closed_says_so(checkpoint: Checkpoint) -> None:
    engine = F5Engine(checkpoint, recording)
    with pytest.raises(EngineError, match="not loaded"):
        next(engine.synthesize(SpeechRequest(SHORT), CancelToken()))
    engine.load()
    engine.close()
    with pytest.raises(EngineError):
        next(engine.synthesize(SpeechRequest(SHORT), CancelToken()))
