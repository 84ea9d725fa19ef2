"""What chat says again and again: kept whole, told apart by all that it was made from, bounded."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.duration import stock_frames
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.phrases import PhraseCache, PhraseStats, phrase_key
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from ishowtts_desktop.speech.f5.runtime import Runtime
from tests.support.signal import chirp

MB = 1_000_000
ONE = Recording(chirp(2.0, SAMPLE_RATE), SAMPLE_RATE, "A tone that rises and rises once more.")
VOICES = {
    "one": ONE,
    "equal": replace(ONE, samples=ONE.samples.copy()),
    "other sound": replace(ONE, samples=ONE.samples * np.float32(0.5)),
    "other words": replace(ONE, text="A tone that falls and falls once more."),
    "faster": replace(ONE, speed=1.3),
}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    return Checkpoint.find(folder)


def engine_of(checkpoint: Checkpoint, **options: object) -> F5Engine:
    chosen = {"nfe": 2, "seed": 1, "phrase_cache_bytes": MB, **options}
    engine = F5Engine(checkpoint, lambda voice, _: VOICES[voice], F5Options(**chosen))  # type: ignore[arg-type]
    engine.load()
    return engine


@pytest.fixture
def engine(checkpoint: Checkpoint) -> F5Engine:
    return engine_of(checkpoint)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many frames each utterance had that the model made."""
    frames: list[int] = []
    mel = Runtime.mel
    monkeypatch.setattr(Runtime, "mel", lambda *args: (frames.append(args[3]), mel(*args))[1])
    return frames


def said(engine: F5Engine, text: str = "gg", voice: str = "one", **more: object) -> np.ndarray:
    request = SpeechRequest(text, voice=voice, **more)  # type: ignore[arg-type]
    chunks = list(engine.synthesize(request, CancelToken()))
    return np.concatenate([chunk.samples for chunk in chunks])


def test_what_is_said_again_is_there_at_once_and_sounds_the_same(
    engine: F5Engine, checkpoint: Checkpoint, made: list[int]
) -> None:
    first = said(engine)
    again = [said(engine, text, voice) for text in ("gg", " gg\n") for voice in ("one", "equal")]
    assert len(made) == 1
    for samples in again:
        np.testing.assert_array_equal(samples, first)
    stats = engine.phrases
    assert (stats.hits, stats.misses, stats.limit) == (4, 1, MB)
    assert 2 * len(first) <= stats.bytes <= 2 * len(first) + 1000
    # AND it is inaudibly far from what is made where nothing is kept
    plain = said(engine_of(checkpoint, phrase_cache_bytes=0))
    assert np.abs(plain - first).max() <= 1 / 32767
    assert np.abs(first).max() <= np.abs(plain).max()


def test_without_a_seed_a_kept_line_stays_as_it_was_first_said(checkpoint: Checkpoint) -> None:
    engine = engine_of(checkpoint, seed=None)
    np.testing.assert_array_equal(said(engine), said(engine))
    plain = engine_of(checkpoint, seed=None, phrase_cache_bytes=0)
    assert np.abs(said(plain) - said(plain)).max() > 1e-3


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "gg."},
        {"text": "GG"},
        {"voice": "other sound"},
        {"voice": "other words"},
        {"voice": "faster"},
        {"speed": 1.2},
        {"language": "zh", "text": "gg"},
    ],
    ids=str,
)
def test_whatever_changes_the_sound_is_another_phrase(
    changed: dict[str, str], engine: F5Engine, made: list[int]
) -> None:
    said(engine)
    said(engine, **changed)  # type: ignore[arg-type]
    assert len(made) == 2
    assert engine.phrases.hits == 0


def test_keys_tell_options_and_checkpoints_apart() -> None:
    options = F5Options()
    keys = {
        phrase_key(*made_from)
        for made_from in (
            ("model.safetensors", options, torch.float32, "sound", "gg"),
            ("other.safetensors", options, torch.float32, "sound", "gg"),
            ("model.safetensors", options, torch.float16, "sound", "gg"),
            ("model.safetensors", replace(options, nfe=12), torch.float32, "sound", "gg"),
            ("model.safetensors", replace(options, cfg_strength=1), torch.float32, "sound", "gg"),
            ("model.safetensors", replace(options, sway=0), torch.float32, "sound", "gg"),
            ("model.safetensors", replace(options, seed=3), torch.float32, "sound", "gg"),
            ("model.safetensors", replace(options, duration="stock"), torch.float32, "sound", "gg"),
            ("model.safetensors", options, torch.float32, "soundg", "g"),
            ("model.safetensors", options, torch.float32, "sound", "\ud800"),
        )
    }
    assert len(keys) == 10


def test_long_lines_are_not_counted(engine: F5Engine) -> None:
    long = "this is a long line for everybody, and it goes on and on and on"
    assert len(said(engine, long)) > 0
    assert engine.phrases == PhraseStats(0, 0, 0, MB)


def test_what_was_cancelled_is_not_kept(engine: F5Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN somebody who cancels between two steps, and one who does so after the last
    mel = Runtime.mel
    for late in (False, True):
        cancel = CancelToken()

        def cancelled(*args: object, late: bool = late, cancel: CancelToken = cancel) -> object:
            if late:
                done = mel(*args)  # type: ignore[arg-type]
                cancel.cancel()
                return done
            cancel.cancel()
            return mel(*args)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(Runtime, "mel", cancelled)
            assert list(engine.synthesize(SpeechRequest("gg", voice="one"), cancel)) == []
        assert engine.phrases.bytes == 0
    said(engine)
    assert engine.phrases == replace(engine.phrases, hits=0, misses=3)
    # AND a cancel is respected where the line is kept already
    cancel = CancelToken()
    cancel.cancel()
    assert list(engine.synthesize(SpeechRequest("gg", voice="one"), cancel)) == []


def test_what_failed_is_not_kept(engine: F5Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    mel = Runtime.mel
    with monkeypatch.context() as patch:
        patch.setattr(Runtime, "mel", lambda *args: mel(*args) * float("nan"))
        with pytest.raises(EngineError, match="no sound"):
            said(engine)
    assert engine.phrases.bytes == 0
    assert np.isfinite(said(engine)).all()


def test_closing_frees_what_was_kept_and_the_figures_stay_readable(engine: F5Engine) -> None:
    said(engine)
    engine.close()
    assert engine.phrases == PhraseStats(0, 1, 0, MB)


def test_nothing_is_kept_or_counted_where_it_is_off(checkpoint: Checkpoint) -> None:
    engine = engine_of(checkpoint, phrase_cache_bytes=0)
    said(engine)
    assert engine.phrases == PhraseStats(0, 0, 0, 0)


@given(
    puts=st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 2000)), max_size=40),
    limit=st.integers(0, 10_000),
)
def test_the_bound_holds_and_the_latest_is_there(puts: list[tuple[str, int]], limit: int) -> None:
    cache = PhraseCache(limit)
    for key, length in puts:
        samples = np.linspace(-1, 1, length, dtype=np.float32)
        returned = cache.put(key, samples)
        assert cache.stats.bytes <= limit
        found = cache.get(key)
        assert (found is not None) == (2 * length + 256 <= limit)
        if found is not None:
            np.testing.assert_array_equal(found, returned)
        assert np.abs(returned - samples).max(initial=0) <= 1 / 32767
        assert (np.abs(returned) <= np.abs(samples)).all()
    cache.forget()
    assert cache.stats.bytes == 0


def test_the_least_recently_said_goes_first() -> None:
    cache = PhraseCache(3 * (2 * 100 + 256))
    for key in "abc":
        cache.put(key, np.zeros(100, np.float32))
    cache.get("a")
    cache.put("d", np.zeros(100, np.float32))
    assert [key for key in "abcd" if cache.get(key) is not None] == ["a", "c", "d"]


def test_the_figures_may_be_read_by_any_thread() -> None:
    cache, stop, seen = PhraseCache(5_000), threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            seen.append(cache.stats)

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(500):
        if cache.get(str(number % 7)) is None:
            cache.put(str(number % 7), np.zeros(300, np.float32))
    stop.set()
    thread.join()
    assert all(stats.bytes % 856 == 0 and stats.bytes <= 5_000 for stats in seen)
    assert cache.stats.hits + cache.stats.misses == 500


def test_a_take_is_said_so_many_times_and_then_made_anew() -> None:
    cache = PhraseCache(MB, repeats=2)
    first, second = np.full(4, 0.25, np.float32), np.full(4, 0.5, np.float32)
    cache.put("gg", first)
    assert [cache.get("gg") is not None for _ in range(4)] == [True, True, False, False]
    cache.put("gg", second)
    again = cache.get("gg")
    assert again is not None
    np.testing.assert_allclose(again, second, atol=1e-4)
    assert cache.stats.hits == 3


def test_white_space_is_no_other_line_with_the_cache_or_without(
    checkpoint: Checkpoint, made: list[int]
) -> None:
    for limit in (0, MB):
        engine = engine_of(checkpoint, phrase_cache_bytes=limit)
        said(engine, " nice   play ")
    assert len(set(made)) == 1


def test_stock_time_is_never_less_than_the_stock_formula(
    checkpoint: Checkpoint, made: list[int]
) -> None:
    engine = engine_of(checkpoint, duration="stock", phrase_cache_bytes=0)
    with torch.inference_mode():
        voice = engine._reference(engine._loaded.runtime, "one", "en")  # type: ignore[union-attr]
    for text in ("hello everybody", "nice play", "nice plays!", "good game"):
        made.clear()
        said(engine, text)
        wanted = stock_frames(voice.frames, voice.text, text)
        assert wanted <= made[0] < wanted + 32
