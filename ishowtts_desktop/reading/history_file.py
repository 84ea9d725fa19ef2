"""The file of the history: its schema, its migrations, and what to do when it is broken."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import HistoryError
from ishowtts_desktop.core.utterances import OutcomeState, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.utterances import Outcome

_DAY = 86_400.0
_BUSY_SECONDS = 0.5


@dataclass(frozen=True)
class Limits:
    """How much is kept: neither older than ``days`` nor more than ``rows`` of each table."""

    days: float = 90.0
    rows: int = 200_000


@dataclass(frozen=True)
class Row:
    """One final outcome. ``at`` is Unix time; fields are in the order of the table's columns."""

    id: str
    at: float
    source: str
    channel: str
    name: str
    text: str
    spoken: str | None
    state: str
    reason: str | None
    lane: int
    chat_to_sound_ms: float | None


@dataclass(frozen=True)
class QueueSample:
    """How the queue was at Unix time ``at``; fields are in the order of the table's columns.

    ``seconds`` of speech waited in ``queued`` messages, the oldest for ``age`` seconds; ``p50`` and
    ``p95`` are chat-to-sound seconds of the last messages. ``stage`` is a `Stage`'s number.
    """

    at: float
    queued: int
    seconds: float
    age: float
    stage: int
    p50: float | None = None
    p95: float | None = None


def row_of(outcome: Outcome, at: float) -> Row:
    """Return the row for ``outcome`` at Unix time ``at``.

    What a moderator took back isn't kept, nor what holds a private word: the row tells that it was
    there, not what it said.
    """
    message = outcome.message or outcome.notice
    private = outcome.reason is Reason.PRIVATE_WORD
    kept = outcome.state is not OutcomeState.REMOVED and not private
    latency = outcome.chat_to_sound
    return Row(
        id=_storable(outcome.id),
        at=at,
        source=_storable(message.source) if message else "",
        channel=_storable(message.channel) if message else "",
        name=_storable(outcome.name),
        text=_storable(outcome.text) if kept else "",
        spoken=_storable(outcome.spoken) if kept and outcome.spoken is not None else None,
        state=outcome.state.value,
        reason=outcome.reason.value if outcome.reason else None,
        lane=int(outcome.lane),
        chat_to_sound_ms=None if latency is None else latency * 1000,
    )


def open_or_replace(path: Path, clock: Clock) -> tuple[sqlite3.Connection, HistoryError | None]:
    """Open the file at its newest schema, or set a broken one aside and begin anew.

    The second value tells of a file set aside. Raises `HistoryError` when no file can be had.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(path), None
        except _UnusableError as error:
            aside = _set_aside(path, clock)
            problem = HistoryError(
                f"The history was unusable ({error}), so a new one was begun.",
                f"The old file is {aside}.",
            )
            return _open(path), problem
    except (OSError, sqlite3.Error) as error:
        raise HistoryError(
            f"The history {path} can't be opened: {error}.",
            "Check that the folder can be written; until then nothing is recorded.",
        ) from error


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the file for reading only, beside the writer."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)


def append(connection: sqlite3.Connection, rows: Sequence[Row | QueueSample]) -> None:
    """Write ``rows``, all or none, each into its table."""
    with connection:
        connection.executemany(
            "INSERT INTO outcomes (id, at, source, channel, name, text, spoken, state, reason,"
            " lane, chat_to_sound_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [astuple(row) for row in rows if isinstance(row, Row)],
        )
        connection.executemany(
            "INSERT INTO queue_samples (at, queued, seconds, age, stage, p50, p95)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [astuple(row) for row in rows if isinstance(row, QueueSample)],
        )


def prune(connection: sqlite3.Connection, now: float, limits: Limits) -> None:
    """Delete what is over ``limits`` at Unix time ``now``."""
    oldest = (now - limits.days * _DAY,)
    with connection:
        connection.execute("DELETE FROM outcomes WHERE at < ?", oldest)
        connection.execute(
            "DELETE FROM outcomes WHERE number <= (SELECT MAX(number) FROM outcomes) - ?",
            (limits.rows,),
        )
        connection.execute("DELETE FROM queue_samples WHERE at < ?", oldest)
        connection.execute(
            "DELETE FROM queue_samples WHERE number <= (SELECT MAX(number) FROM queue_samples) - ?",
            (limits.rows,),
        )


def latencies(connection: sqlite3.Connection, last: int) -> list[float]:
    """Return the ``last`` chat-to-sound milliseconds, the newest first."""
    found = connection.execute(
        "SELECT chat_to_sound_ms FROM outcomes WHERE chat_to_sound_ms IS NOT NULL"
        " ORDER BY number DESC LIMIT ?",
        (last,),
    )
    return [float(row[0]) for row in found]


class _UnusableError(Exception):
    """The file isn't a history of ours, or is a broken one."""


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE outcomes (number INTEGER PRIMARY KEY, id TEXT NOT NULL, at REAL NOT NULL,"
        " source TEXT NOT NULL, channel TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,"
        " spoken TEXT, state TEXT NOT NULL, reason TEXT, lane INTEGER NOT NULL,"
        " chat_to_sound_ms REAL)"
    )
    connection.execute("CREATE INDEX outcomes_at ON outcomes (at)")


def _sample_queue(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE queue_samples (number INTEGER PRIMARY KEY, at REAL NOT NULL,"
        " queued INTEGER NOT NULL, seconds REAL NOT NULL, age REAL NOT NULL,"
        " stage INTEGER NOT NULL, p50 REAL, p95 REAL)"
    )
    connection.execute("CREATE INDEX queue_samples_at ON queue_samples (at)")


# One step for each schema version; `PRAGMA user_version` counts the steps that a file has taken.
_MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_begin, _sample_queue)


def _open(path: Path) -> sqlite3.Connection:
    # Chat is nobody else's business: the file is the user's alone from its first byte.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        _check(connection)
        _migrate(connection)
    except sqlite3.OperationalError:
        # Locked, read-only, no room: the file itself may be in order.
        connection.close()
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _UnusableError(str(error)) from error
    except _UnusableError:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise _UnusableError(str(verdict))


def _migrate(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(_MIGRATIONS):
        raise _UnusableError(f"it is of a newer version, {version}")
    for number, step in enumerate(_MIGRATIONS[version:], version + 1):
        with connection:
            connection.execute("BEGIN")
            step(connection)
            connection.execute(f"PRAGMA user_version = {number}")


def _set_aside(path: Path, clock: Clock) -> Path:
    moment = datetime.fromtimestamp(clock.wall(), tz=timezone.utc)
    stem = f"{path.stem}.broken-{moment:%Y%m%d-%H%M%S}"
    aside, number = path.with_name(stem + path.suffix), 2
    while aside.exists():
        aside, number = path.with_name(f"{stem}-{number}{path.suffix}"), number + 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def _storable(text: str) -> str:
    """Return ``text`` as SQLite can hold it: lone surrogates have no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
