"""Private words are kept nowhere, and what was just forbidden isn't said to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.messages import Notice
from ishowtts_desktop.core.reading_config import PrivateConfig, RulesConfig, WordsConfig
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from ishowtts_desktop.reading.history_file import row_of
from tests.support.messages import chat
from tests.support.stage import Stage

if TYPE_CHECKING:
    from ishowtts_desktop.core.section import Section

PRIVATE = PrivateConfig(words=["hunter"])
LINE = "hello hunter"


def blocked(*words: str) -> RulesConfig:
    return RulesConfig(blocked_words=list(words), repeat_cooldown=0.0)


def notice(kind: str, told: str, text: str = "", name: str = "Ann") -> Notice:
    login = name.lower()
    return Notice("n1", "twitch", "room", kind, told, login, login, name, text, received_at=1000.0)


def nothing_is_kept(stage: Stage) -> None:
    stage.conductor.close()
    for outcome in stage.witness.outcomes:
        row = row_of(outcome, 1.7e9)
        shown = "" if outcome.reason is Reason.PRIVATE_WORD else outcome.text
        assert "hunter" not in f"{row.text} {row.spoken} {shown}".lower()
        assert outcome.notice is None or "hunter" not in outcome.notice.system_text.lower()


@pytest.mark.parametrize("silence", ["panic", "close", "nothing"])
def test_a_private_word_is_kept_nowhere_whatever_else_is_refused(silence: str) -> None:
    stage = Stage(sections={"private": PRIVATE})
    getattr(stage.conductor, silence, lambda: None)()
    stage.hear(LINE, id="m1")
    stage.conductor.drop(chat(LINE, id="m2"), Reason.OVERLOAD)
    own = stage.conductor.say(LINE)
    picked = stage.conductor.say_message(chat(LINE, id="m3"))
    assert {stage.final(name)[1] for name in ("m1", "m2", own, picked)} == {Reason.PRIVATE_WORD}
    stage.conductor.handle(notice("resub", "Ann subscribed for 12 months.", LINE))
    nothing_is_kept(stage)


def test_what_is_given_up_before_it_got_here_is_told_as_it_is() -> None:
    stage = Stage(sections={"private": PRIVATE})
    stage.conductor.drop(chat("fine", id="m1"), Reason.OVERLOAD)
    assert stage.final("m1") == (OutcomeState.DROPPED, Reason.OVERLOAD)


@pytest.mark.parametrize(
    ("kind", "told", "name", "spoken"),
    [
        ("subgift", "Ann gifted a Tier 1 sub to hunter!", "Ann", "Ann gifted a subscription."),
        (
            "submysterygift",
            "Hunter is gifting 5 Tier 1 Subs to Room's community!",
            "Hunter",
            "Somebody gifted five subscriptions.",
        ),
        ("resub", "Hunter subscribed for 12 months.", "Hunter", "Somebody subscribed for twelve "),
        ("sub", "Hunter subscribed at Tier 1.", "Hunter", "Somebody subscribed."),
    ],
)
def test_a_notice_is_told_without_private_names(
    kind: str, told: str, name: str, spoken: str
) -> None:
    stage = Stage(sections={"private": PRIVATE})
    stage.conductor.handle(notice(kind, told, name=name))
    assert stage.speak().startswith(spoken)
    nothing_is_kept(stage)


def test_a_recipient_who_is_private_from_now_on_is_told_no_more() -> None:
    stage = Stage()
    stage.conductor.handle(notice("subgift", "Ann gifted a Tier 1 sub to hunter!"))
    stage.use(private=PRIVATE)
    assert stage.speak() == "Ann gifted a subscription."
    end = stage.witness.final_of("n1")
    assert "hunter" not in f"{end.text} {end.spoken} {end.notice}"


def test_a_paid_notice_stays_when_only_what_was_left_out_of_it_is_forbidden() -> None:
    # GIVEN one that waits and one that sounds, both without the text that nobody may hear
    for sounds in (False, True):
        stage = Stage(sections={"rules": blocked("badword")})
        stage.conductor.handle(notice("resub", "Ann subscribed for 12 months.", "you badword"))
        job = stage.take() if sounds else None
        stage.use(rules=blocked("badword", "more"))
        assert stage.stopped == []
        assert job is None or not job.cancel.cancelled
        assert (job or stage.take()).utterance.text == "Ann subscribed for twelve months."


def test_a_text_that_is_forbidden_from_now_on_is_left_out_of_what_waits() -> None:
    stage = Stage()
    stage.conductor.handle(notice("resub", "Ann subscribed for 12 months.", "a spoiler"))
    stage.use(rules=blocked("other"))
    assert stage.take().utterance.text == "Ann subscribed for twelve months. a spoiler"
    stage = Stage()
    stage.conductor.handle(notice("resub", "Ann subscribed for 12 months.", "a spoiler"))
    stage.use(rules=blocked("spoiler"))
    assert stage.speak() == "Ann subscribed for twelve months."


@pytest.mark.parametrize(
    ("section", "value", "said"),
    [
        ("rules", blocked("slurname"), ("yo", "Somebody subscribed.")),
        ("words", WordsConfig(nicknames={"slurname": "Sam"}), ("Sam says yo", "Sam subscribed.")),
    ],
)
def test_a_name_is_said_as_the_settings_of_now_have_it(
    section: str, value: Section, said: tuple[str, str]
) -> None:
    stage = Stage()
    stage.hear("one", id="m1")
    stage.hear("yo", "Slurname", id="m2")
    first, second = stage.take(), stage.take()
    stage.use(**{section: value})
    assert second.cancel.cancelled
    assert not first.cancel.cancelled
    stage.finish(first)
    assert stage.speak() == said[0]
    # AND so has a notice that waits
    stage = Stage()
    stage.conductor.handle(notice("sub", "Slurname subscribed.", name="Slurname"))
    stage.use(**{section: value})
    assert stage.speak() == said[1]


def test_a_name_that_sounds_is_stopped_when_it_is_forbidden() -> None:
    stage = Stage()
    stage.hear("yo", "Slurname", id="m1")
    job = stage.take()
    stage.use(rules=blocked("slurname"))
    assert job.cancel.cancelled
    assert stage.final("m1") == (OutcomeState.DROPPED, Reason.BLOCKED_WORD)


def test_what_was_prepared_before_a_word_was_forbidden_is_prepared_again() -> None:
    stage = Stage()
    prepare = stage.conductor._intake.draft

    def forbidden_meanwhile(*arguments: object, **named: object) -> object:
        draft = prepare(*arguments, **named)  # type: ignore[arg-type]
        stage.use(rules=blocked("spoiler"))
        return draft

    stage.conductor._intake.draft = forbidden_meanwhile  # type: ignore[method-assign, assignment]
    stage.hear("a spoiler", id="m1")
    assert stage.final("m1") == (OutcomeState.REFUSED, Reason.BLOCKED_WORD)


def test_one_author_does_not_say_in_two_messages_what_is_forbidden_in_one() -> None:
    stage = Stage(sections={"private": PrivateConfig(words=["john smith"])})
    stage.hear("first", "Eve", id="m0")
    for number, text in enumerate(("john", "smith", "is here")):
        stage.hear(text, id=f"m{number + 1}")
    assert stage.final("m1") == (OutcomeState.DROPPED, Reason.NEWER)
    assert [stage.speak(), stage.speak()] == ["Eve says first", "Bob says smith. is here"]


def test_a_name_and_a_text_do_not_make_a_word_together() -> None:
    stage = Stage(template="{name} {text}", sections={"rules": blocked("bob cat")})
    stage.hear("cat", id="m1")
    assert stage.speak() == "cat"


def test_thousands_who_say_the_same_are_judged_once() -> None:
    stage = Stage(queue_seconds=10.0)
    for number in range(3):
        stage.hear(
            f"number {number} wonders where this road leads us all", f"x{number}", id=f"x{number}"
        )
    for number in range(40):
        stage.hear("gg", f"u{number}", id=f"m{number}")
    preparation = stage.preparation()
    asked: list[str] = []
    prepare = preparation.explain

    def counted(message: object, **named: object) -> object:
        asked.append(message.text)  # type: ignore[attr-defined]
        return prepare(message, **named)  # type: ignore[arg-type]

    preparation.explain = counted  # type: ignore[method-assign, assignment]
    stage.conductor.use(stage.config, preparation)
    assert asked.count("gg") == 1
