"""The user's dictionary: signs, tags of languages, and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.reading_config import Pronunciation, ReadingConfig, WordsConfig
from ishowtts_desktop.reading.text.prepare import Preparation, Prepared
from tests.support.lines import LINES
from tests.support.messages import chat


def said(line: str, *entries: tuple[str, ...]) -> str:
    """Return what is said of ``line`` with a dictionary of written, spoken and language."""
    words = [Pronunciation(written=w, spoken=s, language="".join(tag)) for w, s, *tag in entries]
    preparation = Preparation(ReadingConfig(), words=WordsConfig(pronunciations=words))
    result = preparation.prepare(chat(line))
    own = preparation.prepare_own(line)
    assert isinstance(result, Prepared) == isinstance(own, Prepared)
    return result.text if isinstance(result, Prepared) else f"!{result.value}"


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("😀", "smile"),
        ("hi😀you", "hi smile you"),
        ("I ❤ it", "I heart it"),
        ("I ❤️ it", "I heart it"),
        ("👍🏽", "!nothing_to_say"),
        ("❤️\u200d🔥", "!nothing_to_say"),
        ("???", "what"),
        ("？？？？？？", "what"),
        ("hm??", "hm??"),
        ("->", "to"),
    ],
)
def test_signs_are_said_as_the_user_says(line: str, spoken: str) -> None:
    entries = [("😀", "smile"), ("❤️", "heart"), ("👍", "yes"), ("???", "what"), ("->", "to")]
    assert said(line, *entries) == spoken


def test_the_longest_sign_wins() -> None:
    assert said("a -->> b", ("->", "to"), ("-->>", "far to")) == "a far to b"
    assert said("a ???! b", ("???", "what"), ("???!", "how")) == "a how b"


def test_an_emoji_of_several_is_one() -> None:
    fire = "❤️\u200d🔥"
    assert said(f"so {fire} {fire.replace(chr(0xFE0F), '')}", (fire, "hot"), ("🔥", "fire")) == (
        "so hot hot"
    )
    assert said("🔥", (fire, "hot"), ("🔥", "fire")) == "fire"
    assert said(fire, ("🔥", "fire")) == "!nothing_to_say"


@pytest.mark.parametrize("tag", ["zh", "ZH", "zh-CN", " zh_TW"])
def test_a_tag_may_be_written_in_any_way(tag: str) -> None:
    assert said("abc 主播", ("abc", "字母", tag)) == "字母 主播"
    assert said("abc you", ("abc", "字母", tag)) == "abc you"


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("5", "V"),
        ("part 5.", "part V."),
        ("5.5", "five point five"),
        ("$5", "five dollars"),
        ("5%", "five percent"),
        ("5€", "five euros"),
        ("3:5", "three to five"),
        ("1,5", "one,five"),
    ],
)
def test_a_number_of_the_users_is_no_part_of_another(line: str, spoken: str) -> None:
    assert said(line, ("5", "V")) == spoken


@given(
    text=LINES, written=st.lists(st.text(alphabet="?!-😀👩❤\ufe0f\u200d.", max_size=5), max_size=5)
)
def test_any_signs_are_taken(text: str, written: list[str]) -> None:
    said(text, *((each, "word") for each in written))
