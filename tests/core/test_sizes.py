"""Bytes as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.sizes import bytes_of, readable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (999_400, "999 kB"),
        (999_600, "1 MB"),
        (999_600_000, "1 GB"),
        (1_348_435_761, "1.35 GB"),
        (5 * 10**16, "5e+04 TB"),
    ],
)
def test_sizes_have_three_digits(count: int, text: str) -> None:
    assert readable(count) == text


def test_what_is_not_there_has_no_bytes(tmp_path: Path) -> None:
    assert bytes_of(tmp_path / "none") == 0
