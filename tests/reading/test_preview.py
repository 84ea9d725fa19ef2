"""Trying out a line: what the settings make of it, without remembering any."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import Role
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.preview import Preview
from ishowtts_desktop.reading.text.prepare import Prepared
from tests.support.lines import LINES
from tests.support.messages import chat


def preview(**sections: Any) -> Preview:
    """Make one for a configuration of the defaults and ``sections``."""
    return Preview(Config.model_validate(sections))


def test_a_line_is_shown_as_it_is_said_with_the_steps_that_changed_it() -> None:
    explanation = preview().of(chat("see https://example.com nooooooo"))
    assert isinstance(explanation.result, Prepared)
    assert explanation.result.text == "see link nooo"
    assert explanation.steps == ("links", "repeats")


@pytest.mark.parametrize(
    ("sections", "changes", "reason"),
    [
        ({"rules": {"blocked_users": ["Bob"]}}, {}, Reason.BLOCKED_USER),
        ({}, {"login": "nightbot", "name": "Nightbot"}, Reason.BOT),
        ({"rules": {"minimum_role": "vip"}}, {}, Reason.ROLE),
        ({"rules": {"only_mentions": True}}, {}, Reason.NO_MENTION),
        ({"rules": {"only_paid": True}}, {}, Reason.NOT_PAID),
        ({"rules": {"languages": ["zh"]}}, {}, Reason.LANGUAGE),
        ({"rules": {"shortest": 40}}, {}, Reason.TOO_SHORT),
        ({"rules": {"longest": 3}}, {}, Reason.TOO_LONG),
        ({"rules": {"blocked_words": ["hello"]}}, {}, Reason.BLOCKED_WORD),
        ({"private": {"words": ["hello"]}}, {}, Reason.PRIVATE_WORD),
        ({}, {"shared_from": "elsewhere"}, Reason.SHARED_CHAT),
    ],
)
def test_a_rule_that_refuses_a_line_is_named_last(
    sections: dict[str, Any], changes: dict[str, Any], reason: Reason
) -> None:
    message = chat("hello there", **changes)
    explanation = preview(**sections).of(message)
    assert explanation.result is reason
    assert explanation.steps[-1] in (reason.value, "words")
    # and without the rule it is read
    assert preview().of(chat("hello there")).result is not reason


def test_who_is_exempt_is_read_here_too() -> None:
    rules = {"rules": {"minimum_role": "vip"}}
    explanation = preview(**rules).of(chat("hello", roles=frozenset({Role.MODERATOR})))
    assert isinstance(explanation.result, Prepared)


def test_reading_that_is_switched_off_can_be_shown_or_not() -> None:
    assert preview().of(chat(), reading=False).result is Reason.NOT_READING
    assert isinstance(preview().of(chat()).result, Prepared)


def test_nothing_is_remembered() -> None:
    # GIVEN rules about what was written before, WHEN a line is tried twice, THEN it is said twice
    rules = {"user_cooldown": 600, "repeat_cooldown": 600, "first_message": "skip"}
    trial = preview(rules=rules)
    results = [trial.of(chat()) for _ in range(3)]
    assert isinstance(results[0].result, Prepared)
    assert results[0] == results[1] == results[2]


def test_the_users_dictionary_and_language_count() -> None:
    words = {"pronunciations": [{"written": "hello", "spoken": "howdy"}]}
    trial = Preview(Config.model_validate({"words": words}), language="fr")
    result = trial.of(chat()).result
    assert isinstance(result, Prepared)
    assert (result.text, result.language) == ("howdy", "fr")


DEFAULT = preview()


@given(text=LINES, name=LINES)
def test_any_line_has_an_answer(text: str, name: str) -> None:
    explanation = DEFAULT.of(chat(text, name=name))
    assert isinstance(explanation.result, (Prepared, Reason))
