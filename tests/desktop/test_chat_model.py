"""The rows: batches in, roles out, nothing that a moderator removed, text that is only text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
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
