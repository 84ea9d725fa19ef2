"""Deciding about a person: what it does to the reading, what is kept, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.feed import ChatFeed, Problem, Remedy
from ishowtts_desktop.desktop.people import People, with_entry
from ishowtts_desktop.desktop.undo_offer import TOLD_NOTICE, UNDO_NOTICE, UndoOffer
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytestqt.qtbot import QtBot


class Desk:
    """People and a conductor in simulated time; ``changes`` are written to the configuration."""

    def __init__(self, lasting: int = 30_000) -> None:
        self.stage = Stage()
        self.commands, self.feed, self.config = Commands(), ChatFeed(), Config()
        self.told: list[Problem | None] = []
        self.changed: list[str] = []
        self.feed.problem_raised.connect(self.told.append)
        self.feed.problem_solved.connect(lambda _: self.told.append(None))
        self.commands.reading_changed.connect(self._change)
        self.names = {"yue": "月亮茶\u202e"}
        self.undo = UndoOffer(self.commands, self.feed, lasting)
        self.people = People(
            self.commands, self.stage.conductor, self.undo, self.config, self._name_of
        )

    def _name_of(self, login: str) -> str:
        return self.names.get(login, login)

    def _change(self, sections: Mapping[str, Any]) -> None:
        self.changed += sections
        for name, section in sections.items():
            setattr(self.config, name, section)

    def notice(self) -> Problem | None:
        self.feed.flush()
        return self.told[-1] if self.told else None

    def told_message(self) -> str:
        notice = self.notice()
        assert notice is not None
        assert (notice.key, notice.calm, notice.remedy) == (TOLD_NOTICE, True, None)
        return notice.message

    def offered(self) -> str:
        notice = self.notice()
        assert notice is not None
        assert (notice.key, notice.calm, notice.remedy) == (UNDO_NOTICE, True, Remedy.UNDO)
        return notice.message


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_a_mute_is_offered_to_be_undone(desk: Desk) -> None:
    desk.stage.hear(by="Bob")
    desk.commands.mute("B<b>\u202e")
    assert desk.offered() == "Muted B<b>."
    desk.commands.mute("Bob")
    assert desk.people.muted == ("B<b>\u202e", "Bob")
    desk.commands.undo()
    # THEN the decision before it is offered again
    assert desk.people.muted == ("B<b>\u202e",)
    assert desk.offered() == "Muted B<b>."
    first, second = desk.stage.hear(by="Bob"), desk.stage.hear("again", by="Bob")
    assert desk.stage.take().utterance.message in (first, second)


def test_people_are_called_what_the_chat_calls_them(desk: Desk) -> None:
    desk.commands.mute("yue")
    assert desk.offered() == "Muted 月亮茶."


def test_what_was_taken_back_is_offered_the_other_way_round(desk: Desk) -> None:
    mutes: list[tuple[str, ...]] = []
    desk.people.muted_changed.connect(mutes.append)
    desk.commands.mute("Bob")
    desk.commands.unmute("@bob")
    assert desk.offered() == "Bob is muted no more."
    desk.commands.undo()
    assert mutes == [("Bob",), (), ("Bob",)]
    assert not desk.undo.can_undo
    assert desk.notice() is None
    # WHEN somebody is let back in who wasn't muted, THEN there is nothing to tell
    desk.commands.unmute("Anna")
    assert desk.notice() is None


def test_several_decisions_are_taken_back_one_after_the_other(desk: Desk) -> None:
    desk.config.rules.blocked_users = ["@CARL", "carl", "dora"]
    desk.commands.block("Bob")
    desk.commands.block("Anna")
    desk.commands.unblock("Carl")
    assert desk.offered() == "Carl is blocked no more."
    desk.commands.mute_speaking()
    for blocked in (
        ["dora", "Bob", "Anna", "@CARL", "carl"],
        ["dora", "Bob", "@CARL", "carl"],
        ["dora", "@CARL", "carl"],
    ):
        desk.commands.undo()
        assert desk.config.rules.blocked_users == blocked
    assert not desk.undo.can_undo


def test_a_block_and_a_mute_of_one_person_are_two_decisions(desk: Desk) -> None:
    desk.commands.block("Bob")
    desk.commands.mute("Bob")
    desk.commands.undo()
    assert desk.offered() == "Blocked Bob."
    desk.commands.undo()
    assert desk.config.rules.blocked_users == []


def test_what_is_so_already_is_said_and_takes_no_way_back(desk: Desk) -> None:
    desk.commands.block("Bob")
    desk.commands.block("@BOB")
    assert desk.told_message() == "@BOB is blocked already."
    desk.commands.mute("Anna")
    desk.commands.mute("anna")
    assert desk.told_message() == "anna is muted already."
    assert desk.people.muted == ("Anna",)
    desk.commands.undo()
    desk.commands.undo()
    assert (desk.people.muted, desk.config.rules.blocked_users) == ((), [])


def test_a_block_is_kept_once_however_it_is_spelt(desk: Desk) -> None:
    desk.config.rules.blocked_users = ["anna"]
    desk.commands.block("Bob")
    desk.commands.block("@BOB")
    assert desk.config.rules.blocked_users == ["anna", "Bob"]
    desk.commands.unblock("bob")
    assert desk.config.rules.blocked_users == ["anna"]


def test_whoever_is_heard_is_muted(desk: Desk) -> None:
    spoken = desk.stage.hear(by="Bob")
    desk.stage.take()
    desk.commands.mute_speaking()
    assert desk.offered() == "Muted bob."
    assert desk.stage.final(spoken.id)[1] is Reason.MUTED
    assert desk.stage.stopped == [spoken.id]


def test_when_nobody_is_heard_nobody_is_muted_and_it_is_said(desk: Desk) -> None:
    desk.stage.conductor.say("my own line")
    desk.stage.take()
    desk.commands.mute_speaking()
    notice = desk.notice()
    assert notice is not None
    assert notice.message == "Nobody's message is spoken now, so nobody was muted."
    assert (notice.remedy, desk.people.muted) == (None, ())
    # AND an older offer isn't behind it
    desk.commands.undo()
    assert desk.changed == []


def test_a_nickname_replaces_the_one_before_and_comes_back(desk: Desk) -> None:
    desk.config.words.nicknames = {"@BOB": "Bobby", "anna": "Annie"}
    desk.commands.give_nickname("bob", " {name} the great ")
    assert desk.config.words.nicknames == {"anna": "Annie", "bob": "{name} the great"}
    assert desk.offered() == "bob is called “{name} the great” now."
    desk.commands.undo()
    assert desk.config.words.nicknames == {"anna": "Annie", "bob": "Bobby"}
    desk.commands.give_nickname("bob", "")
    assert desk.config.words.nicknames == {"anna": "Annie"}
    assert desk.offered() == "bob has no nickname now."


def test_a_voice_is_cast_and_taken_back(desk: Desk) -> None:
    desk.commands.cast_voice("bob", "espeak-de")
    assert desk.config.casting.users == {"bob": "espeak-de"}
    assert desk.offered() == "bob has a voice of their own now."
    desk.commands.undo()
    assert desk.config.casting.users == {}
    desk.commands.cast_voice("bob", "")
    assert desk.offered() == "bob has no voice of their own now."


def test_the_offer_ends_by_itself(qtbot: QtBot) -> None:
    desk = Desk(lasting=1)
    desk.commands.block("bob")
    qtbot.waitUntil(lambda: desk.notice() is None)
    desk.commands.undo()
    assert desk.config.rules.blocked_users == ["bob"]


@pytest.mark.parametrize("login", ["", "   "])
def test_nobody_is_nothing_to_decide_about(desk: Desk, login: str) -> None:
    for command in (desk.commands.mute, desk.commands.unmute, desk.commands.block):
        command(login)
    desk.commands.give_nickname(login, "x")
    desk.commands.cast_voice(login, "x")
    assert (desk.changed, desk.notice()) == ([], None)


def test_an_entry_takes_the_place_of_all_spellings() -> None:
    entries = {"@Bob": "1", "ＢＯＢ": "2", "anna": "3"}
    assert with_entry(entries, "bob", "4") == {"anna": "3", "bob": "4"}
    assert with_entry(entries, "bob", "") == {"anna": "3"}
