"""One place per author, and a share of the time that others leave room in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ishowtts_desktop.core.utterances import Lane, Reason, Utterance
from tests.reading.queue.lines import fill_a_minute, line, names, popped, push, queue_of, told

if TYPE_CHECKING:
    from ishowtts_desktop.reading.queue.queue import SpeechQueue

NEWER, SHARE = Reason.NEWER, Reason.USER_SHARE


def ann(
    name: str, seconds: float = 1.0, text: str = "hello", at: float = 0.0, **more: Any
) -> Utterance:
    more.setdefault("author", "ann")
    return line(name, seconds, text=text, created_at=at, **more)


def hear(queue: SpeechQueue, author: str, seconds: float, at: float) -> None:
    """Let ``author`` be heard."""
    push(queue, line(f"{author} {at}", seconds, author=author, created_at=at))
    utterance = queue.pop(at).utterance
    assert utterance is not None
    queue.heard(utterance, seconds, at)


def test_what_one_author_writes_in_a_row_is_said_as_one() -> None:
    queue = queue_of()
    push(queue, ann("a1", 1.0, "Hello"), line("b", author="bob"), ann("a2", 2.0, "how are you?"))
    joint, other = queue.utterances
    assert (joint.id, joint.text, joint.seconds) == ("a1", "Hello. how are you?", 3.0)
    assert (joint.author, names(joint.members), other.id) == ("ann", ["a1", "a2"], "b")
    assert (len(queue), queue.seconds) == (3, 4.0)


def test_a_joint_message_goes_on_without_what_is_removed() -> None:
    queue = queue_of()
    push(queue, ann("a1", text="one"), ann("a2", text="two"), ann("a3", text="three"))
    assert names(queue.remove(lambda each: each.id == "a1")) == ["a1"]
    assert [(each.id, each.text) for each in queue.utterances] == [("a2", "two. three")]
    assert names(queue.remove(lambda each: each.id == "a3")) == ["a3"]
    assert queue.utterances == (ann("a2", text="two"),)


def test_members_go_stale_one_by_one() -> None:
    queue = queue_of()
    push(queue, ann("a1", expires_at=10.0), ann("a2", at=5.0, expires_at=15.0))
    assert told(queue.expire(10.0)) == [("a1", Reason.EXPIRED)]
    assert names(popped(queue, 10.0)) == ["a2"]


def test_nobody_joins_without_end() -> None:
    queue = queue_of()
    push(queue, *(ann(f"a{number}", text=f"{number}") for number in range(4)), line("b"))
    given_up = push(queue, ann("a4"))
    assert given_up == [(f"a{number}", NEWER) for number in range(4)]
    assert names(queue.utterances) == ["b", "a4"]


def test_what_would_be_too_long_together_is_the_newer_alone() -> None:
    queue = queue_of()
    push(queue, ann("a1", 7.0), line("b"))
    assert push(queue, ann("a2", 5.1, "other")) == [("a1", NEWER)]
    assert names(queue.utterances) == ["b", "a2"]


def test_another_language_or_voice_is_not_joined() -> None:
    differences: list[dict[str, str]] = [{"language": "ja"}, {"voice": "deep"}]
    for difference in differences:
        queue = queue_of()
        push(queue, ann("a1"))
        assert push(queue, ann("a2", **difference)) == [("a1", NEWER)]


def test_english_and_chinese_of_one_author_are_one_mixed_line() -> None:
    queue = queue_of()
    push(queue, ann("a1", text="nice one"), ann("a2", text="太强了", language="zh"))
    (joint,) = queue.utterances
    assert (joint.text, joint.language) == ("nice one。太强了", "zh")
    assert names(queue.remove(lambda member: member.id == "a2")) == ["a2"]
    assert [(left.text, left.language) for left in queue.utterances] == [("nice one", "en")]


def test_under_load_the_newer_replaces_the_older_unless_it_is_the_same() -> None:
    queue = queue_of(10.0)
    push(queue, line("x", 6.0), ann("a1", key="hi", text="hi"))
    assert push(queue, ann("a2", key="hi", text="Hi!")) == []
    assert (queue.utterances[1].text, queue.seconds) == ("hi", 7.0)
    assert push(queue, ann("a3", key="new", text="new")) == [("a1", NEWER), ("a2", NEWER)]


def test_a_newer_one_takes_the_room_of_the_older() -> None:
    queue = queue_of(3.0)
    push(queue, line("n", 1.0), ann("a1", 2.0))
    assert push(queue, ann("a2", 2.0, language="ja")) == [("a1", NEWER)]
    assert names(queue.utterances) == ["n", "a2"]


def test_a_newer_one_that_does_not_fit_leaves_the_older() -> None:
    queue = queue_of(10.0)
    push(queue, line("m", 8.0, Lane.MODERATOR), ann("a1"))
    assert push(queue, ann("a2", 3.0, "longer")) == [("a2", Reason.QUEUE_FULL)]
    assert names(queue.utterances) == ["m", "a1"]


def test_paid_and_own_lines_have_places_of_their_own() -> None:
    queue = queue_of()
    for lane in (Lane.STREAMER, Lane.PAID):
        push(queue, ann("1", lane=lane), ann("2", lane=lane))
    assert names(queue.utterances) == ["1", "2", "1", "2"]


def test_who_had_the_share_is_refused_while_others_are_there() -> None:
    queue = queue_of(user_share=0.5)
    for at in (0.0, 10.0, 20.0):
        hear(queue, "ann", 10.0, at)
    # Nobody else is there: nothing is taken from anybody.
    assert push(queue, ann("a1", at=21.0)) == []
    popped(queue, 21.0)
    fill_a_minute(queue, 22.0)
    push(queue, line("b", author="bob", created_at=22.0))
    assert push(queue, ann("a2", at=22.0)) == [("a2", SHARE)]
    assert push(queue, ann("m", at=22.0, lane=Lane.MODERATOR)) == []
    assert push(queue, ann("p", at=22.0, lane=Lane.PAID)) == []
    # A minute later the first of it is forgotten.
    assert push(queue, ann("a3", at=60.0)) == []


def test_what_the_others_leave_of_a_minute_is_for_whoever_writes() -> None:
    # GIVEN somebody who was heard for half a minute, and others who need a quarter of it
    queue = queue_of(user_share=0.5)
    push(queue, line("b1", 14.0, author="bob"), line("b2", author="bob", lane=Lane.MENTION))
    for at in (0.0, 10.0, 20.0):
        queue.heard(ann("heard"), 10.0, at)
    # WHEN one of them waits THEN there are 45 seconds for who writes on
    assert push(queue, ann("a1", 15.1, at=21.0)) == [("a1", SHARE)]
    assert push(queue, ann("a2", 14.9, at=21.0)) == []


def test_nobody_is_refused_while_nobody_else_waits() -> None:
    queue = queue_of(user_share=0.05)
    fill_a_minute(queue, 50.0)
    for at in (50.0, 55.0, 59.0):
        queue.heard(ann("heard"), 5.0, at)
        assert push(queue, ann(f"a{at}", 5.0, at=at)) == []
        assert len(popped(queue, at)) == 1


def test_what_others_wrote_a_minute_ago_needs_no_time() -> None:
    queue = queue_of(user_share=0.05)
    fill_a_minute(queue, 0.0)
    queue.heard(ann("heard"), 3.0, 50.0)
    push(queue, line("b", author="bob", created_at=55.0))
    assert push(queue, ann("a1", at=59.9)) == [("a1", SHARE)]
    assert push(queue, ann("a2", at=60.1)) == []


def test_what_was_heard_is_forgotten_after_a_minute() -> None:
    queue = queue_of(user_share=0.05)
    for at in (0.0, 30.0):
        hear(queue, "ann", 1.5, at)
    fill_a_minute(queue, 55.0)
    push(queue, line("b", author="bob", created_at=55.0))
    assert push(queue, ann("a1", at=59.9)) == [("a1", SHARE)]
    assert push(queue, ann("a2", 1.5, at=60.0)) == []
    queue.remove(lambda each: each.author == "ann")
    assert push(queue, ann("a3", 3.0, at=90.0)) == []


def test_what_sounds_and_what_waits_count_for_the_share() -> None:
    queue = queue_of(user_share=0.1)
    fill_a_minute(queue, 0.0)
    push(queue, line("b", author="bob"), ann("a1", 4.0))
    assert push(queue, ann("a2", 3.0, "waits")) == [("a2", SHARE)]
    popped(queue)
    push(queue, line("b", author="bob"))
    assert push(queue, ann("a3", 3.0, "sounds")) == [("a3", SHARE)]


def test_one_long_message_of_who_was_not_heard_is_let_in() -> None:
    queue = queue_of(user_share=0.05)
    fill_a_minute(queue, 0.0)
    push(queue, line("b", author="bob"))
    assert push(queue, ann("a", 11.0)) == []


def test_a_crowd_shares_what_is_heard_of_it() -> None:
    queue = queue_of(10.0, user_share=0.1)
    push(queue, line("x", 6.0, author="x"), ann("a1", key="gg"), line("b1", author="bob", key="gg"))
    crowd = popped(queue)[1]
    assert len(crowd.members) == 2
    queue.heard(crowd, 8.0, 0.0)
    fill_a_minute(queue, 1.0)
    push(queue, line("b2", author="bob"))
    # Half of it was hers, so of her six seconds two are left.
    assert push(queue, ann("a2", 2.1, at=1.0)) == [("a2", SHARE)]
    assert push(queue, ann("a3", 1.9, at=1.0)) == []


def test_what_is_put_back_stays_as_it_was() -> None:
    queue = queue_of()
    push(queue, ann("a1", text="one"))
    taken = queue.pop(0.0).utterance
    assert taken is not None
    queue.put_back(taken)
    push(queue, ann("a2", text="two"), ann("a3", text="three"))
    assert [each.text for each in queue.utterances] == ["one", "two. three"]


def test_what_waits_in_another_lane_counts_for_the_share_but_not_what_was_paid() -> None:
    queue = queue_of(user_share=0.1)
    fill_a_minute(queue, 0.0)
    push(queue, line("b", author="bob"), ann("p", 9.0, lane=Lane.PAID))
    assert push(queue, ann("m", 4.0, lane=Lane.MENTION)) == []
    assert push(queue, ann("a", 3.0)) == [("a", SHARE)]


def test_a_member_may_go_stale_before_the_first() -> None:
    queue = queue_of()
    push(queue, ann("a1"), ann("a2", text="late", expires_at=10.0))
    assert told(queue.expire(10.0)) == [("a2", Reason.EXPIRED)]
    assert names(queue.utterances) == ["a1"]


def test_what_is_replaced_takes_no_share() -> None:
    queue = queue_of(user_share=0.1)
    fill_a_minute(queue, 0.0)
    push(queue, line("b", author="bob"), ann("a1", 4.0))
    assert push(queue, ann("a2", 4.0, language="ja")) == [("a1", NEWER)]
