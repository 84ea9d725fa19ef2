"""The host: an engine on its own thread, loaded again when it failed, never after it was lost."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError, EngineLost
from ishowtts_desktop.speech.engine import SpeechEngine, SpeechRequest
from ishowtts_desktop.speech.f5.phrases import PhraseStats
from ishowtts_desktop.speech.hosted import HostedEngine, HostPhase
from tests.support.hosting import Hosted, Puppet, hosting
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.audio import AudioChunk

LOADING, READY, FAILED = HostPhase.LOADING, HostPhase.READY, HostPhase.FAILED


def test_everything_is_done_on_the_hosts_thread_in_order() -> None:
    puppet, made_on = Puppet(), []

    def make() -> Puppet:
        made_on.append(threading.get_ident())
        return puppet

    with hosting(make) as hosted:
        hosted.wait_for(READY)
        assert hosted.host.ready
        assert hosted.say("one three") == [3, 5]
    assert puppet.closed.is_set()
    assert set(made_on) == puppet.threads
    assert threading.get_ident() not in puppet.threads
    assert hosted.phases == [LOADING, READY, HostPhase.CLOSED]


def test_what_is_asked_before_it_is_ready_or_after_the_end_is_refused_at_once() -> None:
    puppet = Puppet()
    puppet.go.clear()
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(LOADING)
        assert not hosted.host.ready
        with pytest.raises(EngineError, match="ready"):
            hosted.say("hello")
        puppet.go.set()
        hosted.wait_for(READY)
    with pytest.raises(EngineError, match="ready"):
        hosted.say("hello")


def test_chunks_come_as_they_are_made() -> None:
    puppet = Puppet()
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(READY)
        chunks = hosted.host.synthesize(SpeechRequest("one two"), CancelToken())
        assert len(next(chunks).samples) == 3
        puppet.go.set()
        assert len(list(chunks)) == 1


def test_a_cancel_reaches_the_engine_while_it_works() -> None:
    puppet, cancel = Puppet(), CancelToken()
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(READY)
        puppet.go.clear()
        threading.Timer(0.05, cancel.cancel).start()
        assert hosted.say("one two", cancel) == []
        assert puppet.saw_cancel.wait(20)
        # THEN the next message is said by the same engine
        puppet.go.set()
        assert hosted.say("four") == [4]
    assert hosted.phases.count(READY) == 1


def test_leaving_the_iterator_cancels_and_the_waiting_chunks_are_bounded() -> None:
    puppet = Puppet()
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(READY)
        chunks = hosted.host.synthesize(SpeechRequest("a " * 1000), CancelToken())
        next(chunks)
        wait_until(lambda: puppet.chunks > 60, 20, "it works ahead")
        made = puppet.chunks
        assert made < 100
        del chunks
        wait_until(lambda: hosted.host._job is None, 20, "it is given up")
        assert hosted.say("next") == [4]
        assert puppet.chunks <= made + 2


def test_the_next_request_gives_up_the_one_before() -> None:
    puppet = Puppet()
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(READY)
        first = hosted.host.synthesize(SpeechRequest("a " * 1000), CancelToken())
        next(first)
        wait_until(lambda: puppet.chunks > 60, 20, "it works ahead")
        assert hosted.say("three") == [5]
        assert list(first) == []


def test_a_model_that_is_put_in_place_later_is_found() -> None:
    puppet, there = Puppet(), []

    def make() -> SpeechEngine:
        if not there:
            raise EngineError("There is no model.", "Put one there.")
        return puppet

    with hosting(make) as hosted:
        hosted.wait_for(FAILED, 3)
        failure = hosted.states[1]
        assert str(failure.problem) == "There is no model. Put one there."
        # THEN the wait doubled, up to its bound
        waits = [state.retry_in for state in hosted.states if state.phase is FAILED]
        assert waits[:3] == [0.01, 0.02, 0.02]
        there.append(True)
        hosted.wait_for(READY)
        assert hosted.say("hello") == [5]


def test_one_failure_costs_one_message_and_two_in_a_row_a_reload() -> None:
    puppets = [Puppet(), Puppet()]
    left = iter(puppets)
    with hosting(lambda: next(left)) as hosted:
        hosted.wait_for(READY)
        for _ in range(2):
            with pytest.raises(EngineError, match="boom"):
                hosted.say("well bad")
            # THEN it is told, and taken back as soon as it has spoken
            told = hosted.host.state
            assert (told.phase, "boom" in str(told.problem)) == (READY, True)
            assert hosted.say("fine") == [4]
            wait_until(lambda: hosted.host.state.problem is None, 20, "the problem is gone")
        assert hosted.phases == [LOADING, READY]
        # WHEN it fails twice without a success between
        for _ in range(2):
            with pytest.raises(EngineError):
                hosted.say("bad")
        # THEN who heard of it finds no ready engine, and another one comes by itself
        assert hosted.phases[2] is FAILED
        hosted.wait_for(READY, 2)
        assert puppets[0].closed.is_set()
        assert hosted.say("again") == [5]
    assert hosted.phases == [LOADING, READY, FAILED, LOADING, READY, HostPhase.CLOSED]


def test_after_a_loss_nothing_is_made_any_more() -> None:
    puppet = Puppet()
    puppet.error = EngineLost("The GPU is gone.", "Restart.")
    made = []
    with hosting(lambda: made.append(1) or puppet) as hosted:  # type: ignore[func-returns-value]
        hosted.wait_for(READY)
        with pytest.raises(EngineLost):
            hosted.say("bad")
        assert hosted.host.state.phase is HostPhase.LOST
        assert isinstance(hosted.host.state.problem, EngineLost)
        hosted.host.use(Puppet)
        with pytest.raises(EngineError):
            hosted.say("hello")
    # THEN what lies on the lost device was left alone
    assert (made, puppet.closed.is_set()) == ([1], False)


def test_a_loss_while_loading_is_a_loss() -> None:
    puppet = Puppet()
    puppet.fail_loading = EngineLost("The GPU is gone.")
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(HostPhase.LOST)


def test_another_engine_is_used_when_the_message_has_ended() -> None:
    one, two = Puppet(), Puppet()
    with hosting(None) as hosted:
        hosted.wait_for(HostPhase.OFF)
        hosted.host.use(lambda: one)
        hosted.wait_for(READY)
        chunks = hosted.host.synthesize(SpeechRequest("hello there"), CancelToken())
        next(chunks)
        one.go.clear()
        hosted.host.use(lambda: two)
        assert not hosted.host.ready
        one.go.set()
        assert len(list(chunks)) == 1
        hosted.wait_for(READY, 2)
        # THEN the first was gone before the second came
        assert one.closed.is_set()
        hosted.say("hi")
        assert two.chunks == 1
        hosted.host.use(None)
        hosted.wait_for(HostPhase.OFF, 2)
        assert two.closed.is_set()


def test_a_choice_does_not_wait_for_the_retry() -> None:
    def make() -> SpeechEngine:
        raise EngineError("no")

    with hosting(make, retry=1000) as hosted:
        hosted.wait_for(FAILED)
        hosted.host.use(Puppet)
        hosted.wait_for(READY)


@pytest.mark.parametrize("phase", [FAILED, HostPhase.OFF])
def test_close_returns_at_once_and_ends_a_host_that_waits(phase: HostPhase) -> None:
    def make() -> SpeechEngine:
        raise OSError("libcudart.so.12 can't be opened")

    with hosting(make if phase is FAILED else None, retry=1000) as hosted:
        hosted.wait_for(phase)
        if phase is FAILED:
            assert "libcudart" in str(hosted.states[-1].problem)


def test_close_while_it_speaks_ends_the_speech() -> None:
    puppet = Puppet()
    with hosting(lambda: puppet) as hosted:
        hosted.wait_for(READY)
        puppet.go.clear()
        threading.Timer(0.05, hosted.host.close).start()
        assert hosted.say("one two") == []


class Full(Puppet):
    """Has no memory left."""

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        yield from super().synthesize(SpeechRequest("well"), cancel)
        raise EngineError("out of memory")


def test_an_engine_that_failed_is_not_kept_alive_by_its_error() -> None:
    kept: list[weakref.ref[Puppet]] = []

    def make() -> Puppet:
        puppet = Full()
        kept.append(weakref.ref(puppet))
        return puppet

    with hosting(make, retry=1000) as hosted:
        hosted.wait_for(READY)
        for _ in range(2):
            with pytest.raises(EngineError):
                hosted.say("bad")
        wait_until(lambda: kept[0]() is None, 20, "it is freed")
        assert hosted.states[-1].problem is not None


def test_a_watcher_that_fails_ends_nothing() -> None:
    host = HostedEngine(Puppet)

    def fail(_: object) -> None:
        raise RuntimeError("a window fell over")

    host.watch(fail)
    hosted = Hosted(host)
    thread = threading.Thread(target=host.run)
    thread.start()
    try:
        wait_until(lambda: host.ready, 20)
        assert hosted.say("hello") == [5]
    finally:
        host.close()
        thread.join(20)


class Athlete(Puppet):
    """Warms up in three steps, or until it fails."""

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__()
        self.left = 3
        self.failure = failure

    def warm_up(self) -> bool:
        self.threads.add(threading.get_ident())
        if self.failure is not None:
            raise self.failure
        self.left -= 1
        return self.left > 0


def test_an_engine_warms_up_while_nobody_asks() -> None:
    athlete = Athlete()
    with hosting(lambda: athlete) as hosted:
        wait_until(lambda: athlete.left == 0, 20, "it has warmed up")
        wait_until(lambda: not hosted.host.state.warming, 20, "it is told")
        assert hosted.say("hello") == [5]
    assert len(athlete.threads) == 1
    # THEN it was ready all the time, and told that it became quicker
    assert [state.warming for state in hosted.states if state.phase is READY] == [
        False,
        True,
        False,
    ]


def test_a_failure_to_warm_up_costs_nothing_and_a_loss_is_a_loss() -> None:
    with hosting(lambda: Athlete(EngineError("no memory"))) as hosted:
        hosted.wait_for(READY)
        assert hosted.say("hello") == [5]
    with hosting(lambda: Athlete(EngineLost("The GPU is gone."))) as hosted:
        hosted.wait_for(HostPhase.LOST)


class Sleeper(Puppet):
    """Waits for its token instead of looking at it."""

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        yield from super().synthesize(SpeechRequest("well"), cancel)
        assert not cancel.wait(0)
        if cancel.wait(60):
            self.saw_cancel.set()


@pytest.mark.parametrize("ours", [True, False])
def test_an_engine_that_sleeps_on_its_token_is_woken_by_either(ours: bool) -> None:
    sleeper, cancel = Sleeper(), CancelToken()
    with hosting(lambda: sleeper) as hosted:
        hosted.wait_for(READY)
        chunks = hosted.host.synthesize(SpeechRequest("hello"), cancel)
        next(chunks)
        if ours:
            hosted.host.close()
        else:
            cancel.cancel()
        assert sleeper.saw_cancel.wait(20)
        assert list(chunks) == []


def test_what_an_engine_keeps_is_told_as_long_as_it_serves() -> None:
    class Keeps(Puppet):
        phrases = PhraseStats(1, 2, 3, 4)

    with hosting(Puppet) as plain:
        plain.wait_for(READY)
        assert plain.host.phrases is None
    with hosting(Keeps) as hosted:
        hosted.wait_for(READY)
        assert hosted.host.phrases == PhraseStats(1, 2, 3, 4)
    assert hosted.host.phrases is None
