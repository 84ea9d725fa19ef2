"""How long texts take: each script, numbers as they are read, and a voice's own rate."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ishowtts_desktop.core.speaking_rate import (
    FASTEST,
    ONCE,
    SLOWEST,
    SpeakingRate,
    usual_seconds,
)
from ishowtts_desktop.core.spoken_numbers import english_syllables, number_seconds, numerals

ENGLISH = "Good evening everybody, and welcome to the stream."
CHINESE = "大家晚上好，欢迎来到直播间，今天我们一起玩得开心。"
LANGUAGES = ("", "en", "zh", "ja", "ko", "de")
# What words and numbers are made of, so that they occur.
TEXT = st.text(max_size=30) | st.text("asthgwplry0123456789,.:-/ '你あ오é！", max_size=30)
RATE = SpeakingRate(0.7, 1.9, 1.3, 0.6, 1.7, 1.1)


@given(text=TEXT, more=TEXT, language=st.sampled_from(LANGUAGES))
@example("th", "e", "")
@example("gg", "a", "")
@example("1,000,00", "0", "en")
@example("99,", "999", "zh")
@example("3.", "1", "en")
@example("777777777777", "7", "en")
@example("wow", "!", "en")
def test_text_that_goes_on_never_takes_less_time(text: str, more: str, language: str) -> None:
    assert usual_seconds(text, language) <= usual_seconds(text + more, language) + 1e-9
    assert RATE.seconds(text, language) <= RATE.seconds(text + more, language) + 1e-9


@given(text=TEXT, language=st.sampled_from(LANGUAGES))
def test_any_text_takes_a_sensible_time(text: str, language: str) -> None:
    seconds = usual_seconds(text, language)
    assert 0 <= seconds <= 0.9 * len(text)


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        ("0", 2, 1),  # zero
        ("7", 2, 1),  # seven
        ("11", 3, 2),  # eleven, 十一
        ("20", 2, 2),  # twenty, 二十
        ("42", 3, 3),  # forty-two, 四十二
        ("100", 3, 2),  # one hundred, 一百
        ("233", 6, 5),  # two hundred thirty-three, 二百三十三
        ("1001", 4, 4),  # one thousand one, 一千零一
        ("2026", 6, 4),  # two thousand twenty-six, 二零二六
        ("12500", 6, 6),  # twelve thousand five hundred, 一万二千五百
        ("100000", 5, 2),  # one hundred thousand, 十万
        ("1000000", 3, 3),  # one million, 一百万
        ("100000001", 6, 4),  # one hundred million one, 一亿零一
        ("666", 3, 3),  # six six six, 六六六
        ("007", 6, 3),  # zero zero seven
        ("1234567890123", 15, 13),
    ],
)
def test_numbers_are_counted_as_they_are_read(number: str, english: int, chinese: int) -> None:
    assert english_syllables(number) == english
    assert numerals(number) == chinese


def test_dates_scores_and_thousands_are_read_as_such() -> None:
    # "one hundred thousand" is shorter than six digits one by one, and longer than "one hundred"
    assert number_seconds("100") < number_seconds("100,000") < 6 * number_seconds("1")
    assert number_seconds("100,000") == pytest.approx(number_seconds("100000"))
    # "three to one" is longer than "thirty-one"'s digits alone would be
    assert number_seconds("3:1") == pytest.approx(0.6)
    assert number_seconds("3.14159") == pytest.approx(0.2 * (1 + 1 + 5 + 0), abs=0.21)
    assert 1.8 < number_seconds("2026-11-20") < 3
    assert 1.5 < number_seconds("2026-11-20", "zh") < 2.5
    assert number_seconds("６６６", "zh") == number_seconds("666", "zh")


def test_numbers_follow_the_language_of_the_text() -> None:
    assert usual_seconds("100000 次", "zh") < usual_seconds("100000 次", "en")
    assert usual_seconds("42", "ja") > usual_seconds("42", "zh")
    assert usual_seconds("42", "de") == usual_seconds("42", "") == usual_seconds("42", "en")


def test_emoji_and_what_ends_a_line_take_nothing() -> None:
    assert usual_seconds("good 😀❤️🎉") == usual_seconds("good")
    assert usual_seconds("good!!! ...") == usual_seconds("good")
    assert usual_seconds("…。！") == 0
    # BUT a pause within it does, once
    pause = usual_seconds("good. day") - usual_seconds("goodday")
    assert pause == pytest.approx(0.25)
    assert usual_seconds("good.... day") == usual_seconds("good. day")


def test_what_cannot_be_pronounced_is_spelled() -> None:
    assert usual_seconds("gg") > 2 * usual_seconds("go")
    assert usual_seconds("brb") > 1.5 * usual_seconds("bar")
    assert usual_seconds("the") < usual_seconds("th") + usual_seconds("er")
    assert usual_seconds("Ggs") > usual_seconds("bag")


@pytest.mark.parametrize(
    "word",
    [
        "strength",
        "scream",
        "spring",
        "three",
        "school",
        "schnell",
        "chrome",
        "phrase",
        "gym",
        "k",
        "split",
        "squid",
    ],
)
def test_what_begins_as_words_do_is_not_spelled(word: str) -> None:
    assert usual_seconds(word) == pytest.approx(len(word) * 0.065)


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.4])
def test_a_voice_s_rate_is_measured_for_what_was_heard(factor: float) -> None:
    # GIVEN somebody who speaks English so much slower or faster
    words = usual_seconds("".join(filter(str.isalpha, ENGLISH)))
    rate = SpeakingRate.measured(ENGLISH, words * factor + ONCE)
    # THEN English comes at that rate, and what wasn't heard is nearer to what is usual
    assert rate.latin == pytest.approx(factor, rel=0.04)
    assert abs(math.log(rate.han)) <= abs(math.log(rate.latin))
    assert rate.han == pytest.approx(factor**0.6)
    assert rate.han == rate.digits == rate.kana == rate.hangul


def test_two_scripts_in_one_recording_are_told_apart() -> None:
    rate = SpeakingRate.measured(
        "大家好，欢迎来到直播间 ok", 1.5 * usual_seconds("大家好欢迎来到直播间 ok")
    )
    assert 1 < rate.kana < rate.latin < rate.han


@given(text=TEXT, seconds=st.floats() | st.floats(0, 60))
def test_any_recording_gives_a_rate_within_bounds(text: str, seconds: float) -> None:
    rate = SpeakingRate.measured(text, seconds)
    for factor in (rate.latin, rate.han, rate.kana, rate.hangul, rate.digits, rate.others):
        assert FASTEST <= factor <= SLOWEST


def test_a_slow_voice_keeps_its_pauses() -> None:
    slow, usual = SpeakingRate(han=2.0), SpeakingRate()
    text = "你好，大家好"
    pause = 0.15
    assert slow.seconds(text) - ONCE - pause == pytest.approx(
        2 * (usual.seconds(text) - ONCE - pause)
    )
    assert usual.seconds("") == usual.seconds("🙂!") == 0
    assert SpeakingRate.measured(CHINESE, 0.0) == usual


@pytest.mark.parametrize("digits", ["٣٤٥", "१२३", "๑๒๓"])
def test_digits_of_other_scripts_take_their_time(digits: str) -> None:
    assert usual_seconds(digits) >= 0.5


def test_full_width_digits_are_digits() -> None:
    assert usual_seconds("１００", "zh") == usual_seconds("100", "zh")
