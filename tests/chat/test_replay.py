"""Replays and the demo chat: forgiving about what they read, exact about when they say it."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.chat.catalog import open_source
from ishowtts_desktop.chat.replay import ReplaySource
from ishowtts_desktop.chat.script import Cue, ScriptReader
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.errors import SourceUrlError
from ishowtts_desktop.core.messages import (
    ChatEvent,
    ChatMessage,
    ConnectionState,
    Malformed,
    Phase,
    Removal,
    RemovalScope,
    Role,
)
from ishowtts_desktop.core.resources import resource
from tests.support.clock import FakeClock

if TYPE_CHECKING:
    from pathlib import Path


class Stage:
    """Where a source plays in simulated time. `heard` has the second of each event."""

    def __init__(self) -> None:
        self.clock = FakeClock(now=0.0)
        self.heard: list[tuple[float, ChatEvent]] = []

    def emit(self, event: ChatEvent) -> None:
        self.heard.append((round(self.clock.now(), 6), event))

    async def sleep(self, seconds: float) -> None:
        self.clock.advance(seconds)

    def play(self, path: Path, query: str = "") -> list[tuple[float, ChatEvent]]:
        url = SourceUrl.parse(f"replay://{path}{query}")
        asyncio.run(ReplaySource(url, path, "chat", self.clock, self.sleep).run(self))
        return self.heard

    def plays(self, path: Path, query: str = "") -> list[tuple[float, str]]:
        heard = self.play(path, query)
        return [(at, event.text) for at, event in heard if isinstance(event, ChatMessage)]


def twitch(text: str, ts: int | None = None, id_: str = "") -> str:
    tags = f"id={id_}" + ("" if ts is None else f";tmi-sent-ts={ts}")
    return f"@{tags} :ana!ana@ana PRIVMSG #room :{text}"


def test_every_kind_of_line_has_its_time(tmp_path: Path) -> None:
    event = {"kind": "message", "text": "json", "login": "ana", "at": 7.5}
    lines = [
        "\ufeff# a comment",
        "",
        f"2 {twitch('timed')}",
        twitch("a second later"),
        twitch("stamped", 1_700_000_000_000),
        twitch("by the stamp", 1_700_000_001_500),
        json.dumps(event),
        json.dumps({"text": "json without a time", "name": "Ana"}),
        "Ana: plain",
        "小明：你好",
        "20.5 Ana: timed plain",
        "30 {}",
        twitch("after all"),
    ]
    path = tmp_path / "chat.log"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    assert Stage().plays(path) == [
        (2.0, "timed"),
        (3.0, "a second later"),
        (4.0, "stamped"),
        (5.5, "by the stamp"),
        (7.5, "json"),
        (8.5, "json without a time"),
        (9.5, "plain"),
        (10.5, "你好"),
        (20.5, "timed plain"),
        (21.5, "after all"),
    ]


def test_it_says_when_it_begins_and_ends(tmp_path: Path) -> None:
    path = tmp_path / "chat.log"
    path.write_text("Ana: hi")
    first, message, last = (event for _, event in Stage().play(path))
    assert isinstance(first, ConnectionState)
    assert first.phase is Phase.CONNECTED
    assert isinstance(message, ChatMessage)
    assert (message.name, message.login, message.channel) == ("Ana", "ana", "chat")
    assert message.id
    assert isinstance(last, ConnectionState)
    assert last.phase is Phase.CLOSED


def test_speed(tmp_path: Path) -> None:
    path = tmp_path / "chat.log"
    path.write_text("Ana: one\nAna: two\nAna: three\n")
    assert Stage().plays(path, "?speed=2") == [(0.0, "one"), (0.5, "two"), (1.0, "three")]


@pytest.mark.parametrize("speed", ["0", "-1", "nan", "inf", "x", "", "1e9"])
def test_an_impossible_speed_is_refused(speed: str, tmp_path: Path) -> None:
    if speed == "":
        # parse_qsl leaves an empty value out: the speed is then the usual one
        open_source(SourceUrl.parse("demo://?speed="), FakeClock())
        return
    with pytest.raises(SourceUrlError):
        open_source(SourceUrl.parse(f"replay://{tmp_path}/f?speed={speed}"), FakeClock())


def test_time_never_runs_backwards_nor_stands_still_for_years(tmp_path: Path) -> None:
    path = tmp_path / "chat.log"
    lines = [
        twitch("one", 1_700_000_000_000),
        twitch("earlier", 1_600_000_000_000),
        twitch("years later", 1_800_000_000_000),
        f"3 {twitch('late')}",
    ]
    path.write_text("\n".join(lines))
    assert Stage().plays(path) == [
        (0.0, "one"),
        (0.0, "earlier"),
        (600.0, "years later"),
        (600.0, "late"),
    ]


def test_removals_are_replayed(tmp_path: Path) -> None:
    path = tmp_path / "chat.log"
    path.write_text(
        "1 @target-msg-id=m :t CLEARMSG #room :x\n2 :t CLEARCHAT #room\n"
        '{"kind": "removal", "scope": "author", "target_login": "ana"}\n'
    )
    removals = [event for _, event in Stage().play(path) if isinstance(event, Removal)]
    assert [removal.scope for removal in removals] == [
        RemovalScope.MESSAGE,
        RemovalScope.ALL,
        RemovalScope.AUTHOR,
    ]


def test_what_nobody_understands_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "chat.log"
    bad = [b"no colon here", b"https://example.org/x", b"{broken", b"[1]", b'{"kind": "x"}']
    bad += [b"@only-tags", b":", b"\xff\xfe\xfd", b"{" * 9000, b'{"a":' * 3000]
    path.write_bytes(b"\n".join([*bad, b"y" * 100_000, b"Ana: fine"]))
    stage = Stage()
    heard = stage.play(path)
    assert [event.text for _, event in heard if isinstance(event, ChatMessage)] == ["fine"]
    assert sum(isinstance(event, Malformed) for _, event in heard) == len(bad) + 1


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "picture", "name too long"])
def test_what_is_no_file_of_lines_fails_with_advice(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "picture":
        path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    elif kind == "name too long":
        path = tmp_path / ("x" * 300)
    (_, only), *rest = Stage().play(path)
    assert not rest
    assert isinstance(only, ConnectionState)
    assert only.phase is Phase.FAILED
    assert "path" in only.detail or "UTF-8" in only.detail or "permissions" in only.detail


def test_a_huge_file_is_read_as_it_is_needed(tmp_path: Path) -> None:
    # GIVEN a sparse file of a gigabyte, whose first line is what anybody hears today
    path = tmp_path / "huge.log"
    with path.open("wb") as file:
        file.write(b"Ana: first\n" + b"100000 :a!a@a PRIVMSG #c :in a day\n" + b"#" * 5000)
        file.truncate(1 << 30)
    stage = Stage()

    async def wait_for_ever(_seconds: float) -> None:
        raise asyncio.CancelledError

    url = SourceUrl.parse(f"replay://{path}")
    replay = ReplaySource(url, path, "c", stage.clock, wait_for_ever)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(replay.run(stage))
    assert [type(event) for _, event in stage.heard] == [ConnectionState, ChatMessage]


def test_the_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "chat.log").write_text("Ana: hi")
    stage = Stage()
    for name in ("~/chat.log", "~nobody-has-this-name/x"):
        asyncio.run(open_source(SourceUrl.parse(f"replay://{name}"), stage.clock).run(stage))
    phases = [event.phase for _, event in stage.heard if isinstance(event, ConnectionState)]
    assert phases == [Phase.CONNECTED, Phase.CLOSED, Phase.FAILED]


@given(st.lists(st.binary(max_size=80) | st.text(max_size=80).map(str.encode), max_size=8))
def test_any_lines_are_read_and_time_goes_forward(lines: list[bytes]) -> None:
    reader = ScriptReader("s", "c")
    for line in lines:
        cue = reader.read(line)
        assert cue is None or isinstance(cue, Cue)
        assert cue is None or 0 <= cue.at < 1e10


def test_the_demo_chat_shows_everything() -> None:
    reader = ScriptReader("demo://", "demo")
    raw = resource("demo", "demo.chat").read_bytes().splitlines()
    cues = [cue for line in raw if (cue := reader.read(line))]
    times = [cue.at for cue in cues]
    assert times == sorted(times)
    assert 20 < times[-1] < 45
    messages = {cue.event.id: cue.event for cue in cues if isinstance(cue.event, ChatMessage)}
    removals = [cue.event for cue in cues if isinstance(cue.event, Removal)]
    assert len(messages) + len(removals) == len(cues)
    texts = [message.text for message in messages.values()]
    assert any("大家好" in text for text in texts)
    assert any("https://" in text for text in texts)
    assert any(text.startswith("!") for text in texts)
    assert any(" ".join([text.split()[0]] * 4) in text for text in texts)
    assert any(message.paid for message in messages.values())
    assert any(message.reply_to in messages for message in messages.values())
    assert any(Role.MODERATOR in message.roles for message in messages.values())
    emotes = [m.text[e.start : e.end] for m in messages.values() for e in m.emotes]
    assert emotes == ["Kappa"]
    # the removed messages are in the burst just before
    for removal in removals:
        assert sum(removal.matches(message) for message in messages.values()) == 1


def test_the_demo_plays() -> None:
    stage = Stage()
    source = open_source(SourceUrl.parse("demo://?speed=1000"), stage.clock)
    assert source.url == "demo://?speed=1000"
    asyncio.run(asyncio.wait_for(source.run(stage), 20))
    assert isinstance(stage.heard[-1][1], ConnectionState)
    assert len(stage.heard) > 15
