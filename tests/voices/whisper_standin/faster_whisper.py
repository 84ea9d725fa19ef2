"""Stands in for the package of this name, of which it has the signatures and the faults.

A model's ``model.bin`` tells what it hears: {"language": "zh", "segments": ["..."]}.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass
class Segment:
    id: int
    seek: int
    start: float
    end: float
    text: str
    tokens: list[int]
    avg_logprob: float
    compression_ratio: float
    no_speech_prob: float
    words: list[Any] | None
    temperature: float | None


@dataclass
class TranscriptionInfo:
    language: str
    language_probability: float
    duration: float
    duration_after_vad: float
    all_language_probs: list[tuple[str, float]] | None
    transcription_options: Any
    vad_options: Any


@dataclass
class Call:
    """One use of it; ``heard`` are the segments that were asked for so far."""

    audio: Any
    options: dict[str, Any]
    heard: list[str] = field(default_factory=list)


class WhisperModel:
    def __init__(
        self,
        model_size_or_path: str,
        device: str = "auto",
        device_index: int | list[int] = 0,
        compute_type: str = "default",
        cpu_threads: int = 0,
        num_workers: int = 1,
        download_root: str | None = None,
        local_files_only: bool = False,
        files: dict[str, Any] | None = None,
        revision: str | None = None,
        use_auth_token: str | bool | None = None,
        **model_kwargs: Any,
    ) -> None:
        self.device, self.compute_type = device, compute_type
        self.folder = Path(model_size_or_path)
        data = self.folder.joinpath("model.bin").read_bytes()
        if data == b"too large":
            raise MemoryError
        if not data:
            # CTranslate2's words.
            raise RuntimeError("File model.bin is incomplete: failed to read a value of size 4")
        if self.folder.joinpath("tokenizer.json").read_bytes() == b"{":
            # The tokenizer has no class for it.
            raise Exception("EOF while parsing an object at line 1 column 1")  # noqa: TRY002
        self.content = json.loads(data)
        self.calls: list[Call] = []

    @property
    def supported_languages(self) -> list[str]:
        return ["de", "en", "he", "id", "ja", "jw", "no", "tl", "zh", "yue"]

    def transcribe(
        self,
        audio: str | BinaryIO | np.ndarray[Any, Any],
        language: str | None = None,
        task: str = "transcribe",
        log_progress: bool = False,
        beam_size: int = 5,
        best_of: int = 5,
        patience: float = 1,
        length_penalty: float = 1,
        repetition_penalty: float = 1,
        no_repeat_ngram_size: int = 0,
        temperature: float | list[float] | tuple[float, ...] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0],  # noqa: B006
        compression_ratio_threshold: float | None = 2.4,
        log_prob_threshold: float | None = -1.0,
        no_speech_threshold: float | None = 0.6,
        condition_on_previous_text: bool = True,
        prompt_reset_on_temperature: float = 0.5,
        initial_prompt: str | Iterable[int] | None = None,
        prefix: str | None = None,
        suppress_blank: bool = True,
        suppress_tokens: list[int] | None = [-1],  # noqa: B006
        without_timestamps: bool = False,
        max_initial_timestamp: float = 1.0,
        word_timestamps: bool = False,
        prepend_punctuations: str = "\"'“¿([{-",
        append_punctuations: str = "\"'.。,，!！?？:：”)]}、",
        multilingual: bool = False,
        vad_filter: bool = False,
        vad_parameters: Any = None,
        max_new_tokens: int | None = None,
        chunk_length: int | None = None,
        clip_timestamps: str | list[float] = "0",
        hallucination_silence_threshold: float | None = None,
        hotwords: str | None = None,
        language_detection_threshold: float | None = 0.5,
        language_detection_segments: int = 1,
    ) -> tuple[Iterable[Segment], TranscriptionInfo]:
        options = {
            "language": language,
            "initial_prompt": initial_prompt,
            "vad_filter": vad_filter,
            "task": task,
        }
        call = Call(audio, options)
        self.calls.append(call)
        assert isinstance(audio, np.ndarray)
        seconds = len(audio) / 16_000
        info = TranscriptionInfo(
            language or self.content["language"], 1.0, seconds, seconds, None, None, None
        )
        return self._segments(call), info

    def _segments(self, call: Call) -> Iterator[Segment]:
        for number, text in enumerate(self.content["segments"]):
            if text == "<out of memory>":
                raise MemoryError
            if text == "<broken>":
                raise RuntimeError("No position encodings are defined for positions >= 448")
            call.heard.append(text)
            yield Segment(number, 0, 0.0, 1.0, text, [], -0.3, 1.2, 0.01, None, 0.0)
