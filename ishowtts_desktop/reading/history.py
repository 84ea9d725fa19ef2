"""History: what became of each message and how the queue was, in a SQLite file.

A thread of its own writes it. Nothing here holds up who records: the queue to the writer is
bounded, and what it can't take is counted. A file that can't be used is set aside or done without;
the application goes on.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import HistoryError
from ishowtts_desktop.reading import history_file
from ishowtts_desktop.reading.history_file import Limits, QueueSample, Row
from ishowtts_desktop.reading.latency import percentile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.utterances import Outcome

_log = logging.getLogger(__name__)

_FLUSH = 1.0
_BATCH = 500
_PRUNE_EVERY = 5000


class History:
    """Records final outcomes and samples of the queue. Thread-safe.

    `close` it, because it owns the thread "history".

    ``path`` is the file, made where it is missing; ``capacity`` how many rows may wait for the
    disk; ``limits`` how much is kept.
    """

    def __init__(
        self, path: Path, clock: Clock, *, capacity: int = 10_000, limits: Limits | None = None
    ) -> None:
        self._path = path
        self._clock = clock
        self._capacity = capacity
        self._limits = limits or Limits()
        self._waiting: deque[Row | QueueSample] = deque()
        self._changed = threading.Condition()
        self._lost = 0
        self._closing = False
        self._problem: HistoryError | None = None
        self._opened = threading.Event()
        # A daemon: a dead network disk may hold it longer than the user waits for the end.
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)

    def open(self) -> HistoryError | None:
        """Open the file; return what is wrong with it, for a banner. Waits a second at most.

        The first `record` opens it too, for those who don't ask.
        """
        self._start()
        self._opened.wait(_FLUSH)
        return self._problem

    @property
    def problem(self) -> HistoryError | None:
        """What went wrong so far, None when nothing."""
        return self._problem

    @property
    def lost(self) -> int:
        """How many rows could not be recorded."""
        return self._lost

    def record(self, outcome: Outcome) -> None:
        """Record ``outcome`` if it is final. Never blocks."""
        if not outcome.state.final:
            return
        self._keep(history_file.row_of(outcome, self._clock.wall()))

    def record_sample(self, sample: QueueSample) -> None:
        """Record how the queue is. Never blocks."""
        self._keep(sample)

    def latency_percentiles(
        self, last: int = 100, shares: Sequence[float] = (0.5, 0.95)
    ) -> list[float] | None:
        """Return chat-to-sound milliseconds at each of ``shares`` over the ``last`` messages.

        None when there are none yet. Raises `HistoryError` when the file can't be read.
        """
        try:
            with closing(history_file.connect_to_read(self._path)) as connection:
                values = history_file.latencies(connection, last)
        except sqlite3.Error as error:
            raise HistoryError(f"The history {self._path} can't be read: {error}.") from error
        found = [percentile(values, share) for share in shares]
        return [value for value in found if value is not None] or None

    def close(self) -> None:
        """Write what waits, for a second at most, and end the thread. Calling it again is fine."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join(_FLUSH)

    def _keep(self, row: Row | QueueSample) -> None:
        with self._changed:
            if self._closing or len(self._waiting) >= self._capacity:
                self._lost += 1
                return
            self._waiting.append(row)
            self._changed.notify()
        self._start()

    def _start(self) -> None:
        with self._changed:
            if self._thread.ident is None and not self._closing:
                self._thread.start()

    def _run(self) -> None:
        try:
            self._open_and_write()
        except Exception as error:  # noqa: BLE001 - thread edge
            _log.exception("the history stopped")
            self._problem = HistoryError(f"The history {self._path} stopped: {error}.")
            self._closing = True
        finally:
            self._opened.set()

    def _open_and_write(self) -> None:
        try:
            connection, self._problem = history_file.open_or_replace(self._path, self._clock)
        except HistoryError as error:
            _log.warning("%s", error)
            self._problem = error
            self._opened.set()
            self._lose_all()
            return
        with closing(connection):
            self._write_all(connection)

    def _write_all(self, connection: sqlite3.Connection) -> None:
        self._prune(connection)
        self._opened.set()
        since_pruned = 0
        while rows := self._next_rows():
            try:
                history_file.append(connection, rows)
            except sqlite3.Error as error:
                self._tell_unwritten(len(rows), error)
            since_pruned += len(rows)
            if since_pruned >= _PRUNE_EVERY:
                self._prune(connection)
                since_pruned = 0

    def _next_rows(self) -> list[Row | QueueSample]:
        """Wait for rows; none means that it is time to end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            return [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]

    def _lose_all(self) -> None:
        while rows := self._next_rows():
            with self._changed:
                self._lost += len(rows)

    def _prune(self, connection: sqlite3.Connection) -> None:
        try:
            history_file.prune(connection, self._clock.wall(), self._limits)
        except sqlite3.Error as error:
            self._tell_unwritten(0, error)

    def _tell_unwritten(self, rows: int, error: sqlite3.Error) -> None:
        with self._changed:
            self._lost += rows
        _log.warning("the history %s can't be written: %s", self._path, error)
        self._problem = HistoryError(
            f"The history {self._path} can't be written: {error}.",
            "Make room on the disk; what was said meanwhile is missing from it.",
        )
