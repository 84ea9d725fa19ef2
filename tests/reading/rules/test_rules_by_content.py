"""Roles, mentions, payment, languages, lengths, first messages and cooldowns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.messages import Role
from ishowtts_desktop.core.reading_config import RulesConfig
from ishowtts_desktop.core.utterances import Lane, Reason
from ishowtts_desktop.reading.rules.memory import Memory
from ishowtts_desktop.reading.rules.rules import Rules
from ishowtts_desktop.reading.text.prepare import Prepared
from tests.support.messages import chat

STREAMER = frozenset({Role.BROADCASTER})
SUBSCRIBER = frozenset({Role.SUBSCRIBER})


def rules_of(**config: Any) -> Rules:
    return Rules(RulesConfig(**config))


def said(text: str = "hello", language: str = "en") -> Prepared:
    return Prepared(text, language, 1.0, key=text.casefold(), plain=text)


@pytest.mark.parametrize(
    ("minimum", "roles", "read"),
    [
        ("everyone", [], True),
        ("subscriber", [], False),
        ("subscriber", [Role.SUBSCRIBER], True),
        ("subscriber", [Role.VIP], True),
        ("vip", [Role.SUBSCRIBER], False),
        ("moderator", [Role.VIP, Role.SUBSCRIBER], False),
        ("moderator", [Role.SUBSCRIBER, Role.MODERATOR], True),
        ("broadcaster", [Role.MODERATOR], False),
    ],
)
def test_a_role_reads_those_above_it_too(minimum: str, roles: list[Role], read: bool) -> None:
    reason = rules_of(minimum_role=minimum).refuse(chat(roles=frozenset(roles)))
    assert reason is (None if read else Reason.ROLE)


def test_only_mentions_and_only_paid() -> None:
    assert rules_of(only_mentions=True).refuse(chat("hi")) is Reason.NO_MENTION
    assert rules_of(only_mentions=True).refuse(chat("hi @Room")) is None
    assert rules_of(only_paid=True).refuse(chat("hi @Room")) is Reason.NOT_PAID


STRICT = {
    "minimum_role": "moderator",
    "only_mentions": True,
    "only_paid": True,
    "languages": ["zh"],
    "shortest": 10,
    "user_cooldown": 60.0,
    "first_message": "skip",
}


@pytest.mark.parametrize("changes", [{"bits": 5}, {"reward_id": "r"}, {"roles": STREAMER}])
def test_the_streamer_and_who_paid_are_exempt(changes: dict[str, Any]) -> None:
    rules = rules_of(**STRICT)
    for now in (0.0, 1.0):
        assert rules.refuse(chat(**changes)) is None
        assert rules.refuse_text(chat(**changes), said(), now) is None
    # BUT for lists, mutes and other channels' chat
    assert rules_of(blocked_users=["bob"]).refuse(chat(**changes)) is Reason.BLOCKED_USER
    assert rules_of(bots=["bob"]).refuse(chat(**changes)) is Reason.BOT
    assert rules.refuse(chat(shared_from="x", **changes)) is Reason.SHARED_CHAT
    rules.mute("bob")
    assert rules.refuse(chat(**changes)) is Reason.MUTED


def test_bots_are_read_when_wanted() -> None:
    assert rules_of().refuse(chat(login="nightbot")) is Reason.BOT
    assert rules_of(read_bots=True).refuse(chat(login="nightbot")) is None


@pytest.mark.parametrize(
    ("languages", "language", "read"),
    [([], "ja", True), (["zh"], "zh", True), (["ZH-cn", "en"], "zh", True), (["zh"], "en", False)],
)
def test_languages_are_primary_tags(languages: list[str], language: str, read: bool) -> None:
    reason = rules_of(languages=languages).refuse_text(chat(), said(language=language), 0.0)
    assert reason is (None if read else Reason.LANGUAGE)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hm", Reason.TOO_SHORT),
        ("hmm", None),
        ("👩‍👩‍👧‍👦é", Reason.TOO_SHORT),
        ("hello", None),
        ("hello!", Reason.TOO_LONG),
    ],
)
def test_lengths_are_in_graphemes_of_what_was_written(text: str, reason: Reason | None) -> None:
    prepared = Prepared("spoken otherwise", "en", 1.0, plain=text)
    assert rules_of(shortest=3, longest=5).refuse_text(chat(), prepared, 0.0) is reason


def test_a_user_waits_between_two_messages_and_a_refused_one_does_not_count() -> None:
    rules = rules_of(user_cooldown=10.0)
    assert rules.refuse_text(chat(), said("a"), 100.0) is None
    assert rules.refuse_text(chat(), said("b"), 109.9) is Reason.COOLDOWN
    assert rules.refuse_text(chat(author_id="u2"), said("c"), 109.9) is None
    assert rules.refuse_text(chat(), said("d"), 110.0) is None
    # AND a clock that went back keeps nobody waiting
    assert rules.refuse_text(chat(), said("e"), 3.0) is None
    assert rules.refuse_text(chat(), said("f"), 4.0) is Reason.COOLDOWN


def test_the_same_text_of_the_same_user_waits_longer() -> None:
    rules = rules_of(repeat_cooldown=30.0)
    assert rules.refuse_text(chat(), said("GG"), 0.0) is None
    assert rules.refuse_text(chat(), said("wp"), 1.0) is None
    assert rules.refuse_text(chat(), said("gg"), 2.0) is Reason.REPEATED
    assert rules.refuse_text(chat(author_id="u2"), said("gg"), 3.0) is None
    assert rules.refuse_text(chat(), said("gg"), 30.0) is None
    # AND what has no key is like nothing
    nothing = Prepared("...", "en", 1.0, key="", plain="...")
    assert [rules.refuse_text(chat(), nothing, 31.0) for _ in range(2)] == [None, None]


@pytest.mark.parametrize("asked_first", [True, False])
def test_the_first_message_is_lifted_whenever_the_lane_is_asked(asked_first: bool) -> None:
    rules = rules_of(first_message="lift")
    first, second = chat(id="m1"), chat(id="m2")
    if asked_first:
        assert rules.lane(first) is Lane.MENTION
    assert rules.refuse_text(first, said("a"), 0.0) is None
    assert rules.lane(first) is Lane.MENTION
    assert rules.lane(second) is Lane.NORMAL
    assert rules.lane(chat(id="m3", bits=1)) is Lane.PAID
    assert rules_of().lane(first) is Lane.NORMAL


def test_the_first_message_is_skipped_once() -> None:
    rules = rules_of(first_message="skip", languages=["en"])
    # GIVEN one that another rule refuses, which isn't the first that could be said
    assert rules.refuse_text(chat(), said("a", "zh"), 0.0) is Reason.LANGUAGE
    assert rules.refuse_text(chat(id="m1"), said("a"), 1.0) is Reason.FIRST_MESSAGE
    assert rules.refuse_text(chat(id="m2"), said("a"), 2.0) is None


def test_new_settings_keep_mutes_and_memories() -> None:
    rules = rules_of(repeat_cooldown=30.0, first_message="skip")
    rules.mute("ann")
    rules.refuse_text(chat(), said("a"), 0.0)
    rules.refuse_text(chat(), said("b"), 1.0)
    config = RulesConfig(user_cooldown=10.0, first_message="skip", blocked_users=["eve"])
    rules.use(config, read_shared_chat=True)
    assert rules.refuse(chat(login="ann", shared_from="x")) is Reason.MUTED
    assert rules.refuse(chat(login="eve")) is Reason.BLOCKED_USER
    assert rules.refuse(chat(shared_from="x")) is None
    assert rules.refuse_text(chat(id="m2"), said("b"), 2.0) is Reason.REPEATED
    assert rules.refuse_text(chat(id="m2"), said("c"), 2.0) is Reason.COOLDOWN
    # AND what the caller does to the settings later changes nothing
    config.user_cooldown = 0.0
    assert rules.refuse_text(chat(id="m2"), said("c"), 2.0) is Reason.COOLDOWN


def test_the_memory_is_bounded_and_forgets_who_is_quiet() -> None:
    memory = Memory(limit=2)
    for author in ("u1", "u2", "u1", "u3"):
        memory.meet(chat(author_id=author))
    assert len(memory) == 2
    assert [memory.is_first(chat(id="later", author_id=f"u{n}")) for n in (1, 2, 3)] == [
        False,
        True,
        False,
    ]
    # AND of one user only the last few texts
    for number in range(20):
        memory.let_pass(chat(author_id="u1"), f"text {number}", 1.0)
    assert memory.since_same(chat(author_id="u1"), "text 0", 2.0) is None
    assert memory.since_same(chat(author_id="u1"), "text 19", 2.0) == 1.0


CONFIGS = st.builds(
    RulesConfig,
    minimum_role=st.sampled_from(["everyone", "vip", "broadcaster"]),
    only_mentions=st.booleans(),
    languages=st.lists(st.text(max_size=5), max_size=2),
    shortest=st.integers(0, 9),
    longest=st.integers(0, 9),
    user_cooldown=st.floats(0, 9),
    repeat_cooldown=st.floats(0, 9),
    first_message=st.sampled_from(["read", "lift", "skip"]),
    bots=st.lists(st.text(max_size=5), max_size=3),
    blocked_users=st.lists(st.text(max_size=5), max_size=3),
)
MESSAGES = st.builds(
    chat,
    st.text(max_size=12),
    author_id=st.sampled_from(["", "0", "u1"]),
    login=st.text(max_size=5),
    name=st.text(max_size=5),
    roles=st.frozensets(st.sampled_from(list(Role))),
    bits=st.integers(0, 1),
)


@given(CONFIGS, st.lists(st.tuples(MESSAGES, st.floats(allow_nan=True)), max_size=6))
def test_any_message_at_any_time_has_a_reason_or_none(
    config: RulesConfig, messages: list[tuple[Any, float]]
) -> None:
    rules = Rules(config)
    for message, now in messages:
        assert isinstance(rules.lane(message), Lane)
        for reason in (
            rules.refuse(message),
            rules.refuse_text(message, said(message.text), now),
        ):
            assert reason is None or isinstance(reason, Reason)
