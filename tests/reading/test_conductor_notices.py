"""Subscriptions, gifts and raids: spoken, merged, removed and refused like messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.core.messages import Notice, RemovalScope
from ishowtts_desktop.core.reading_config import PrivateConfig, RulesConfig
from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
from ishowtts_desktop.reading.history_file import row_of
from tests.support.stage import Stage

if TYPE_CHECKING:
    from ishowtts_desktop.core.utterances import Outcome

SPOKEN, REMOVED, REFUSED = OutcomeState.SPOKEN, OutcomeState.REMOVED, OutcomeState.REFUSED
GIFTS = "Ann is gifting 5 Tier 1 Subs to Room's community!"


def tell(stage: Stage, kind: str, said: str = "", text: str = "", **changes: Any) -> Notice:
    values = {"author_id": "u7", "login": "ann", "name": "Ann", "received_at": stage.clock.now()}
    number = len(stage.witness.outcomes)
    notice = Notice(f"n{number}", "twitch", "room", kind, said, text=text, **{**values, **changes})
    stage.conductor.handle(notice)
    return notice


def end_of(stage: Stage, notice: Notice) -> Outcome:
    return stage.witness.final_of(notice.id)


def test_a_subscription_goes_before_chat_and_is_told_like_a_message() -> None:
    stage = Stage()
    stage.hear("hello", "Eve", id="m1")
    notice = tell(stage, "sub", "Ann subscribed at Tier 1.", "love it here")
    assert [stage.speak(), stage.speak()] == ["Ann subscribed. love it here", "Eve says hello"]
    outcome = end_of(stage, notice)
    assert (outcome.state, outcome.lane, outcome.name) == (SPOKEN, Lane.PAID, "Ann")
    assert outcome.text == "Ann subscribed at Tier 1. love it here"
    assert (outcome.message, outcome.notice) == (None, notice)
    assert outcome.chat_to_sound == 0.0


def test_a_notice_is_in_the_history_with_its_chat() -> None:
    stage = Stage()
    notice = tell(stage, "sub", "Ann subscribed at Tier 1.")
    stage.speak()
    row = row_of(end_of(stage, notice), 1.7e9)
    assert (row.source, row.channel, row.name) == ("twitch", "room", "Ann")
    assert (row.text, row.spoken) == ("Ann subscribed at Tier 1.", "Ann subscribed.")


def test_a_notice_speaks_the_language_of_the_chat() -> None:
    stage = Stage()
    stage.hear("今天天气很好", "Eve", id="m1")
    stage.speak()
    tell(stage, "raid", "20 raiders from Ann have joined!")
    said = stage.speak()
    assert said.startswith("Ann带着")
    assert said.endswith("位观众来了。")


def test_notices_can_be_left_out() -> None:
    stage = Stage(say_notices=False)
    tell(stage, "sub", "Ann subscribed at Tier 1.")
    assert stage.witness.outcomes == []
    stage = Stage()
    tell(stage, "unraid")
    assert stage.witness.outcomes == []


def test_gifts_of_one_author_are_said_in_one_sentence_and_each_is_told() -> None:
    stage = Stage()
    first = tell(stage, "submysterygift", GIFTS)
    others = [tell(stage, "subgift", "Ann gifted a Tier 1 sub to Bob!") for _ in range(5)]
    second = tell(stage, "submysterygift", GIFTS)
    # THEN what belongs to a gift that was announced isn't told again
    assert {(end_of(stage, o).state, end_of(stage, o).reason) for o in others} == {
        (REFUSED, Reason.REPEATED)
    }
    assert stage.speak() == "Ann gifted ten subscriptions."
    assert {end_of(stage, each).state for each in (first, second)} == {SPOKEN}


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ({"scope": RemovalScope.AUTHOR, "target_author_id": "u7"}, Reason.AUTHOR_BANNED),
        ({"scope": RemovalScope.ALL}, Reason.CHAT_CLEARED),
    ],
)
def test_a_removal_of_its_author_takes_a_notice_back(by: dict[str, Any], reason: Reason) -> None:
    stage = Stage()
    waits = tell(stage, "raid", "20 raiders from Ann have joined!")
    sounds = tell(stage, "sub", "Ann subscribed.", "bad words")
    job = stage.take()
    stage.remove(**by)
    assert job.cancel.cancelled
    for notice in (waits, sounds):
        assert (end_of(stage, notice).state, end_of(stage, notice).reason) == (REMOVED, reason)
    # AND one that comes after its removal isn't said either
    late = tell(stage, "sub", "Ann subscribed.")
    assert end_of(stage, late).state is REMOVED


def test_muted_and_blocked_authors_are_not_announced() -> None:
    stage = Stage(sections={"rules": RulesConfig(blocked_users=["eve"])})
    waits = tell(stage, "sub", "Ann subscribed.")
    stage.conductor.mute("ann")
    assert end_of(stage, waits).reason is Reason.MUTED
    assert end_of(stage, tell(stage, "sub", "Ann subscribed.")).reason is Reason.MUTED
    blocked = tell(stage, "raid", "9 raiders from Eve have joined!", login="eve", name="Eve")
    assert end_of(stage, blocked).reason is Reason.BLOCKED_USER


def test_stopping_to_read_silences_notices_too() -> None:
    stage = Stage()
    waits = tell(stage, "sub", "Ann subscribed.")
    stage.conductor.stop()
    assert end_of(stage, waits).reason is Reason.NOT_READING
    assert end_of(stage, tell(stage, "sub")).reason is Reason.NOT_READING


def test_words_that_are_not_said_are_left_out_of_a_notice() -> None:
    rules = RulesConfig(blocked_words=["spoiler"])
    stage = Stage(sections={"rules": rules, "private": PrivateConfig(words=["smith"])})
    tell(stage, "sub", "Ann subscribed.", "a spoiler for you")
    assert stage.speak() == "Ann subscribed."
    # AND who gets a gift may have such a name
    tell(stage, "subgift", "Ann gifted a Tier 1 sub to spoiler!")
    assert stage.speak() == "Ann gifted a subscription."
    # AND nothing is left of an announcement
    refused = tell(stage, "announcement", "", "a spoiler for you")
    assert end_of(stage, refused).reason is Reason.BLOCKED_WORD
    # AND a private word isn't even told
    private = tell(stage, "resub", "Ann subscribed.", "hello mister smith")
    assert stage.speak() == "Ann subscribed again."
    assert "smith" not in end_of(stage, private).text


def test_a_text_that_the_rules_refuse_is_left_out_of_a_notice() -> None:
    stage = Stage(sections={"rules": RulesConfig(languages=["zh"])})
    said = "Ann watched 15 consecutive streams this month!"
    tell(stage, "viewermilestone", said, "glad to be here with all of you")
    assert stage.speak() == "Ann watched fifteen streams in a row."


def test_a_notice_whose_sentence_holds_a_blocked_word_is_refused() -> None:
    stage = Stage(sections={"rules": RulesConfig(blocked_words=["subscribed"])})
    notice = tell(stage, "sub", "Ann subscribed.")
    assert end_of(stage, notice).reason is Reason.BLOCKED_WORD


def test_an_announcement_says_what_was_written() -> None:
    stage = Stage()
    tell(stage, "announcement", "", "we start in a moment")
    assert stage.speak() == "Ann announces: we start in a moment"
