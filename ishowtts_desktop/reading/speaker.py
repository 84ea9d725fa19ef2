"""The speaker: takes what is due, has the engine make it and the output play it, and reports."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import EngineError, IshowttsError
from ishowtts_desktop.speech.engine import SpeechRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.audio.output import AudioOutput, Played
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.reading.conductor import Conductor, Job
    from ishowtts_desktop.speech.engine import SpeechEngine

_log = logging.getLogger(__name__)

# An output tells a change of state on its own thread; a look now and then is simpler than that.
_LOOK_FOR_OUTPUT = 0.1
_TAKE = 1.0


class Speaker:
    """Speaks until the conductor is closed, on whatever single thread calls `run`.

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
        gap_seconds: float = 0.25,
        voice: str = "",
        speed: float = 1.0,
        load_again_after: float = 10.0,
        rest_after_problem: float = 0.5,
    ) -> None:
        self._conductor = conductor
        self._engine = engine
        self._output = output
        self._clock = clock
        self._gap_seconds = gap_seconds
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

    def run(self) -> None:
        """Speak what is due until the conductor is closed. Never raises."""
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
            job = self._conductor.take(_TAKE)
            if job is not None:
                self._speak(job)

    def _speak(self, job: Job) -> None:
        try:
            played = self._play(job)
        except IshowttsError as error:
            self._give_up(job)
            self._tell(error)
            self._conductor.wait_closed(self._rest_after_problem)
        except Exception:
            self._give_up(job)
            raise
        else:
            self._conductor.done(job, played)
            self._conductor.wait_closed(self._gap_seconds)

    def _play(self, job: Job) -> Played:
        utterance, cancel = job.utterance, job.cancel
        voice, speed = self._how
        request = SpeechRequest(utterance.text, utterance.language, utterance.voice or voice, speed)
        for chunk in self._engine.synthesize(request, cancel):
            self._output.write(utterance.id, chunk, cancel)
        self._output.finish(utterance.id)
        return self._output.wait(utterance.id, cancel)

    def _give_up(self, job: Job) -> None:
        """Silence what was begun: half a sentence and nothing after it helps nobody."""
        job.cancel.cancel()
        self._output.stop(job.utterance.id)
        self._conductor.done(job, None, failed=True)

    def _tell(self, problem: IshowttsError) -> None:
        _log.warning("%s", problem)
        try:
            for listener in self._listeners:
                listener(problem)
        except Exception:  # noqa: BLE001 - a watcher's fault must not end the thread that speaks
            _log.exception("a watcher of problems failed")
