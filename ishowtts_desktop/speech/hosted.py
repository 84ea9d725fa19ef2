"""An engine on a thread of its own, so that nobody waits while it loads and nothing ends with it.

The owner's thread calls `HostedEngine.run`; on it, and on no other, the engine is made, loaded,
asked to speak and closed. A neural engine needs that: what it compiles and captures belongs to its
thread, and its packages take seconds to import.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from ishowtts_desktop.core.errors import EngineError, EngineLost, VoiceUnfit
from ishowtts_desktop.speech.job import Job, speak, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechEngine, SpeechRequest
    from ishowtts_desktop.speech.f5.phrases import PhraseStats

    Make = Callable[[], SpeechEngine]

FIRST_RETRY_SECONDS: Final = 5.0
LONGEST_RETRY_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 120.0
FAILURES_BEFORE_RELOAD: Final = 2

_log = logging.getLogger(__name__)


class HostPhase(Enum):
    """Where the engine stands. Only a ready one speaks; a lost one never will again."""

    OFF = "off"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    LOST = "lost"
    CLOSED = "closed"


@dataclass(frozen=True)
class HostState:
    """A phase, what went wrong, and in how many seconds a failed engine is loaded again.

    A ready engine with a problem failed at the message before; one that is ``warming`` speaks, and
    becomes quicker while nobody asks it to.
    """

    phase: HostPhase
    problem: EngineError | None = None
    retry_in: float | None = None
    warming: bool = False


@runtime_checkable
class WarmsUp(Protocol):
    """An engine that becomes quicker by what it does while nobody asks it to speak."""

    def warm_up(self) -> bool:
        """Make one more thing ready; False when there is nothing left. Raises `EngineError`."""
        ...


@runtime_checkable
class KeepsPhrases(Protocol):
    """An engine that keeps what is said again and again."""

    @property
    def phrases(self) -> PhraseStats:
        """How often that helped. From any thread."""
        ...


class HostedEngine:
    """Runs the engine that `use` was given; without one it is off. Thread-safe but for `run`.

    One request at a time: asking for the next one gives up the one before. ``first_retry`` and
    ``longest_retry`` are seconds between two loads; the wait doubles from the one to the other,
    and is the first one again as soon as a message was spoken. An engine that gives nothing for
    ``patience`` seconds has failed until it comes back from what it is in.
    """

    def __init__(
        self,
        make: Make | None = None,
        *,
        first_retry: float = FIRST_RETRY_SECONDS,
        longest_retry: float = LONGEST_RETRY_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._make = make
        self._first_retry = first_retry
        self._longest_retry = longest_retry
        self._patience = patience
        self._changed = threading.Condition()
        self._state = HostState(HostPhase.OFF if make is None else HostPhase.LOADING)
        self._listeners: list[Callable[[HostState], None]] = []
        self._job: Job | None = None
        self._replaced = False
        self._closing = False
        self._failures = 0
        self._lost: SpeechEngine | None = None
        self._phrases: KeepsPhrases | None = None

    @property
    def state(self) -> HostState:
        """How it stands now."""
        return self._state

    @property
    def phrases(self) -> PhraseStats | None:
        """How often the engine that is ready had kept what was asked of it; None if it doesn't."""
        keeps = self._phrases
        return None if keeps is None else keeps.phrases

    @property
    def ready(self) -> bool:
        """Whether `synthesize` would be heard."""
        return self._state.phase is HostPhase.READY and not (self._replaced or self._closing)

    def watch(self, listener: Callable[[HostState], None]) -> None:
        """Call ``listener`` with every change of state; before `run`.

        It is called on the host's thread; for an engine that has stopped answering on the asker's.
        """
        self._listeners.append(listener)

    def use(self, make: Make | None, patience: float | None = None) -> None:
        """Run another engine; None is off. The message that is being said ends first.

        The new one is made when the old one is gone: two of them may not fit on the device. After
        a loss nothing is made any more.
        """
        with self._changed:
            self._make, self._replaced, self._failures = make, True, 0
            self._patience = patience or self._patience
            self._changed.notify_all()

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech as it is made; leaving the iterator cancels. Raises `EngineError`."""
        job = Job(request, cancel)
        with self._changed:
            if not self.ready:
                raise EngineError("The engine isn't ready.", "The next message is tried.")
            if self._job is not None:
                self._job.drop()
            self._job = job
            self._changed.notify_all()
        try:
            while (chunk := job.pipe.take(self._patience)) is not None:
                yield chunk
        except TimeoutError:
            raise self._stalled(job) from None
        finally:
            job.drop()

    def close(self) -> None:
        """Make `run` return as soon as the engine lets it. Returns at once."""
        with self._changed:
            self._closing = True
            if self._job is not None:
                self._job.drop()
            self._changed.notify_all()

    def run(self) -> None:
        """Make, load and serve engines until `close`. Never raises."""
        while not self._closing:
            with self._changed:
                make, self._replaced = self._make, False
            if self._state.phase is HostPhase.LOST:
                self._wait(None)
            elif make is None:
                self._tell(HostState(HostPhase.OFF))
                self._wait(None)
            else:
                self._live(make)
                self._wait(self._state.retry_in or 0.0)
        self._tell(HostState(HostPhase.CLOSED))

    def _live(self, make: Make) -> None:
        """Lead one engine from its making to its end."""
        self._tell(HostState(HostPhase.LOADING))
        try:
            engine = make()
        except Exception as error:  # noqa: BLE001 - thread edge
            self._fail(typed(error, "load"))
            return
        try:
            engine.load()
        except Exception as error:  # noqa: BLE001 - thread edge
            self._fail(typed(error, "load"))
        else:
            self._phrases = engine if isinstance(engine, KeepsPhrases) else None
            self._tell(HostState(HostPhase.READY))
            self._serve(engine)
            self._phrases = None
        if self._state.phase is HostPhase.LOST:
            # Freeing what lies on a device that is gone can take the process down.
            self._lost = engine
            return
        try:
            engine.close()
        except Exception:  # noqa: BLE001 - thread edge
            _log.exception("an engine did not close")

    def _serve(self, engine: SpeechEngine) -> None:
        """Speak until the end, a replacement, or more failures than the next message can mend."""
        failures = 0
        while (job := self._next_job(engine)) is not None:
            problem = speak(engine, job)
            with self._changed:
                self._job = None if self._job is job else self._job
            if problem is None:
                failures = self._failures = 0
                job.pipe.finish()
                self._speaks()
                continue
            if isinstance(problem, VoiceUnfit):
                # Loading the model anew would not mend the voice.
                self._tell(HostState(HostPhase.READY, problem))
                job.pipe.finish(problem)
                continue
            failures += 1
            if isinstance(problem, EngineLost) or failures == FAILURES_BEFORE_RELOAD:
                # The state first: whoever hears of the failure must not find a ready engine.
                self._fail(problem)
                job.pipe.finish(problem)
                break
            self._tell(HostState(HostPhase.READY, problem))
            job.pipe.finish(problem)
        with self._changed:
            left, self._job = self._job, None
            if self._state.phase is HostPhase.READY:
                # Not ready in the moment between two engines, either.
                self._state = HostState(HostPhase.LOADING)
        if left is not None:
            left.pipe.finish(EngineError("The engine isn't ready any more."))

    def _next_job(self, engine: SpeechEngine) -> Job | None:
        """Wait for a request; None when this engine's time is over."""
        while not self._wanted() and isinstance(engine, WarmsUp):
            try:
                more = engine.warm_up()
                self._tell_warming(more)
                if not more:
                    break
            except Exception as error:  # noqa: BLE001 - thread edge
                problem = typed(error, "warm up")
                if isinstance(problem, EngineLost):
                    self._fail(problem)
                    return None
                _log.warning("%s", problem)
                self._tell_warming(False)
                break
        with self._changed:
            self._changed.wait_for(self._wanted)
            return None if self._replaced or self._closing else self._job

    def _tell_warming(self, warming: bool) -> None:
        if self._state.warming != warming:
            self._tell(replace(self._state, warming=warming))

    def _wanted(self) -> bool:
        return self._job is not None or self._replaced or self._closing

    def _stalled(self, job: Job) -> EngineError:
        """Let nobody else wait for an engine that gives nothing; return what there is to say."""
        problem = EngineError(
            f"The voice has made no sound for {self._patience:g} s.",
            "If it stays away, restart the application.",
        )
        with self._changed:
            # Else it has just come back.
            at_it = self._job is job and self._state.phase is HostPhase.READY
            if at_it:
                self._state = HostState(HostPhase.FAILED, problem)
        if at_it:
            self._announce(HostState(HostPhase.FAILED, problem))
        return problem

    def _speaks(self) -> None:
        """Take back what was told of a message that failed, or of one that took too long."""
        if self._state.phase is not HostPhase.READY or self._state.problem is not None:
            self._tell(HostState(HostPhase.READY))

    def _fail(self, problem: EngineError) -> None:
        if isinstance(problem, EngineLost):
            self._tell(HostState(HostPhase.LOST, problem))
            return
        seconds = min(self._longest_retry, self._first_retry * 2.0 ** min(self._failures, 10))
        self._failures += 1
        self._tell(HostState(HostPhase.FAILED, problem, seconds))

    def _wait(self, seconds: float | None) -> None:
        """Wait so long, or for ever, unless there is something to do."""
        with self._changed:
            self._changed.wait_for(lambda: self._replaced or self._closing, seconds)

    def _tell(self, state: HostState) -> None:
        with self._changed:
            self._state = state
        self._announce(state)

    def _announce(self, state: HostState) -> None:
        _log.info("%s %s", state.phase.value, state.problem or "")
        try:
            for listener in self._listeners:
                listener(state)
        except Exception:  # noqa: BLE001 - a watcher's fault must not end the engine
            _log.exception("a watcher of the engine failed")
