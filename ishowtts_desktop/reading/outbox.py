"""Telling watchers what happened: in order, and never under a lock."""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ishowtts_desktop.core.utterances import Outcome, Stage, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

_News = TypeVar("_News")


@dataclass(frozen=True)
class ReaderState:
    """What the reader does now. ``seconds_queued`` is predicted seconds of speech.

    ``held``: nothing new begins while the streamer talks. ``panicked``: all is silent until
    released. ``oldest_at`` is when what waits longest arrived, in seconds of `Clock.now`; None
    when nothing waits.
    """

    reading: bool
    paused: bool
    speaking: Utterance | None
    queued: int
    seconds_queued: float
    held: bool = False
    panicked: bool = False
    stage: Stage = Stage.CALM
    oldest_at: float | None = None

    def age(self, now: float) -> float:
        """Return how many seconds what waits longest has waited at ``now``, 0 for nothing."""
        return 0.0 if self.oldest_at is None else max(0.0, now - self.oldest_at)


class Outbox:
    """Keeps what happened until `deliver` has told it.

    Everything is told on the thread where it happened, unless another one is telling something
    earlier at that moment: then that one goes on with it, so that nobody hears "spoken" before
    "queued". A listener may call back into whoever owns the outbox.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: deque[Outcome | ReaderState] = deque()
        self._telling = False
        self._outcome_listeners: list[Callable[[Outcome], None]] = []
        self._state_listeners: list[Callable[[ReaderState], None]] = []

    def watch(self, listener: Callable[[Outcome], None]) -> None:
        """Call ``listener`` with every outcome from now on."""
        self._outcome_listeners.append(listener)

    def watch_state(self, listener: Callable[[ReaderState], None]) -> None:
        """Call ``listener`` with every change of state from now on."""
        self._state_listeners.append(listener)

    def put(self, news: Outcome | ReaderState) -> None:
        """Keep ``news`` for `deliver`. Never blocks, so it may be called under a lock."""
        self._pending.append(news)

    def deliver(self) -> None:
        """Tell all that was put.

        What a listener raises is logged and goes no further: whoever took an utterance would lose
        it, and the reading would fall silent for a window's fault.
        """
        while self._begin():
            self._tell(self._pending.popleft())
            self._telling = False

    def _begin(self) -> bool:
        with self._lock:
            if self._telling or not self._pending:
                return False
            self._telling = True
            return True

    def _tell(self, news: Outcome | ReaderState) -> None:
        if isinstance(news, Outcome):
            for listener in self._outcome_listeners:
                _call(listener, news)
        else:
            for state_listener in self._state_listeners:
                _call(state_listener, news)


def _call(listener: Callable[[_News], None], news: _News) -> None:
    try:
        listener(news)
    except Exception:  # noqa: BLE001 - a watcher's edge: see `deliver`
        _log.exception("a watcher of the reading failed")
