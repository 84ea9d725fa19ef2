"""IRC lines: any bytes in, never an exception out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.chat.irc.connection import LineSplitter
from ishowtts_desktop.chat.irc.line import LINE_LIMIT, IrcLine, parse_line


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"PING :tmi.twitch.tv\r\n", IrcLine("PING", ("tmi.twitch.tv",))),
        ("ping x", IrcLine("PING", ("x",))),
        (b":srv 001 me :Hi there", IrcLine("001", ("me", "Hi there"), "srv")),
        (b":a!b@c PRIVMSG #x ::) : ok", IrcLine("PRIVMSG", ("#x", ":) : ok"), "a!b@c")),
        (b":a  JOIN   #x", IrcLine("JOIN", ("#x",), "a")),
        (b"PRIVMSG #x :", IrcLine("PRIVMSG", ("#x", ""))),
        (b"@a=1;b;c= PING", IrcLine("PING", tags={"a": "1", "b": "", "c": ""})),
        (b"@a=1;a=2 PING", IrcLine("PING", tags={"a": "2"})),
        (rb"@t=\s\:\\\r\n\x\ PING", IrcLine("PING", tags={"t": " ;\\\r\nx"})),
        (b"PRIVMSG #x :\xff\xfe", IrcLine("PRIVMSG", ("#x", "\ufffd\ufffd"))),
        ("PRIVMSG #x :\ud800", IrcLine("PRIVMSG", ("#x", "?"))),
    ],
)
def test_lines_are_taken_apart(raw: bytes | str, expected: IrcLine) -> None:
    assert parse_line(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [b"", b"\r\n", b"   ", b":prefix", b"@tags", b"@a=b :prefix ", b"!!", b"12 x", b"1234", b":"],
)
def test_what_is_no_line_is_none(raw: bytes) -> None:
    assert parse_line(raw) is None


def test_the_longest_line_is_taken_and_a_longer_one_is_not() -> None:
    longest = b"PING :" + b"x" * (LINE_LIMIT - 6)
    assert parse_line(longest) is not None
    assert parse_line(longest + b"x") is None


def test_the_sender_comes_apart() -> None:
    line = IrcLine("QUIT", prefix="nick!user@host.example")
    assert (line.nick, line.user, line.host) == ("nick", "user", "host.example")
    server = IrcLine("PING", prefix="irc.example")
    assert (server.nick, server.user, server.host) == ("irc.example", "", "")
    assert IrcLine("X", prefix="nick@host").nick == "nick"


@given(st.binary(max_size=600) | st.text(max_size=600))
def test_anything_goes_in(raw: bytes | str) -> None:
    line = parse_line(raw)
    if line is not None:
        assert line.command == line.command.upper()
        everything = "".join((*line.params, *line.tags.values(), line.nick, line.user, line.host))
        everything.encode("utf-8")


values = st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=("Cs",)))
words = st.from_regex(r"[^\s:@!\x00-\x20][^\s\x00-\x20]{0,9}", fullmatch=True)
keys = st.from_regex(r"[a-z][a-z0-9./-]{0,9}", fullmatch=True)


@given(st.dictionaries(keys, values, max_size=4), st.lists(words, max_size=3), values)
def test_what_was_written_is_read(tags: dict[str, str], middle: list[str], last: str) -> None:
    escapes = str.maketrans({";": r"\:", " ": r"\s", "\\": r"\\"})
    head = ";".join(f"{key}={value.translate(escapes)}" for key, value in tags.items())
    text = f"{'@' + head + ' ' if tags else ''}:n!u@h PRIVMSG {' '.join([*middle, ':' + last])}"
    assert parse_line(f"{text}\r\n") == IrcLine("PRIVMSG", (*middle, last), "n!u@h", tags)


@given(st.lists(st.binary(max_size=60).filter(lambda line: b"\n" not in line)), st.data())
def test_the_splitter_gives_the_same_lines_however_they_arrive(
    lines: list[bytes], data: st.DataObject
) -> None:
    limit = 40
    stream = b"".join(line + b"\r\n" for line in lines)
    splitter = LineSplitter(limit)
    found: list[bytes] = []
    while stream:
        size = data.draw(st.integers(1, 30))
        found += splitter.feed(stream[:size])
        stream = stream[size:]
    for line, original in zip(found, lines, strict=True):
        expected = original.rstrip(b"\r")
        assert line == expected[: limit + 1] or (len(line) > limit and len(expected) >= limit)


def test_an_endless_line_takes_no_memory_and_the_next_one_is_heard() -> None:
    splitter = LineSplitter(100)
    for _ in range(1000):
        assert splitter.feed(b"x" * 1000) == []
    assert len(splitter._rest) <= 102
    too_long, good = splitter.feed(b"x\nPING\r\n")
    assert (len(too_long), good) == (101, b"PING")
