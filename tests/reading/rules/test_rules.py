"""Whose messages are read, in which lane, and what moderators took back."""

from __future__ import annotations

from typing import Any

import pytest

from ishowtts_desktop.core.messages import Removal, RemovalScope, Role
from ishowtts_desktop.core.reading_config import RulesConfig
from ishowtts_desktop.core.utterances import Lane, Reason
from ishowtts_desktop.reading.removals import RemovalMemory
from ishowtts_desktop.reading.rules.rules import Rules, lane_of
from tests.support.messages import chat


@pytest.mark.parametrize("author", [{"login": "NightBot"}, {"name": "Ｎｉｇｈｔｂｏｔ"}])
@pytest.mark.parametrize("blocked", ["nightbot", "NIGHTBOT", " @NightBot "])
def test_blocked_users_are_known_by_login_or_name_in_any_case(
    author: dict[str, str], blocked: str
) -> None:
    rules = Rules(RulesConfig(blocked_users=[blocked]))
    assert rules.refuse(chat(**author)) is Reason.BLOCKED_USER
    assert rules.refuse(chat(login="night", name="bot")) is None


def test_an_empty_entry_blocks_nobody() -> None:
    rules = Rules(RulesConfig(blocked_users=["", "@", " "]))
    rules.mute("")
    assert rules.refuse(chat(login="", name="")) is None


def test_muted_until_unmuted() -> None:
    rules = Rules(RulesConfig())
    rules.mute("@BOB")
    assert rules.refuse(chat()) is Reason.MUTED
    rules.unmute("bob")
    rules.unmute("nobody")
    assert rules.refuse(chat()) is None


def test_shared_chat_is_read_only_when_wanted() -> None:
    message = chat(shared_from="elsewhere")
    assert Rules(RulesConfig()).refuse(message) is Reason.SHARED_CHAT
    assert Rules(RulesConfig(), read_shared_chat=True).refuse(message) is None


def test_nothing_is_read_while_not_reading() -> None:
    assert Rules(RulesConfig()).refuse(chat(), reading=False) is Reason.NOT_READING


@pytest.mark.parametrize(
    ("changes", "lane"),
    [
        ({}, Lane.NORMAL),
        ({"text": "hi @Room"}, Lane.MENTION),
        ({"text": "hi @Room", "roles": frozenset({Role.MODERATOR})}, Lane.MODERATOR),
        ({"roles": frozenset({Role.BROADCASTER})}, Lane.MODERATOR),
        ({"roles": frozenset({Role.SUBSCRIBER, Role.VIP})}, Lane.NORMAL),
        ({"roles": frozenset({Role.MODERATOR}), "bits": 1}, Lane.PAID),
        ({"reward_id": "r"}, Lane.PAID),
    ],
)
def test_lanes(changes: dict[str, Any], lane: Lane) -> None:
    assert lane_of(chat(**changes)) is lane


def removal(scope: RemovalScope, **changes: Any) -> Removal:
    return Removal("twitch", "room", scope, **{"received_at": 1005.0, **changes})


BAN = removal(RemovalScope.AUTHOR, target_author_id="u1")
BAN_BY_LOGIN = removal(RemovalScope.AUTHOR, target_login="bob")
CLEAR = removal(RemovalScope.ALL)


@pytest.mark.parametrize(
    ("taken_back", "reason"),
    [
        (BAN, Reason.AUTHOR_BANNED),
        (BAN_BY_LOGIN, Reason.AUTHOR_BANNED),
        (CLEAR, Reason.CHAT_CLEARED),
    ],
)
def test_what_arrived_before_a_ban_or_a_clear_stays_taken_back(
    taken_back: Removal, reason: Reason
) -> None:
    memory = RemovalMemory()
    memory.remember(taken_back, now=2000.0)
    assert memory.reason_for(chat(received_at=1004.0)) is reason
    assert memory.reason_for(chat(received_at=1006.0)) is None
    assert memory.reason_for(chat(channel="other")) is None
    # AND a second one that came later counts
    memory.remember(removal(taken_back.scope, target_author_id="u1"), now=2000.0)


def test_a_deleted_message_stays_deleted_whenever_it_comes() -> None:
    memory = RemovalMemory()
    memory.remember(removal(RemovalScope.MESSAGE, target_id="m1"), now=2000.0)
    assert memory.reason_for(chat(received_at=9000.0)) is Reason.MESSAGE_DELETED
    assert memory.reason_for(chat(id="m2")) is None


def test_a_removal_without_targets_takes_nothing_back() -> None:
    memory = RemovalMemory()
    memory.remember(removal(RemovalScope.MESSAGE), now=2000.0)
    memory.remember(removal(RemovalScope.AUTHOR), now=2000.0)
    assert memory.reason_for(chat(id="", author_id="", login="")) is None


def test_a_removal_that_does_not_tell_its_time_counts_from_when_it_is_heard() -> None:
    memory = RemovalMemory()
    memory.remember(removal(RemovalScope.ALL, received_at=0.0), now=2000.0)
    assert memory.reason_for(chat(received_at=1999.0)) is Reason.CHAT_CLEARED
    assert memory.reason_for(chat(received_at=2001.0)) is None


def test_the_memory_is_bounded_and_forgets_the_oldest() -> None:
    memory = RemovalMemory(limit=2)
    for name in ("m1", "m2", "m1", "m3"):
        memory.remember(removal(RemovalScope.MESSAGE, target_id=name), now=2000.0)
    known = [name for name in ("m1", "m2", "m3") if memory.reason_for(chat(id=name))]
    assert known == ["m1", "m3"]
