"""The rows: batches in, roles out, nothing that a moderator removed, text that is only text."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from ishowtts_desktop.core.messages import Notice
from ishowtts_desktop.core.utterances import Lane, Outcome, OutcomeState, Reason
from ishowtts_desktop.desktop.chat_model import ChatModel, ChatRole
from ishowtts_desktop.desktop.feed import RowChange, row_key
from ishowtts_desktop.desktop.plain import MAX_CHARACTERS, MAX_MARKS, plain
from ishowtts_desktop.desktop.sentences import (
    lane_word,
    phase_sentence,
    reason_sentence,
    state_word,
)
from tests.support.desktop import message, outcome

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

pytestmark = pytest.mark.usefixtures("qapp")

ANY_TEXT = st.text(st.characters(), max_size=80)


def change(number: int, state: OutcomeState | None = None, **more: object) -> RowChange:
    line = message(number, **more)  # type: ignore[arg-type]
    told = None if state is None else outcome(line, state)
    return RowChange(row_key(line), line, told)


def test_batches_keep_to_the_rules_of_qt_models(qtmodeltester: ModelTester) -> None:
    model = ChatModel(capacity=10)
    qtmodeltester.check(model)
    model.apply([change(number) for number in range(7)])
    model.apply([change(number, OutcomeState.QUEUED) for number in (2, 3, 6, 7, 8, 9, 10, 11)])
    model.apply([change(number) for number in range(100, 140)])
    qtmodeltester.check(model)
    assert [model.row_at(row).key[2] for row in range(10)] == [str(n) for n in range(130, 140)]


def test_updates_after_evictions_reach_the_right_row() -> None:
    model = ChatModel(capacity=3)
    for number in range(5):
        model.apply([change(number)])
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.apply([change(3, OutcomeState.SPOKEN), change(2, OutcomeState.SPOKEN)])
    assert changed == [(0, 1)]
    assert [model.row_at(row).state for row in range(3)] == [OutcomeState.SPOKEN] * 2 + [None]


def test_roles_tell_what_a_row_is() -> None:
    model = ChatModel()
    line = message(1, "hello there")
    told = outcome(line, OutcomeState.REFUSED, Reason.MUTED, lane=Lane.PAID)
    model.apply([RowChange(row_key(line), line, told)])
    index = model.index(0, 0)
    assert index.data(ChatRole.NAME) == "Anna"
    assert index.data() == index.data(ChatRole.TEXT) == "hello there"
    assert index.data(ChatRole.STATE) == OutcomeState.REFUSED
    assert index.data(ChatRole.REASON) == "You muted the author."
    assert index.data(ChatRole.LANE) == Lane.PAID
    assert index.data(ChatRole.EMPHASIS) is True
    assert index.data(ChatRole.TIME) == 1_700_000_000.0
    assert model.row_at(0).message is line
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Anna, paid, hello there, not read, You muted the author."
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(model.index(5, 0)) is None


RAID = Notice("n1", "twitch", "room", "raid", "31 raiders", author_id="9", login="ann", name="Ann")


def told_of(notice: Notice, state: OutcomeState, lane: Lane, **more: Any) -> RowChange:
    told = Outcome("notice-1", state, 0.0, text="Ann raids.", lane=lane, notice=notice, **more)
    return RowChange(row_key(notice, told.id), outcome=told)


def test_an_announcement_isnt_taken_for_a_line_of_your_own() -> None:
    model = ChatModel()
    model.apply([told_of(RAID, OutcomeState.SPOKEN, Lane.MENTION, name="Ann")])
    own = outcome(None, OutcomeState.QUEUED)
    model.apply([RowChange(row_key(None, own.id), outcome=own)])
    nameless = Notice("", "twitch", "room", "announcement", "x")
    model.apply([told_of(nameless, OutcomeState.DROPPED, Lane.NORMAL, reason=Reason.CLEARED)])
    more = Outcome("summary-1", OutcomeState.SPOKEN, 0.0, text="and 42 more", lane=Lane.NORMAL)
    model.apply([RowChange(row_key(None, more.id), outcome=more)])
    names = [model.index(row, 0).data(ChatRole.NAME) for row in range(4)]
    assert names == ["Ann", "You", "Announcement", "Summary"]
    rows = [model.index(row, 0) for row in range(3)]
    spoken = [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert spoken == [
        "Ann, announcement, mentions you, Ann raids., spoken",
        "You, your own line, own line, queued",
        "Announcement, announcement, Ann raids., dropped, You cleared the queue.",
    ]
    assert "announcement" in rows[0].data(Qt.ItemDataRole.ToolTipRole)
    assert model.row_at(0).notice is RAID


def test_a_login_is_known_by_the_name_that_is_shown() -> None:
    model = ChatModel()
    lines = [replace(message(n, name=name), login="yue") for n, name in ((1, "old"), (2, "月亮茶"))]
    model.apply([RowChange(row_key(line), line) for line in lines])
    model.apply([told_of(RAID, OutcomeState.SPOKEN, Lane.MENTION, name="Ann")])
    model.apply([RowChange(row_key(None, "own"), outcome=outcome(None, OutcomeState.QUEUED))])
    names = [model.shown_name(login) for login in ("@Yue", "月亮茶", "ann", "bob", "")]
    assert names == ["月亮茶", "月亮茶", "Ann", "", ""]


def test_a_text_with_a_private_word_isnt_shown_to_the_viewers() -> None:
    model = ChatModel()
    line = message(1, "she lives in Springfield")
    model.apply([RowChange(row_key(line), line)])
    told = outcome(line, OutcomeState.REFUSED, Reason.PRIVATE_WORD)
    model.apply([RowChange(row_key(line), line, told)])
    index = model.index(0, 0)
    roles = [*(role.value for role in Qt.ItemDataRole), *ChatRole]
    assert not any("Springfield" in str(index.data(role)) for role in roles)
    assert index.data() == "message hidden"
    assert index.data(ChatRole.REASON) == "It has a private word in it."
    assert model.row_at(0).message is line  # its author can still be muted


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_seen_and_heard(reason: Reason) -> None:
    model = ChatModel()
    line = message(1, "hello")
    model.apply([RowChange(row_key(line), line, outcome(line, OutcomeState.DROPPED, reason))])
    index = model.index(0, 0)
    sentence = reason_sentence(reason)
    assert sentence.endswith(".")
    assert index.data(ChatRole.REASON) == sentence
    assert sentence in index.data(Qt.ItemDataRole.ToolTipRole)
    assert sentence in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_removed_text_is_nowhere_in_the_model() -> None:
    model = ChatModel()
    model.apply([change(1, OutcomeState.SPOKEN, text="secret words")])
    line = message(1, "secret words")
    model.apply([RowChange(row_key(line), line, removed=Reason.AUTHOR_BANNED)])
    model.apply([change(1, OutcomeState.SPOKEN, text="secret words")])
    index = model.index(0, 0)
    roles = [*(role.value for role in Qt.ItemDataRole), *ChatRole]
    assert not any("secret" in str(index.data(role)) for role in roles)
    assert index.data() == "message removed"
    assert index.data(ChatRole.STATE) == OutcomeState.REMOVED
    assert index.data(ChatRole.REASON) == "A moderator timed out or banned the author."


def test_a_tool_tip_has_no_chat_text_that_could_be_taken_for_markup() -> None:
    model = ChatModel()
    model.apply([change(1, OutcomeState.QUEUED, text="<b>x</b>", name="<i>y</i>")])
    assert "<" not in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


@given(ANY_TEXT)
def test_any_text_becomes_one_harmless_line(text: str) -> None:
    line = plain(text)
    assert len(line) <= MAX_CHARACTERS
    line.encode("utf-8")  # no half of a surrogate pair is left
    kinds = {
        unicodedata.category(c) for c in line if c != "\u200d" and not 0xE0020 <= ord(c) < 0xE0080
    }
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert plain(line) == line


def test_direction_overrides_and_stacks_of_accents_are_taken_out() -> None:
    assert plain("a\u202eb\u2066c\u200b\ufeffd\x00\x1b[31m\r\n\u2028e") == "abcd [31m e"
    assert plain("o" + "\u0301" * 50 + "k") == "o" + "\u0301" * MAX_MARKS + "k"
    assert plain("👩\u200d🚀 ❤\ufe0f") == "👩\u200d🚀 ❤\ufe0f"
    assert plain("x" * 100_000, 10) == "x" * 9 + "…"


def test_everything_the_pipeline_says_has_words() -> None:
    from ishowtts_desktop.core.messages import ConnectionState, Phase

    sentences = [reason_sentence(reason) for reason in Reason]
    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)
    assert len({state_word(state) for state in OutcomeState}) == len(OutcomeState)
    assert [bool(lane_word(lane)) for lane in Lane] == [lane is not Lane.NORMAL for lane in Lane]
    assert all(phase_sentence(ConnectionState("s", "c", phase)) for phase in Phase)
    waiting = ConnectionState("s", "c", Phase.RETRYING, retry_in=7.6)
    assert phase_sentence(waiting) == "No connection, trying again in 8 s"
    assert reason_sentence(None) == ""


def test_names_that_nobody_is_to_see_are_hidden_and_come_back() -> None:
    model = ChatModel()
    first, second = message(1, "hi", name="Elm Street Bob"), message(2, "yo", name="Anna")
    model.apply([RowChange(row_key(line), line) for line in (first, second)])
    model.hide_names(lambda name: "elm" in name.lower())
    # WHEN another one comes THEN it is hidden from the first
    third = message(3, "hey", name="xx Elm xx")
    model.apply([RowChange(row_key(third), third)])
    hidden = "name hidden"
    assert [model.data(model.index(at, 0), ChatRole.NAME) for at in range(3)] == [
        hidden,
        "Anna",
        hidden,
    ]
    heard = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Elm" not in heard
    assert model.shown_name("elm street bob") == hidden
    assert model.shown_name("elm nobody") == hidden
    model.hide_names(lambda _: False)
    assert model.data(model.index(0, 0), ChatRole.NAME) == "Elm Street Bob"
