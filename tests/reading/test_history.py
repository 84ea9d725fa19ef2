"""The history: what is written, what is kept, and what happens to a broken file."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import HistoryError
from ishowtts_desktop.core.utterances import Lane, Outcome, OutcomeState, Reason
from ishowtts_desktop.reading import history_file
from ishowtts_desktop.reading.history import History
from ishowtts_desktop.reading.history_file import Limits
from tests.support.clock import FakeClock
from tests.support.messages import chat

if TYPE_CHECKING:
    from pathlib import Path


def spoken(key: str = "m1", **changes: Any) -> Outcome:
    values = {"text": "hello", "spoken": "Bob says hello", "name": "Bob", "message": chat()}
    return Outcome(key, OutcomeState.SPOKEN, 1000.0, **{**values, **changes})


def rows(path: Path, columns: str = "*") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {columns} FROM outcomes ORDER BY number").fetchall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_final_outcomes_are_recorded_whole(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    assert history.open() is None
    history.record(spoken(chat_to_sound=0.25))
    history.record(Outcome("m2", OutcomeState.REFUSED, 1.0, Reason.COMMAND, "!x", lane=Lane.PAID))
    history.record(Outcome("m3", OutcomeState.QUEUED, 1.0))
    history.close()
    at = clock.wall()
    assert rows(path) == [
        (1, "m1", at, "twitch", "room", "Bob", "hello", "Bob says hello", "spoken", None, 4, 250.0),
        (2, "m2", at, "", "", "", "!x", None, "refused", "command", 1, None),
    ]
    assert (history.problem, history.lost) == (None, 0)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (OutcomeState.REMOVED, Reason.MESSAGE_DELETED),
        (OutcomeState.REFUSED, Reason.PRIVATE_WORD),
        (OutcomeState.DROPPED, Reason.PRIVATE_WORD),
    ],
)
def test_words_that_were_taken_back_or_are_private_are_not_kept(
    path: Path, clock: FakeClock, state: OutcomeState, reason: Reason
) -> None:
    history = History(path, clock)
    history.record(replace(spoken(), state=state, reason=reason))
    history.close()
    assert rows(path, "name, text, spoken, reason") == [("Bob", "", None, reason.value)]


def test_the_file_is_the_users_alone(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    history.open()
    history.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_recording_opens_the_file_and_closing_flushes_it(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    for number in range(3000):
        history.record(spoken(str(number)))
    history.close()
    history.close()
    assert [row[0] for row in rows(path, "id")] == [str(number) for number in range(3000)]
    assert "history" not in [thread.name for thread in threading.enumerate()]


def test_a_history_that_was_never_used_leaves_no_file(path: Path, clock: FakeClock) -> None:
    History(path, clock).close()
    assert not path.exists()


def test_what_comes_after_the_end_is_counted_as_lost(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    history.open()
    history.close()
    history.record(spoken())
    assert history.lost == 1
    assert rows(path) == []


def test_what_the_disk_cannot_take_in_time_is_counted_not_waited_for(
    path: Path, clock: FakeClock
) -> None:
    # GIVEN a writer that is held up by another one
    history = History(path, clock, capacity=5)
    history.open()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(1000):
            history.record(spoken(str(number)))
        other.execute("COMMIT")
    history.close()
    # THEN each outcome is in the file or counted
    assert history.lost > 0
    assert len(rows(path)) + history.lost == 1000


def test_a_write_that_fails_is_told_and_counted(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    history.open()
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE outcomes")
    history.record(spoken())
    history.close()
    assert history.lost == 1
    assert history.problem is not None
    assert "can't be written" in history.problem.message
    assert history.problem.advice


def test_text_of_any_kind_is_recorded(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    history.record(spoken(text="a\ud800b\x00c", name="\udfff"))
    history.close()
    assert rows(path, "text, name") == [("a?b\x00c", "?")]


# Percentiles.


def test_latencies_can_be_asked_for_while_it_writes(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    history.open()
    assert history.latency_percentiles() is None
    for number in range(1, 201):
        history.record(spoken(str(number), chat_to_sound=number / 1000))
    history.record(spoken("without"))
    history.close()
    assert history.latency_percentiles(100) == [150.0, 195.0]
    assert history.latency_percentiles(10, (1.0,)) == [200.0]


def test_a_history_that_cannot_be_read_says_so(path: Path, clock: FakeClock) -> None:
    with pytest.raises(HistoryError, match="can't be read"):
        History(path, clock).latency_percentiles()


# What is kept.


def test_old_outcomes_go_when_it_is_opened(path: Path, clock: FakeClock) -> None:
    limits = Limits(days=2.0, rows=10)
    for _ in range(3):
        history = History(path, clock, limits=limits)
        history.record(spoken(str(clock.now())))
        history.close()
        clock.advance(86_400)
    assert len(rows(path)) == 3
    history = History(path, clock, limits=limits)
    history.open()
    history.close()
    assert len(rows(path)) == 2


def test_no_more_rows_than_wanted_are_kept(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ishowtts_desktop.reading.history._PRUNE_EVERY", 1)
    history = History(path, clock, limits=Limits(rows=7))
    for number in range(20):
        history.record(spoken(str(number)))
    history.close()
    assert [row[0] for row in rows(path, "id")] == [str(number) for number in range(13, 20)]


# Broken files.


def test_a_broken_file_is_set_aside_and_a_new_one_begun(path: Path, clock: FakeClock) -> None:
    content = b"not a database at all, but long enough to be one" * 50
    path.parent.mkdir()
    path.write_bytes(content)
    history = History(path, clock)
    problem = history.open()
    history.record(spoken())
    history.close()
    aside = path.with_name("history.broken-20231114-221320.sqlite")
    assert problem is not None
    assert str(aside) in problem.advice
    assert aside.read_bytes() == content
    assert len(rows(path)) == 1


def test_a_file_set_aside_never_overwrites_another(path: Path, clock: FakeClock) -> None:
    path.parent.mkdir()
    for number in range(3):
        path.write_bytes(b"broken %d" % number * 1000)
        history = History(path, clock)
        assert history.open() is not None
        history.close()
    kept = [each.read_bytes()[:8] for each in sorted(path.parent.glob("history.broken*"))]
    assert sorted(kept) == [b"broken 0", b"broken 1", b"broken 2"]


def test_a_damaged_database_is_set_aside(path: Path, clock: FakeClock) -> None:
    history = History(path, clock)
    for number in range(500):
        history.record(spoken(str(number)))
    history.close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xa5" * 4096 * 4
    path.write_bytes(content)
    history = History(path, clock)
    problem = history.open()
    history.close()
    assert problem is not None
    assert rows(path) == []


def test_a_file_of_a_newer_version_is_set_aside_whole(path: Path, clock: FakeClock) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    history = History(path, clock)
    problem = history.open()
    history.close()
    assert problem is not None
    assert "newer version" in problem.message


def test_a_leftover_log_of_a_broken_file_does_no_harm(path: Path, clock: FakeClock) -> None:
    path.parent.mkdir()
    path.write_bytes(b"broken" * 1000)
    log = path.with_name("history.sqlite-wal")
    log.write_bytes(b"log")
    history = History(path, clock)
    assert history.open() is not None
    history.record(spoken())
    history.close()
    assert len(rows(path)) == 1
    assert not log.exists()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=5000))
def test_any_bytes_as_a_file_give_a_working_history(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("history") / "history.sqlite"
    path.write_bytes(content)
    history = History(path, FakeClock())
    problem = history.open()
    history.record(spoken())
    history.close()
    assert len(rows(path)) == 1
    asides = [each.read_bytes() for each in path.parent.glob("history.broken*")]
    assert asides == ([content] if problem else [])
    # SQLite takes what is shorter than a page's header for an empty file.
    assert problem or len(content) < 512


def test_without_a_file_the_application_goes_on_and_counts(
    tmp_path: Path, clock: FakeClock
) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    history = History(blocked / "history.sqlite", clock)
    problem = history.open()
    assert problem is not None
    assert problem.advice
    history.record(spoken())
    history.close()
    assert history.lost == 1


def test_a_folder_in_its_place_is_told(path: Path, clock: FakeClock) -> None:
    path.mkdir(parents=True)
    history = History(path, clock)
    problem = history.open()
    history.close()
    assert problem is not None
    assert path.is_dir()


def test_a_locked_file_is_told_and_left_alone(path: Path, clock: FakeClock) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE mine (x)")
        other.execute("BEGIN EXCLUSIVE")
        history = History(path, clock)
        problem = history.open()
        history.close()
    assert problem is not None
    assert "locked" in problem.message
    assert rows_of_schema(path) == ["mine"]


def rows_of_schema(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]


def test_an_unexpected_end_of_the_writer_is_told(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(history_file, "append", fail)
    history = History(path, clock)
    history.record(spoken())
    history.close()
    assert history.problem is not None
    assert "a bug" in history.problem.message
    history.record(spoken())
    assert history.lost == 1


def test_pruning_that_fails_is_told(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(history_file, "prune", fail)
    history = History(path, clock)
    problem = history.open()
    history.close()
    assert problem is not None
    assert "disk I/O error" in problem.message
