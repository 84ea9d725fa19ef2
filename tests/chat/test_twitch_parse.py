"""Twitch's lines as events. The lines have the documented shapes and invented people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.chat.irc.line import IrcLine, parse_line
from ishowtts_desktop.chat.twitch.parse import parse_event
from ishowtts_desktop.core.messages import (
    ChatEvent,
    ChatMessage,
    Emote,
    Malformed,
    Notice,
    Removal,
    RemovalScope,
    Role,
)

CHEER = (
    r"@badge-info=subscriber/14;badges=moderator/1,subscriber/12;bits=100;color=#1E90FF;"
    r"display-name=Ana;emotes=25:8-12,14-18/emotesv2_ab:0-6;first-msg=0;flags=;id=b34c-1;mod=1;"
    r"returning-chatter=0;room-id=100;subscriber=1;tmi-sent-ts=1700000000123;turbo=0;user-id=42;"
    r"user-type=mod :ana!ana@ana.tmi.twitch.tv PRIVMSG #room :PogWow1 Kappa Kappa 好"
)


def event(line: str) -> ChatEvent | None:
    parsed = parse_line(line)
    assert parsed is not None
    return parse_event(parsed, "twitch://room")


def message(line: str) -> ChatMessage:
    found = event(line)
    assert isinstance(found, ChatMessage)
    return found


def test_everything_in_a_message() -> None:
    found = message(CHEER)
    assert found.text == "PogWow1 Kappa Kappa 好"
    assert [found.text[emote.start : emote.end] for emote in found.emotes] == [
        "PogWow1",
        "Kappa",
        "Kappa",
    ]
    assert (found.id, found.channel, found.author_id) == ("b34c-1", "room", "42")
    assert (found.login, found.name, found.bits) == ("ana", "Ana", 100)
    assert found.roles == {Role.MODERATOR, Role.SUBSCRIBER}
    assert found.sent_at == 1_700_000_000.123
    assert found.paid
    assert not found.action
    assert found.shared_from is None


def test_an_action_counts_its_emotes_in_the_inner_text() -> None:
    found = message("@emotes=25:6-10 :a!a@a PRIVMSG #room :\x01ACTION waves Kappa\x01")
    assert (found.text, found.action) == ("waves Kappa", True)
    assert found.emotes == (Emote("25", 6, 11),)


@pytest.mark.parametrize(
    ("raw", "text", "action"),
    [
        ("\x01ACTION\x01", "", True),
        ("\x01ACTION waves", "waves", True),
        ("\x01ACTIONS\x01", "\x01ACTIONS\x01", False),
        ("ACTION waves", "ACTION waves", False),
    ],
)
def test_odd_actions(raw: str, text: str, action: bool) -> None:
    found = message(f":a!a@a PRIVMSG #room :{raw}")
    assert (found.text, found.action) == (text, action)


def test_code_points_count_not_bytes_nor_units() -> None:
    found = message("@emotes=25:3-7 :a!a@a PRIVMSG #room :😀好 Kappa")
    assert found.text[found.emotes[0].start : found.emotes[0].end] == "Kappa"


@pytest.mark.parametrize(
    ("tag", "spans"),
    [
        ("", []),
        ("25:0-99", [(0, 5)]),
        ("25:5-9", []),
        ("25:3-1", []),
        ("25:0-0", [(0, 1)]),
        ("25", []),
        (":0-1", []),
        ("25:a-b,0-1", [(0, 2)]),
        ("25:-1-2", []),
        ("25:0-1-2", []),
        ("25:٠-١", []),
        ("25:0-99999999999999999999", []),
        ("1:3-4/2:0-1", [(0, 2), (3, 5)]),
        ("1:0-3/2:2-4", [(0, 4)]),
        ("1:0-1,0-1", [(0, 2)]),
        ("///,,,:::---", []),
    ],
)
def test_malformed_emotes_are_cut_or_dropped(tag: str, spans: list[tuple[int, int]]) -> None:
    found = message(f"@emotes={tag} :a!a@a PRIVMSG #room :12345")
    assert [(emote.start, emote.end) for emote in found.emotes] == spans


@pytest.mark.parametrize(
    ("tags", "roles"),
    [
        ("badges=broadcaster/1", {Role.BROADCASTER}),
        ("badges=lead_moderator/1", {Role.MODERATOR}),
        ("badges=vip/1,founder/0", {Role.VIP, Role.SUBSCRIBER}),
        ("mod=1;subscriber=1;vip=1", {Role.MODERATOR, Role.SUBSCRIBER, Role.VIP}),
        ("badges=bits/1000,glhf-pledge/1;mod=0", set()),
        ("badges=,,/,moderator", {Role.MODERATOR}),
    ],
)
def test_badges_are_roles(tags: str, roles: set[Role]) -> None:
    assert message(f"@{tags} :a!a@a PRIVMSG #room :x").roles == roles


def test_rewards_replies_and_shared_chat() -> None:
    assert message("@custom-reward-id=r-1 :a!a@a PRIVMSG #r :x").reward_id == "r-1"
    reply = message("@reply-parent-msg-id=p-1 :a!a@a PRIVMSG #r :@ana yes")
    assert (reply.reply_to, reply.text) == ("p-1", "@ana yes")
    assert message("@room-id=1;source-room-id=1 :a!a@a PRIVMSG #r :x").shared_from is None
    assert message("@room-id=1;source-room-id=2 :a!a@a PRIVMSG #r :x").shared_from == "2"


def test_a_line_without_tags_is_a_message_of_its_nick() -> None:
    found = message(":Ana!ana@host PRIVMSG #Room :hi")
    assert (found.id, found.channel, found.login) == ("", "room", "ana")
    assert (found.author_id, found.name, found.bits, found.sent_at) == ("ana", "Ana", 0, None)


@pytest.mark.parametrize("bits", ["-5", "1e3", "x", "９", "9" * 40])
def test_bits_that_are_no_number_are_none(bits: str) -> None:
    assert message(f"@bits={bits} :a!a@a PRIVMSG #r :x").bits == 0


def test_a_notice() -> None:
    found = event(
        r"@badges=vip/1;display-name=Ana;emotes=25:0-4;id=n-1;login=ana;msg-id=resub;room-id=100;"
        r"source-room-id=200;subscriber=1;"
        r"system-msg=Ana\ssubscribed\sfor\s6\smonths!;tmi-sent-ts=1700000000000;user-id=42 "
        r":tmi.twitch.tv USERNOTICE #room :Kappa again"
    )
    assert found == Notice(
        id="n-1",
        source="twitch://room",
        channel="room",
        type="resub",
        system_text="Ana subscribed for 6 months!",
        author_id="42",
        login="ana",
        name="Ana",
        text="Kappa again",
        emotes=(Emote("25", 0, 5),),
        roles=frozenset({Role.VIP, Role.SUBSCRIBER}),
        shared_from="200",
        sent_at=1_700_000_000.0,
    )


@pytest.mark.parametrize(
    ("line", "scope", "target", "author_id", "login"),
    [
        ("@login=ana;target-msg-id=m-1 :t CLEARMSG #room :bad", "message", "m-1", None, "ana"),
        ("@login=Ana;target-msg-id= :t CLEARMSG #room :bad", "author", None, None, "ana"),
        ("@target-user-id=42 :t CLEARCHAT #room :ana", "author", None, "42", "ana"),
        (":t CLEARCHAT #room :Ana", "author", None, None, "ana"),
        ("@target-user-id=42 :t CLEARCHAT #room", "author", None, "42", None),
        ("@room-id=100 :t CLEARCHAT #room", "all", None, None, None),
        ("CLEARCHAT #room :", "all", None, None, None),
    ],
)
def test_removals(
    line: str, scope: str, target: str | None, author_id: str | None, login: str | None
) -> None:
    assert event(line) == Removal(
        "twitch://room", "room", RemovalScope(scope), target, author_id, login
    )


@pytest.mark.parametrize(
    "line",
    ["PRIVMSG #room :x", ":a!a@a PRIVMSG #room", "CLEARMSG #room :x", "CLEARCHAT", "USERNOTICE"],
)
def test_what_says_too_little_is_malformed(line: str) -> None:
    assert isinstance(event(line), Malformed)


@pytest.mark.parametrize(
    "line", ["PING :x", ":t 001 me :hi", ":t ROOMSTATE #room", ":a!a@a PRIVMSG me :psst", "WHISPER"]
)
def test_what_is_not_for_an_audience_is_nothing(line: str) -> None:
    assert event(line) is None


commands = st.sampled_from(["PRIVMSG", "USERNOTICE", "CLEARMSG", "CLEARCHAT"])
spans = st.from_regex(r"\A[0-9:,/\-a]{0,40}\Z")
tag_keys = st.sampled_from(
    ["badges", "bits", "emotes", "id", "login", "target-msg-id", "target-user-id", "tmi-sent-ts"]
)


@given(commands, st.lists(st.text(max_size=30), max_size=3), st.dictionaries(tag_keys, st.text()))
def test_anything_in_the_tags_goes(command: str, params: list[str], tags: dict[str, str]) -> None:
    parse_event(IrcLine(command, tuple(params), "a!a@a", tags), "s")


@given(spans, st.text(max_size=20), st.booleans())
def test_emotes_always_lie_inside_the_text_and_apart(tag: str, text: str, action: bool) -> None:
    wrapped = f"\x01ACTION {text}\x01" if action else text
    found = parse_event(IrcLine("PRIVMSG", ("#c", wrapped), "a!a@a", {"emotes": tag}), "s")
    assert isinstance(found, ChatMessage)
    position = 0
    for emote in found.emotes:
        assert position <= emote.start < emote.end <= len(found.text)
        position = emote.end


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_a_removal_is_never_lost(login: str, tags: dict[str, str]) -> None:
    cleared = parse_event(IrcLine("CLEARCHAT", ("#c", login), "t", tags), "s")
    assert isinstance(cleared, Removal)
    deleted = parse_event(IrcLine("CLEARMSG", ("#c", ""), "t", {**tags, "target-msg-id": "m"}), "s")
    assert isinstance(deleted, Removal)
    assert deleted.target_id == "m"
