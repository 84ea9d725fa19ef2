"""Words that nobody gets said, also where they come to be only while a line is prepared."""

from __future__ import annotations

from typing import Any

import pytest

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.reading.preparations import Preparations
from ishowtts_desktop.reading.text.prepare import Preparation, Prepared
from tests.support.messages import chat


def preparation(
    *, blocked: list[str] | None = None, private: list[str] | None = None, **sections: Any
) -> Preparation:
    """Make one with lists of words."""
    lists = {"rules": {"blocked_words": blocked or []}, "private": {"words": private or []}}
    config = Config.model_validate({**lists, **sections})
    return Preparations(config).of(config)


@pytest.mark.parametrize("line", ["王https://a.com小明", "john https://a.com smith"])
def test_a_link_that_goes_leaves_no_private_word(line: str) -> None:
    by = preparation(private=["王小明", "john smith"], reading={"links": "nothing"})
    assert by.prepare(chat(line)) is Reason.PRIVATE_WORD
    assert by.prepare(chat(line), selected=True) is Reason.PRIVATE_WORD


def test_a_link_that_goes_leaves_no_blocked_word() -> None:
    by = preparation(blocked=["剧透"], reading={"links": "nothing"})
    assert by.prepare(chat("剧https://a.com 透")) is Reason.BLOCKED_WORD
    assert by.prepare(chat("剧https://a.com 透"), selected=True) != Reason.BLOCKED_WORD


def test_what_a_link_parted_is_no_word() -> None:
    by = preparation(reading={"links": "nothing"})
    result = by.prepare(chat("好https://a.com吧 ok"))
    assert isinstance(result, Prepared)
    assert result.text == "好 吧 ok"


def test_the_name_of_an_emoji_may_be_blocked() -> None:
    assert (
        preparation(blocked=["eggplant"], reading={"emoji": "name"}).prepare(chat("hi 🍆"))
        is Reason.BLOCKED_WORD
    )


def test_repeats_that_go_leave_no_blocked_phrase() -> None:
    by = preparation(blocked=["kill yourself"])
    assert by.prepare(chat("kill kill kill, yourself")) is Reason.BLOCKED_WORD


@pytest.mark.parametrize(
    "line", ["my USB mic", "usb坏了", "AMD yes", "HTML is hard", "PSP", "GPS", "my CDs and PCs"]
)
def test_an_acronym_that_is_spelt_is_no_false_alarm(line: str) -> None:
    by = preparation(blocked=["sb", "md", "tm", "ps", "kk"])
    assert isinstance(by.prepare(chat(line)), Prepared)
    by = preparation(private=["sb", "md", "tm", "ps", "kk"])
    assert isinstance(by.prepare_own(line), Prepared)


@pytest.mark.parametrize("spoken", ["b a d", "B A D", "B.A.D"])
def test_a_blocked_word_that_the_dictionary_spells_is_refused(spoken: str) -> None:
    words = {"pronunciations": [{"written": "xyz", "spoken": spoken}]}
    assert preparation(blocked=["bad"], words=words).prepare(chat("xyz")) is Reason.BLOCKED_WORD


def test_a_blocked_acronym_is_still_refused() -> None:
    assert preparation(blocked=["usb"]).prepare(chat("my USB mic")) is Reason.BLOCKED_WORD
    assert preparation(blocked=["sb"]).prepare(chat("you S B")) is Reason.BLOCKED_WORD


def test_a_nickname_stands_for_a_name_that_mustnt_be_said() -> None:
    nicknames = {"nicknames": {"JohnSmith": "Johnny", "ann": "john smith"}}
    by = preparation(private=["john smith"], words=nicknames)
    assert by.called(chat("x", name="JohnSmith", login="js")) == "Johnny"
    assert by.called(chat("x", name="Ann", login="ann")) == ""
    assert by.called(chat("x", name="john_smith", login="x")) == ""
