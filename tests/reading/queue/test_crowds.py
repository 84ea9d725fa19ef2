"""Near duplicates become a crowd, gifts a sum, and each has its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.core.utterances import Lane, Reason, Utterance
from ishowtts_desktop.reading.queue import wording
from tests.reading.queue.lines import gifts, line, names, popped, push, queue_of

if TYPE_CHECKING:
    from ishowtts_desktop.reading.queue.queue import SpeechQueue


def gg(name: str, author: str = "", text: str = "GG", **more: Any) -> Utterance:
    return line(name, text=text, key="gg", author=author or name, **more)


def full_of(*utterances: Utterance, **policy: Any) -> SpeechQueue:
    """A queue past the stage of merging, that got ``utterances`` after that."""
    queue = queue_of(10.0, **policy)
    push(queue, line("x", 6.0, Lane.MODERATOR), *utterances)
    return queue


def test_what_many_say_is_said_once() -> None:
    queue = full_of(gg("1", text="GG"), line("n"), gg("2", text="gg!!"), gg("3", text="g g"))
    _, crowd, other = queue.utterances
    assert (crowd.text, crowd.id, crowd.author) == ("three people say GG", "1", "")
    assert (crowd.message, names(crowd.members)) == (None, ["1", "2", "3"])
    assert (crowd.seconds, other.id, len(queue)) == (1.5, "n", 5)


def test_people_are_counted_and_not_messages() -> None:
    queue = full_of(gg("1", "ann"), gg("2", "bob"), gg("3", "ann"), gg("4", "bob"))
    assert queue.utterances[1].text == "two people say GG"
    assert queue.remove(lambda each: each.author == "bob")
    assert queue.utterances[1].text == "GG"


def test_nothing_merges_while_there_is_time() -> None:
    queue = queue_of()
    push(queue, gg("1"), gg("2"))
    assert names(queue.utterances) == ["1", "2"]


def test_what_waited_before_the_merging_merges_when_it_begins() -> None:
    queue = queue_of(10.0)
    push(queue, gg("1"), line("n"), gg("2"), line("m", lane=Lane.MENTION, key="gg"), line("x", 2.5))
    assert push(queue, line("y")) == []
    assert names(queue.utterances) == ["m", "1", "n", "x", "y"]
    # A crowd grows on when the merging has ended meanwhile.
    assert queue.seconds == 7.0
    popped_ids = [queue.pop(0.0).utterance for _ in range(1)]
    assert popped_ids[0] is not None
    queue.remove(lambda each: each.id in ("n", "x", "y"))
    push(queue, gg("3"))
    assert [each.text for each in queue.utterances] == ["three people say GG"]


@pytest.mark.parametrize(
    ("difference", "policy"),
    [
        ({"language": "zh"}, {}),
        ({"key": ""}, {}),
        ({"lane": Lane.MENTION}, {}),
        ({}, {"merge": False}),
    ],
)
def test_only_the_same_in_the_same_language_and_lane_merges(
    difference: dict[str, Any], policy: dict[str, Any]
) -> None:
    queue = queue_of(10.0, **policy)
    push(queue, line("x", 6.0, Lane.MODERATOR), gg("1"))
    push(queue, line("2", **{"key": "gg", "author": "2", **difference}))
    assert len(queue.utterances) == 3


def test_a_crowd_speaks_in_nobodys_voice_but_in_one_they_share() -> None:
    assert full_of(gg("1", voice="a"), gg("2", voice="a")).utterances[1].voice == "a"
    assert full_of(gg("1", voice="a"), gg("2", voice="b")).utterances[1].voice == ""


def test_a_crowd_makes_room_or_is_not_joined() -> None:
    queue = queue_of(10.0, sample=False)
    push(queue, line("x", 8.0, Lane.MODERATOR), gg("1"), line("n"))
    assert push(queue, gg("2")) == [("n", Reason.QUEUE_FULL)]
    assert queue.seconds == 9.5
    push(queue, line("y", 0.5, Lane.MODERATOR))
    longer = line("3", 2.0, text="GG", key="gg", author="3")
    assert push(queue, longer) == [("3", Reason.QUEUE_FULL)]
    assert queue.utterances[-1].text == "two people say GG"


def test_a_crowd_is_put_back_as_a_crowd() -> None:
    queue = full_of(gg("1"), gg("2"))
    queue.remove(lambda each: each.id == "x")
    taken = queue.pop(0.0).utterance
    assert taken is not None
    queue.put_back(taken)
    assert [each.text for each in queue.utterances] == ["two people say GG"]
    assert len(popped(queue)[0].members) == 2


def test_gifts_of_one_author_add_up_and_none_is_lost() -> None:
    queue = queue_of()
    push(queue, gifts("1", "Ann", 5), gifts("2", "Bob", 1), gifts("3", "Ann", 7))
    assert [each.text for each in queue.utterances] == [
        "Ann gifted twelve subscriptions.",
        "Bob gifted 1 subscriptions.",
    ]
    assert names(queue.utterances[0].members) == ["1", "3"]
    assert names(queue.remove(lambda each: each.id == "1")) == ["1"]
    assert queue.utterances[0].text == "Ann gifted 7 subscriptions."


def test_paid_messages_do_not_add_up() -> None:
    queue = queue_of()
    push(queue, gg("1", "ann", lane=Lane.PAID), gg("2", "ann", lane=Lane.PAID))
    assert len(queue.utterances) == 2


@pytest.mark.parametrize(
    ("language", "crowd", "more"),
    [
        ("en", "twelve people say GG", "and forty-two more"),
        ("zh", "十二个人说GG", "还有四十二条"),
        ("ja", "12人が言います、GG", "ほか42件"),
        ("ko", "12명이 말해요, GG", "외 42개"),
        ("fi", "12: GG", "+42"),
    ],
)
def test_each_language_has_its_words(language: str, crowd: str, more: str) -> None:
    assert wording.crowd("GG", 12, language) == crowd
    assert wording.more(42, language) == more


def test_sentences_are_joined_as_their_language_does() -> None:
    assert wording.joined(["Hello", "are you there?", "no"], "en") == "Hello. are you there? no"
    assert wording.joined(["你好", "在吗？", "走了"], "zh") == "你好。在吗？走了"


def test_fewer_members_are_never_longer() -> None:
    # GIVEN a crowd that began with somebody who repeated it
    queue = full_of(gg("1", "ann"), gg("2", "ann"), gg("3", "bob", seconds=0.3))
    before = queue.seconds
    # WHEN the repetition is removed THEN what is left fits where it was
    queue.remove(lambda each: each.id == "2")
    assert queue.seconds == before == 7.5


def test_a_crowd_that_could_not_begin_leaves_the_place_as_it_was() -> None:
    queue = queue_of(10.0, sample=False)
    push(queue, line("x", 9.0, Lane.MODERATOR), gg("1", "ann"))
    assert push(queue, gg("2", "bob")) == [("2", Reason.QUEUE_FULL)]
    assert push(queue, gg("3", "ann")) == []
    assert (queue.utterances[-1].author, queue.seconds) == ("ann", 10.0)


def test_a_crowd_is_as_long_as_its_longest_and_what_is_said_before_it() -> None:
    for first, second in ((2.0, 1.0), (1.0, 2.0)):
        queue = full_of(gg("1", seconds=first), gg("2", seconds=second))
        assert queue.utterances[1].seconds == 2.5
