"""Slang, acronyms, shouting, joined words and the user's own pronunciations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.reading_config import Pronunciation, WordsConfig
from ishowtts_desktop.reading.text.spoken import slang
from ishowtts_desktop.reading.text.spoken.speller import Speller
from tests.support.lines import LINES


def speller(*entries: tuple[str, str] | tuple[str, str, str], slang: bool = True) -> Speller:
    words = [
        Pronunciation(written=entry[0], spoken=entry[1], language="".join(entry[2:]))
        for entry in entries
    ]
    return Speller(WordsConfig(slang=slang, pronunciations=words))


def says(text: str, language: str = "en") -> str:
    return speller().speak(text, language)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gg", "G G"),
        ("GG wp", "G G well played"),
        ("glhf", "good luck, have fun"),
        ("brb, afk", "be right back, A F K"),
        ("POG", "pog"),
        ("u1s1 ok", "U one S one ok"),
        ("idk", "I don't know"),
        ("eggs", "eggs"),
        ("I <3 this :D XD", "I heart this"),
        ("ratio 16:9 :)", "ratio sixteen to nine"),
        ("w/ you w/o me", "with you without me"),
        ("R U ok", "R U ok"),
        ("r u ok", "are you ok"),
        ("T_T sad >_< -_- QAQ", "sad"),
        ("\u0304\\_(ツ)_/ \u0304 whatever", "whatever"),
        ("AAA no", "aaa no"),
    ],
)
def test_english_slang(text: str, said: str) -> None:
    assert says(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("awsl", "啊我死了"),
        ("YYDS主播", "永远的神主播"),
        ("u1s1这个", "有一说一这个"),
        ("hhhhh 好", "哈哈哈 好"),
        ("这局gg", "这局G G"),
        ("玩 LOL 吗", "玩 L O L 吗"),
        ("lol 好", "lol 好"),
        ("我<3你", "我爱心你"),
    ],
)
def test_chinese_slang(text: str, said: str) -> None:
    assert says(text, "zh") == said


@pytest.mark.parametrize("text", ["gg :D w/ brb", "yyds 666 :D"])
def test_the_built_in_slang_can_be_switched_off(text: str) -> None:
    assert speller(slang=False).speak(text, "en")[0].split()[0] == text.split(maxsplit=1)[0]
    assert ":D" in speller(slang=False).speak(text, "en")[0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("666", "zh"),
        ("233333!!", "zh"),
        ("88 520", "zh"),
        ("awsl so cute", "zh"),
        ("¥99.9", "zh"),
        ("¥5 shirt", ""),
        ("667", ""),
        ("gg 666", ""),
        ("$88", ""),
        ("777", ""),
        ("dd", ""),
        ("", ""),
        ("!!!", ""),
        ("lawsl", ""),
    ],
)
def test_slang_and_money_can_tell_that_a_line_is_chinese(text: str, language: str) -> None:
    assert slang.language_of(text) == language


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        ("my GPU", "my G P U", "acronym"),
        ("my gpu", "my G P U", "acronym"),
        ("two GPUs", "two G P Us", "acronym"),
        ("an NVIDIA card", "an Nvidia card", "acronym"),
        ("the XYZ", "the X Y Z", "acronym"),
        ("made in the USA", "made in the U S A", "acronym"),
        ("with us", "with us", ""),
        ("WHAT IS THAT", "what is that", "shouting"),
        ("that was SO good", "that was so good", "shouting"),
        ("WHAT A PLAY", "what a play", "shouting"),
        ("MY GPU IS ON FIRE", "my G P U is on fire", "acronym"),
        ("THE CAR ATE ITO", "the car ate ito", "shouting"),
        ("the ITO", "the I T O", "acronym"),
        ("ITO", "I T O", "acronym"),
        ("I am", "I am", ""),
        ("ÉCOLE", "école", "shouting"),
        ("someVariableName", "some Variable Name", "joined words"),
        ("snake_case__name", "snake case name", "joined words"),
        ("YouTube iPhone McLaren", "YouTube iPhone McLaren", ""),
    ],
)
def test_capitals(text: str, said: str, step: str) -> None:
    spoken, steps = speller().speak(text, "en")
    assert spoken == said
    assert (step in steps) if step else steps == ()


@pytest.mark.parametrize(
    ("entry", "text", "said"),
    [
        (("gif", "jif"), "a GIF!", "a jif!"),
        (("gg", "WELL DONE"), "gg eggs", "WELL DONE eggs"),
        (("gg", ""), "gg all", "all"),
        (("league of legends", "lol 5"), "League of Legends now", "lol 5 now"),
        (("C++", "see plus"), "I like C++.", "I like see plus."),
        (("gpu's", "x"), "gpu's gpu'sy", "x gpu'sy"),
        (("塞尔达", "赛尔达"), "玩塞尔达吧", "玩赛尔达吧"),
        (("A股", "大A"), "看A股涨", "看大A涨"),
        (("A股", "大A"), "xA股", "xA股"),
        (("\u200b", "x"), "hi", "hi"),
        (("1337", "leet"), "1337 13370", "leet thirteen thousand three hundred seventy"),
    ],
)
def test_the_users_pronunciations_come_first_and_are_final(
    entry: tuple[str, str], text: str, said: str
) -> None:
    spoken, steps = speller(entry).speak(text, "en")
    assert spoken == said
    assert ("pronunciation" in steps) == (said != text)


def test_the_longest_of_the_users_words_wins() -> None:
    words = speller(("new", "nu"), ("new york", "NY"), ("york", "yo"))
    assert words.speak("new york new", "en")[0] == "NY nu"


def test_a_pronunciation_can_be_for_one_language_only() -> None:
    words = speller(("pro", "专业", "zh"), ("pro", "prow"))
    assert words.speak("pro", "zh")[0] == "专业"
    assert words.speak("pro", "en")[0] == "prow"
    assert speller(("pro", "专业", "zh")).speak("pro", "en")[0] == "pro"


def test_an_english_word_in_a_chinese_line_is_said_as_in_english() -> None:
    words = speller(("Orin", "oh rin", "en"), ("草", "grass", "en"))
    assert words.speak("我有三个Orin 草", "zh")[0] == "我有三个oh rin 草"
    assert words.speak("mein Orin", "de")[0] == "mein Orin"
    both = speller(("Orin", "oh rin", "en"), ("Orin", "欧林", "zh"))
    assert both.speak("Orin好", "zh")[0] == "欧林好"


@pytest.mark.parametrize("language", ["ja", "ko", "ru", "fr"])
def test_other_languages_get_the_users_words_only(language: str) -> None:
    assert speller(("b", "c")).speak("14:30 GPU gg b", language)[0] == "14:30 GPU gg c"


@given(
    text=LINES, entries=st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=4)
)
def test_any_dictionary_is_taken(text: str, entries: list[tuple[str, str]]) -> None:
    spoken, _ = speller(*entries).speak(text, "en")
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in spoken if letter not in text)


def test_a_mark_on_what_was_replaced_is_composed_again() -> None:
    assert says("0\u0300") == "zerò"
