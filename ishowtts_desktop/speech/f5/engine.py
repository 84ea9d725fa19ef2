"""The F5-TTS engine: a cloned voice, in pieces, cancelled within one step."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError, EngineLost, VoiceError, VoiceUnfit
from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.sound.limiter import limited
from ishowtts_desktop.speech.f5.arch import HOP, SAMPLE_RATE
from ishowtts_desktop.speech.f5.cuts import first_sound_first, in_two
from ishowtts_desktop.speech.f5.duration import Timing
from ishowtts_desktop.speech.f5.faults import as_engine_error, is_full, told
from ishowtts_desktop.speech.f5.joining import Joiner
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.phrases import (
    PHRASE_SECONDS,
    PhraseCache,
    one_spaced,
    phrase_key,
)
from ishowtts_desktop.speech.f5.precision import (
    PRECISIONS,
    best_precision,
    find_device,
    share_memory,
    work_on,
)
from ishowtts_desktop.speech.f5.prepared import PreparedVoices
from ishowtts_desktop.speech.f5.runtime import Runtime
from ishowtts_desktop.speech.f5.sampler import nearest, noise_for, snapped
from ishowtts_desktop.speech.f5.trailing import with_pause, without_trailing_silence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ishowtts_desktop.core.presets import DurationMode
    from ishowtts_desktop.speech.engine import SpeechRequest
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.phrases import PhraseStats
    from ishowtts_desktop.speech.f5.reference import Recording, Reference
    from ishowtts_desktop.speech.f5.tokens import Vocabulary

    Recordings = Callable[[str, str], Recording]
    Samples = NDArray[np.float32]

CFG_STRENGTH = 2.0
SWAY = -1.0


WARM_SECONDS = (2.0, 3.0, 4.0, 1.5, 2.5, 6.0, 8.0)
"""Of so much speech most chat lines are: what is made ready first."""
_MOST_HALVINGS = 3
_OFTEN_FULL = 3
_WORST = 8.0
"""Times full scale: a model's single wild sample shan't turn down all that is around it."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class F5Options:
    """How to speak. ``seed`` None gives other noise each time; ``nfe`` is 1..128.

    ``device`` is torch's name for one or "auto"; ``precision`` fp32, fp16, bf16 or "auto". Voices
    in ``warm`` (id, language) are prepared while loading. ``duration`` "stock" gives each text the
    time that the stock package does. ``phrase_cache_bytes`` are for short lines that come again:
    those then sound as they did the first time, also where ``seed`` is None. 0 keeps none.
    """

    nfe: int = PRESETS["fast"]
    cfg_strength: float = CFG_STRENGTH
    sway: float = SWAY
    seed: int | None = None
    device: str = "auto"
    precision: str = "auto"
    warm: tuple[tuple[str, str], ...] = ()
    duration: DurationMode = "natural"
    phrase_cache_bytes: int = 0


@dataclass(frozen=True)
class _Loaded:
    """What a checkpoint became."""

    runtime: Runtime
    vocabulary: Vocabulary


@dataclass(frozen=True)
class _Manner:
    """In whose voice something is said, how fast, and who may stop it."""

    reference: Reference
    timing: Timing
    cancel: CancelToken


class F5Engine:
    """Implements `SpeechEngine`. Loads ``checkpoint`` on the thread that calls `load`.

    ``recordings`` gives the reference recording of a voice by its id and a language. It is asked at
    each utterance; what was made of a recording is kept by its content.
    """

    id = "f5"

    def __init__(
        self, checkpoint: Checkpoint, recordings: Recordings, options: F5Options | None = None
    ) -> None:
        self._checkpoint = checkpoint
        self._recordings = recordings
        self._options = options or F5Options()
        self._loaded: _Loaded | None = None
        self._voices = PreparedVoices(MelSpectrogram())
        self._phrases = PhraseCache(self._options.phrase_cache_bytes)
        self._lengths_met: set[int] = set()
        self._closed = False
        self._thread = 0
        self._times_full = 0

    @property
    def phrases(self) -> PhraseStats:
        """How much the kept short lines are worth; any thread may ask."""
        return self._phrases.stats

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
                if self._closed:
                    break
                self._warm_voice(loaded, voice, language)
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
        speed = request.speed * reference.speed
        timing = Timing(reference, request.language, speed, self._options.duration)
        manner = _Manner(reference, timing, cancel)
        text = request.text.strip()
        short = timing.seconds(text) <= PHRASE_SECONDS
        if short:
            text = one_spaced(text)
        keeps = short and self._phrases.stats.limit
        spoken = (self._speak_once if keeps else self._speak)(loaded, text, manner)
        for samples in spoken:
            if len(samples):
                yield AudioChunk(samples, SAMPLE_RATE)

    def close(self) -> None:
        """Free everything; from another thread, say nothing more: a step under way ends first."""
        self._closed = True
        if self._loaded is None or threading.get_ident() != self._thread:
            return
        on_cuda = self._loaded.runtime.device.type == "cuda"
        self._loaded = None
        self._voices.forget()
        self._phrases.forget()
        if on_cuda:
            # Else torch keeps for itself what others could use.
            torch.cuda.empty_cache()

    def _warm_voice(self, loaded: _Loaded, voice: str, language: str) -> None:
        """Prepare one voice; another one's trouble is no reason for the engine not to load."""
        try:
            reference = self._reference(loaded.runtime, voice, language)
            if loaded.runtime.device.type == "cuda":
                # Libraries load their kernels when they are first called.
                timing = Timing(reference, language)
                self._make(loaded, "Hello.", _Manner(reference, timing, CancelToken()))
        except Exception as error:
            fault = error if isinstance(error, EngineError) else as_engine_error(error)
            if isinstance(fault, EngineLost):
                raise fault from error
            _log.warning("the voice %r (%s) can't be prepared: %s", voice, language, str(fault))

    def _reference(self, runtime: Runtime, voice: str, language: str) -> Reference:
        try:
            recording = self._recordings(voice, language)
        except VoiceError as error:
            raise VoiceUnfit(error.message, error.advice) from error
        reference = self._voices.get(recording, runtime)
        if reference.frames not in self._lengths_met:
            self._lengths_met.add(reference.frames)
            runtime.want([reference.frames + int(s * SAMPLE_RATE / HOP) for s in WARM_SECONDS])
        return reference

    def _speak_once(self, loaded: _Loaded, text: str, manner: _Manner) -> Iterator[Samples]:
        """Yield a short ``text``'s samples at once: as they were made before, if they were."""
        timing = manner.timing
        key = phrase_key(
            *(self._checkpoint.files, self._options, loaded.runtime.dtype),
            *(timing.reference.sound, timing.reference.text, text, timing.language, timing.speed),
        )
        kept = self._phrases.get(key)
        if kept is None:
            made = list(self._speak(loaded, text, manner))
            if manner.cancel.cancelled or self._closed or not made:
                return
            kept = self._phrases.put(key, np.concatenate(made))
        if not (manner.cancel.cancelled or self._closed):
            yield kept

    def _speak(self, loaded: _Loaded, text: str, manner: _Manner) -> Iterator[Samples]:
        """Yield ``text``'s samples piece by piece, the first sound first."""
        joiner = Joiner()
        pieces = first_sound_first(text, manner.timing.seconds)
        for number, piece in enumerate(pieces):
            pauses = manner.timing.trims and number + 1 < len(pieces)
            for samples in self._say(loaded, piece, manner):
                yield joiner.add(with_pause(samples, piece) if pauses else samples)
            if manner.cancel.cancelled or self._closed:
                return
        yield joiner.end()

    def _say(
        self, loaded: _Loaded, text: str, manner: _Manner, halvings: int = 0
    ) -> Iterator[Samples]:
        """Yield ``text``'s samples: all at once, or in halves where the memory isn't enough."""
        try:
            samples = self._make(loaded, text, manner)
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
        self._voices.forget()
        loaded.runtime.release()
        for half in halves:
            yield from self._say(loaded, half, manner, halvings + 1)

    def _make(self, loaded: _Loaded, text: str, manner: _Manner) -> Samples | None:
        cancel, reference = manner.cancel, manner.reference
        if cancel.cancelled or self._closed:
            return None
        heard = reference.heard
        tokens = torch.tensor(loaded.vocabulary.ids(reference.text + text))
        wanted = manner.timing.frames(text)
        # Our own rule has a guard to take a little from; the stock package's has none.
        rounded = nearest(wanted) if manner.timing.trims else snapped(wanted)
        frames = max(rounded, snapped(len(tokens) + 1), snapped(len(heard.mel) + 1))
        noise = noise_for(frames, self._options.seed)
        mel = loaded.runtime.mel(heard.mel, tokens, frames, noise, cancel, heard.projected)
        if mel is None or self._closed:
            return None
        samples = loaded.runtime.samples(mel[heard.frames :]).cpu() * heard.gain
        if not bool(samples.isfinite().all()):
            raise EngineError(
                "The F5 model made numbers that are no sound.",
                "Choose the precision fp32, or another checkpoint.",
            )
        spoken: Samples = limited(samples.clamp(-_WORST, _WORST).numpy(), SAMPLE_RATE)
        return without_trailing_silence(spoken) if manner.timing.trims else spoken
