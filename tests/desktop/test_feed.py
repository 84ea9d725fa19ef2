"""The feed: any thread in, the GUI thread out, newest state only."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QThread

from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.messages import (
    ConnectionState,
    Notice,
    Phase,
    Removal,
    RemovalScope,
)
from ishowtts_desktop.core.utterances import Outcome, OutcomeState, Reason
from ishowtts_desktop.desktop.chat_model import ChatModel
from ishowtts_desktop.desktop.feed import PORTION, ChatFeed, Problem
from tests.support.desktop import message, outcome, reader

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def make(capacity: int = 1000) -> tuple[ChatFeed, ChatModel]:
    feed = ChatFeed(capacity=capacity)
    model = ChatModel(capacity=capacity)
    feed.rows_expired.connect(model.expire)
    feed.rows_changed.connect(model.apply)
    return feed, model


def drain(feed: ChatFeed) -> None:
    """Hand over everything now, as the timer would in time."""
    portions: list[Any] = [None]
    feed.rows_changed.connect(portions.append)
    while portions:
        portions.clear()
        feed.flush()
    feed.rows_changed.disconnect(portions.append)


def ids(model: ChatModel) -> list[str]:
    return [model.row_at(row).key[2] for row in range(model.rowCount())]


def test_what_any_thread_posts_arrives_on_the_gui_thread(qtbot: QtBot) -> None:
    feed, model = make()
    seen_on: list[QThread] = []
    feed.rows_changed.connect(lambda _: seen_on.append(QThread.currentThread()))
    # WHEN another thread posts
    poster = threading.Thread(target=feed.post_message, args=(message(1),), name="poster")
    poster.start()
    poster.join()
    # THEN the row arrives by itself, here
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert seen_on == [feed.thread()]


def test_a_message_comes_once_with_its_newest_state(qtbot: QtBot) -> None:
    feed, model = make()
    changes: list[Any] = []
    feed.rows_changed.connect(changes.extend)
    feed.post_message(message(1))
    feed.post_outcome(outcome(message(1), OutcomeState.QUEUED))
    feed.post_outcome(outcome(message(1), OutcomeState.SPEAKING))
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert [change.outcome.state for change in changes] == [OutcomeState.SPEAKING]


def test_what_was_judged_before_it_is_told_is_one_row_with_its_message(qtbot: QtBot) -> None:
    feed = ChatFeed()
    line = message(1)
    feed.post_outcome(outcome(line, OutcomeState.REFUSED, Reason.PRIVATE_WORD))
    feed.post_message(line)
    with qtbot.waitSignal(feed.rows_changed) as told:
        feed.flush()
    (change,) = told.args[0]
    assert (change.message, change.outcome.reason) == (line, Reason.PRIVATE_WORD)


@pytest.mark.parametrize(
    "removal",
    [
        Removal("twitch", "room", RemovalScope.AUTHOR, target_author_id="9"),
        Removal("twitch", "room", RemovalScope.MESSAGE, target_id="n1"),
        Removal("twitch", "room", RemovalScope.ALL),
    ],
)
def test_an_announcement_is_hidden_with_its_author_even_long_after_it_was_said(
    qtbot: QtBot, removal: Removal
) -> None:
    feed, model = make()
    notice = Notice("n1", "twitch", "room", "resub", "Ann", "9", "ann", "Ann", "my secret")
    told = Outcome("notice-1", OutcomeState.SPOKEN, 0.0, text="my secret", notice=notice)
    feed.post_outcome(told)
    drain(feed)
    assert model.row_at(0).text == "my secret"
    feed.post_removal(Removal("twitch", "room", RemovalScope.AUTHOR, target_author_id="8"))
    drain(feed)
    assert not model.row_at(0).removed
    feed.post_removal(removal)
    drain(feed)
    assert model.row_at(0).removed
    assert (model.row_at(0).text, model.row_at(0).notice) == ("", None)


def test_announcements_without_an_id_are_rows_of_their_own(qtbot: QtBot) -> None:
    feed, model = make()
    notice = Notice("", "twitch", "room", "raid", "x")
    for name in ("notice-1", "notice-2", "notice-1"):
        feed.post_outcome(Outcome(name, OutcomeState.SPOKEN, 0.0, text="x", notice=notice))
    drain(feed)
    assert ids(model) == ["notice-1", "notice-2"]


def test_a_repeated_message_is_one_row(qtbot: QtBot) -> None:
    feed, model = make()
    feed.post_message(message(1))
    feed.flush()
    feed.post_message(message(1))
    feed.flush()
    assert ids(model) == ["1"]


def test_an_outcome_alone_makes_a_row_for_the_streamers_own_line(qtbot: QtBot) -> None:
    feed, model = make()
    feed.post_outcome(outcome(None, OutcomeState.QUEUED, id="say-1", text="Hi chat"))
    feed.flush()
    assert model.row_at(0).text == "Hi chat"
    assert model.name_of(model.row_at(0)) == "You"


def test_only_the_newest_rows_are_kept_and_no_state_of_them_is_lost(qtbot: QtBot) -> None:
    # GIVEN a row that is shown as speaking
    feed, model = make(capacity=50)
    messages = [message(number) for number in range(1000)]
    feed.post_message(messages[990])
    feed.post_outcome(outcome(messages[990], OutcomeState.SPEAKING))
    drain(feed)
    # WHEN newer messages flood in, and the row's end is told amid them
    for late in messages[991:]:
        feed.post_message(late)
    feed.post_outcome(outcome(messages[990], OutcomeState.SPOKEN))
    drain(feed)
    assert ids(model) == [str(number) for number in range(990, 1000)]
    assert model.row_at(0).state is OutcomeState.SPOKEN
    # WHEN more come than fit
    for number in range(1000, 1200):
        feed.post_message(message(number))
    # THEN outcomes of what scrolled away bring nothing back
    feed.post_outcome(outcome(messages[3], OutcomeState.DROPPED, Reason.QUEUE_FULL))
    drain(feed)
    assert ids(model) == [str(number) for number in range(1150, 1200)]


def test_a_flood_waits_in_a_bounded_room(qtbot: QtBot) -> None:
    feed = ChatFeed(capacity=50)
    handed_over: list[Any] = []
    feed.rows_changed.connect(handed_over.extend)
    for number in range(5000):
        feed.post_message(message(number))
    drain(feed)
    assert [change.key[2] for change in handed_over] == [str(n) for n in range(4950, 5000)]


def test_one_flush_hands_over_a_portion_and_the_rest_follows_by_itself(qtbot: QtBot) -> None:
    feed, model = make()
    portions: list[int] = []
    feed.rows_changed.connect(lambda rows: portions.append(len(rows)))
    for number in range(3 * PORTION):
        feed.post_message(message(number))
    qtbot.waitUntil(lambda: model.rowCount() == 3 * PORTION)
    assert portions == [PORTION] * 3


def test_updates_come_at_most_twenty_times_a_second(qtbot: QtBot) -> None:
    feed, _ = make()
    times: list[float] = []
    feed.reader_changed.connect(lambda _: times.append(time.monotonic()))
    for number in range(200):
        feed.post_reader(reader(queued=number))
        qtbot.wait(2)
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(gaps) > 2
    assert min(gaps) > 0.040


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize(
    ("removal", "gone"),
    [
        (Removal("twitch", "room", RemovalScope.MESSAGE, target_id="2"), {"2"}),
        (Removal("twitch", "room", RemovalScope.MESSAGE, target_id="9"), set()),
        (Removal("twitch", "room", RemovalScope.AUTHOR, target_author_id="id-Bob"), {"2", "3"}),
        (Removal("twitch", "room", RemovalScope.AUTHOR, target_login="anna"), {"1"}),
        (Removal("twitch", "room", RemovalScope.ALL), {"1", "2", "3"}),
        (Removal("twitch", "elsewhere", RemovalScope.ALL), set()),
    ],
)
def test_a_removal_hides_the_text_for_good(
    qtbot: QtBot, removal: Removal, gone: set[str], shown: bool
) -> None:
    feed, model = make()
    lines = [message(1), message(2, "secret", "Bob"), message(3, "secret", "Bob")]
    for line in lines:
        feed.post_message(line)
    if shown:
        drain(feed)
    # WHEN it is taken back, and an earlier stage still reports
    feed.post_removal(removal)
    feed.post_outcome(outcome(lines[1], OutcomeState.SPOKEN))
    drain(feed)
    rows = [model.row_at(row) for row in range(3)]
    assert {row.key[2] for row in rows if row.removed} == gone
    assert all(row.text == "" and row.message is None for row in rows if row.removed)
    assert all(row.text for row in rows if not row.removed)


def test_the_newest_connection_reader_and_latency_are_told(qtbot: QtBot) -> None:
    feed = ChatFeed()
    told: list[Any] = []
    feed.connection_changed.connect(told.append)
    feed.reader_changed.connect(told.append)
    feed.latency_changed.connect(lambda *pair: told.append(pair))
    closed = ConnectionState("twitch", "room", Phase.CLOSED)
    feed.post_connection(ConnectionState("twitch", "room", Phase.CONNECTED))
    feed.post_connection(closed)
    feed.post_reader(reader(queued=1))
    feed.post_reader(reader(queued=2))
    feed.post_latency(0.5, None)
    feed.flush()
    assert told == [closed, reader(queued=2), (0.5, None)]


def test_a_problem_is_replaced_and_solved_by_its_key(qtbot: QtBot) -> None:
    feed = ChatFeed()
    told: list[Any] = []
    feed.problem_raised.connect(told.append)
    feed.problem_solved.connect(told.append)
    feed.post_problem(AudioError("gone", "plug it in"), "audio")
    feed.post_problem(AudioError("gone again"), "audio")
    feed.post_problem(AudioError("other"))
    feed.flush()
    assert told == [Problem("audio", "gone again"), Problem("other", "other")]
    feed.post_solved("audio")
    feed.flush()
    assert told[2:] == ["audio"]


def test_endless_problems_are_bounded(qtbot: QtBot) -> None:
    feed = ChatFeed()
    told: list[Any] = []
    feed.problem_raised.connect(told.append)
    for number in range(5000):
        feed.post_problem(AudioError(f"problem {number}"))
    feed.flush()
    assert len(told) == 20
    assert told[-1].message == "problem 4999"


def test_a_closed_feed_tells_nothing_more(qtbot: QtBot) -> None:
    feed, model = make()
    feed.close()
    feed.post_message(message(1))
    feed.post_problem(AudioError("late"))
    qtbot.wait(150)
    assert model.rowCount() == 0


STATES = [None, OutcomeState.QUEUED, OutcomeState.SPOKEN, OutcomeState.REMOVED]


@pytest.mark.usefixtures("qapp")
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from([*STATES, "removal", "flush"])), max_size=60
    )
)
def test_the_rows_are_what_one_after_the_other_would_give(
    steps: list[tuple[int, OutcomeState | str | None]],
) -> None:
    # GIVEN a feed and the plainest bookkeeping of the last five messages
    feed, model = make(capacity=5)
    expected: dict[str, bool] = {}
    clock = 0
    for number, what in steps:
        if what == "flush":
            feed.flush()
        elif what == "removal":
            feed.post_removal(
                Removal("twitch", "room", RemovalScope.MESSAGE, target_id=str(number))
            )
            if str(number) in expected:
                expected[str(number)] = True
        elif what is None:
            clock += 1
            feed.post_message(message(str(number)))
            expected.setdefault(str(number), False)
            while len(expected) > 5:
                del expected[next(iter(expected))]
        elif str(number) in expected:
            assert isinstance(what, OutcomeState)
            feed.post_outcome(outcome(message(str(number)), what))
            expected[str(number)] |= what is OutcomeState.REMOVED
    drain(feed)
    rows = [model.row_at(row) for row in range(model.rowCount())]
    assert [row.key[2] for row in rows] == list(expected)
    by_id = {row.key[2]: row for row in rows}
    assert {name: by_id[name].removed for name in expected} == expected
