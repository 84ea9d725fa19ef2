"""What is said in a recording, written down: by a stand-in with the package's own signatures."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import inspect
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from huggingface_hub import constants

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices import transcriber_model
from ishowtts_desktop.voices.transcriber import (
    RATE,
    WhisperTranscriber,
    available,
)
from ishowtts_desktop.voices.transcriber_model import MODELS, find_model, load_model

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDIN = Path(__file__).parent / "whisper_standin"
# Read off faster-whisper 1.2.1 with inspect.
INIT = (
    "model_size_or_path device device_index compute_type cpu_threads num_workers download_root"
    " local_files_only files revision use_auth_token model_kwargs"
)
TRANSCRIBE = (
    "audio language task log_progress beam_size best_of patience length_penalty repetition_penalty"
    " no_repeat_ngram_size temperature compression_ratio_threshold log_prob_threshold"
    " no_speech_threshold condition_on_previous_text prompt_reset_on_temperature initial_prompt"
    " prefix suppress_blank suppress_tokens without_timestamps max_initial_timestamp"
    " word_timestamps prepend_punctuations append_punctuations multilingual vad_filter"
    " vad_parameters max_new_tokens chunk_length clip_timestamps hallucination_silence_threshold"
    " hotwords language_detection_threshold language_detection_segments"
)
SEGMENT = (
    "id seek start end text tokens avg_logprob compression_ratio no_speech_prob words temperature"
)
TONE = AudioChunk(np.sin(np.arange(48_000) / 20).astype(np.float32) / 4, 24_000)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Hugging Face cache, with no network behind it."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    # What downloads is another process.
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return tmp_path / "hub"


@pytest.fixture
def whisper(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The recogniser installed, and the folder of its model, which hears English."""
    monkeypatch.syspath_prepend(str(STANDIN))
    monkeypatch.delitem(sys.modules, "faster_whisper", raising=False)
    yield downloaded(cache)
    sys.modules.pop("faster_whisper", None)


def downloaded(cache: Path, name: str = "small", language: str = "en", *said: str) -> Path:
    """Lay a model into the cache as the hub's client does."""
    storage = cache / f"models--Systran--faster-whisper-{name}"
    snapshot = storage / "snapshots" / "536b0662742c02347bc0e980a01041f333bce120"
    snapshot.mkdir(parents=True, exist_ok=True)
    storage.joinpath("refs").mkdir(exist_ok=True)
    storage.joinpath("refs/main").write_text(snapshot.name, encoding="utf-8")
    for file in ("config.json", "tokenizer.json", "vocabulary.txt"):
        snapshot.joinpath(file).write_text("{}", encoding="utf-8")
    hears(snapshot, language, *(said or (" Good evening,", " everybody.")))
    return snapshot


def hears(model: Path, language: str, *segments: str) -> None:
    content = json.dumps({"language": language, "segments": segments})
    model.joinpath("model.bin").write_text(content, encoding="utf-8")


def started(name: Any = "small") -> tuple[WhisperTranscriber, list[Any]]:
    """A transcriber, and the models that it started."""
    models: list[Any] = []

    def load(wanted: Any, cancel: CancelToken | None) -> Any:
        models.append(load_model(wanted, cancel))
        return models[-1]

    return WhisperTranscriber(name, load), models


def real(name: str) -> Any:
    """The stand-in's class, and the package's own where that is installed."""
    spec = importlib.util.spec_from_file_location("standin", STANDIN / "faster_whisper.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["standin"] = module
    spec.loader.exec_module(module)
    return getattr(module, name)


def parameters(function: Any) -> str:
    return " ".join(name for name in inspect.signature(function).parameters if name != "self")


def test_the_stand_in_has_the_signatures_of_the_package() -> None:
    classes = [real("WhisperModel")]
    if "faster-whisper" in {one.name for one in importlib.metadata.distributions()}:
        classes.append(importlib.import_module("faster_whisper").WhisperModel)
    for model in classes:
        assert parameters(model.__init__) == INIT
        assert parameters(model.transcribe) == TRANSCRIBE
    assert parameters(real("Segment")) == SEGMENT


def test_what_is_said_is_one_line_with_its_punctuation(whisper: Path) -> None:
    hears(whisper, "en", " Good evening,", " everybody.\n", " Welcome  to the stream! ")
    transcriber, models = started()
    said = transcriber.transcribe(TONE, "en-US")
    assert said == "Good evening, everybody. Welcome to the stream!"
    (call,) = models[0].calls
    assert call.options == {
        "language": "en",
        "initial_prompt": None,
        "vad_filter": False,
        "task": "transcribe",
    }


def test_the_recording_is_heard_at_whispers_rate_and_whole(whisper: Path) -> None:
    transcriber, models = started()
    transcriber.transcribe(TONE, "en")
    audio = models[0].calls[0].audio
    assert (audio.dtype, audio.flags["C_CONTIGUOUS"]) == (np.float32, True)
    assert len(audio) == TONE.seconds * RATE
    # a tone of 191 Hz is one still
    spectrum = np.abs(np.fft.rfft(audio))
    assert spectrum.argmax() / TONE.seconds == pytest.approx(24_000 / 20 / 2 / np.pi, abs=1)


def test_the_model_runs_on_the_processor_and_is_loaded_once(whisper: Path) -> None:
    transcriber, models = started()
    transcriber.transcribe(TONE, "en")
    transcriber.transcribe(TONE, "en")
    assert [(model.device, model.compute_type) for model in models] == [("cpu", "int8")]
    transcriber.close()
    transcriber.transcribe(TONE, "en")
    assert len(models) == 2


@pytest.mark.parametrize("told", ["zh-CN", ""])
def test_chinese_is_written_in_simplified_characters_told_or_heard(
    whisper: Path, told: str
) -> None:
    hears(whisper, "zh", "大家晚上好，", "欢迎来到直播间。")
    transcriber, models = started()
    assert transcriber.transcribe(TONE, told) == "大家晚上好，欢迎来到直播间。"
    # Of a language that was not told only the name is asked for before the prompt is known.
    last = models[0].calls[-1]
    assert last.options["language"] == "zh"
    assert last.options["initial_prompt"] == "以下是普通话的句子。"
    assert all(not call.heard for call in models[0].calls[:-1])


class LateCancel(CancelToken):
    """Goes up when it was looked at so often."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    @property
    def cancelled(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def test_a_cancel_is_heard_between_segments(whisper: Path) -> None:
    hears(whisper, "en", *"abcd")
    transcriber, models = started()
    # WHEN somebody stops it, some time after it was loaded: half a text isn't taken for the text
    with pytest.raises(VoiceError, match="stopped"):
        transcriber.transcribe(TONE, "en", LateCancel(looks=3))
    # THEN the rest isn't computed
    assert models[0].calls[0].heard == ["a", "b"]
    # and the next one is whole
    assert transcriber.transcribe(TONE, "en", CancelToken()) == "abcd"


def test_a_cancel_while_nothing_is_heard_is_no_empty_recording(whisper: Path) -> None:
    hears(whisper, "en")
    transcriber, _ = started()
    with pytest.raises(VoiceError, match="stopped"):
        transcriber.transcribe(TONE, "en", LateCancel(looks=2))


def test_a_cancel_before_the_start_loads_nothing(whisper: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    transcriber, models = started()
    with pytest.raises(VoiceError, match="stopped"):
        transcriber.transcribe(TONE, "en", cancel)
    assert models == []


def test_silence_is_said_to_be_without_words(whisper: Path) -> None:
    hears(whisper, "en", " ", "\n")
    transcriber, _ = started()
    with pytest.raises(VoiceError, match="No words were understood"):
        transcriber.transcribe(TONE)


@pytest.mark.parametrize("count", [0, 1, 2000])
def test_what_is_too_short_for_a_word_is_not_even_tried(whisper: Path, count: int) -> None:
    transcriber, models = started()
    with pytest.raises(VoiceError, match="empty"):
        transcriber.transcribe(AudioChunk(np.zeros(count, np.float32), 24_000))
    assert models == []


def test_without_the_package_the_command_to_install_it_is_told(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(VoiceError) as caught:
        WhisperTranscriber().transcribe(TONE)
    assert "isn't installed (faster_whisper is missing)" in caught.value.message
    assert f'{sys.executable} -m pip install "ishowtts-desktop[transcribe]"' in caught.value.advice


def test_a_package_that_does_not_start_is_not_called_missing(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("faster_whisper.py").write_text(
        'raise ImportError("libcublas.so.12: cannot open shared object file")', encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "faster_whisper", raising=False)
    with pytest.raises(VoiceError, match="doesn't start: libcublas"):
        WhisperTranscriber().transcribe(TONE)


def test_being_installed_is_found_out_without_an_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("faster_whisper.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "faster_whisper", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert available()
    monkeypatch.setattr(sys, "path", [])
    assert not available()


def test_a_model_in_the_cache_is_found_without_network_and_only_when_whole(whisper: Path) -> None:
    assert find_model("small") == whisper
    assert find_model("base") is None
    assert WhisperTranscriber("small").to_download() == 0
    assert WhisperTranscriber("base").to_download() == MODELS["base"].size
    for file in ("vocabulary.txt", "tokenizer.json", "config.json", "model.bin"):
        data = whisper.joinpath(file).read_bytes()
        whisper.joinpath(file).unlink()
        assert find_model("small") is None, file
        whisper.joinpath(file).write_bytes(data)
    assert find_model("small") == whisper


def test_without_model_and_network_both_are_told(whisper: Path) -> None:
    with pytest.raises(VoiceError) as caught:
        WhisperTranscriber("base").transcribe(TONE)
    assert "Systran/faster-whisper-base isn't on this machine" in caught.value.message
    assert "offline" in caught.value.message
    assert "148 MB of room" in caught.value.advice
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("model.bin", b"", "can't be used: File model.bin is incomplete"),
        ("model.bin", b"too large", "not enough memory"),
        ("tokenizer.json", b"{", "can't be used: EOF while parsing"),
    ],
)
def test_a_model_that_does_not_start_is_named(
    whisper: Path, file: str, content: bytes, told: str
) -> None:
    whisper.joinpath(file).write_bytes(content)
    with pytest.raises(VoiceError, match=told) as caught:
        WhisperTranscriber().transcribe(TONE)
    if "can't be used" in told:
        assert str(whisper) in caught.value.message
        # With the snapshot alone the broken file itself would stay.
        assert f"Remove {whisper.parents[1]}," in caught.value.advice
    assert "type the text" in caught.value.advice


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("<out of memory>", "not enough memory"),
        ("<broken>", "could not be recognised: No position"),
    ],
)
def test_a_fault_on_the_way_is_told_and_the_next_try_starts_afresh(
    whisper: Path, fault: str, told: str
) -> None:
    hears(whisper, "en", " Good", fault)
    transcriber, models = started()
    with pytest.raises(VoiceError, match=told):
        transcriber.transcribe(TONE, "en")
    hears(whisper, "en", " Good.")
    assert transcriber.transcribe(TONE, "en") == "Good."
    assert len(models) == 2


def test_the_models_are_multilingual_ones_of_systran() -> None:
    assert {source.repository for source in MODELS.values()} == {
        "Systran/faster-whisper-base",
        "Systran/faster-whisper-small",
    }
    assert set(transcriber_model.MODELS) == {"base", "small"}
