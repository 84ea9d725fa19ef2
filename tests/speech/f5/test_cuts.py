"""Cuts: the stock package's, and ours that let the first sound come soon."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.speaking_rate import SpeakingRate
from ishowtts_desktop.speech.f5.cuts import (
    LONGEST,
    TARGETS,
    TOLERANCE,
    first_sound_first,
    max_bytes_for,
    stock_cuts,
)
from tests.support.stock_text import StockText

ENGLISH = (
    "Thanks for the stream, I really enjoyed it. The last fight was unbelievable: you had three"
    " hit points left, and still you won! Where did you learn that? I have been playing for two"
    " years now, and I never got past the second boss; my friends laugh at me. Anyway, see you"
    " tomorrow (if my internet works) and have a good night!"
)
SECONDS_OF = SpeakingRate().seconds
CHINESE = (
    "主播你好，今天的直播太精彩了！最后那一波操作真的没有想到，明明只剩三滴血，居然还能反杀。"
    "我玩了两年了，一直过不了第二关；朋友们都笑我。明天见，祝你晚安！"
)
UNPUNCTUATED = (
    "我今天去了北京大学看见了很多同学他们都说主播的操作非常厉害所以我也来看看直播学习一下"
)
MIXED = st.text(
    st.one_of(
        st.sampled_from("abc .,;:!?，。！？；：\n\t…'\")"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=120,
)


@pytest.fixture(scope="module")
def stock() -> StockText:
    return StockText.load()


@pytest.mark.parametrize(
    "text", [ENGLISH, CHINESE, UNPUNCTUATED, "", " ", "\n", "a.b", "a. ", "。。"]
)
@pytest.mark.parametrize("size", [-5, 0, 1, 40, 135, 10_000])
def test_the_stock_mode_cuts_as_the_stock_package_does(
    text: str, size: int, stock: StockText
) -> None:
    assert stock_cuts(text, size) == stock.chunk_text(text, size)


@settings(max_examples=300, deadline=None)
@given(text=MIXED, size=st.integers(-1, 200))
def test_any_text_is_cut_as_the_stock_package_does(text: str, size: int, stock: StockText) -> None:
    assert stock_cuts(text, size) == stock.chunk_text(text, size)


@pytest.mark.parametrize("reference", ["Some call me nature. ", "对，这就是我。", ""])
@pytest.mark.parametrize("samples", [24_000, 127_000, 24_000 * 22, 24_000 * 60])
@pytest.mark.parametrize("speed", [1.0, 0.7])
def test_as_many_bytes_fit_as_in_the_stock_package(
    reference: str, samples: int, speed: float, stock: StockText
) -> None:
    expected = stock.max_bytes(reference, samples, speed)
    assert max_bytes_for(reference, samples / 24_000, speed) == expected


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_a_reference_without_sound_is_refused(seconds: float) -> None:
    with pytest.raises(EngineError, match="sound"):
        max_bytes_for("text", seconds)


@pytest.mark.parametrize(
    "text", ["gg", "", "   ", "Thanks for the stream, it was great fun!", "😀" * 90]
)
def test_what_is_soon_said_stays_whole(text: str) -> None:
    assert first_sound_first(text, SECONDS_OF) == ([text] if text else [])


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, UNPUNCTUATED, ENGLISH + CHINESE * 3])
def test_the_first_piece_is_short_and_later_ones_are_longer(text: str) -> None:
    pieces = first_sound_first(text, SECONDS_OF)
    # THEN nothing is lost, and the first sound is as far away as its target
    assert "".join(pieces) == text
    lengths = [SECONDS_OF(piece) for piece in pieces]
    assert len(lengths) > 1
    assert abs(lengths[0] - TARGETS[0]) <= TOLERANCE * TARGETS[0]
    assert max(lengths) <= LONGEST
    assert all(a < b * 1.5 for a, b in pairwise(lengths[:-1]))


def test_cuts_come_after_a_clause() -> None:
    assert first_sound_first(ENGLISH, SECONDS_OF)[:2] == [
        "Thanks for the stream, I really enjoyed it. ",
        "The last fight was unbelievable: you had three hit points left, and still you won! ",
    ]
    assert all(piece[-1] in "，。！；" for piece in first_sound_first(CHINESE, SECONDS_OF))


def test_numbers_and_addresses_are_no_clauses() -> None:
    text = "It costs 1,234,567.89 dollars at www.a.example.com/x,y and 12:34:56 is the time, right"
    pieces = first_sound_first(text, SECONDS_OF)
    assert len(pieces) > 1
    assert all(piece.endswith(" ") for piece in pieces[:-1])


def test_closing_marks_stay_with_their_sentence() -> None:
    text = 'He said "this is the very last time." Then "(he left us all alone.)" And nobody came.'
    pieces = first_sound_first(text, SECONDS_OF)
    assert len(pieces) > 1
    assert all(piece[0].isalpha() or piece[0] == '"' for piece in pieces)
    assert all(piece.count('"') % 2 == 0 for piece in pieces)


def test_unpunctuated_chinese_is_cut_between_words() -> None:
    from ishowtts_desktop.speech.f5.tokens import words

    ends, end = set(), 0
    for word in words(UNPUNCTUATED):
        end += len(word)
        ends.add(end)
    pieces = first_sound_first(UNPUNCTUATED, SECONDS_OF)
    assert len(pieces) > 2
    assert {len("".join(pieces[: count + 1])) for count in range(len(pieces))} <= ends


def test_spaces_are_kept_though_words_would_split_them() -> None:
    text = "supercalifragilistic expialidocious " * 6
    assert all(piece.endswith(" ") for piece in first_sound_first(text, SECONDS_OF))


@settings(max_examples=150, deadline=None)
@given(text=MIXED.map(lambda text: text * 3))
def test_no_text_is_lost_and_no_grapheme_broken(text: str) -> None:
    pieces = first_sound_first(text, SECONDS_OF)
    assert "".join(pieces) == text
    assert all(pieces)
    ends = {match.end() for match in regex.finditer(r"\X", text)}
    assert {len("".join(pieces[: count + 1])) for count in range(len(pieces))} <= ends


@pytest.mark.parametrize("unit", ["a", "草", "🇩🇪", "e\u0301", "hello, ", "\u0301", "\ud83d"])
def test_ten_thousand_signs_take_no_time(unit: str) -> None:
    # GIVEN a text of 10,000 signs, and sounds for those that have none
    text = (unit * 10_000)[:10_000]
    began = time.process_time()
    pieces = first_sound_first(text, lambda piece: 0.05 * len(piece))
    # THEN it is cut, at once
    assert "".join(pieces) == text
    assert time.process_time() - began < 2
