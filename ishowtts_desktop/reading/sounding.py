"""The jobs that are wholly made and still sound: waited for in a thread of their own.

So the engine's thread may make the next one meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from types import TracebackType

    from ishowtts_desktop.audio.output import AudioOutput, Played
    from ishowtts_desktop.reading.conductor import Job

_log = logging.getLogger(__name__)


class Report(Protocol):
    """Who is told the end of a job; see `Conductor.done`."""

    def __call__(self, job: Job, played: Played | None, failed: bool = False) -> None:
        """Take the end of ``job``."""
        ...


class Sounding:
    """Reports the end of each job that was added, in their order. Thread-safe.

    A context: its thread runs while it is entered. On leaving, what still sounds is cancelled.
    """

    def __init__(self, output: AudioOutput, report: Report) -> None:
        self._output = output
        self._report = report
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._leaving = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Sounding:
        self._leaving = False
        self._thread = threading.Thread(target=self._run, name="sounding", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._leaving = True
            for job in self._jobs:
                job.cancel.cancel()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def __len__(self) -> int:
        """How many still sound or wait for that, without those that were cancelled."""
        with self._changed:
            return sum(not job.cancel.cancelled for job in self._jobs)

    def add(self, job: Job) -> None:
        """Take a job whose sound was wholly written to the output."""
        with self._changed:
            self._jobs.append(job)
            self._changed.notify_all()

    def wait_for_end(self, seconds: float) -> None:
        """Sleep until one of those that sound now has ended, but not longer than ``seconds``."""
        with self._changed:
            before = len(self._jobs)
            self._changed.wait_for(lambda: len(self._jobs) < before or self._leaving, seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs or self._leaving)
                if not self._jobs:
                    return
                job = self._jobs[0]
            played = self._wait_for(job)
            try:
                self._report(job, played, failed=played is None)
            except Exception:  # noqa: BLE001 - thread edge: those behind it are still due
                _log.exception("the end of a sound can't be told")
            with self._changed:
                self._jobs.popleft()
                self._changed.notify_all()

    def _wait_for(self, job: Job) -> Played | None:
        try:
            return self._output.wait(job.tag, job.cancel)
        except Exception:  # noqa: BLE001 - thread edge: the message counts as failed
            _log.exception("the output failed")
            return None
