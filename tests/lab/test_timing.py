"""Seconds, medians and percentiles: that the right thing is timed, not how long it takes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.lab import timing
from ishowtts_desktop.lab.timing import Comparison, compare, median_seconds, percentile


def test_both_are_timed_in_turn_and_to_their_end() -> None:
    calls: list[str] = []
    timed = compare(lambda: calls.append("ours"), lambda: calls.append("stock"), "cpu", 3)
    assert calls == ["stock", "ours"] * 3
    assert len(timed.ours) == len(timed.stock) == 3
    assert min(timed.ours + timed.stock) >= 0


def test_the_ratio_is_the_median_of_the_pairs() -> None:
    # GIVEN a machine that is three times slower during the last pair
    timed = Comparison(ours=(1.0, 1.1, 3.0), stock=(2.0, 2.2, 6.3))
    # THEN that pair counts by its own ratio
    assert timed.ratio == pytest.approx(2.0)
    assert (timed.ours_seconds, timed.stock_seconds) == (1.1, 2.2)


def test_seconds_are_those_of_the_work_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a clock that the work itself moves on
    now = [5.0]
    monkeypatch.setattr(timing.time, "perf_counter", lambda: now[0])

    def work(seconds: float) -> None:
        now[0] += seconds

    assert timing.seconds_of(lambda: work(0.25), "cpu") == 0.25
    # WHEN the first of four runs is slow
    slow = iter((9.0, 1.0, 3.0, 2.0))
    # THEN it was for warming up
    assert median_seconds(lambda: work(next(slow)), "cpu", 3) == 2.0


def test_a_median_is_taken_over_the_runs_after_warming_up() -> None:
    runs: list[int] = []
    assert median_seconds(lambda: runs.append(1), "cpu", 4) >= 0
    assert len(runs) == 5


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(1, 101)], 0.5, 50.0),
        ([7.0], 0.95, 7.0),
        ([1.0, 2.0], 0.0, 1.0),
        ([1.0, 2.0], 1.0, 2.0),
    ],
)
def test_percentiles_by_hand(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


@given(
    values=st.lists(st.floats(0, 1e6), min_size=1, max_size=60),
    share=st.sampled_from((0.05, 0.5, 0.9, 0.95, 1.0)),
)
def test_so_many_values_do_not_exceed_a_percentile(values: list[float], share: float) -> None:
    found = percentile(values, share)
    wanted = math.ceil(round(share * len(values), 6))
    assert found in values
    assert sum(value <= found for value in values) >= wanted
    assert sum(value < found for value in values) < wanted
