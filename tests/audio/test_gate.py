"""When a level counts as talk, in simulated time."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.audio.gate import Gate
from ishowtts_desktop.core.reading_config import GateConfig

STEP = 0.02
LOUD, BETWEEN, LOW = -20.0, -43.0, -60.0
NEAR = 1e-9  # what a sum of steps may round to


class Room:
    """A gate that hears levels every 20 ms."""

    def __init__(self, **config: float) -> None:
        self.gate = Gate(GateConfig(**config))
        self.now = 0.0

    def hear(self, level: float, seconds: float) -> list[bool]:
        """Return what the gate said of each step."""
        said = []
        for _ in range(round(seconds / STEP)):
            self.now += STEP
            said.append(self.gate.hear(level, self.now))
        return said


def test_talk_begins_after_the_attack_and_ends_after_the_release() -> None:
    room = Room(attack_seconds=0.1, release_seconds=0.8)
    assert not any(room.hear(LOW, 1.0))
    said = room.hear(LOUD, 1.0)
    assert said.index(True) == pytest.approx(0.1 / STEP, abs=1)
    assert all(said[said.index(True) :])
    said = room.hear(LOW, 1.0)
    assert said.index(False) == pytest.approx(0.8 / STEP, abs=1)
    assert not any(said[said.index(False) :])


def test_a_knock_is_no_talk() -> None:
    room = Room(attack_seconds=0.1)
    for _ in range(20):
        assert not any(room.hear(0.0, 0.08))
        assert not any(room.hear(LOW, 0.04))


def test_a_pause_between_words_is_no_end() -> None:
    room = Room(release_seconds=0.8, attack_seconds=0.0)
    room.hear(LOUD, 0.5)
    for _ in range(5):
        assert all(room.hear(LOW, 0.7))
        assert all(room.hear(LOUD, 0.1))


def test_between_the_thresholds_talk_goes_on_but_does_not_begin() -> None:
    room = Room(threshold_db=-40.0, hysteresis_db=6.0)
    assert not any(room.hear(BETWEEN, 3.0))
    room.hear(LOUD, 0.5)
    assert all(room.hear(BETWEEN, 3.0))


def test_a_fan_holds_only_once_and_talk_is_heard_again_after_a_pause() -> None:
    room = Room(longest_hold=5.0, release_seconds=0.8)
    # GIVEN a noise that never ends
    said = room.hear(LOUD, 60.0)
    assert sum(said) * STEP == pytest.approx(5.0, abs=0.1)
    assert not room.gate.talking
    # WHEN it dips for shorter than a pause, it's still noise
    room.hear(LOW, 0.4)
    assert not any(room.hear(LOUD, 1.0))
    # THEN a pause makes the gate listen again
    room.hear(LOW, 1.0)
    assert any(room.hear(LOUD, 1.0))


def test_after_a_hole_nothing_is_known_of_what_was_before() -> None:
    room = Room()
    room.hear(LOUD, 1.0)
    room.now += 5.0
    assert not room.hear(LOUD, STEP)[0]
    assert room.hear(LOUD, 0.5)[-1]


def test_a_reset_ends_the_talk() -> None:
    room = Room()
    room.hear(LOUD, 1.0)
    room.gate.reset()
    assert not room.gate.talking
    assert not any(room.hear(LOUD, 0.08))


def test_other_thresholds_matter_from_the_next_level_on() -> None:
    room = Room(threshold_db=-40.0)
    assert room.hear(LOUD, 1.0)[-1]
    room.gate.use(GateConfig(threshold_db=-10.0, release_seconds=0.2))
    assert not room.hear(LOUD, 0.5)[-1]


@pytest.mark.parametrize("level", [math.nan, -math.inf, math.inf, -1e300])
def test_what_is_no_number_is_silence(level: float) -> None:
    room = Room(threshold_db=-90.0, attack_seconds=0.0, release_seconds=0.1)
    assert not any(room.hear(level, 1.0))
    room.hear(0.0, 0.1)
    assert not room.hear(level, 0.2)[-1]


CONFIGS = st.builds(
    GateConfig,
    threshold_db=st.floats(-90, 0),
    hysteresis_db=st.floats(0, 30),
    attack_seconds=st.floats(0, 2),
    release_seconds=st.floats(0.1, 10),
    longest_hold=st.floats(1, 5),
)
LEVELS = st.lists(
    st.tuples(
        st.one_of(st.floats(-100, 5), st.sampled_from([math.nan, -math.inf, math.inf])),
        st.integers(1, 150),
    ),
    max_size=12,
)


@given(CONFIGS, LEVELS)
@settings(max_examples=60)
def test_it_neither_flaps_nor_holds_for_too_long(
    config: GateConfig, levels: list[tuple[float, int]]
) -> None:
    gate = Gate(config)
    now, loud, changes = 0.0, 0, [(0.0, False)]
    for level, times in levels:
        for _ in range(times):
            now += STEP
            loud = loud + 1 if math.isfinite(level) and level >= config.threshold_db else 0
            talking = gate.hear(level, now)
            if talking != changes[-1][1]:
                changes.append((now, talking))
                assert not talking or (loud - 1) * STEP >= config.attack_seconds - NEAR
            assert not talking or now - changes[-1][0] < config.longest_hold
    for (began, talking), (ended, _) in itertools.pairwise(changes):
        least = min(config.release_seconds, config.longest_hold)
        assert ended - began >= (least if talking else config.attack_seconds) - NEAR
