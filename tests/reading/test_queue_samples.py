"""How the queue stood, kept in the history: sampled now and then, bounded, and in old files too."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.core.utterances import Outcome, OutcomeState
from ishowtts_desktop.reading.history import History
from ishowtts_desktop.reading.history_file import Limits, QueueSample
from ishowtts_desktop.reading.latency import LatencyMeter
from ishowtts_desktop.reading.sampler import QueueSampler
from tests.support.clock import FakeClock
from tests.support.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

# The schema of the first version, as files of that time have it.
FIRST = """
CREATE TABLE outcomes (number INTEGER PRIMARY KEY, id TEXT NOT NULL, at REAL NOT NULL,
 source TEXT NOT NULL, channel TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, spoken TEXT,
 state TEXT NOT NULL, reason TEXT, lane INTEGER NOT NULL, chat_to_sound_ms REAL);
CREATE INDEX outcomes_at ON outcomes (at);
INSERT INTO outcomes VALUES (1, 'm1', 1700000000.0, 'twitch', 'room', 'Bob', 'hello', 'hello',
 'spoken', NULL, 4, 250.0);
PRAGMA user_version = 1;
"""


def samples(path: Path, columns: str = "*") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {columns} FROM queue_samples ORDER BY number").fetchall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def test_samples_are_kept_beside_the_outcomes(path: Path) -> None:
    history = History(path, FakeClock())
    history.record_sample(QueueSample(1.7e9, 3, 7.5, 2.25, 1, 0.25, 0.5))
    history.record(Outcome("m1", OutcomeState.SPOKEN, 1.0, text="hello"))
    history.record_sample(QueueSample(1.7e9 + 10, 0, 0.0, 0.0, 0))
    history.close()
    assert samples(path) == [
        (1, 1.7e9, 3, 7.5, 2.25, 1, 0.25, 0.5),
        (2, 1.7e9 + 10, 0, 0.0, 0.0, 0, None, None),
    ]
    assert history.lost == 0


def test_a_file_of_the_first_version_keeps_what_it_has(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST)
    history = History(path, FakeClock())
    assert history.open() is None
    history.record_sample(QueueSample(1.7e9, 1, 1.0, 1.0, 0))
    history.close()
    assert len(samples(path)) == 1
    assert history.latency_percentiles() == [250.0, 250.0]


def test_no_more_and_no_older_samples_than_wanted_are_kept(path: Path) -> None:
    clock = FakeClock()
    for limits, left in ((Limits(rows=7), 7), (Limits(days=1.0), 0)):
        history = History(path, clock)
        for _ in range(10):
            history.record_sample(QueueSample(clock.wall(), 1, 1.0, 1.0, 0))
        history.close()
        clock.advance(2 * 86_400.0)
        history = History(path, clock, limits=limits)
        history.open()
        history.close()
        assert len(samples(path)) == left


def test_the_queue_is_sampled_every_ten_seconds(path: Path) -> None:
    stage = Stage()
    history, latency = History(path, stage.clock), LatencyMeter()
    sampler = QueueSampler(stage.conductor, latency, history, stage.clock)
    latency.add(0.5)
    stage.hear("hello", id="m1")
    for _ in range(25):
        sampler.look()
        stage.clock.advance(1.0)
    history.close()
    kept = samples(path, "at, queued, age, stage, p50, p95")
    began = 1_700_000_000.0
    assert kept == [(began + age, 1, age, 0, 0.5, 0.5) for age in (0.0, 10.0, 20.0)]
