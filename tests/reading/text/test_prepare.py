"""All steps together."""

from __future__ import annotations

from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.messages import Emote
from ishowtts_desktop.core.reading_config import ReadingConfig
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.text.prepare import Preparation, Prepared
from tests.support.lines import LINES
from tests.support.messages import chat


def prepare(text: str, config: ReadingConfig | None = None, **changes: Any) -> Prepared | Reason:
    return Preparation(config or ReadingConfig()).prepare(chat(text, **changes))


def said(text: str, config: ReadingConfig | None = None, **changes: Any) -> str:
    prepared = prepare(text, config, **changes)
    assert isinstance(prepared, Prepared), prepared
    return prepared.text


@pytest.mark.parametrize(
    ("text", "expected", "language"),
    [
        ("hello", "hello", "en"),
        ("@bob 看 https://x.com/a 哈哈哈哈哈哈", "看 链接 哈哈哈", "zh"),
        ("look: example.com!!!!!!", "look: link!!!", "en"),
        ("nice 😀😀 one", "nice one", "en"),
        ("<b>bold</b> {name} {text}", "<b>bold</b> {name} {text}", "en"),
    ],
)
def test_lines_as_they_are_said(text: str, expected: str, language: str) -> None:
    prepared = prepare(text)
    assert isinstance(prepared, Prepared)
    assert (prepared.text, prepared.language) == (expected, language)
    assert prepared.seconds > 0


@pytest.mark.parametrize("text", ["", "   ", "!!!", "😀", "...?", "\u200b", "\ud800", "。。。"])
def test_nothing_to_say(text: str) -> None:
    assert prepare(text) is Reason.NOTHING_TO_SAY


def test_emotes_alone_are_nothing_to_say() -> None:
    assert prepare("Kappa", emotes=(Emote("1", 0, 5),)) is Reason.NOTHING_TO_SAY


@pytest.mark.parametrize("text", ["!song", "！点歌", "@bob !so eve"])
def test_commands_are_refused_unless_wanted(text: str) -> None:
    assert prepare(text) is Reason.COMMAND
    assert isinstance(prepare(text, ReadingConfig(read_commands=True)), Prepared)
    assert isinstance(Preparation(ReadingConfig()).prepare(chat(text), selected=True), Prepared)


def test_links_can_be_left_out() -> None:
    config = ReadingConfig(links="nothing")
    assert said("see https://x.com now", config) == "see now"
    assert prepare("https://x.com", config) is Reason.NOTHING_TO_SAY


def test_a_reply_is_said_without_whom_it_is_for() -> None:
    assert said("@b.o-b sure", reply_to="m0") == "sure"


@pytest.mark.parametrize("line", ["回复 @李四 :你说得对", "回复@李四：你说得对"])
def test_an_answer_as_bilibili_writes_it_is_said_without_whom_it_is_for(line: str) -> None:
    assert said(line) == said(line, reply_to="m0") == "你说得对"
    assert said("回复 @李四 你说得对") == "回复 艾特李四 你说得对"


def test_no_more_graphemes_than_the_user_wants() -> None:
    text = " ".join(chr(ord("a") + number % 26) + str(number) for number in range(100))
    prepared = prepare(text, ReadingConfig(max_graphemes=10))
    assert isinstance(prepared, Prepared)
    assert text[:10] == "a0 b1 c2 d"
    assert prepared.plain == "a0 b1 c2"  # half a word is another word


def test_emotes_do_not_use_up_the_length() -> None:
    emotes = tuple(Emote("1", at, at + 5) for at in range(0, 60, 6))
    text = "Kappa " * 10 + "hello"
    assert said(text, ReadingConfig(max_graphemes=10), emotes=emotes) == "hello"


def test_the_language_can_be_fixed() -> None:
    prepared = Preparation(ReadingConfig(), language="fr").prepare(chat("你好"))
    assert isinstance(prepared, Prepared)
    assert prepared.language == "fr"


def test_what_is_prepared_fits_an_empty_queue() -> None:
    config = ReadingConfig(queue_seconds=5.0, max_graphemes=2000)
    text = "".join(chr(0x4E00 + number) for number in range(500))
    prepared = prepare(text, config, name="很长的名字" * 5)
    assert isinstance(prepared, Prepared)
    assert 4.0 < prepared.seconds <= 5.0
    assert text.startswith(prepared.text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bob", "Bob says hi"),
        ("B\u202eob\n", "Bob says hi"),
        ("😀", "hi"),
        ("__", "hi"),
        ("", "hi"),
    ],
)
def test_a_name_is_cleaned_and_left_out_when_it_has_no_sound(name: str, expected: str) -> None:
    introduced = Preparation(ReadingConfig()).introduce(chat(name=name), "hi", "en")
    assert introduced == expected


def test_names_can_be_left_out() -> None:
    preparation = Preparation(ReadingConfig(say_names=False))
    assert preparation.introduce(chat(), "hi", "en") == "hi"


def test_the_streamers_own_line_is_said_whole() -> None:
    # GIVEN a line that chat could not have said WHEN the streamer types it THEN all of it is said
    own = Preparation(ReadingConfig(max_graphemes=10)).prepare_own(
        "!go to https://x.com 哈哈哈哈哈 😀"
    )
    assert isinstance(own, Prepared)
    assert own.text == "!go to https://x.com 哈哈哈哈哈"
    assert own.language == "zh"


def test_the_streamer_may_have_nothing_to_say() -> None:
    assert Preparation(ReadingConfig()).prepare_own(" !? ") is Reason.NOTHING_TO_SAY


CONFIGS = st.builds(
    ReadingConfig,
    emotes=st.sampled_from(["skip", "first", "count"]),
    links=st.sampled_from(["word", "nothing"]),
    max_graphemes=st.integers(10, 40),
)


@given(text=LINES, name=LINES, config=CONFIGS, reply=st.none() | st.just("m0"))
def test_whatever_comes_out_can_be_said(
    text: str, name: str, config: ReadingConfig, reply: str | None
) -> None:
    prepared = prepare(text, config, name=name, reply_to=reply, emotes=(Emote("1", 0, 3),))
    if isinstance(prepared, Prepared):
        assert regex.search(r"[\p{L}\p{N}]", prepared.text)
        assert len(regex.findall(r"\X", prepared.plain)) <= config.max_graphemes
        assert 0 < prepared.seconds <= config.queue_seconds
        assert prepared.text == prepared.text.strip()
        prepared.text.encode("utf-8")
    else:
        assert prepared in (Reason.NOTHING_TO_SAY, Reason.COMMAND)
