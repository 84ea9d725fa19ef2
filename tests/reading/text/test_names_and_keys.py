"""What authors are called, and which lines say the same."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given

from ishowtts_desktop.core.reading_config import Pronunciation, ReadingConfig, WordsConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.text.key import key_of
from ishowtts_desktop.reading.text.names import sayable
from ishowtts_desktop.reading.text.prepare import Preparation
from tests.support.lines import LINES
from tests.support.messages import chat


class Forbidden:
    """Forbids one word."""

    def reason_for(self, text: str) -> Reason | None:
        return Reason.PRIVATE_WORD if "badword" in text.lower() else None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bob", "Bob"),
        ("xX_Gamer_1337_Xx", "Gamer"),
        ("xXGamerXx", "Gamer"),
        ("xx_bob", "bob"),
        ("maxx", "maxx"),
        ("snake_case_name", "snake case name"),
        ("CoolGamerGirl", "Cool Gamer Girl"),
        ("NICE_GUY", "Nice GUY"),
        ("bob2", "bob2"),
        ("bob1999", "bob"),
        ("2020bob", "bob"),
        ("12345", "12345"),
        ("小明_2", "小明 2"),
        ("O'Neil-Smith", "O'Neil-Smith"),
        ("~*Star*~", "Star"),
        ("😀Bob😀", "Bob"),
        ("😀", ""),
        ("___", ""),
        ("", ""),
        ("a" * 99, "a" * 25),
        ("Kn1ght", "Knight"),
        ("S1mple", "Simple"),
        ("R2D2", "R2D2"),
        ("bob1", "bob1"),
        ("h4ck3rs", "hackers"),
    ],
)
def test_a_name_is_said_without_its_ornaments(name: str, said: str) -> None:
    assert sayable(name) == said


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("bob 99", "bob ninety-nine says hi", "bob 九十九说：hi"),
        ("御坂10032号", "御坂一万零三十二号 says hi", "御坂一万零三十二号说：hi"),
        ("MVP Bob", "M V P Bob says hi", "M V P Bob说：hi"),
        ("Ty", "Ty says hi", "Ty说：hi"),
        ("Sora", "so ra says hi", "so ra说：hi"),
    ],
)
def test_a_name_is_said_in_words(name: str, english: str, chinese: str) -> None:
    words = WordsConfig(pronunciations=[Pronunciation(written="sora", spoken="so ra")])
    preparation = Preparation(ReadingConfig(), words=words)
    message = chat("hi", name=name)
    assert preparation.introduce(message, "hi", "en") == english
    assert preparation.introduce(message, "hi", "zh") == chinese


@given(name=LINES)
def test_any_name_can_be_introduced(name: str) -> None:
    assert Preparation(ReadingConfig()).introduce(chat("hi", name=name), "hi", "zh").endswith("hi")


@given(name=LINES)
def test_any_name_is_short_and_has_a_sound_or_nothing(name: str) -> None:
    said = sayable(name)
    assert len(regex.findall(r"\X", said)) <= 25
    assert said == "" or regex.search(r"[\p{L}\p{N}]", said)
    assert said == said.strip()


@pytest.mark.parametrize("written", ["bob", "BOB", "@bob", "Bob The Great", "bob the great "])
def test_a_nickname_is_found_by_login_or_name_in_any_case(written: str) -> None:
    preparation = Preparation(ReadingConfig(), words=WordsConfig(nicknames={written: "Bobby"}))
    assert preparation.called(chat(login="bob", name="Bob the Great")) == "Bobby"
    assert preparation.introduce(chat(login="bob", name="Bob the Great"), "hi", "en") == (
        "Bobby says hi"
    )


def test_an_empty_nickname_takes_the_name_away() -> None:
    preparation = Preparation(ReadingConfig(), words=WordsConfig(nicknames={"bob": " "}))
    assert preparation.called(chat(login="bob", name="Bob")) == ""
    assert preparation.called(chat(login="", name="")) == ""


@pytest.mark.parametrize(("name", "nickname"), [("BadWord", ""), ("Bob", "badword")])
def test_a_name_with_a_forbidden_word_is_not_said(name: str, nickname: str) -> None:
    words = WordsConfig(nicknames={"bob": nickname} if nickname else {})
    preparation = Preparation(ReadingConfig(), words=words, word_filter=Forbidden())
    message = chat(login="bob", name=name)
    assert preparation.called(message) == ""
    assert preparation.parts(message, "hi", "en") == (("text", "hi"),)


def test_a_name_that_is_not_said_is_not_looked_at() -> None:
    assert Preparation(ReadingConfig(say_names=False)).called(chat(name="Bob")) == ""


def test_another_voice_can_say_the_name() -> None:
    preparation = Preparation(ReadingConfig())
    assert preparation.parts(chat(name="小明"), "你好", "zh") == (
        ("name", "小明说："),
        ("text", "你好"),
    )


@pytest.mark.parametrize("line", ["GG!!", "gg", "g g", "G.G.", "gg gg", "gggg"])
def test_lines_that_say_the_same_have_one_key(line: str) -> None:
    assert key_of(line) == key_of("gg") != ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("666", "6666666", True),
        ("哈哈", "哈哈哈哈", True),
        ("hahaha", "hahahahaha", True),
        ("loool", "looool", True),
        ("good", "god", False),
        ("g", "gg", False),
        ("10", "100", False),
        ("hi", "hi there", False),
    ],
)
def test_repeats_make_no_other_line(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same


@pytest.mark.parametrize("line", ["", "!!!", "😀", "ab cd " * 100])
def test_some_lines_are_like_no_other(line: str) -> None:
    assert key_of(line) == ""


@given(text=LINES)
def test_a_key_is_folded(text: str) -> None:
    key = key_of(text)
    assert len(key) <= 600
    assert key_of(text + "!") == key
