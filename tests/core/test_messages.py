"""What a removal takes back, and what the small types of the core answer."""

from __future__ import annotations

import time
from dataclasses import FrozenInstanceError, replace

import pytest

from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.messages import ChatMessage, Removal, RemovalScope
from ishowtts_desktop.core.resources import resource
from ishowtts_desktop.core.utterances import Lane, OutcomeState

MESSAGE = ChatMessage(
    id="m1", source="twitch", channel="c", author_id="7", login="bob", name="Bob", text="hi"
)


def removal(scope: RemovalScope, **target: str) -> Removal:
    return Removal("twitch", "c", scope, **target)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("taken", "back"),
    [
        (removal(RemovalScope.MESSAGE, target_id="m1"), True),
        (removal(RemovalScope.MESSAGE, target_id="m2"), False),
        (removal(RemovalScope.AUTHOR, target_author_id="7"), True),
        (removal(RemovalScope.AUTHOR, target_author_id="8", target_login="bob"), False),
        (removal(RemovalScope.AUTHOR, target_login="bob"), True),
        (removal(RemovalScope.AUTHOR, target_login="eve"), False),
        (removal(RemovalScope.AUTHOR), False),
        (removal(RemovalScope.ALL), True),
        (replace(removal(RemovalScope.ALL), channel="other"), False),
        (replace(removal(RemovalScope.ALL), source="irc"), False),
    ],
)
def test_a_removal_takes_back_exactly_its_target(taken: Removal, back: bool) -> None:
    assert taken.matches(MESSAGE) is back


def test_a_removal_without_a_target_spares_a_message_without_a_login() -> None:
    nameless = replace(MESSAGE, author_id="", login="")

    assert not removal(RemovalScope.AUTHOR).matches(nameless)
    assert not removal(RemovalScope.AUTHOR, target_login="").matches(nameless)


def test_bits_or_a_reward_make_a_message_paid_and_messages_are_frozen() -> None:
    assert not MESSAGE.paid
    assert replace(MESSAGE, bits=1).paid
    assert replace(MESSAGE, reward_id="r").paid
    with pytest.raises(FrozenInstanceError):
        MESSAGE.text = "other"  # type: ignore[misc]


def test_queued_and_speaking_are_not_final() -> None:
    open_ends = [state for state in OutcomeState if not state.final]

    assert open_ends == [OutcomeState.QUEUED, OutcomeState.SPEAKING]
    assert min(Lane) is Lane.STREAMER


def test_the_system_clock_goes_forward_and_knows_the_date() -> None:
    clock = SystemClock()

    assert clock.now() <= clock.now()
    assert abs(clock.wall() - time.time()) < 60


def test_a_resource_lies_in_a_folder_of_that_name() -> None:
    path = resource("demo", "chat.txt")

    assert path.is_absolute()
    assert path.parts[-3:] == ("resources", "demo", "chat.txt")
