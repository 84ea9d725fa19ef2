"""The embedded engine: espeak-ng in this process, ready in milliseconds, on any machine."""

from __future__ import annotations

import logging
import math
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.espeak_library import EspeakLibrary
from ishowtts_desktop.speech.espeak_text import clean, runs
from ishowtts_desktop.speech.espeak_voices import Speaker
from ishowtts_desktop.speech.pipe import ChunkPipe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechRequest

_log = logging.getLogger(__name__)

_NATURAL_RATE = 175  # words a minute, espeak's own
_SLOWEST, _FASTEST = 80, 450
_CHUNKS_AHEAD = 512  # of 60 ms: half a minute, 3 MB; most utterances end before they are heard
_JOIN_SECONDS = 0.9


@dataclass(frozen=True)
class _Job:
    request: SpeechRequest
    pipe: ChunkPipe


class EspeakEngine:
    """Speaks with espeak-ng on its own thread, "espeak", from `load` to `close`.

    22,050 Hz, chunks of 60 ms. One utterance at a time: asking for the next one gives up the one
    before. The same request gives the same samples.
    """

    def __init__(self, library: EspeakLibrary | None = None) -> None:
        self._library = library or EspeakLibrary()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._worker: threading.Thread | None = None
        self._current: ChunkPipe | None = None
        self._closed = threading.Event()

    @property
    def id(self) -> str:
        """The engine's name on the command line."""
        return "espeak"

    def load(self) -> None:
        """Open espeak once, so that a broken installation shows now, and start the thread."""
        if self._worker is not None or self._closed.is_set():
            return
        with self._library.session(self._closed.is_set):
            pass
        with self._guard:
            if self._closed.is_set():
                return
            # A daemon: should espeak hang in C, that must not hold the end of the process.
            self._worker = threading.Thread(target=self._work, name="espeak", daemon=True)
            self._worker.start()

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech as it is made; leaving the iterator stops the making."""
        pipe = self._submit(request, cancel)
        try:
            while (chunk := pipe.take()) is not None:
                yield chunk
        finally:
            pipe.abandon()

    def close(self) -> None:
        """Stop speaking, end the thread. An iterator that is still read ends."""
        with self._guard:
            self._closed.set()
            if self._current is not None:
                self._current.abandon()
            worker = self._worker
        if worker is None:
            return
        self._jobs.put(None)
        worker.join(_JOIN_SECONDS)
        if worker.is_alive():
            _log.warning("espeak is still busy; its thread is left behind")

    def _submit(self, request: SpeechRequest, cancel: CancelToken) -> ChunkPipe:
        with self._guard:
            if self._worker is None or self._closed.is_set():
                raise EngineError("The espeak engine isn't loaded.", "Start reading again.")
            if self._current is not None:
                self._current.abandon()
            self._current = ChunkPipe(cancel, _CHUNKS_AHEAD)
            self._jobs.put(_Job(request, self._current))
            return self._current

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.pipe.finish(self._attempt(job))

    def _attempt(self, job: _Job) -> EngineError | None:
        try:
            self._speak(job.request, job.pipe)
        except EngineError as error:
            return error
        except Exception as error:  # noqa: BLE001 - thread edge
            _log.exception("espeak failed")
            return EngineError(f"espeak failed: {error}.", "See the log.")
        return None

    def _speak(self, request: SpeechRequest, pipe: ChunkPipe) -> None:
        speaker = Speaker.of(request.language, request.voice)
        text = clean(request.text)
        if not text.strip():
            return
        rate = words_per_minute(request.speed)
        with self._library.session(lambda: pipe.unwanted) as session:
            if session is None:
                return
            hearing = _Hearing(pipe, session.rate)
            for run in runs(text, speaker):
                name = speaker.espeak_name(run.language)
                if not session.speak(run.text, name, rate, hearing.take):
                    return


class _Hearing:
    """Turns espeak's samples into chunks; the digital silence before the first sound is left out.

    Text without anything to say makes nothing but such silence.
    """

    def __init__(self, pipe: ChunkPipe, rate: int) -> None:
        self._pipe = pipe
        self._rate = rate
        self._silent = True

    def take(self, data: bytes) -> bool:
        samples = np.frombuffer(data, dtype=np.int16)
        if self._silent:
            samples = samples[int(np.argmax(samples != 0)) :] if samples.any() else samples[:0]
            if not len(samples):
                return not self._pipe.unwanted
            self._silent = False
        scaled = np.multiply(samples, np.float32(1 / 32768), dtype=np.float32)
        return self._pipe.put(AudioChunk(scaled, self._rate))


def words_per_minute(speed: float) -> int:
    """Turn a factor on the natural rate into espeak's words a minute, within what it can."""
    if not math.isfinite(speed):
        return _NATURAL_RATE
    return round(min(max(_NATURAL_RATE * speed, _SLOWEST), _FASTEST))
