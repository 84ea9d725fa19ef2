"""Cheermotes are paid with and not spoken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.reading.text.cheers import take_out


@pytest.mark.parametrize(
    ("text", "bits", "words"),
    [
        ("Cheer100 You made my week", 100, "You made my week"),
        ("cheer50 go Cheer50", 100, "go"),
        ("BibleThump10 sad story", 10, "sad story"),
        ("Cheer100 I love my PS5", 100, "I love my PS5"),
        ("Cheer100 is worth a lot", 0, "Cheer100 is worth a lot"),
        ("PS5 or PC2", 100, "PS5 or PC2"),
    ],
)
def test_only_what_was_paid_with_goes(text: str, bits: int, words: str) -> None:
    assert " ".join(take_out(text, bits).split()) == words


@given(st.text(), st.integers())
def test_any_text_survives_and_nothing_is_added(text: str, bits: int) -> None:
    assert len(take_out(text, bits)) <= len(text)
