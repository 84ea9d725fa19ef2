"""Who watches the conductor is told in order, and can do it no harm."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Outcome, OutcomeState
from tests.support.stage import Stage

if TYPE_CHECKING:
    import pytest

    from ishowtts_desktop.reading.conductor import ReaderState

QUEUED, SPEAKING, SPOKEN = OutcomeState.QUEUED, OutcomeState.SPEAKING, OutcomeState.SPOKEN
DROPPED = OutcomeState.DROPPED


def test_a_watcher_may_command_and_hears_all_in_order() -> None:
    stage = Stage()

    def skip_at_once(outcome: Outcome) -> None:
        if outcome.state is SPEAKING:
            stage.conductor.skip()

    order: list[OutcomeState] = []
    stage.conductor.watch(skip_at_once)
    stage.conductor.watch(lambda outcome: order.append(outcome.state))
    stage.hear()
    stage.take()
    assert order == [QUEUED, SPEAKING, DROPPED]


def test_the_lock_is_free_while_watchers_are_told() -> None:
    # GIVEN a watcher that waits for another thread
    # WHEN that one needs the conductor THEN it gets it
    stage = Stage()
    states: list[ReaderState] = []

    def ask_elsewhere(_: Outcome) -> None:
        other = threading.Thread(target=lambda: states.append(stage.conductor.state), name="other")
        other.start()
        other.join(20.0)
        assert not other.is_alive()

    stage.conductor.watch(ask_elsewhere)
    stage.hear()
    assert [state.queued for state in states] == [1]


def test_a_watcher_that_fails_silences_nobody(caplog: pytest.LogCaptureFixture) -> None:
    stage = Stage()

    def fail(_: object) -> None:
        raise RuntimeError("a window fell over")

    stage.conductor.watch(fail)
    stage.conductor.watch_state(fail)
    after: list[Outcome] = []
    stage.conductor.watch(after.append)
    with caplog.at_level(logging.ERROR):
        stage.hear()
        assert stage.speak() == "Bob says hello"
    assert [outcome.state for outcome in after] == [QUEUED, SPEAKING, SPOKEN]
    assert "a window fell over" in caplog.text


def test_what_happens_on_two_threads_is_told_in_order() -> None:
    # GIVEN a slow watcher of "queued" WHEN the engine takes and finishes meanwhile
    stage = Stage()
    told = threading.Event()
    spoken = threading.Event()
    order: list[OutcomeState] = []

    def slow(outcome: Outcome) -> None:
        if outcome.state is QUEUED:
            told.set()
            assert spoken.wait(20.0)
        order.append(outcome.state)

    stage.conductor.watch(slow)
    chat_thread = threading.Thread(target=stage.hear, name="chat")
    chat_thread.start()
    assert told.wait(20.0)
    stage.speak()
    spoken.set()
    chat_thread.join(20.0)
    # THEN "spoken" is still told last
    assert order == [QUEUED, SPEAKING, SPOKEN]
