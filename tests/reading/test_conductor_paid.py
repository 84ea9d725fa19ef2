"""What somebody paid for is heard, with words or without, after one utterance at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.core.messages import Emote, Notice, RemovalScope
from ishowtts_desktop.core.reading_config import CastingConfig, PrivateConfig, RulesConfig
from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
from ishowtts_desktop.reading.casting import Casting
from ishowtts_desktop.reading.chosen_voices import ChosenVoices
from tests.support.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

SPOKEN, REFUSED = OutcomeState.SPOKEN, OutcomeState.REFUSED


@pytest.mark.parametrize(
    ("text", "paid", "spoken"),
    [
        ("Cheer500", {"bits": 500}, "Bob cheered five hundred bits."),
        ("cheer1", {"bits": 1}, "Bob cheered one bit."),
        ("Kappa", {"bits": 100, "emotes": (Emote("1", 0, 5),)}, "Bob cheered one hundred bits."),
        ("!hype Cheer100", {"bits": 100}, "Bob cheered one hundred bits."),
        ("!!!", {"reward_id": "r1"}, "Bob redeemed a reward."),
        ("", {"bits": 10**9}, "Bob cheered one million bits."),
    ],
)
def test_a_payment_without_words_is_announced(text: str, paid: dict[str, Any], spoken: str) -> None:
    stage = Stage()
    message = stage.hear(text, id="m1", **paid)
    job = stage.take()
    assert (job.utterance.text, job.utterance.lane) == (spoken, Lane.PAID)
    stage.finish(job)
    assert stage.final("m1") == (SPOKEN, None)
    # AND said once more when the streamer asks for that, who may ask for a command, too
    stage.conductor.say_message(message)
    assert stage.speak() == ("!hype" if text.startswith("!h") else spoken)


def test_a_payment_is_announced_in_the_language_of_the_chat() -> None:
    stage = Stage()
    stage.hear("今天天气很好", "Eve", id="m1")
    stage.speak()
    stage.hear("Cheer500", id="m2", bits=500)
    assert stage.speak() == "Bob打赏了五百比特。"
    stage.hear("...", id="m3", reward_id="r1")
    assert stage.speak() == "Bob兑换了奖励。"


def test_a_number_alone_is_said_in_the_language_of_the_chat() -> None:
    stage = Stage()
    stage.hear("66", id="m1")
    assert stage.take().utterance.language == "en"
    stage = Stage()
    stage.hear("今天天气很好", "Eve", id="m2")
    stage.speak()
    stage.hear("66", id="m3")
    assert stage.take().utterance.language == "zh"
    stage.conductor.say("66")
    assert stage.take().utterance.language == "zh"


def test_a_payment_announces_no_name_that_must_not_be_said() -> None:
    sections = {"rules": RulesConfig(blocked_words=["bob"])}
    stage = Stage(sections=sections)
    stage.hear("Cheer500", id="m1", bits=500)
    assert stage.speak() == "Somebody cheered five hundred bits."


def test_a_payment_with_words_that_are_forbidden_is_refused() -> None:
    rules = RulesConfig(blocked_words=["spoiler"])
    stage = Stage(sections={"rules": rules, "private": PrivateConfig(words=["smith"])})
    stage.hear("!a spoiler Cheer5", id="m1", bits=5)
    stage.hear("smith Cheer5", id="m2", bits=5)
    assert stage.final("m1") == (REFUSED, Reason.BLOCKED_WORD)
    assert stage.final("m2") == (REFUSED, Reason.PRIVATE_WORD)


def test_an_announced_payment_follows_the_settings_and_the_moderators() -> None:
    stage = Stage()
    stage.hear("Cheer500", id="m1", bits=500)
    stage.use(rules=RulesConfig(blocked_words=["bob"]))
    job = stage.take()
    assert job.utterance.text == "Somebody cheered five hundred bits."
    stage.remove(target_id="m1")
    assert job.cancel.cancelled


def test_a_paid_voice_command_is_obeyed_and_announced(tmp_path: Path) -> None:
    memory = ChosenVoices(tmp_path / "chosen.json")
    casting = Casting(CastingConfig(allowed=["mina"]), lambda: {"mina": "Mina"}, memory)
    stage = Stage(casting=casting)
    stage.hear("!voice Mina", id="m1", reward_id="r1")
    job = stage.take()
    assert job.utterance.text == "Bob redeemed a reward."
    assert job.segments[0].voice == "mina"


def test_a_free_command_and_a_free_nothing_are_still_refused() -> None:
    stage = Stage()
    stage.hear("!hype", id="m1")
    stage.hear("...", id="m2")
    assert stage.final("m1") == (REFUSED, Reason.COMMAND)
    assert stage.final("m2") == (REFUSED, Reason.NOTHING_TO_SAY)


def test_what_is_paid_waits_for_one_utterance_though_it_is_held_for_the_moderators() -> None:
    stage = Stage(hold_seconds=2.0)
    for name in ("a", "b"):
        stage.hear(f"this is what {name} has to say", name, id=name)
    stage.clock.advance(3.0)
    first, second = stage.take(), stage.take()
    stage.hear("thanks", "Paid", id="paid", bits=100)
    assert second.cancel.cancelled
    # WHEN the first still sounds THEN nothing is made ahead of it
    assert stage.conductor.take(0.0) is None
    stage.clock.advance(2.0)
    assert stage.take().utterance.id == "paid"
    stage.finish(first)


def test_what_is_held_keeps_nothing_silent() -> None:
    stage = Stage(hold_seconds=2.0)
    stage.hear("hello", "a", id="a")
    stage.clock.advance(3.0)
    stage.hear("thanks", "Paid", id="paid", bits=100)
    assert stage.take().utterance.id == "a"


def test_a_notice_that_is_said_again_can_be_taken_back() -> None:
    stage = Stage()
    notice = Notice("n1", "twitch", "room", "sub", "Ann subscribed.", "u7", "ann", "Ann")
    name = stage.conductor.say_notice(notice, "Ann subscribed.")
    job = stage.take()
    assert (job.utterance.text, job.utterance.lane) == ("Ann subscribed.", Lane.STREAMER)
    stage.remove(RemovalScope.AUTHOR, target_author_id="u7")
    assert job.cancel.cancelled
    assert stage.final(name) == (OutcomeState.REMOVED, Reason.AUTHOR_BANNED)
    # AND one that was taken back isn't said again
    again = stage.conductor.say_notice(notice, "Ann subscribed.")
    assert stage.final(again) == (OutcomeState.REMOVED, Reason.AUTHOR_BANNED)
