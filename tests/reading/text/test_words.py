"""Links, mentions, repeats, language and the template."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.reading.text.language import detect_language
from ishowtts_desktop.reading.text.links import replace, word_for
from ishowtts_desktop.reading.text.mentions import mentions, strip_prefix
from ishowtts_desktop.reading.text.repeats import collapse
from ishowtts_desktop.reading.text.template import fill, split
from tests.support.lines import LINES


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/a?b=c#d",
        "HTTP://EXAMPLE.COM",
        "http://127.0.0.1:8000/x",
        "www.example.museum",
        "twitch.tv/somebody",
        "example.com",
        "EXAMPLE.co.uk",
        "example.com:8080/x",
        "youtu.be/dQw4",
        "discord.gg/abc",
        "mail@example.org",
        "https://пример.рф/путь",
        "google.com?q=1",
    ],
)
@pytest.mark.parametrize(
    ("before", "after"), [("see ", " now"), ("", ""), ("看", "吧"), ("(", ").")]
)
def test_links_are_called_links(link: str, before: str, after: str) -> None:
    said = replace(before + link + after, "LINK")
    assert "".join(said.split()) == "".join((before + "LINK" + after).split())


@pytest.mark.parametrize(
    "text",
    ["help.me", "ok.so", "node.js", "v1.2.3", "wait...what", "3.5", "hello.World", "a.b", "e.g."],
)
def test_words_with_dots_are_no_links(text: str) -> None:
    assert replace(text, "LINK") == text


def test_a_link_has_a_name_in_the_language_of_the_line() -> None:
    words = [word_for(tag) for tag in ("zh", "en", "fr", "de", "xx")]
    assert words == ["链接", "link", "lien", "link", "link"]


@given(text=LINES)
def test_text_without_dots_and_schemes_has_no_links(text: str) -> None:
    plain = text.replace(".", "").replace(":", "")
    assert replace(plain, "LINK") == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@bob hi", "hi"),
        ("  @bob, hi", "hi"),
        ("@bob @eve hi", "hi"),
        ("@主播 你好", "你好"),
        ("hi @bob", "hi @bob"),
        ("@bob", "@bob"),
        ("@小明你好", "@小明你好"),
        ("@ bob", "@ bob"),
    ],
)
def test_a_mention_at_the_start_goes_when_more_follows(text: str, expected: str) -> None:
    assert strip_prefix(text, is_reply=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("@bob hi", "hi"), ("@b.o-b hi @eve", "hi @eve"), ("@bob", ""), ("hi", "hi")],
)
def test_a_reply_loses_its_prefix_in_any_case(text: str, expected: str) -> None:
    assert strip_prefix(text, is_reply=True) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("hi @Room!", "room", True),
        ("hi @room你好", "#room", True),
        ("hi @roommate", "room", False),
        ("@room_2 @room", "room", True),
        ("room", "room", False),
        ("@", "", False),
    ],
)
def test_mentions_need_the_at_sign_and_the_whole_name(text: str, name: str, expected: bool) -> None:
    assert mentions(text, name) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("哈哈哈哈哈哈", "哈哈哈"),
        ("looooool", "loool"),
        ("LOOOoooOOl", "LOOOl"),
        ("!!!!!!", "!!!"),
        ("hahahahahaha", "hahaha"),
        ("加油加油加油加油加油", "加油加油加油"),
        ("good", "good"),
        ("1000000", "1000000"),
        ("666666666", "666"),
        ("a 6666667", "a 6666667"),
        ("GG GG GG GG", "GG GG"),
        ("GG, gg! GG", "GG, gg!"),
        ("very very good", "very very good"),
        ("what a play what a play what a play", "what a play"),
        ("I know I know", "I know I know"),
        ("buy it right now buy it right now ok", "buy it right now ok"),
        ("? ? ? ?", "? ?"),
    ],
)
def test_repeats(text: str, expected: str) -> None:
    assert collapse(text) == expected


@given(text=LINES)
def test_nothing_but_digits_comes_more_than_three_times_in_a_row(text: str) -> None:
    collapsed = collapse(text)
    assert not regex.search(r"([^\s\p{N}])\1{3}", collapsed)
    assert len(collapsed) <= len(text)


@given(words=st.lists(st.sampled_from(["a", "b"]), max_size=40))
def test_no_token_stands_more_than_twice_in_a_row(words: list[str]) -> None:
    kept = collapse(" ".join(words)).split()
    assert set(kept) == set(words)
    assert len(kept) <= len(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", "en"),
        ("", "en"),
        ("123 !?", "en"),
        ("voilà", "en"),
        ("你好", "zh"),
        ("这个 boss is so hard lol", "zh"),
        ("优の良品", "zh"),
        ("¯\\_(ツ)_/¯ whatever", "en"),
        ("こんにちは", "ja"),
        ("東京に行く", "ja"),
        ("の", "ja"),
        ("안녕하세요", "ko"),
        ("안녕 lol", "ko"),
        ("привет", "ru"),
        ("это мой boss", "ru"),
        ("the wоrd", "en"),
    ],
)
def test_language_by_script(text: str, expected: str) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    ("template", "language", "expected"),
    [
        ("", "en", "Bob says hi"),
        ("", "zh", "Bob说：hi"),
        ("", "ko", "Bob: hi"),
        ("{name}, quote, {text}", "en", "Bob, quote, hi"),
        ("{text} by {name}", "zh", "hi by Bob"),
        ("{name}!", "en", "Bob! hi"),
        ("{who} {text} {", "en", "{who} hi {"),
    ],
)
def test_template(template: str, language: str, expected: str) -> None:
    assert fill(template, "Bob", "hi", language) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("", (("name", "Bob says "), ("text", "hi"))),
        ("{text} by {name}", (("text", "hi"), ("name", " by Bob"))),
        ("<{name}> {text}!", (("name", "<Bob> "), ("text", "hi"), ("name", "!"))),
        ("{text}", (("text", "hi"),)),
    ],
)
def test_a_template_falls_apart_around_the_text(
    template: str, expected: tuple[tuple[str, str], ...]
) -> None:
    assert split(template, "Bob", "hi", "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("看https://a.com/吧", "看链接吧"), ("看 a.com 吧", "看 链接 吧")],
)
def test_a_link_has_no_space_around_it_in_chinese(text: str, expected: str) -> None:
    assert replace(text, "链接") == expected


def test_braces_in_chat_are_inert() -> None:
    assert fill("", "{text}", "{name} {text} {0}", "en") == "{text} says {name} {text} {0}"


@given(name=LINES, text=LINES)
def test_template_loses_nothing(name: str, text: str) -> None:
    assert fill("", name, text, "en") == f"{name} says {text}"
