"""From a recording to the text that is said in it, by a recogniser on this machine.

It is optional (the extra ``transcribe``): without it the text is typed.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import soxr

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.transcriber_model import (
    MODELS,
    find_model,
    load_model,
    one_line,
    stop_if,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.voices.transcriber_model import (
        Info,
        ModelName,
        Segment,
        WhisperModel,
    )

RATE: Final = 16_000
"""What Whisper hears, in Hz."""
SHORTEST: Final = 0.1
"""Seconds; in less than that nobody says a word."""

# Whisper's own codes where they aren't BCP 47's, and what its smaller models take for Cantonese.
_CODES: Final = (
    ("cmn", "zh"),
    ("yue", "zh"),
    ("nb", "no"),
    ("iw", "he"),
    ("in", "id"),
    ("fil", "tl"),
    ("jv", "jw"),
)
_TRADITIONAL_TAGS: Final = frozenset(("hant", "tw", "hk", "mo"))
# Whisper goes on in the characters and the punctuation of what it takes for the text before.
_SIMPLIFIED: Final = "以下是普通话的句子。"
_TRADITIONAL: Final = "以下是國語的句子。"


class Transcriber(Protocol):
    """Writes down what is said."""

    def to_download(self) -> int:
        """Return how many bytes the first use will fetch, roughly; 0 when nothing is missing.

        Looks at the disk alone. Raises `VoiceError` where the recogniser isn't installed.
        """
        ...

    def transcribe(
        self, recording: AudioChunk, language: str = "", cancel: CancelToken | None = None
    ) -> str:
        """Return what is said in ``recording``, with its punctuation, in one line.

        ``language`` is a BCP 47 tag; empty, it is heard from the recording. Takes seconds, the
        first time minutes: not for a thread that somebody waits for. Raises `VoiceError`, also when
        nothing was understood and when ``cancel`` went up meanwhile.
        """
        ...


def available() -> bool:
    """Return whether the recogniser is installed; takes no time."""
    return importlib.util.find_spec("faster_whisper") is not None


class WhisperTranscriber:
    """Whisper, by faster-whisper, on the processor: the graphics card is the voice's.

    The model is downloaded when it is first needed and kept in memory until `close`. For one thread
    at a time; `close` may be called from any. ``load`` finds the model by its name, downloads it
    where it has to, and starts it.
    """

    def __init__(
        self,
        name: ModelName = "small",
        load: Callable[[ModelName, CancelToken | None], WhisperModel] = load_model,
    ) -> None:
        self._name = name
        self._load = load
        self._model: WhisperModel | None = None

    def to_download(self) -> int:
        """Return how many bytes the first use will fetch, roughly; 0 when the model is here.

        Raises `VoiceError` where the recogniser isn't installed.
        """
        return 0 if find_model(self._name) else MODELS[self._name].size

    def transcribe(
        self, recording: AudioChunk, language: str = "", cancel: CancelToken | None = None
    ) -> str:
        """Return what is said in ``recording``, as `Transcriber` has it."""
        samples = _heard(recording)
        stop_if(cancel)
        model = self._model
        if model is None:
            self._model = model = self._load(self._name, cancel)
        stop_if(cancel)
        try:
            text = _written(model, samples, language, cancel)
        except VoiceError:
            raise
        except MemoryError as error:
            self.close()
            raise VoiceError(
                "There is not enough memory to recognise speech.",
                "Choose a shorter span, close another program, or type the text.",
            ) from error
        except Exception as error:
            # From here on it is CTranslate2 and its tokenizer, which raise whatever they like.
            self.close()
            raise VoiceError(
                f"The speech could not be recognised: {one_line(error)}.",
                "Try again, or type the text.",
            ) from error
        if not text:
            raise VoiceError(
                "No words were understood in the recording.",
                "Choose a span in which somebody speaks clearly, or type the text.",
            )
        return text

    def close(self) -> None:
        """Give the model's memory back; the next use loads it again."""
        self._model = None


def code_of(language: str, supported: Sequence[str]) -> str | None:
    """Return Whisper's code for a BCP 47 tag; None, to be heard, when it has none."""
    primary = language.strip().replace("_", "-").partition("-")[0].lower()
    code = dict(_CODES).get(primary, primary)
    return code if code in supported else None


def prompt_for(language: str, code: str | None) -> str | None:
    """Return what makes Whisper write Chinese in the characters that the tag asks for.

    Those are the simplified ones, unless it says otherwise; no other language needs it.
    """
    if code != "zh":
        return None
    parts = language.lower().replace("_", "-").split("-")
    traditional = not _TRADITIONAL_TAGS.isdisjoint(parts)
    return _TRADITIONAL if traditional else _SIMPLIFIED


def _heard(recording: AudioChunk) -> NDArray[np.float32]:
    """Return the samples at Whisper's rate, shape (m,)."""
    if recording.seconds < SHORTEST:
        raise VoiceError(
            "There is nothing to recognise: the recording is empty.", "Choose a longer span."
        )
    samples: NDArray[np.float32] = recording.samples
    if recording.rate != RATE:
        samples = soxr.resample(samples, recording.rate, RATE)
    return np.ascontiguousarray(samples, np.float32)


def _written(
    model: WhisperModel,
    samples: NDArray[np.float32],
    language: str,
    cancel: CancelToken | None,
) -> str:
    code = code_of(language, model.supported_languages)
    prompt = prompt_for(language, code)
    segments, info = _started(model, samples, code, prompt)
    if code is None and (prompt := prompt_for(language, info.language)):
        # Only now is it known that it is Chinese. Nothing of the segments has been computed yet.
        segments, info = _started(model, samples, info.language, prompt)
    texts = []
    for segment in segments:
        stop_if(cancel)
        texts.append(segment.text)
    # Where nobody speaks no segment comes at all, however long it takes.
    stop_if(cancel)
    return " ".join("".join(texts).split())


def _started(
    model: WhisperModel, samples: NDArray[np.float32], code: str | None, prompt: str | None
) -> tuple[Iterable[Segment], Info]:
    return model.transcribe(
        samples,
        language=code,
        initial_prompt=prompt,
        # The span was chosen by ear: all of it is to be written down.
        vad_filter=False,
        # One wrong guess doesn't lead to the next.
        condition_on_previous_text=False,
    )
