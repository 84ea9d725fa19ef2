"""Bytes a second, in simulated seconds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.sizes import readable
from ishowtts_desktop.models.speed import SpeedMeter
from tests.support.clock import FakeClock


def test_a_steady_stream_has_its_speed_and_an_end() -> None:
    clock = FakeClock()
    meter = SpeedMeter(clock)
    assert (meter.bytes_per_second, meter.seconds_left(100)) == (0, None)
    for second in range(20):
        meter.add(1000 + second * 50)
        clock.advance(1)
    assert meter.bytes_per_second == 50
    assert meter.seconds_left(1950 + 500) == 10


def test_what_is_long_ago_doesnt_count_and_a_stall_is_seen() -> None:
    clock = FakeClock()
    meter = SpeedMeter(clock)
    for done in (0, 10_000, 10_000):
        meter.add(done)
        clock.advance(3)
    assert meter.bytes_per_second == 10_000 / 6
    for _ in range(4):
        meter.add(10_000)
        clock.advance(3)
    assert (meter.bytes_per_second, meter.seconds_left(20_000)) == (0, None)


def test_starting_over_isnt_a_negative_speed() -> None:
    clock = FakeClock()
    meter = SpeedMeter(clock)
    for done in (5_000, 9_000, 0, 200):
        meter.add(done)
        clock.advance(1)
    assert meter.bytes_per_second == 200


@given(st.integers(0, 10**15))
def test_a_size_is_short(count: int) -> None:
    assert len(readable(count)) <= 10 or count >= 10**15


def test_sizes_are_in_decimal_units() -> None:
    assert [readable(n) for n in (0, 461, 13_800, 1_348_435_761)] == [
        "0 bytes",
        "461 bytes",
        "13.8 kB",
        "1.35 GB",
    ]
