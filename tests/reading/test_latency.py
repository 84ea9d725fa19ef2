"""Percentiles of what chat took to become sound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.reading.latency import LatencyMeter, percentile


def test_nothing_measured_is_no_number() -> None:
    meter = LatencyMeter()
    assert (meter.count, meter.p50, meter.p95) == (0, None, None)


def test_percentiles_are_those_of_the_last_hundred() -> None:
    meter = LatencyMeter()
    for number in range(1, 201):
        meter.add(float(number))
    assert (meter.count, meter.p50, meter.p95) == (100, 150.0, 195.0)


@given(values=st.lists(st.floats(0, 1e6), min_size=1), share=st.floats(0, 1))
def test_a_percentile_is_a_value_that_enough_others_stay_below(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
