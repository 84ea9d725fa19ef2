"""The F5-TTS engine: a cloned voice, in pieces, cancelled within one step."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import torch

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, SAMPLE_RATE
from ishowtts_desktop.speech.f5.cuts import first_sound_first
from ishowtts_desktop.speech.f5.duration import natural_frames
from ishowtts_desktop.speech.f5.joining import Joiner
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.reference import prepare
from ishowtts_desktop.speech.f5.sampler import Sampler, noise_for, snapped
from ishowtts_desktop.speech.f5.schedule import modulation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechRequest
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Recording, Reference
    from ishowtts_desktop.speech.f5.schedule import Modulation
    from ishowtts_desktop.speech.f5.tokens import Vocabulary
    from ishowtts_desktop.speech.f5.vocos import Vocos

    Recordings = Callable[[str, str], Recording]

PRESETS: Final[Mapping[str, int]] = MappingProxyType(
    {"turbo": 5, "fast": 7, "balanced": 12, "studio": 32}
)
"""Function evaluations (NFE) of each preset; all but studio have an optimised grid."""
CFG_STRENGTH = 2.0
SWAY = -1.0


@dataclass(frozen=True)
class F5Options:
    """How to speak. ``seed`` None gives other noise each time; ``nfe`` is 1..128."""

    nfe: int = PRESETS["fast"]
    cfg_strength: float = CFG_STRENGTH
    sway: float = SWAY
    seed: int | None = None


@dataclass(frozen=True)
class _Loaded:
    """What a checkpoint became."""

    sampler: Sampler
    tables: Modulation
    vocos: Vocos
    vocabulary: Vocabulary


class F5Engine:
    """Implements `SpeechEngine`. Loads ``checkpoint`` on the thread that calls `load`.

    ``recordings`` gives the reference recording of a voice by its id and a language.
    """

    id = "f5"

    def __init__(
        self, checkpoint: Checkpoint, recordings: Recordings, options: F5Options | None = None
    ) -> None:
        self._checkpoint = checkpoint
        self._recordings = recordings
        self._options = options or F5Options()
        self._loaded: _Loaded | None = None
        self._mel = MelSpectrogram()
        self._references: dict[tuple[str, str], Reference] = {}
        self._closed = False

    def load(self) -> None:
        """Read the checkpoint and make the preset's tables; see `SpeechEngine`."""
        if self._loaded is not None:
            return
        model = self._checkpoint.load()
        # The tables replace the weights that they are made from, two fifths of the model.
        tables = modulation(model.time_weights, self._options.nfe, self._options.sway)
        sampler = Sampler(model.dit, model.text_encoder)
        self._loaded = _Loaded(sampler, tables, model.vocos, model.vocabulary)

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech piece by piece; see `SpeechEngine`."""
        loaded = self._loaded
        if loaded is None or self._closed:
            raise EngineError("The F5 engine is not loaded.", "Start the application again.")
        if not any(character.isalnum() for character in request.text):
            return
        reference = self._reference(request.voice, request.language)
        joiner = Joiner()

        def seconds_of(text: str) -> float:
            frames = natural_frames(reference.frames, reference.text, text, request.speed)
            return (frames - reference.frames) * HOP / SAMPLE_RATE

        pieces = first_sound_first(request.text, seconds_of)
        for piece in pieces:
            samples = self._say(loaded, piece, reference, request.speed, cancel)
            if samples is None:
                return
            yield from _chunks(joiner.add(samples))
        yield from _chunks(joiner.end())

    def close(self) -> None:
        """Say nothing more. A step under way ends first; see `SpeechEngine`."""
        self._closed = True

    def _reference(self, voice: str, language: str) -> Reference:
        key = (voice, language)
        if key not in self._references:
            self._references[key] = prepare(self._recordings(voice, language), self._mel)
        return self._references[key]

    def _say(
        self, loaded: _Loaded, text: str, reference: Reference, speed: float, cancel: CancelToken
    ) -> NDArray[np.float32] | None:
        tokens = torch.tensor(loaded.vocabulary.ids(reference.text + text))
        wanted = natural_frames(reference.frames, reference.text, text, speed)
        frames = max(snapped(wanted), len(tokens) + 1, len(reference.mel) + 1)
        conditions = loaded.sampler.prepare(reference.mel, tokens, frames)
        noise = noise_for(frames, self._options.seed)
        strength = self._options.cfg_strength
        mel = loaded.sampler.sample(conditions, loaded.tables, noise, strength, cancel)
        if mel is None or self._closed:
            return None
        samples = loaded.vocos(mel[None, reference.frames :])[0] * reference.gain
        # A loudspeaker must never get what a broken checkpoint makes of itself.
        heard: NDArray[np.float32] = samples.nan_to_num(0.0, 0.0, 0.0).clamp(-1.0, 1.0).numpy()
        return heard


def _chunks(samples: NDArray[np.float32]) -> Iterator[AudioChunk]:
    if len(samples):
        yield AudioChunk(samples, SAMPLE_RATE)
