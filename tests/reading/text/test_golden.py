"""Four hundred lines of chat, and exactly what is said of each: the tables of `tests/data`."""

from __future__ import annotations

from collections import Counter

import pytest

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.preview import Preview
from ishowtts_desktop.reading.text.steps import STEPS
from tests.support.golden import Row, rows

TABLES = {table: rows(table) for table in ("zh", "en", "mixed")}
ALL = [row for table in TABLES.values() for row in table]
DEFAULT = Preview(Config())
# What only refuses is called by its reason.
REFUSING = {"commands": "command", "sound": "nothing_to_say", "words": "blocked_word"}


@pytest.mark.parametrize("table", TABLES)
def test_a_line_is_said_as_people_say_it(table: str) -> None:
    wrong = [found for row in TABLES[table] if (found := difference(row))]
    assert not wrong, "\n" + "\n".join(wrong)


def difference(row: Row) -> str:
    """Return in which way ``row`` doesn't hold; empty where it does."""
    preview = Preview(row.config) if "settings" in row.more else DEFAULT
    explanation = preview.of(row.message)
    result, steps = explanation.result, explanation.steps
    said = f"!{result.value}" if isinstance(result, Reason) else result.text
    if said != row.spoken:
        return f"{row} is said {said[:80]!r}, not {row.spoken[:80]!r}, by {steps}"
    if isinstance(result, Reason) and not steps:
        return f"{row} is refused by no step"
    deciding = {*steps, said.removeprefix("!")} if steps else {"none"}
    return "" if row.rule in deciding else f"{row} is decided by {steps}, not by {row.rule}"


@pytest.mark.parametrize(("table", "least"), [("zh", 200), ("en", 150), ("mixed", 50)])
def test_the_tables_are_as_long_as_they_should_be(table: str, least: int) -> None:
    assert len({row.written for row in TABLES[table]}) >= least


def test_no_row_comes_twice() -> None:
    ids = Counter(row.id for row in ALL)
    lines = Counter((row.written, str(row.more)) for row in ALL)
    assert max(ids.values()) == max(lines.values()) == 1


def test_every_rule_decides_some_row() -> None:
    deciding = {row.rule for row in ALL}
    assert {REFUSING.get(step, step) for step in STEPS} <= deciding


def test_the_known_faults_of_the_usual_library_are_among_the_rows() -> None:
    # wetext loses a word of "$1,234.50", mixes "v1.2.3" and raises on "#1".
    assert sum("wetext" in row.comment for row in ALL) >= 10
