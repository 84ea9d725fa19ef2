"""What users write and paste as the name of a chat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.errors import SourceUrlError


@pytest.mark.parametrize(
    "text",
    [
        "twitch://Some_Name",
        "TWITCH://some_name/",
        "Some_Name",
        "#some_name",
        "@Some_Name",
        "  some_name\n",
        "https://www.twitch.tv/Some_Name",
        "http://twitch.tv/some_name/videos?filter=all",
        "https://m.twitch.tv/some_name#about",
        "twitch.tv/some_name",
        "www.twitch.tv/popout/some_name/chat?popout=",
        "https://www.twitch.tv/moderator/some_name",
    ],
)
def test_a_twitch_channel_is_recognised_in_what_users_paste(text: str) -> None:
    url = SourceUrl.parse(text)
    assert (url.scheme, url.channel, str(url)) == ("twitch", "some_name", "twitch://some_name")


@pytest.mark.parametrize(
    ("text", "host", "port", "channel", "canonical"),
    [
        ("irc://irc.example.org/chat", "irc.example.org", 6667, "#chat", None),
        ("irc://irc.example.org:6668/chat", "irc.example.org", 6668, "#chat", None),
        ("irc://h:6667/#chat", "h", 6667, "#chat", "irc://h/chat"),
        ("ircs://h/%23chat", "h", 6697, "#chat", "ircs://h/chat"),
        ("ircs://h:6667/chat", "h", 6667, "#chat", None),
        ("irc://[::1]:7000/chat", "::1", 7000, "#chat", None),
        ("irc://h/&local", "h", 6667, "&local", "irc://h/%26local"),
        ("irc://h/##linux", "h", 6667, "##linux", "irc://h/%23%23linux"),
        ("irc://h/聊天", "h", 6667, "#聊天", "irc://h/%E8%81%8A%E5%A4%A9"),
    ],
)
def test_irc_urls(text: str, host: str, port: int, channel: str, canonical: str | None) -> None:
    url = SourceUrl.parse(text)
    assert (url.host, url.port, url.channel) == (host, port, channel)
    assert str(url) == (canonical or text)


@pytest.mark.parametrize(
    ("text", "path", "query"),
    [
        ("replay:///var/log/chat.log", "/var/log/chat.log", ()),
        ("replay://logs/a%20b.chat", "logs/a b.chat", ()),
        ("replay://~/chat.log?speed=2", "~/chat.log", (("speed", "2"),)),
        ("replay://a%3Fb.log", "a?b.log", ()),
        ("demo://", "", ()),
        ("demo://?speed=3", "", (("speed", "3"),)),
    ],
)
def test_scripts(text: str, path: str, query: tuple[tuple[str, str], ...]) -> None:
    url = SourceUrl.parse(text)
    assert (url.path, url.query) == (path, query)
    assert SourceUrl.parse(str(url)) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "two words",
        "name.with.dots",
        "a" * 26,
        "naïve",
        "twitch://",
        "twitch://a/b",
        "https://www.twitch.tv/",
        "https://www.twitch.tv/directory/game/Chess",
        "https://example.org/some_name",
        "irc://",
        "irc://host",
        "irc://host/",
        "irc://host/#",
        "irc://host:0/chat",
        "irc://host:99999/chat",
        "irc://host:x/chat",
        "irc://[::1/chat",
        "irc://ho st/chat",
        "irc://host/a%20b",
        "irc://host/a%0D%0AQUIT",
        "irc:///chat",
        "replay://",
        "replay://a%00b",
        "demo://other",
        "youtube://abc",
        "x" * 5000,
    ],
)
def test_what_names_no_chat_is_refused_with_advice(text: str) -> None:
    with pytest.raises(SourceUrlError) as error:
        SourceUrl.parse(text)
    assert error.value.advice
    assert len(str(error.value)) < 400


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(SourceUrlError) as error:
        SourceUrl.parse("irc://me:hunter2@host/chat")
    assert "hunter2" not in str(error.value)


def test_the_last_of_a_repeated_option_counts() -> None:
    url = SourceUrl.parse("replay://f?speed=2&speed=3")
    assert (url.option("speed"), url.option("other")) == ("3", None)


@given(st.text() | st.from_regex(r"\A(twitch|irc|ircs|replay|demo)://.*\Z"))
def test_any_text_gives_a_url_that_reads_the_same_again_or_a_typed_error(text: str) -> None:
    try:
        url = SourceUrl.parse(text)
    except SourceUrlError:
        return
    assert SourceUrl.parse(str(url)) == url
