"""Nothing unseen, one form for what looks the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from ishowtts_desktop.reading.text.clean import clean
from ishowtts_desktop.reading.text.emoji import name, silence
from tests.support.lines import LINES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ｈｅｌｌｏ　ｗｏｒｌｄ", "hello world"),
        ("one\r\ntwo\u2028three\tfour", "one two three four"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("hi\U000e0068\U000e0069", "hi"),
        ("\ue000\U000f0000x\ufdd0\u0378", "x"),
        ("a\x00b\x1bc\ud800", "abc"),
        ("e\u0301", "é"),
        ("3½ ½", "3 1/2 1/2"),
        ("10² x³ 20㎡", "10^2 x^3 20m^2"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b1;31", "1;31"),
        ("a\u200db", "ab"),
        ("\u200d", ""),
        # Letters of Korean that stand alone aren't joined to the syllable before them.
        ("수고ㄳ", "수고ㄳ"),
        ("ㅋㅋ가ㅏ", "ㅋㅋ가ㅏ"),
        ("\u1112\u1161\u11ab", "한"),
        ("a\u3164b\u115f\uffa0", "ab"),
    ],
)
def test_cleans(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize("emoji", ["👨\u200d👩\u200d👧", "👩\u200d❤\ufe0f\u200d👨", "👩🏽\u200d🚀"])
def test_the_joiner_stays_inside_emoji(emoji: str) -> None:
    assert clean(f"hi {emoji} there") == f"hi {emoji} there"


def test_a_tower_of_marks_loses_all_but_two_floors() -> None:
    assert clean("x" + "\u0323" * 40 + "y") == "x\u0323\u0323y"


def test_vowel_signs_of_india_stay() -> None:
    assert clean("हिन्दी") == "हिन्दी"


@given(text=LINES)
def test_what_is_left_is_clean(text: str) -> None:
    cleaned = clean(text)
    kinds = {unicodedata.category(letter) for letter in cleaned if letter != "\u200d"}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    assert unicodedata.is_normalized("NFKC", cleaned)
    assert clean(cleaned) == cleaned
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize("emoji", ["😀", "👨\u200d👩\u200d👧", "🇫🇷", "👍🏽", "❤\ufe0f", "©"])
def test_emoji_are_silent(emoji: str) -> None:
    assert silence(f"a{emoji}b") == "a b"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("nice 👍🏽👍 one", "en", "nice thumbs up one"),
        ("哈哈👍", "zh", "哈哈 拇指向上"),
        ("hi 👍", "xx", "hi thumbs up"),
        ("no emoji", "en", "no emoji"),
    ],
)
def test_emoji_have_names_that_are_said_once(text: str, language: str, expected: str) -> None:
    assert " ".join(name(text, language).split()) == expected


def test_no_more_than_five_emoji_are_named() -> None:
    named = name("🍎🍌🍇🍉🍒🍓🥝🍍", "en")
    assert "cherries" in named
    assert "strawberry" not in named


def test_what_chose_the_form_of_a_letter_leaves_no_gap() -> None:
    assert silence("祝\ufe0f上岸") == "祝上岸"


def test_the_digit_under_a_keycap_is_heard() -> None:
    assert silence("1\ufe0f⃣").strip() == "1"
