"""The table of outcomes: readable, aligned, inert."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.cli.table import outcome_json, outcome_table
from ishowtts_desktop.core.utterances import Outcome, OutcomeState, Reason

SPOKEN = Outcome(
    id="1",
    state=OutcomeState.SPOKEN,
    at=3.0,
    text="你好 chat",
    spoken="mia says 你好 chat",
    name="mia",
    started_at=1.25,
    ended_at=2.5,
    chat_to_sound=0.0481,
)
REMOVED = Outcome(
    id="2",
    state=OutcomeState.REMOVED,
    at=3.5,
    reason=Reason.MESSAGE_DELETED,
    text="something nasty",
    name="troll",
)


def test_what_was_said_has_its_seconds_and_what_was_not_its_reason() -> None:
    table = outcome_table([SPOKEN, REMOVED])
    said = next(line for line in table.splitlines() if "mia" in line)
    assert said.split()[:2] == ["1.25", "2.50"]
    assert said.endswith("48 ms")
    assert "message deleted" in table


def test_what_a_moderator_took_back_is_not_repeated() -> None:
    assert "nasty" not in outcome_table([SPOKEN, REMOVED])


def test_what_holds_a_private_word_is_not_repeated() -> None:
    private = replace(REMOVED, state=OutcomeState.DROPPED, reason=Reason.PRIVATE_WORD, spoken="x")
    assert "nasty" not in outcome_table([private])
    assert set(outcome_json(private)) == {"id", "state", "reason", "name"}


def test_json_keeps_the_stable_keys_and_leaves_the_unknown_out() -> None:
    assert outcome_json(SPOKEN)["chat_to_sound_ms"] == 48.1
    assert outcome_json(SPOKEN)["state"] == "spoken"
    assert set(outcome_json(REMOVED)) == {"id", "state", "reason", "name", "text"}


def columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
    marks = sum(unicodedata.category(character) in ("Mn", "Me") for character in line)
    return len(line) - marks + wide


@given(st.text(), st.text())
def test_any_text_is_inert_and_keeps_the_columns(name: str, text: str) -> None:
    row = Outcome("1", OutcomeState.SPOKEN, 1.0, spoken=text, name=name, started_at=0, ended_at=1)
    line, known = (outcome_table([one]).split("\n")[1] for one in (row, SPOKEN))
    assert line.isprintable()
    assert columns(line) == columns(known) - len("       48 ms")
