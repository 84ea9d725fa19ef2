"""The stock F5-TTS package as a speech engine: the peer that ours is measured against.

It speaks with the published code from text to samples: its tokens, durations, cuts, sampler,
vocoder and cross-fade. What surrounds them (finding a checkpoint, the reference recording) is ours.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import SAMPLE_RATE
from ishowtts_desktop.speech.f5.cuts import max_bytes_for
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.precision import PRECISIONS
from ishowtts_desktop.speech.f5.reference import TAIL_SECONDS, prepare
from ishowtts_desktop.speech.stock_model import StockModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechRequest
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Recording

    Recordings = Callable[[str, str], Recording]

STOCK_NFE: Final = 32


@dataclass(frozen=True)
class ReferenceOptions:
    """How to speak. ``seed`` None gives other noise each time; ``device`` None is the package's.

    ``precision`` is fp32, fp16 or bf16; "auto" is the package's own for the device.
    """

    nfe: int = STOCK_NFE
    cfg_strength: float = 2.0
    sway: float = -1.0
    seed: int | None = None
    device: str | None = None
    precision: str = "auto"


_MOST_VOICES: Final = 16


@dataclass(frozen=True)
class _Heard:
    """A voice as the package takes it: samples (1, s) at 24 kHz, and text that ends a sentence."""

    samples: torch.Tensor
    text: str
    speed: float


class _Cancelled(Exception):  # noqa: N818 - it is a way out, no error
    """Somebody asked to stop, between two steps."""


class ReferenceEngine:
    """Implements `SpeechEngine` by the stock package. Loads ``checkpoint`` on the calling thread.

    ``recordings`` gives the reference recording of a voice by its id and a language.
    """

    id = "f5-reference"

    def __init__(
        self,
        checkpoint: Checkpoint,
        recordings: Recordings,
        options: ReferenceOptions | None = None,
    ) -> None:
        self._checkpoint = checkpoint
        self._recordings = recordings
        self._options = options or ReferenceOptions()
        self._model: StockModel | None = None
        self._voices: dict[tuple[str, str], tuple[Recording, _Heard]] = {}
        self._closed = False

    def load(self) -> None:
        """Import the package and read the checkpoint; see `SpeechEngine`."""
        if self._model is None:
            dtype = PRECISIONS.get(self._options.precision)
            self._model = StockModel.load(self._checkpoint, self._options.device, dtype)

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech in one chunk, for the package joins its pieces; see `SpeechEngine`."""
        model = self._model
        if model is None or self._closed:
            raise EngineError("The stock engine is not loaded.", "Start the application again.")
        if not any(character.isalnum() for character in request.text):
            return
        # Half of a surrogate pair has no UTF-8, which the package counts in.
        text = request.text.encode("utf-8", "replace").decode()
        voice = self._voice(request)
        samples = self._say(model, text, voice, request.speed * voice.speed, cancel)
        if samples is not None and not self._closed and not cancel.cancelled:
            yield AudioChunk(samples, SAMPLE_RATE)

    def close(self) -> None:
        """Say nothing more. A step under way ends first; see `SpeechEngine`."""
        self._closed = True

    def _voice(self, request: SpeechRequest) -> _Heard:
        key = (request.voice, request.language)
        recording = self._recordings(*key)
        kept = self._voices.get(key)
        # The same object, until its voice is changed.
        if kept is None or kept[0] is not recording:
            while len(self._voices) >= _MOST_VOICES:
                del self._voices[next(iter(self._voices))]
            kept = self._voices[key] = (recording, _heard(recording))
        return kept[1]

    def _say(
        self, model: StockModel, text: str, voice: _Heard, speed: float, cancel: CancelToken
    ) -> NDArray[np.float32] | None:
        inference = model.stock.inference
        # Its `infer_process` does the same, and reads the recording from a file each time.
        seconds = voice.samples.shape[-1] / SAMPLE_RATE
        pieces = inference.chunk_text(text, max_bytes_for(voice.text, seconds, speed))

        def look(*_: object) -> None:
            if cancel.cancelled or self._closed:
                raise _Cancelled

        with (
            model.cfm.transformer.register_forward_pre_hook(look),
            contextlib.suppress(_Cancelled),
            _seeded(self._options.seed, model.device),
        ):
            samples, _, _ = next(
                inference.infer_batch_process(
                    (voice.samples, SAMPLE_RATE),
                    voice.text,
                    pieces,
                    model.cfm,
                    model.vocos,
                    progress=None,
                    nfe_step=self._options.nfe,
                    cfg_strength=self._options.cfg_strength,
                    sway_sampling_coef=self._options.sway,
                    speed=speed,
                    device=model.device,
                )
            )
            heard: NDArray[np.float32] = np.nan_to_num(samples, posinf=0.0, neginf=0.0)
            return heard.clip(-1.0, 1.0).astype(np.float32)
        return None


def _heard(recording: Recording) -> _Heard:
    """Take a recording as `speech.f5.reference.prepare` does, checks included, but as samples."""
    text = prepare(recording, MelSpectrogram()).text
    samples = np.asarray(recording.samples, np.float32)
    if samples.ndim == 2:
        samples = samples.mean(axis=1)
    if recording.rate != SAMPLE_RATE:
        import soxr

        samples = soxr.resample(samples, recording.rate, SAMPLE_RATE)
    tail = np.zeros(round(TAIL_SECONDS * SAMPLE_RATE), np.float32)
    return _Heard(torch.from_numpy(np.concatenate((samples, tail)))[None], text, recording.speed)


@contextlib.contextmanager
def _seeded(seed: int | None, device: str) -> Iterator[None]:
    """Let the package, which draws from torch's own generator, draw the noise of ``seed``."""
    if seed is None:
        yield
        return
    devices = [torch.cuda.current_device()] if device.startswith("cuda") else []
    with torch.random.fork_rng(devices):
        torch.manual_seed(seed)
        yield
