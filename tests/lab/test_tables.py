"""Tables that a terminal and a page show alike."""

from __future__ import annotations

import pytest

from ishowtts_desktop.lab.tables import milliseconds, table, verdict


def test_columns_stand_in_line_the_first_to_the_left() -> None:
    assert table(("", "time", ""), [("a long name", "3 s", ""), ("b", "12.5 s", "")]).split(
        "\n"
    ) == [
        "|             |   time |     |",
        "| ----------- | -----: | --: |",
        "| a long name |    3 s |     |",
        "| b           | 12.5 s |     |",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0143, "14.30 ms"), (0.9, "900.00 ms"), (61.5, "61.50 s")]
)
def test_times_as_people_read_them(seconds: float, text: str) -> None:
    assert milliseconds(seconds) == text


def test_a_bound_that_nobody_looked_at_was_neither_met_nor_missed() -> None:
    assert [verdict(met) for met in (True, False, None)] == ["met", "MISSED", "not measured"]
