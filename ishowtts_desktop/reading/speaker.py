"""The speaker: takes what is due, has the engine make it and the output play it, and reports.

While one utterance still sounds the next is made, so that no more silence lies between them than
is wanted.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import EngineError, IshowttsError
from ishowtts_desktop.reading.lead import Lead
from ishowtts_desktop.reading.sounding import Sounding
from ishowtts_desktop.speech.engine import SpeechRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.audio.output import AudioOutput
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.reading.conductor import Conductor, Job
    from ishowtts_desktop.speech.engine import SpeechEngine

_log = logging.getLogger(__name__)

# An output tells a change of state on its own thread; a look now and then is simpler than that.
_LOOK_FOR_OUTPUT = 0.1
_LOOK_AT_SOUND = 0.05
_TAKE = 1.0
_BREATH = 0.5
# Between a name and what was written, where the voice changes.
_VOICE_CHANGE_SECONDS = 0.15


class Speaker:
    """Speaks until the conductor is closed, on whatever single thread calls `run`.

    The next utterance is taken when ``lead_seconds`` are left of the one before, until the engine's
    own pace is known: see `Lead`.

    It owns neither the engine nor the output: who made them closes them. ``voice`` is an id, empty
    for the engine's choice; ``speed`` a factor on the natural rate. All times are seconds.
    """

    def __init__(
        self,
        conductor: Conductor,
        engine: SpeechEngine,
        output: AudioOutput,
        clock: Clock,
        *,
        voice: str = "",
        speed: float = 1.0,
        lead_seconds: float = 1.0,
        load_again_after: float = 10.0,
        rest_after_problem: float = 0.5,
    ) -> None:
        self._conductor = conductor
        self._engine = engine
        self._output = output
        self._clock = clock
        self._lead = Lead(lead_seconds)
        self._sounding = Sounding(output, conductor.done)
        self._breathes = threading.Event()
        self._how = (voice, speed)
        self._load_again_after = load_again_after
        self._rest_after_problem = rest_after_problem
        self._listeners: list[Callable[[IshowttsError], None]] = []

    def watch_problem(self, listener: Callable[[IshowttsError], None]) -> None:
        """Call ``listener`` with whatever goes wrong, on the speaker's thread."""
        self._listeners.append(listener)

    def use(self, voice: str, speed: float) -> None:
        """Speak like this from the next utterance on. From any thread."""
        self._how = (voice, speed)

    def breathe(self) -> None:
        """Be silent for half a second once what is begun has been said. From any thread."""
        self._breathes.set()

    def run(self) -> None:
        """Speak what is due until the conductor is closed. Never raises."""
        with self._sounding:
            while not self._conductor.closed:
                self._load_and_speak()
                self._conductor.forget_stale()

    def _load_and_speak(self) -> None:
        try:
            if self._load():
                self._speak_all()
        except Exception as error:  # noqa: BLE001 - thread edge
            _log.exception("the speaker met an error that nobody expected")
            advice = "The next message is tried; the log has the details."
            self._tell(EngineError(f"Speaking failed: {error!r}.", advice))
            self._conductor.wait_closed(self._rest_after_problem)

    def _load(self) -> bool:
        """Load the engine; on failure tell it and wait until it is worth another try."""
        try:
            began = self._clock.now()
            self._engine.load()
        except EngineError as error:
            self._tell(error)
            self._conductor.wait_closed(self._load_again_after)
            return False
        _log.info("engine %s loaded in %.3f s", self._engine.id, self._clock.now() - began)
        return True

    def _speak_all(self) -> None:
        while not self._conductor.closed:
            if not self._output.ready:
                self._conductor.forget_stale()
                self._conductor.wait_closed(_LOOK_FOR_OUTPUT)
                continue
            if self._breathes.is_set() and not self._sounding:
                self._breathes.clear()
                self._conductor.wait_closed(_BREATH)
            early = self._too_early()
            if early:
                self._sounding.wait_for_end(early)
                continue
            job = self._conductor.take(_TAKE)
            if job is not None:
                self._speak(job)

    def _too_early(self) -> float:
        """Return for how many seconds the next utterance is better left where others overtake."""
        if not self._sounding:
            return 0.0
        if len(self._sounding) > 1 or self._breathes.is_set():
            return _LOOK_AT_SOUND
        # A pause holds what is left, so it is looked at again soon.
        return min(_LOOK_AT_SOUND, max(0.0, self._output.buffered - self._lead.seconds))

    def _speak(self, job: Job) -> None:
        try:
            self._make(job)
        except IshowttsError as error:
            self._give_up(job)
            self._tell(error)
            self._conductor.wait_closed(self._rest_after_problem)
        except Exception:
            self._give_up(job)
            raise
        else:
            self._sounding.add(job)

    def _make(self, job: Job) -> None:
        began, first = self._clock.now(), True
        for chunk in self._chunks(job):
            if first:
                self._lead.learn(self._clock.now() - began)
                first = False
            self._output.write(job.tag, chunk, job.cancel)
        self._output.finish(job.tag, job.gap)

    def _chunks(self, job: Job) -> Iterator[AudioChunk]:
        """Yield the segments' audio, with a short silence where one voice follows another."""
        chosen, speed = self._how
        speed *= job.utterance.speed
        rate, before = 0, ""
        for segment in job.segments:
            voice = segment.voice or chosen
            if rate and voice != before:
                yield AudioChunk(np.zeros(round(rate * _VOICE_CHANGE_SECONDS), np.float32), rate)
            request = SpeechRequest(segment.text, segment.language, voice, speed)
            for chunk in self._engine.synthesize(request, job.cancel):
                rate, before = chunk.rate, voice
                yield chunk

    def _give_up(self, job: Job) -> None:
        """Silence what was begun: half a sentence and nothing after it helps nobody."""
        job.cancel.cancel()
        self._output.stop(job.tag)
        self._conductor.done(job, None, failed=True)

    def _tell(self, problem: IshowttsError) -> None:
        _log.warning("%s", problem)
        try:
            for listener in self._listeners:
                listener(problem)
        except Exception:  # noqa: BLE001 - a watcher's fault must not end the thread that speaks
            _log.exception("a watcher of problems failed")
