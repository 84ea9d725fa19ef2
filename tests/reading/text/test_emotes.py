"""Emotes go by their spans on the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.messages import Emote
from ishowtts_desktop.reading.text.emotes import Policy, listed, take_out
from tests.support.lines import LINES

TEXT = "Kappa hi 😀 Kappa LUL"
EMOTES = (Emote("1", 0, 5), Emote("1", 11, 16), Emote("2", 17, 20))


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("skip", "hi 😀"), ("first", "Kappa hi 😀"), ("count", "Kappa x2 hi 😀 LUL")],
)
def test_policies(policy: Policy, expected: str) -> None:
    assert " ".join(take_out(TEXT, EMOTES, policy).split()) == expected


def test_the_order_of_the_spans_does_not_matter() -> None:
    assert take_out(TEXT, EMOTES[::-1], "count") == take_out(TEXT, EMOTES, "count")


def test_emotes_of_lists_are_found_by_the_exact_word() -> None:
    # GIVEN names that third parties gave out THEN only they are emotes: no part of a word, no case
    found = listed("catJAM hi catjam catJAMs (catJAM catJAM", frozenset({"catJAM", "hi!"}))
    assert [(emote.start, emote.end) for emote in found] == [(0, 6), (33, 39)]


def test_an_emote_between_words_does_not_join_them() -> None:
    assert take_out("aKappab", (Emote("1", 1, 6),), "skip").split() == ["a", "b"]


def test_spans_beyond_a_text_that_was_cut_are_cut_too() -> None:
    # GIVEN a text capped in the middle of an emote THEN its half isn't said
    assert take_out("hi Kap", (Emote("1", 3, 8), Emote("1", 9, 14)), "skip").strip() == "hi"


def test_overlapping_spans_take_each_character_once() -> None:
    assert take_out("abcdef", (Emote("1", 0, 4), Emote("2", 2, 5)), "skip").strip() == "f"


SPANS = st.lists(
    st.builds(Emote, st.just("1"), st.integers(-5, 80), st.integers(-5, 80)), max_size=6
)


@given(text=LINES, emotes=SPANS, policy=st.sampled_from(["skip", "first", "count"]))
def test_any_spans_are_taken(text: str, emotes: list[Emote], policy: Policy) -> None:
    take_out(text, emotes, policy)


@given(text=LINES, emotes=SPANS)
def test_skip_keeps_what_no_span_covers_in_order(text: str, emotes: list[Emote]) -> None:
    covered = {place for emote in emotes for place in range(max(0, emote.start), emote.end)}
    kept = "".join(letter for at, letter in enumerate(text) if at not in covered)
    assert take_out(text, emotes, "skip").replace(" ", "") == kept.replace(" ", "")
