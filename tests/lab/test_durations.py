"""The table of durations: 200 chat lines, monotone, without cliffs, beside the stock formula."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.lab.chat_lines import LINES
from ishowtts_desktop.lab.durations import (
    LARGEST_STEP,
    DurationRow,
    durations,
    durations_table,
    starter_reference,
    steady,
    summaries,
)
from ishowtts_desktop.speech.f5.duration import Timing
from tests.support.application import command_line

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.reference import Reference


@pytest.fixture(scope="module")
def references() -> dict[str, Reference]:
    return {language: starter_reference(language) for language in ("en", "zh", "ja")}


@pytest.fixture(scope="module")
def rows(references: dict[str, Reference]) -> list[DurationRow]:
    return durations(references.__getitem__)


def test_there_are_two_hundred_lines_of_every_length_and_kind() -> None:
    lines = [line for kind in LINES.values() for line in kind]
    assert len(lines) == 200
    assert {len(line) for line in lines} >= {*range(1, 25), 40}
    assert max(map(len, lines)) == 40
    assert all(len(set(kind)) == len(kind) >= 30 for kind in LINES.values())


def test_a_line_that_goes_on_gets_more_time_and_never_jumps(
    rows: list[DurationRow], references: dict[str, Reference]
) -> None:
    assert steady(rows)
    for row in rows:
        timing = Timing(references[row.language], row.language)
        seconds = [timing.seconds(row.text[:end]) for end in range(1, len(row.text) + 1)]
        assert seconds == sorted(seconds), row.text
        assert seconds[-1] == row.seconds
        ratios = [after / before for before, after in itertools.pairwise(seconds)]
        assert max(ratios, default=1) < (2.6 if row.kind == "digits" else 2.0), row.text
        # AND it is a time in which people can say it
        assert 0.5 <= row.seconds <= 0.6 + 0.45 * len(row.text), row.text


def test_the_stock_formula_has_the_cliff_that_ours_lacks(rows: list[DurationRow]) -> None:
    by_text = {row.text: row for row in rows}
    fallen = [row for row in rows if row.stock_fall > 0.5]
    assert len(fallen) > 100
    assert by_text["nice play"].stock > 2 * by_text["nice plays!"].stock
    assert 0 < by_text["nice plays!"].seconds - by_text["nice play"].seconds < 0.15
    # "2026-11-20" can't be said in half a second
    assert by_text["2026-11-20"].stock < 0.6 < 2 < by_text["2026-11-20"].seconds < 3.5


def test_a_fall_or_a_jump_is_noticed(rows: list[DurationRow]) -> None:
    assert not steady([*rows, replace(rows[0], fall=0.02)])
    assert not steady([*rows, replace(rows[0], jump=LARGEST_STEP + 0.01)])


def test_a_summary_tells_each_kind_and_all(rows: list[DurationRow]) -> None:
    found = {summary.kind: summary for summary in summaries(rows)}
    assert list(found) == [*LINES, "all"]
    assert found["all"].lines == 200
    assert found["all"].jump == max(row.jump for row in rows)
    assert found["en"].seconds == pytest.approx(
        sum(row.seconds for row in rows if row.kind == "en") / len(LINES["en"])
    )
    table = durations_table(rows)
    assert table.count("\n") == 200 + len(LINES) + 5


def test_from_the_command_line() -> None:
    done = command_line("bench", "durations", "--json", "--language", "zh", timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["steady"] is True
    assert {line["kind"] for line in found["lines"]} == {"zh", "mixed"}
    assert {summary["kind"] for summary in found["summary"]} == {"zh", "mixed", "all"}
    assert {"text", "seconds", "stock", "fall", "jump"} <= set(found["lines"][0])
    assert "草" in done.stdout
