"""The verbs of ``ctl``: which there are, what they take, and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.cli.ctl import FOR_PERSON, VERBS, WITH_ARGUMENT
from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.verbs import VerbDispatcher

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Desk:
    """A dispatcher, and all that it asked for."""

    def __init__(self) -> None:
        self.commands = Commands()
        self.asked: list[tuple[Any, ...]] = []
        for name in [name for name in vars(Commands) if name.endswith("_requested")]:
            signal = getattr(self.commands, name)
            signal.connect(lambda *args, name=name: self.asked.append((name, *args)))
        self.can_undo = False
        self.dispatcher = VerbDispatcher(
            self.commands,
            lambda: {"queued": 3},
            lambda: ["starter-en"],
            lambda path: {"changed": [str(path)], "skipped": []},
            lambda: self.can_undo,
        )

    def refusal(self, verb: str, *arguments: str) -> str:
        with pytest.raises(InstanceError) as refused:
            self.dispatcher.run(verb, arguments)
        assert refused.value.advice
        return refused.value.message


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_the_command_line_knows_every_verb_and_what_it_takes(desk: Desk) -> None:
    # "say" and "connect" have verbs of their own there.
    assert {*VERBS, "say", "connect"} == set(desk.dispatcher.verbs)
    wanted = {verb: desk.refusal(verb, "x", "y", "z") for verb in desk.dispatcher.verbs}
    one = {verb for verb, told in wanted.items() if told.endswith("takes one argument.")}
    two = {verb for verb, told in wanted.items() if told.endswith("takes two arguments.")}
    none = {verb for verb, told in wanted.items() if told.endswith("takes no argument.")}
    assert one == {*WITH_ARGUMENT, "say", "connect"}
    assert two == {*FOR_PERSON}
    assert none == {*wanted} - one - two


def test_a_person_gets_a_name_and_a_voice_and_loses_them(desk: Desk) -> None:
    for verb, value in (("nickname", "Bobby B"), ("cast", "starter-en")):
        assert desk.dispatcher.run(verb, ("bob", value)) == {}
        assert desk.dispatcher.run(verb, ("bob", "")) == {}
    assert desk.asked == [
        ("nickname_requested", "bob", "Bobby B"),
        ("nickname_requested", "bob", ""),
        ("casting_requested", "bob", "starter-en"),
        ("casting_requested", "bob", ""),
    ]


def test_rules_are_handed_over_by_the_name_of_their_file(desk: Desk) -> None:
    answer = desk.dispatcher.run("import-rules", ("/x/rules.toml",))
    assert answer == {"changed": ["/x/rules.toml"], "skipped": []}


@pytest.mark.parametrize(
    ("verb", "arguments", "told"),
    [
        ("nickname", ("bob",), "two arguments"),
        ("nickname", (" ", "x"), "two arguments"),
        ("cast", ("bob", "nobody"), "no voice 'nobody'"),
        ("voice", ("nobody",), "no voice 'nobody'"),
        ("voice", ("",), "one argument"),
        ("import-rules", ("",), "one argument"),
        ("status", ("x",), "no argument"),
    ],
)
def test_what_a_verb_doesnt_take_is_told(
    desk: Desk, verb: str, arguments: tuple[str, ...], told: str
) -> None:
    assert told in desk.refusal(verb, *arguments)
    assert desk.asked == []


def test_when_nothing_can_be_undone_it_is_said(desk: Desk) -> None:
    assert desk.refusal("undo") == "There is nothing to undo."
    desk.can_undo = True
    assert desk.dispatcher.run("undo", ()) == {}
    assert desk.asked == [("undo_requested",)]
