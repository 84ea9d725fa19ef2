"""The F5-TTS engine: a cloned voice, in pieces, cancelled within one step."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.speech.f5.arch import HOP, SAMPLE_RATE
from ishowtts_desktop.speech.f5.cuts import first_sound_first, in_two
from ishowtts_desktop.speech.f5.duration import natural_frames
from ishowtts_desktop.speech.f5.faults import as_engine_error, is_full, told
from ishowtts_desktop.speech.f5.joining import Joiner
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.precision import (
    PRECISIONS,
    best_precision,
    find_device,
    share_memory,
    work_on,
)
from ishowtts_desktop.speech.f5.reference import prepare
from ishowtts_desktop.speech.f5.runtime import Runtime
from ishowtts_desktop.speech.f5.sampler import nearest, noise_for, snapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ishowtts_desktop.speech.engine import SpeechRequest
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Recording, Reference
    from ishowtts_desktop.speech.f5.tokens import Vocabulary

    Recordings = Callable[[str, str], Recording]

CFG_STRENGTH = 2.0
SWAY = -1.0


WARM_SECONDS = (2.0, 3.0, 4.0, 1.5, 2.5, 6.0, 8.0)
"""Of so much speech most chat lines are: what is made ready first."""
_MOST_HALVINGS = 3
_OFTEN_FULL = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class F5Options:
    """How to speak. ``seed`` None gives other noise each time; ``nfe`` is 1..128.

    ``device`` is torch's name for one or "auto"; ``precision`` fp32, fp16, bf16 or "auto". Voices
    in ``warm`` (id, language) are prepared while loading.
    """

    nfe: int = PRESETS["fast"]
    cfg_strength: float = CFG_STRENGTH
    sway: float = SWAY
    seed: int | None = None
    device: str = "auto"
    precision: str = "auto"
    warm: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Loaded:
    """What a checkpoint became."""

    runtime: Runtime
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
        self._thread = 0
        self._times_full = 0

    def load(self) -> None:
        """Read the checkpoint, fuse and record what is used first; see `SpeechEngine`."""
        if self._loaded is not None:
            return
        options = self._options
        with told():
            device = find_device(options.device)
            work_on(device)
            dtype = PRECISIONS.get(options.precision) or best_precision(device)
            share_memory(device)
            model = self._checkpoint.load(device=device, dtype=dtype)
            runtime = Runtime(
                model, nfe=options.nfe, sway=options.sway, cfg_strength=options.cfg_strength
            )
            loaded = _Loaded(runtime, model.vocabulary)
            # What reads Chinese takes half a second to import; a chat's first line shan't wait.
            model.vocabulary.ids("好")
            for voice, language in options.warm:
                reference = self._reference(runtime, voice, language)
                if device.type == "cuda":
                    # Libraries load their kernels when they are first called.
                    self._make(loaded, "Hello.", reference, 1.0, CancelToken())
            self._loaded, self._thread = loaded, threading.get_ident()
        self.warm_up()

    def warm_up(self) -> bool:
        """Record one more length that speech has come in; see `speech.hosted.WarmsUp`."""
        if self._loaded is None or self._closed:
            return False
        runtime = self._loaded.runtime
        try:
            return runtime.warm_next()
        except Exception as error:
            if not is_full(error):
                raise as_engine_error(error) from error
            # As text: a log that keeps its records would keep what the error holds on to.
            _log.warning("no memory for another recorded length: %s", str(error))
        # Only here is the error gone, which held on to what was being recorded.
        runtime.release()
        self._times_full += 1
        if self._times_full == _OFTEN_FULL:
            runtime.stop_recording()
        return False

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech piece by piece; see `SpeechEngine`."""
        loaded = self._loaded
        if loaded is None or self._closed:
            raise EngineError("The F5 engine is not loaded.", "Start the application again.")
        if not any(character.isalnum() for character in request.text):
            return
        with told():
            reference = self._reference(loaded.runtime, request.voice, request.language)
        joiner = Joiner()

        def seconds_of(text: str) -> float:
            frames = natural_frames(reference.frames, reference.text, text, request.speed)
            return (frames - reference.frames) * HOP / SAMPLE_RATE

        for piece in first_sound_first(request.text, seconds_of):
            for samples in self._say(loaded, piece, reference, request.speed, cancel):
                yield from _chunks(joiner.add(samples))
            if cancel.cancelled or self._closed:
                return
        yield from _chunks(joiner.end())

    def close(self) -> None:
        """Free everything; from another thread, say nothing more: a step under way ends first."""
        self._closed = True
        if self._loaded is None or threading.get_ident() != self._thread:
            return
        on_cuda = self._loaded.runtime.device.type == "cuda"
        self._loaded = None
        self._references.clear()
        if on_cuda:
            # Else torch keeps for itself what others could use.
            torch.cuda.empty_cache()

    def _reference(self, runtime: Runtime, voice: str, language: str) -> Reference:
        key = (voice, language)
        if key not in self._references:
            made = prepare(self._recordings(voice, language), self._mel)
            self._references[key] = made
            runtime.want([made.frames + int(s * SAMPLE_RATE / HOP) for s in WARM_SECONDS])
        return self._references[key]

    def _say(
        self,
        loaded: _Loaded,
        text: str,
        reference: Reference,
        speed: float,
        cancel: CancelToken,
        halvings: int = 0,
    ) -> Iterator[NDArray[np.float32]]:
        """Yield ``text``'s samples: all at once, or in halves where the memory isn't enough."""
        try:
            samples = self._make(loaded, text, reference, speed, cancel)
        except Exception as error:
            if isinstance(error, EngineError):
                raise
            halves = in_two(text)
            if not is_full(error) or halvings == _MOST_HALVINGS or len(halves) < 2:
                raise as_engine_error(error) from error
            _log.warning("no memory for %d characters at once: %s", len(text), str(error))
        else:
            if samples is not None:
                yield samples
            return
        # Only here is the error gone, which held on to the tensors of its frames.
        loaded.runtime.release()
        for half in halves:
            yield from self._say(loaded, half, reference, speed, cancel, halvings + 1)

    def _make(
        self, loaded: _Loaded, text: str, reference: Reference, speed: float, cancel: CancelToken
    ) -> NDArray[np.float32] | None:
        if cancel.cancelled or self._closed:
            return None
        tokens = torch.tensor(loaded.vocabulary.ids(reference.text + text))
        wanted = natural_frames(reference.frames, reference.text, text, speed)
        frames = max(nearest(wanted), snapped(len(tokens) + 1), snapped(len(reference.mel) + 1))
        noise = noise_for(frames, self._options.seed)
        mel = loaded.runtime.mel(reference.mel, tokens, frames, noise, cancel)
        if mel is None or self._closed:
            return None
        samples = loaded.runtime.samples(mel[reference.frames :]).cpu() * reference.gain
        if not bool(samples.isfinite().all()):
            raise EngineError(
                "The F5 model made numbers that are no sound.",
                "Choose the precision fp32, or another checkpoint.",
            )
        heard: NDArray[np.float32] = samples.clamp(-1.0, 1.0).numpy()
        return heard


def _chunks(samples: NDArray[np.float32]) -> Iterator[AudioChunk]:
    if len(samples):
        yield AudioChunk(samples, SAMPLE_RATE)
