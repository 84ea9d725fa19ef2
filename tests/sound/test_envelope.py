"""The outline of a sound for drawing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.sound.envelope import envelope


@given(count=st.integers(1, 2000), columns=st.integers(1, 500))
def test_each_column_holds_the_extremes_of_its_part(count: int, columns: int) -> None:
    samples = np.random.default_rng(count).standard_normal(count).astype(np.float32)
    low, high = envelope(samples, columns)
    assert low.dtype == high.dtype == np.float32
    assert len(low) == len(high) == columns
    for column in range(columns):
        first = column * count // columns
        part = samples[first : max(first + 1, (column + 1) * count // columns)]
        assert (low[column], high[column]) == (part.min(), part.max())


@given(count=st.integers(1, 2000), columns=st.integers(1, 500))
def test_no_peak_is_missed(count: int, columns: int) -> None:
    samples = np.random.default_rng(count).standard_normal(count).astype(np.float32)
    low, high = envelope(samples, columns)
    assert (low.min(), high.max()) == (samples.min(), samples.max())


@pytest.mark.parametrize(("count", "columns"), [(0, 10), (10, 0), (0, 0), (5, -3)])
def test_nothing_is_drawn_as_nothing(count: int, columns: int) -> None:
    low, high = envelope(np.ones(count, np.float32), columns)
    assert len(low) == len(high) == max(0, columns)
    assert not low.any()
    assert not high.any()
