"""Length: graphemes, bytes and seconds."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.reading.text.cap import cap
from ishowtts_desktop.reading.text.duration import cut_to_seconds, seconds_of
from tests.support.lines import LINES


def graphemes(text: str) -> list[str]:
    return regex.findall(r"\X", text)


@given(text=LINES, count=st.integers(0, 30), size=st.integers(0, 120))
def test_cap_keeps_the_longest_start_of_whole_graphemes(text: str, count: int, size: int) -> None:
    kept = cap(text, count, size)
    whole = graphemes(text)
    assert graphemes(kept) == whole[: len(graphemes(kept))]
    assert len(graphemes(kept)) <= count
    assert len(kept.encode("utf-8", "surrogatepass")) <= size
    longer = "".join(whole[: len(graphemes(kept)) + 1])
    if longer != kept:
        assert len(graphemes(kept)) == count or len(longer.encode("utf-8", "surrogatepass")) > size


@pytest.mark.parametrize("grapheme", ["👨\u200d👩\u200d👧", "🇫🇷", "e\u0301", "한"])
def test_cap_never_cuts_inside_a_grapheme(grapheme: str) -> None:
    assert cap(grapheme * 3, 2) == grapheme * 2
    assert cap("a" + grapheme, 9, size=2) == "a"


def test_cap_does_not_split_a_letter_from_the_accent_beyond_the_limit() -> None:
    assert cap("aae\u0301", 9, size=3) == "aa"


def test_the_same_words_take_longer_in_han_than_in_latin_letters_each() -> None:
    assert seconds_of("好" * 10) == pytest.approx(2.4, rel=0.2)
    assert seconds_of("a" * 10) == pytest.approx(0.65, rel=0.2)


@pytest.mark.parametrize(
    "text", ["12345", "ありがとう", "안녕하세요", "привет", "a, b. c!", "€ % §"]
)
def test_every_script_takes_its_time(text: str) -> None:
    assert seconds_of(text * 5) > seconds_of(text) >= 0.3


@given(text=LINES, more=LINES)
def test_more_text_never_takes_less_time(text: str, more: str) -> None:
    assert seconds_of(text + more) >= seconds_of(text) - 1e-9


@given(text=LINES, seconds=st.floats(0.3, 5.0))
def test_cut_is_the_longest_start_that_fits(text: str, seconds: float) -> None:
    kept = cut_to_seconds(text, seconds)
    assert text.startswith(kept)
    assert seconds_of(kept) <= seconds
    if kept != text:
        parts = graphemes(text)
        longer = "".join(parts[: len(graphemes(kept)) + 1])
        assert seconds_of(longer) > seconds


def test_cut_of_a_bound_that_nothing_fits_is_empty() -> None:
    assert cut_to_seconds("hello", 0.1) == ""
