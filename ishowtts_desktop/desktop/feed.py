"""The one door from the pipeline's threads to the window.

Anything may be posted from any thread and as fast as it comes. The feed keeps what the window could
still show, the newest state of each message and the last thousand messages, and hands it over on
the GUI thread at most twenty times a second, in portions that don't hold up the event loop.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ishowtts_desktop.core.messages import ChatMessage, RemovalScope
from ishowtts_desktop.core.utterances import OutcomeState, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.core.messages import ConnectionState, Notice, Removal
    from ishowtts_desktop.core.utterances import Outcome
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.reading.conductor import ReaderState

CAPACITY: Final = 1000
INTERVAL_MS: Final = 50
PORTION: Final = 50
MAX_PROBLEMS: Final = 20
COURTESY_SECONDS: Final = 0.1

_REASONS: Final = MappingProxyType(
    {
        RemovalScope.MESSAGE: Reason.MESSAGE_DELETED,
        RemovalScope.AUTHOR: Reason.AUTHOR_BANNED,
        RemovalScope.ALL: Reason.CHAT_CLEARED,
    }
)

RowKey = tuple[str, str, str]


@dataclass(frozen=True)
class RowChange:
    """What is new about one row. ``removed`` says who took it back, and stays once it is set."""

    key: RowKey
    message: ChatMessage | None = None
    outcome: Outcome | None = None
    removed: Reason | None = None


class Remedy(Enum):
    """What a banner offers to do."""

    RESTART = "restart"
    RELEASE = "release"
    RESUME = "resume"
    UNDO = "undo"


@dataclass(frozen=True)
class Problem:
    """Something the user should know. A later one of the same ``key`` takes its place.

    A ``calm`` one is a notice: nothing is wrong.
    """

    key: str
    message: str
    advice: str = ""
    calm: bool = False
    remedy: Remedy | None = None


def row_key(source: ChatMessage | Notice | None, own_id: str = "") -> RowKey:
    """Name a row: what came from the platform by its id there, what has none by ``own_id``."""
    if source is None:
        return ("", "", own_id)
    return (source.source, source.channel, source.id or own_id)


class ChatFeed(QObject):
    """Takes news on any thread, tells it on the thread it lives on. ``capacity`` counts rows.

    ``rows_expired`` tells how many of the oldest rows that were handed over are forgotten here;
    what is still shown is always known here, so that a removal finds it.
    """

    rows_expired = Signal(int)
    rows_changed = Signal(object)
    connection_changed = Signal(object)
    reader_changed = Signal(object)
    latency_changed = Signal(object, object)
    voice_changed = Signal(object)
    problem_raised = Signal(object)
    problem_solved = Signal(str)
    _work_arrived = Signal()

    def __init__(self, parent: QObject | None = None, *, capacity: int = CAPACITY) -> None:
        super().__init__(parent)
        self._capacity = capacity
        self._lock = threading.Lock()
        self._open = threading.Event()
        self._open.set()
        self._live: OrderedDict[RowKey, ChatMessage | Notice | None] = OrderedDict()
        self._pending: dict[RowKey, RowChange] = {}
        self._shown: set[RowKey] = set()
        self._expired = 0
        self._problems: OrderedDict[str, Problem | None] = OrderedDict()
        self._connection: ConnectionState | None = None
        self._reader: ReaderState | None = None
        self._voice: VoiceState | None = None
        self._latency: tuple[float | None, float | None] | None = None
        self._woken = False
        self._closed = False
        self._flushed_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.flush)
        self._work_arrived.connect(self._schedule, Qt.ConnectionType.QueuedConnection)

    def post_message(self, message: ChatMessage) -> None:
        """Show a new chat message."""
        with self._posting():
            key = row_key(message)
            if key in self._live:
                return
            self._add(key, message)
            self._pending[key] = RowChange(key, message)
            self._wake()

    def post_outcome(self, outcome: Outcome) -> None:
        """Show what became of a message; of one that scrolled away long ago nothing is shown."""
        with self._posting():
            message = outcome.message
            key = row_key(outcome.notice, outcome.id) if message is None else row_key(message)
            if key not in self._live:
                if self._scrolled_away(outcome.message):
                    return
                self._add(key, outcome.message or outcome.notice)
            change = self._change_of(key)
            removed = change.removed
            if outcome.state is OutcomeState.REMOVED:
                removed = outcome.reason or Reason.MESSAGE_DELETED
            self._pending[key] = replace(change, outcome=outcome, removed=removed)
            self._wake()

    def post_removal(self, removal: Removal) -> None:
        """Hide what a moderator took back."""
        reason = _REASONS[removal.scope]
        with self._posting():
            for key in self._targets(removal):
                self._pending[key] = replace(self._change_of(key), removed=reason)
            self._wake()

    def post_connection(self, state: ConnectionState) -> None:
        """Show how the connection stands."""
        with self._posting():
            self._connection = state
            self._wake()

    def post_reader(self, state: ReaderState) -> None:
        """Show what the reader does."""
        with self._posting():
            self._reader = state
            self._wake()

    def post_voice(self, state: VoiceState) -> None:
        """Show who speaks."""
        with self._posting():
            self._voice = state
            self._wake()

    def post_latency(self, p50: float | None, p95: float | None) -> None:
        """Show chat-to-sound latencies, in seconds."""
        with self._posting():
            self._latency = (p50, p95)
            self._wake()

    def post_problem(
        self,
        error: IshowttsError,
        key: str = "",
        *,
        calm: bool = False,
        remedy: Remedy | None = None,
    ) -> None:
        """Show a banner; ``key`` names what is wrong, so that it can be solved or replaced."""
        key = key or error.message
        self._post_problem(key, Problem(key, error.message, error.advice, calm, remedy))

    def post_solved(self, key: str) -> None:
        """Take the banner of ``key`` away."""
        self._post_problem(key, None)

    def close(self) -> None:
        """Take nothing more; what is posted from now on is dropped. On the GUI thread."""
        with self._lock:
            self._closed = True
        self._timer.stop()

    @Slot()
    def flush(self) -> None:
        """Hand over a portion now; the rest follows in an interval."""
        self._open.clear()
        with self._lock:
            rows = [self._pending[key] for key in islice(self._pending, PORTION)]
            for change in rows:
                del self._pending[change.key]
                self._shown.add(change.key)
            expired, self._expired = self._expired, 0
            problems, self._problems = self._problems, OrderedDict()
            connection, self._connection = self._connection, None
            reader, self._reader = self._reader, None
            voice, self._voice = self._voice, None
            latency, self._latency = self._latency, None
            self._woken = more = bool(self._pending)
        self._open.set()
        self._flushed_at = time.monotonic()
        if expired:
            self.rows_expired.emit(expired)
        if rows:
            self.rows_changed.emit(rows)
        for signal, news in (
            (self.connection_changed, connection),
            (self.reader_changed, reader),
            (self.voice_changed, voice),
        ):
            if news is not None:
                signal.emit(news)
        if latency is not None:
            self.latency_changed.emit(*latency)
        self._tell_problems(problems)
        if more:
            self._timer.start(INTERVAL_MS)

    @contextmanager
    def _posting(self) -> Iterator[None]:
        # A lock alone is not fair: who floods us would take it again before the window gets it.
        self._open.wait(COURTESY_SECONDS)
        with self._lock:
            yield

    def _tell_problems(self, problems: OrderedDict[str, Problem | None]) -> None:
        for key, problem in problems.items():
            if problem is None:
                self.problem_solved.emit(key)
            else:
                self.problem_raised.emit(problem)

    def _post_problem(self, key: str, problem: Problem | None) -> None:
        with self._posting():
            self._problems.pop(key, None)
            self._problems[key] = problem
            while len(self._problems) > MAX_PROBLEMS:
                self._problems.popitem(last=False)
            self._wake()

    def _change_of(self, key: RowKey) -> RowChange:
        source = self._live[key]
        message = source if isinstance(source, ChatMessage) else None
        return self._pending.get(key, RowChange(key, message))

    def _add(self, key: RowKey, source: ChatMessage | Notice | None) -> None:
        self._live[key] = source
        while len(self._live) > self._capacity:
            old, _ = self._live.popitem(last=False)
            self._pending.pop(old, None)
            if old in self._shown:
                self._shown.discard(old)
                self._expired += 1

    def _scrolled_away(self, message: ChatMessage | None) -> bool:
        if message is None or len(self._live) < self._capacity:
            return False
        oldest = next((kept for kept in self._live.values() if kept is not None), None)
        return oldest is not None and message.received_at <= oldest.received_at

    def _targets(self, removal: Removal) -> list[RowKey]:
        if removal.scope is RemovalScope.MESSAGE and removal.target_id is not None:
            key = (removal.source, removal.channel, removal.target_id)
            return [key] if key in self._live else []
        return [k for k, m in self._live.items() if m is not None and removal.matches(m)]

    def _wake(self) -> None:
        if self._woken or self._closed:
            return
        self._woken = True
        self._work_arrived.emit()

    @Slot()
    def _schedule(self) -> None:
        since = (time.monotonic() - self._flushed_at) * 1000
        if not self._timer.isActive() and not self._closed:
            self._timer.start(max(0, round(INTERVAL_MS - since)))
