"""The JSON that other programs rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.chat.catalog import open_source
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.chat.wire import event_from_json, event_to_json, parse_lines
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import ChatError, IshowttsError, SourceUrlError
from ishowtts_desktop.core.messages import (
    ChatMessage,
    ConnectionState,
    Emote,
    Malformed,
    Notice,
    Phase,
    Removal,
    RemovalScope,
    Role,
)

MESSAGE = ChatMessage(
    id="m-1",
    source="s",
    channel="room",
    author_id="42",
    login="ana",
    name="Ana",
    text="hi Kappa",
    roles=frozenset({Role.VIP, Role.MODERATOR}),
    emotes=(Emote("25", 3, 8),),
    action=True,
    bits=5,
    reward_id="r",
    reply_to="p",
    shared_from="9",
    sent_at=1.5,
)
EVENTS = [
    MESSAGE,
    ChatMessage("", "s", "", "", "", "", ""),
    Notice("n", "s", "room", "raid", "A raid!", "42", "ana", "Ana", "hi", (), 2.0),
    Notice("n", "s", "room", "sub", "", roles=frozenset({Role.SUBSCRIBER}), shared_from="9"),
    Removal("s", "room", RemovalScope.ALL),
    Removal("s", "room", RemovalScope.MESSAGE, target_id="m-1"),
    Removal("s", "room", RemovalScope.AUTHOR, None, "42", "ana"),
    ConnectionState("s", "room", Phase.RETRYING, "why", 1.5),
    Malformed("s", "line", "why"),
]


def test_a_message_has_the_documented_keys() -> None:
    assert event_to_json(MESSAGE) == {
        "kind": "message",
        "id": "m-1",
        "channel": "room",
        "author_id": "42",
        "login": "ana",
        "name": "Ana",
        "roles": ["moderator", "vip"],
        "text": "hi Kappa",
        "action": True,
        "emotes": [{"id": "25", "start": 3, "end": 8}],
        "bits": 5,
        "reward_id": "r",
        "reply_to": "p",
        "shared_from": "9",
        "sent_at": 1.5,
    }


def test_what_is_unknown_is_absent() -> None:
    found = next(parse_lines("twitch", [":ana!ana@h PRIVMSG #room :hi"]))
    assert "id" not in found
    assert "reply_to" not in found
    assert found["text"] == "hi"
    assert event_to_json(Removal("s", "room", RemovalScope.ALL)) == {
        "kind": "removal",
        "channel": "room",
        "scope": "all",
    }


@pytest.mark.parametrize("event", EVENTS)
def test_events_come_back_as_they_were(event: Any) -> None:
    through = json.loads(json.dumps(event_to_json(event)))
    assert event_from_json(through, "s") == event


def test_raw_lines_become_objects() -> None:
    lines = [
        b"@id=1 :ana!ana@h PRIVMSG #room :hi\r\n",
        "PING :tmi.twitch.tv\n",
        b"\r\n",
        b"\xff\xfe\n",
        b"x" * 20_000,
        "@target-msg-id=1 :t CLEARMSG #room :hi",
        "@msg-id=raid;system-msg=A\\sraid! :t USERNOTICE #room",
    ]
    found = list(parse_lines("twitch", lines))
    kinds = [item["kind"] for item in found]
    assert kinds == ["message", "malformed", "malformed", "removal", "notice"]
    assert "longer than" in found[2]["why"]
    assert (found[4]["type"], found[4]["system_text"]) == ("raid", "A raid!")


def test_plain_irc_lines_become_objects() -> None:
    found = list(parse_lines("irc", [":a!a@h PRIVMSG #c :hi", ":op KICK #c a :out"]))
    assert [item["kind"] for item in found] == ["message", "removal"]
    assert found[0]["channel"] == "#c"


@pytest.mark.parametrize("platform", ["youtube", "bilibili", ""])
def test_an_unknown_platform_is_refused_at_once(platform: str) -> None:
    with pytest.raises(ChatError, match="twitch, irc"):
        parse_lines(platform, [])


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "x",
        {},
        {"kind": "x"},
        {"kind": []},
        {"kind": "message", "text": 5},
        {"kind": "removal", "scope": []},
        {"kind": "state", "phase": {}},
    ],
)
def test_what_is_no_event_is_refused(data: object) -> None:
    with pytest.raises(ChatError):
        event_from_json(data, "s")


def test_values_of_the_wrong_kind_count_as_absent() -> None:
    data = {
        "text": "hello",
        "id": 5,
        "name": None,
        "roles": "moderator",
        "bits": -3,
        "emotes": [
            5,
            {"id": "a"},
            {"id": "a", "start": -1, "end": 2},
            {"id": "b", "start": 3, "end": 99},
        ],
        "sent_at": "now",
        "action": "yes",
    }
    found = event_from_json(data, "s")
    assert found == ChatMessage("", "s", "", "", "", "", "hello", emotes=(Emote("b", 3, 5),))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
known_keys = st.sampled_from(
    ["kind", "id", "text", "roles", "emotes", "bits", "scope", "phase", "sent_at", "retry_in"]
)
kinds = st.sampled_from(["message", "notice", "removal", "state", "malformed"])


@given(st.dictionaries(known_keys, json_values), kinds | st.none())
def test_any_json_goes_in(data: dict[str, Any], kind: str | None) -> None:
    data = data if kind is None else {**data, "kind": kind}
    try:
        event = event_from_json(data, "s")
    except IshowttsError:
        return
    json.dumps(event_to_json(event), allow_nan=False).encode()


@given(st.lists(st.binary(max_size=200)), st.sampled_from(["twitch", "irc"]))
def test_any_bytes_become_json(lines: list[bytes], platform: str) -> None:
    for item in parse_lines(platform, lines):
        json.dumps(item, ensure_ascii=False).encode()


def test_the_catalog_knows_what_it_does_not_know() -> None:
    with pytest.raises(SourceUrlError):
        open_source(SourceUrl("gopher"), SystemClock())
    for text in ("twitch://room", "irc://h/c", "ircs://h/c"):
        assert open_source(SourceUrl.parse(text), SystemClock()).url == text
