"""What a notice says, of the sentences that Twitch really sends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.messages import Notice
from ishowtts_desktop.core.utterances import Lane, Utterance
from ishowtts_desktop.reading.notices import (
    GiftMemory,
    as_message,
    combined,
    combo_key,
    gifts_of,
    lane_of,
    sentence,
    without_recipient,
)

SUBS = (
    "Ann is gifting 5 Tier 1 Subs to Room's community! They've gifted a total of 10 in the channel!"
)
TYPES = (
    "sub",
    "resub",
    "subgift",
    "submysterygift",
    "giftpaidupgrade",
    "anongiftpaidupgrade",
    "primepaidupgrade",
    "standardpayforward",
    "communitypayforward",
    "raid",
    "announcement",
    "bitsbadgetier",
    "viewermilestone",
)


def notice(kind: str, system_text: str = "", text: str = "") -> Notice:
    return Notice("n1", "twitch", "room", kind, system_text, "u7", "ann", "Ann", text)


@pytest.mark.parametrize(
    ("kind", "system_text", "lane", "english", "chinese"),
    [
        ("sub", "Ann subscribed with Prime.", Lane.PAID, "Ann subscribed.", "Ann订阅了频道。"),
        (
            "resub",
            "Ann subscribed at Tier 1. They've subscribed for 14 months!",
            Lane.PAID,
            "Ann subscribed for fourteen months.",
            "Ann已经订阅了十四个月。",
        ),
        ("resub", "Ann is back.", Lane.PAID, "Ann subscribed again.", "Ann续订了频道。"),
        (
            "subgift",
            "Ann gifted a Tier 1 sub to Mr_Bob!",
            Lane.PAID,
            "Ann gifted Mr_Bob a subscription.",
            "Ann送给Mr_Bob一份订阅。",
        ),
        (
            "subgift",
            "Ann gifted 3 months of Tier 1 to Bob! They have gifted 6 Subs in the channel!",
            Lane.PAID,
            "Ann gifted Bob a subscription.",
            "Ann送给Bob一份订阅。",
        ),
        (
            "submysterygift",
            SUBS,
            Lane.PAID,
            "Ann gifted five subscriptions.",
            "Ann送出了五份订阅。",
        ),
        (
            "giftpaidupgrade",
            "Ann is continuing the Gift Sub they got from Bob!",
            Lane.PAID,
            "Ann goes on with a subscription.",
            "Ann把订阅续了下去。",
        ),
        (
            "raid",
            "1,135 raiders from Ann have joined!",
            Lane.MENTION,
            "Ann raids with one thousand one hundred thirty-five viewers.",
            "Ann带着一千一百三十五位观众来了。",
        ),
        (
            "raid",
            "1 raiders from Ann have joined!",
            Lane.MENTION,
            "Ann raids.",
            "Ann带着观众来了。",
        ),
        ("announcement", "", Lane.NORMAL, "Ann announces:", "Ann的公告："),
        (
            "viewermilestone",
            "Ann watched 15 consecutive streams this month and sparked a watch streak!",
            Lane.NORMAL,
            "Ann watched fifteen streams in a row.",
            "Ann连续看了十五场直播。",
        ),
    ],
)
def test_a_notice_is_a_short_sentence(
    kind: str, system_text: str, lane: Lane, english: str, chinese: str
) -> None:
    told = notice(kind, system_text)
    assert lane_of(told) is lane
    assert sentence(told, "Ann", "en") == english
    assert sentence(told, "Ann", "zh") == chinese
    # AND any other language has English
    assert sentence(told, "Ann", "ja") == english


def test_what_is_nobodys_business_is_never_said() -> None:
    for kind in ("unraid", "sharedchatnotice", "", "\x00"):
        assert lane_of(notice(kind)) is None
        assert sentence(notice(kind), "Ann", "en") == ""


def test_who_has_no_name_that_can_be_said_is_somebody() -> None:
    assert sentence(notice("sub"), "", "en") == "Somebody subscribed."
    assert sentence(notice("sub"), "", "zh") == "有人订阅了频道。"


def test_the_recipient_can_be_left_out() -> None:
    bare = without_recipient(notice("subgift", "Ann gifted a Tier 1 sub to Bob!"))
    assert sentence(bare, "Ann", "en") == "Ann gifted a subscription."


def test_gifts_of_one_author_add_up() -> None:
    gifts = (notice("submysterygift", SUBS), notice("subgift"), notice("submysterygift", SUBS))
    keys = {combo_key(each, "ann") for each in gifts}
    assert len(keys) == 1
    assert keys != {combo_key(gifts[0], "eve")}
    assert [gifts_of(each) for each in gifts] == [5, 1, 5]
    assert (combo_key(notice("sub"), "ann"), gifts_of(notice("sub"))) == ("", 0)
    members = [
        Utterance("x", "", "en", 1.0, Lane.PAID, 0.0, None, notice=each, called="Ann")
        for each in gifts
    ]
    assert combined(members, "en") == "Ann gifted eleven subscriptions."


def test_what_was_paid_for_counts_as_paid() -> None:
    assert as_message(notice("sub")).paid
    assert not as_message(notice("raid")).paid
    assert as_message(notice("sub", text="hi")).text == "hi"


def test_gifts_that_were_announced_together_are_not_told_one_by_one() -> None:
    memory = GiftMemory()
    many, one = notice("submysterygift", SUBS), notice("subgift")
    assert not memory.told_before(one, "ann", 0.0)
    assert not memory.told_before(many, "ann", 1.0)
    assert [memory.told_before(one, "ann", 2.0) for _ in range(6)] == [True] * 5 + [False]
    # AND another's, or one that comes much later, is told
    memory.told_before(many, "ann", 3.0)
    assert not memory.told_before(one, "eve", 3.0)
    assert not memory.told_before(one, "ann", 300.0)


def test_the_memory_of_gifts_is_bounded() -> None:
    memory = GiftMemory(limit=2)
    for author in ("ann", "bob", "eve"):
        memory.told_before(notice("submysterygift", SUBS), author, 0.0)
    told = [memory.told_before(notice("subgift"), a, 1.0) for a in ("ann", "bob", "eve")]
    assert told == [False, True, True]


@given(kind=st.sampled_from(TYPES), said=st.text(), name=st.text(), gifts=st.integers(0, 10**9))
def test_any_sentence_of_the_platform_gives_one_of_ours(
    kind: str, said: str, name: str, gifts: int
) -> None:
    told = notice(kind, said)
    for language in ("en", "zh"):
        text = sentence(told, name, language, gifts=gifts)
        assert (name or "Somebody") in text or "有人" in text
        assert len(text) < len(name) + 200


@given(number=st.integers(0, 10**400))
def test_a_number_of_any_length_is_bounded(number: int) -> None:
    told = replace(notice("raid"), system_text=f"{number} raiders from Ann have joined!")
    assert len(sentence(told, "Ann", "en")) < 200
