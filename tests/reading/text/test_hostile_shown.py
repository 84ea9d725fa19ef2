"""Hostile lines where they are shown: in the log, on the terminal and in the window, inert."""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from ishowtts_desktop.cli.table import outcome_table
from ishowtts_desktop.core.utterances import Outcome, OutcomeState, Reason
from ishowtts_desktop.desktop.chat_model import ChatModel, ChatRole
from ishowtts_desktop.desktop.chat_view import ChatView
from ishowtts_desktop.desktop.feed import RowChange, row_key
from ishowtts_desktop.system.logs import setup_logging
from tests.support.application import command_line
from tests.support.desktop import message, outcome

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

EVIL = {
    "escapes": "\x1b[31mred\x1b[0m\x9b2J\x07",
    "forged line": "x\r\n2030-01-01 00:00:00,000 CRITICAL MainThread forged\u2028y\u2029z\x85w",
    "overrides": "\u202eabc\u2066def\u2067ghi\u2069\u200f\u061c",
    "zero width": "a\u200bb\u200cc\ufeffd\u00ade",
    "towers": "o" + "\u0301\u0489\u20dd" * 5_000 + "k",
    "surrogates": "\ud800\udfff",
    "nul": "a\x00b",
    "tags": "a\U000e0041\U000e007f",
}
OBEYED = set("\x00\x07\x1b\r\x85\x9b\u2028\u2029\u202e\u2066\u2067\u2069\u200f\u061c\u200b\ufeff")


@pytest.mark.parametrize("kind", EVIL)
def test_the_log_has_one_line_that_nothing_obeys(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = EVIL[kind]
    logs = setup_logging(tmp_path)
    try:
        logging.getLogger("ishowtts_desktop.chat").warning("%s wrote %r: %s", evil, evil, evil)
    finally:
        logs.close()
    written = (tmp_path / "ishowtts.log").read_text(encoding="utf-8")
    for shown in (written, capsys.readouterr().err):
        assert len(shown.splitlines()) == 1
        assert not OBEYED & set(shown)


@pytest.mark.parametrize("kind", EVIL)
def test_the_table_of_read_keeps_its_lines_and_columns(kind: str) -> None:
    evil = EVIL[kind]
    told = [
        Outcome("1", OutcomeState.SPOKEN, 1.0, spoken=evil, name=evil, started_at=0, ended_at=1),
        Outcome("2", OutcomeState.REFUSED, 1.0, Reason.COMMAND, text=evil, name=evil),
    ]
    lines = outcome_table(told).split("\n")
    assert len(lines) == 5
    assert all(line.isprintable() for line in lines)
    # A tower of marks would reach over the lines above it.
    assert max(map(len, lines)) < 3 * 130
    assert lines[4].endswith("command")


def test_read_prints_and_logs_a_hostile_chat_as_it_is(tmp_path: Path) -> None:
    # GIVEN a recorded chat of hostile names and texts
    home = tmp_path / "home"
    lines = [
        {"kind": "message", "id": str(number), "login": "x", "name": evil, "text": f"!{evil}"}
        for number, evil in enumerate(EVIL.values())
    ]
    chat = tmp_path / "chat.jsonl"
    chat.write_text("".join(f"0.0 {json.dumps(line)}\n" for line in lines), encoding="utf-8")
    # WHEN it is read into a file
    done = command_line(
        *("read", "--source", f"replay://{chat}", "--out", str(tmp_path / "out.wav")),
        env={**os.environ, "ISHOWTTS_HOME": str(home)},
    )
    # THEN each has its line in the table, and no terminal obeys any
    assert done.returncode == 0, done.stderr
    assert not OBEYED & set(done.stdout + done.stderr)
    assert sum(line.endswith("command") for line in done.stdout.split("\n")) >= len(EVIL) - 2
    logs = [log.read_text(encoding="utf-8") for log in home.rglob("*.log")]
    assert logs
    assert not OBEYED & set("".join(logs))


@pytest.fixture
def view(qtbot: QtBot) -> ChatView:
    view = ChatView(ChatModel())
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    qtbot.waitExposed(view)
    return view


def show(view: ChatView, *lines: tuple[str, str]) -> ChatModel:
    """Show ``lines``: names and texts."""
    model = view.model()
    assert isinstance(model, ChatModel)
    changes = []
    for number, (name, text) in enumerate(lines):
        line = message(number, text, name)
        told = outcome(line, OutcomeState.REFUSED, Reason.COMMAND)
        changes.append(RowChange(row_key(line), line, told))
    model.apply(changes)
    return model


@pytest.mark.parametrize("kind", EVIL)
def test_every_role_of_a_row_is_one_visible_line(kind: str) -> None:
    evil = EVIL[kind]
    model = ChatModel()
    line = message(1, evil, evil)
    model.apply([RowChange(row_key(line), line, outcome(line, OutcomeState.SPOKEN))])
    roles = [*(role.value for role in Qt.ItemDataRole), *ChatRole]
    shown = [model.index(0, 0).data(role) for role in roles]
    for text in (text for text in shown if isinstance(text, str)):
        assert not OBEYED & set(text)
        assert len(text.splitlines()) <= 1


def painted(view: ChatView, number: int) -> QImage:
    """Return what the row looks like, with whatever reaches into it."""
    rect = view.visualRect(view.model().index(number, 0))
    return view.viewport().grab().toImage().copy(rect)


def test_markup_and_directions_are_painted_as_the_text_they_are(view: ChatView) -> None:
    # GIVEN lines that would be bold, red, reversed or two lines high if anything obeyed them, each
    # after the same without what should be obeyed
    pairs = [
        ("\u202ered gnp.exe\u202c", "red gnp.exe"),
        ("a\u2067b\u2069c", "abc"),
        ("one\u200b word", "one word"),
        ("first\nsecond\r\u2028third", "first second third"),
    ]
    show(view, *(("Anna", text) for pair in pairs for text in pair))
    for at in range(len(pairs)):
        assert painted(view, 2 * at) == painted(view, 2 * at + 1), pairs[at]


def test_tags_are_painted_letter_by_letter(view: ChatView) -> None:
    # GIVEN markup, WHEN it is painted, THEN it isn't what it would be if it were obeyed
    lines = [
        ("Anna", "<b>bold</b>"),
        ("Anna", "bold"),
        ("Anna", "<img src='file:///etc/hostname'/>x<br/>y"),
        ("Anna", "x"),
        ("<i>Eve</i>", "z"),
        ("Eve", "z"),
    ]
    model = show(view, *lines)
    assert [model.index(at, 0).data() for at in (0, 2)] == [lines[0][1], lines[2][1]]
    for marked in (0, 2, 4):
        assert painted(view, marked) != painted(view, marked + 1)
    # and none is higher than a line
    heights = {view.visualRect(model.index(at, 0)).height() for at in range(len(lines))}
    assert len(heights) == 1


def test_a_tower_of_marks_stays_in_its_own_row(view: ChatView) -> None:
    # GIVEN a row, WHEN towers stand below and above it, THEN it is painted as before
    tower = "o" + "\u0301" * 400 + "\u0323" * 400
    show(view, ("Anna", "calm"), ("Anna", "hello"), ("Anna", "calm"))
    calm = painted(view, 1)
    rows = [(tower, tower * 3), ("Anna", "hello"), (tower, tower * 3)]
    other = ChatView(ChatModel(), view.parentWidget())
    try:
        other.resize(view.size())
        show(other, *rows)
        other.show()
        assert other.indexAt(QPoint(5, 5)).row() == 0
        assert painted(other, 1) == calm
    finally:
        other.deleteLater()
