"""Distances between two results."""

from __future__ import annotations

import json
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.lab.distance import LOUDEST_DB, distance

NUMBERS = st.lists(
    st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda x: round(x, 3)), min_size=1, max_size=20
)


def test_by_hand() -> None:
    found = distance(torch.tensor([3.0, 4.4]), torch.tensor([3.0, 4.0]))
    assert found.max_abs == pytest.approx(0.4)
    assert found.cosine == pytest.approx((9 + 17.6) / (5 * math.hypot(3, 4.4)))
    assert found.snr_db == pytest.approx(20 * math.log10(5 / 0.4))


def test_opposites_point_away_from_each_other() -> None:
    found = distance(torch.tensor([1.0, 0.0]), torch.tensor([-1.0, 0.0]))
    assert (found.max_abs, found.cosine) == (2.0, -1.0)
    assert found.snr_db == pytest.approx(-20 * math.log10(2))


@given(numbers=NUMBERS)
def test_the_same_is_no_distance_and_can_be_written_as_json(numbers: list[float]) -> None:
    one = torch.tensor(numbers)
    found = distance(one, one.clone())
    assert (found.max_abs, found.snr_db) == (0.0, LOUDEST_DB)
    assert found.cosine == pytest.approx(1.0)
    assert json.loads(json.dumps(found.as_json(), allow_nan=False))


@given(ours=NUMBERS)
def test_silence_is_apart_from_sound(ours: list[float]) -> None:
    one = torch.tensor(ours)
    found = distance(one, torch.zeros(len(ours)))
    assert found.max_abs == pytest.approx(float(one.abs().max()))
    assert found.snr_db == (-LOUDEST_DB if one.any() else LOUDEST_DB)
    assert found.cosine == (0.0 if one.any() else 1.0)


def test_what_is_no_number_is_as_far_away_as_can_be() -> None:
    found = distance(torch.tensor([1.0, float("nan")]), torch.ones(2))
    assert found.max_abs == math.inf
    assert found.snr_db == -LOUDEST_DB
    assert json.loads(json.dumps(found.as_json(), allow_nan=False))["max_abs"] is None


def test_two_shapes_are_not_compared() -> None:
    with pytest.raises(EngineError, match="numbers"):
        distance(torch.ones(2), torch.ones(3))
