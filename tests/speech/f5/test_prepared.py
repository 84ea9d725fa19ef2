"""A voice is prepared once: what is kept of it, for how long, and that it changes no number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError, VoiceUnfit
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS, MEL_BANDS, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.prepared import PreparedVoices
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from ishowtts_desktop.speech.f5.runtime import Runtime
from ishowtts_desktop.speech.f5.sampler import Sampler
from tests.support.f5_pair import V1, apart, pair, utterance
from tests.support.signal import chirp

FIRST = Recording(chirp(2.0, SAMPLE_RATE), SAMPLE_RATE, "A tone that rises.")
LINES = ("gg", "hello", "nice play", "666", "what a shot")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    return Checkpoint.find(folder)


@pytest.fixture(scope="module")
def runtime(checkpoint: Checkpoint) -> Runtime:
    return Runtime(checkpoint.load(), nfe=1)


@pytest.fixture
def voices() -> PreparedVoices:
    return PreparedVoices(MelSpectrogram())


def again(recording: Recording) -> Recording:
    """An equal recording that is another object."""
    return replace(recording, samples=recording.samples.copy())


def said(engine: F5Engine, text: str, voice: str = "") -> np.ndarray:
    chunks = engine.synthesize(SpeechRequest(text, voice=voice), CancelToken())
    return np.concatenate([chunk.samples for chunk in chunks])


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done to make voices ready."""
    done: list[str] = []
    mel, project = MelSpectrogram.__call__, Sampler.project
    monkeypatch.setattr(
        MelSpectrogram, "__call__", lambda self, wave: (done.append("mel"), mel(self, wave))[1]
    )
    # It is the sampler that projects where nothing was kept.
    monkeypatch.setattr(
        Sampler, "project", lambda self, mel: (done.append("project"), project(self, mel))[1]
    )
    return done


def test_a_hundred_utterances_prepare_their_voice_once(
    checkpoint: Checkpoint, counted: list[str]
) -> None:
    # GIVEN a library that reads the recording anew each time it is asked
    asked: list[str] = []
    short = replace(FIRST, samples=FIRST.samples[: SAMPLE_RATE * 6 // 10], text="A tone that.")
    engine = F5Engine(
        checkpoint,
        lambda voice, language: (asked.append(voice), again(short))[1],
        F5Options(nfe=1, seed=1),
    )
    engine.load()
    for number in range(100):
        said(engine, LINES[number % len(LINES)])
    # THEN it was asked each time, so that it can tell of a change, and nothing was made twice
    assert len(asked) == 100
    assert counted == ["mel", "project"]


def test_a_recording_is_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    recording = again(FIRST)
    first = recording.sound
    recording.samples[0] += 1  # nobody may, and nobody looks again
    assert recording.sound == first
    assert again(recording).sound != first


def test_other_words_leave_the_sound_as_it_is(runtime: Runtime, voices: PreparedVoices) -> None:
    one = voices.get(FIRST, runtime)
    words = "A tone that rises and falls and rises once more"
    other = voices.get(replace(again(FIRST), text=words), runtime)
    assert other.heard is one.heard
    assert voices.made == 1
    assert (other.text, one.text) == (words + ". ", "A tone that rises. ")
    assert other.rate.latin < one.rate.latin
    # AND so does another speed
    assert voices.get(replace(FIRST, speed=1.2), runtime).speed == 1.2
    assert voices.made == 1


@pytest.mark.parametrize("change", ["sample", "rate", "shape", "loudness"])
def test_another_sound_keeps_nothing_of_the_old_one(
    change: str, runtime: Runtime, voices: PreparedVoices
) -> None:
    samples = FIRST.samples.copy()
    samples[1000] += 0.01
    changed = {
        "sample": replace(FIRST, samples=samples),
        "rate": replace(FIRST, rate=22_050),
        "shape": replace(FIRST, samples=FIRST.samples[:, None]),
        "loudness": replace(FIRST, loudness=-30.0),
    }[change]
    one, other = voices.get(FIRST, runtime), voices.get(changed, runtime)
    assert voices.made == 2
    assert other.mel is not one.mel
    assert other.heard.projected is not one.heard.projected
    assert other.sound != one.sound


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_what_is_kept_changes_no_number(checkpoint: Checkpoint, dtype: torch.dtype) -> None:
    runtime = Runtime(checkpoint.load(dtype=dtype), nfe=2)
    heard = PreparedVoices(MelSpectrogram()).get(FIRST, runtime).heard
    assert heard.projected is not None
    assert heard.projected.dtype == dtype
    noise = torch.randn(256, MEL_BANDS, generator=torch.Generator().manual_seed(1))
    given = (heard.mel, torch.arange(1, 30), 256, noise)
    kept, anew = runtime.mel(*given, None, heard.projected), runtime.mel(*given)
    assert kept is not None
    assert anew is not None
    assert torch.equal(kept, anew)
    # AND another voice's share would be noticed
    wrong = runtime.mel(*given, None, heard.projected.flip(0))
    assert wrong is not None
    assert apart(wrong[len(heard.mel) :], anew[len(heard.mel) :]) > 1e-3


def test_the_share_of_the_reference_is_what_the_whole_product_gives() -> None:
    # GIVEN the input as the paper has it: mel, silence where speech comes, and text in one product
    sampler, said = pair().sampler, utterance(V1, 200, 40)
    text, no_text = sampler.text_encoder.both(said.tokens[None], 200).chunk(2)
    cond = F.pad(said.reference, (0, 0, 0, 200 - len(said.reference)))[None]
    whole = sampler.dit.reference_in(cond) + sampler.dit.text_in(text)
    # THEN what is put together from the kept part is the same
    ready = sampler.prepare(
        said.reference, said.tokens, 200, projected=sampler.project(said.reference)
    )
    assert apart(ready.constant[:1], whole) <= 1e-6
    assert apart(ready.constant[1:], sampler.dit.text_in(no_text)) <= 1e-6


def test_as_many_bytes_are_kept_as_allowed_the_latest_of_them(runtime: Runtime) -> None:
    sounds = [replace(FIRST, loudness=-20.0 - number) for number in range(6)]
    size = PreparedVoices(MelSpectrogram())
    size.get(FIRST, runtime)
    voices = PreparedVoices(MelSpectrogram(), limit=3 * size.bytes)
    for sound in sounds:
        voices.get(sound, runtime)
        voices.get(sounds[0], runtime)  # the one that is always in use
        assert voices.bytes <= 3 * size.bytes
    assert voices.made == 6
    voices.get(sounds[0], runtime)
    voices.get(sounds[-1], runtime)
    assert voices.made == 6
    voices.get(sounds[1], runtime)
    assert voices.made == 7
    # AND one that is larger than the limit can speak nevertheless
    small = PreparedVoices(MelSpectrogram(), limit=10)
    assert small.get(FIRST, runtime).frames == small.get(FIRST, runtime).frames
    assert small.made == 1


def test_a_default_limit_holds_several_dozen_voices_of_the_large_model() -> None:
    from ishowtts_desktop.speech.f5.prepared import KEPT_BYTES

    frames, bytes_a_frame = 5 * 94, 4 * MEL_BANDS + 4 * ARCHS["v1_base"].dim
    assert KEPT_BYTES / (frames * bytes_a_frame) > 36


def test_texts_are_bounded_too(runtime: Runtime, voices: PreparedVoices) -> None:
    for number in range(300):
        voices.get(replace(FIRST, text=f"Number {number}."), runtime)
    assert len(voices._references) <= 256
    assert voices.made == 1


@pytest.mark.parametrize("samples", [np.full(48_000, np.nan, np.float32), np.array(["a"]), None])
def test_a_damaged_recording_is_told_each_time_and_keeps_nothing(
    samples: np.ndarray, runtime: Runtime, voices: PreparedVoices
) -> None:
    for _ in range(2):
        with pytest.raises(EngineError) as met:
            voices.get(replace(FIRST, samples=samples), runtime)
        assert met.value.advice
    assert voices.bytes == 0
    voices.get(FIRST, runtime)
    assert voices.made == 1


def test_a_full_memory_and_the_end_free_what_was_kept(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = F5Engine(checkpoint, lambda *_: FIRST, F5Options(nfe=1, seed=1))
    engine.load()
    before = said(engine, "nice play by you")
    assert engine._voices.bytes > 0
    mel, freed = Runtime.mel, []

    def full_once(self: Runtime, *args: object) -> object:
        if not freed:
            freed.append(0)
            raise torch.cuda.OutOfMemoryError("CUDA out of memory.")
        freed.append(engine._voices.bytes)
        return mel(self, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Runtime, "mel", full_once)
        assert len(said(engine, "nice play by you"))
    assert freed[1] == 0
    np.testing.assert_array_equal(said(engine, "nice play by you"), before)
    engine.close()
    assert engine._voices.bytes == 0


def test_sound_without_words_is_not_kept_for_nothing(
    runtime: Runtime, voices: PreparedVoices
) -> None:
    with pytest.raises(VoiceUnfit, match="no text"):
        voices.get(replace(FIRST, text=" "), runtime)
    assert (voices.made, voices.bytes) == (0, 0)
