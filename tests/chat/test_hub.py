"""The hub: one thread, bounded, never blocked, always stopped in time."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.chat.hub import ChatHub
from ishowtts_desktop.chat.irc.connection import Endpoint, Transport
from ishowtts_desktop.chat.twitch.source import TwitchSource
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import ChatError
from ishowtts_desktop.core.messages import (
    ChatMessage,
    ConnectionState,
    Malformed,
    Notice,
    Phase,
    Removal,
    RemovalScope,
)
from tests.chat.conftest import QUICK, Heard
from tests.support.clock import FakeClock
from tests.support.tagged_server import TaggedServer
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.chat.source import EventSink
    from ishowtts_desktop.core.messages import ChatEvent


def said(id_: str, text: str = "", bits: int = 0) -> ChatMessage:
    return ChatMessage(id_, "x://y", "y", "a", "a", "A", text or id_, bits=bits)


class Scripted:
    """Says its lines and then waits for ever, or ends as it is told."""

    def __init__(
        self, events: Sequence[ChatEvent] = (), error: Exception | None = None, url: str = "x://y"
    ) -> None:
        self.url = url
        self._events = events
        self._error = error
        self.cancelled = threading.Event()

    async def run(self, sink: EventSink) -> None:
        sink.emit(ConnectionState(self.url, "y", Phase.CONNECTED))
        for event in self._events:
            sink.emit(event)
        if self._error is not None:
            raise self._error
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise


class Gate:
    """A consumer that blocks the chat thread at the first event until it is let go."""

    def __init__(self) -> None:
        self.heard = Heard()
        self.reached = threading.Event()
        self.released = threading.Event()

    def __call__(self, event: ChatEvent) -> None:
        if not self.reached.is_set():
            self.reached.set()
            assert self.released.wait(20)
        self.heard(event)


def test_events_arrive_in_order_and_stamped() -> None:
    heard = Heard()
    hub = ChatHub(FakeClock(now=77.0), heard)
    hub.start()
    hub.open(Scripted([said("1"), Notice("2", "x://y", "y", "raid", "hi"), said("3")]))
    heard.wait_for_text("3")
    assert hub.stop()
    assert heard.phases == [Phase.CONNECTED]
    ids = [event.id for event in heard.events if isinstance(event, (ChatMessage, Notice))]
    assert ids == ["1", "2", "3"]
    assert {event.received_at for event in heard.events if isinstance(event, ChatMessage)} == {77.0}


def test_what_was_heard_before_is_not_heard_again(hub: ChatHub, heard: Heard) -> None:
    removal = Removal("x://y", "y", RemovalScope.MESSAGE, target_id="late")
    hub.open(Scripted([said("1"), said("1"), removal, said("late"), said("end")]))
    heard.wait_for_text("end")
    assert heard.texts == ["1", "end"]
    assert hub.stats.duplicates == 2


def test_malformed_lines_are_counted_and_logged_without_their_words(
    hub: ChatHub, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hub.open(Scripted([Malformed("x://y", "@secret=oauth :words", "no IRC line"), said("end")]))
    heard.wait_for_text("end")
    assert hub.stats.malformed == 1
    assert "skipped a line (no IRC line): @xxxxxx=xxxxx :xxxxx" in caplog.text
    assert not any(isinstance(event, Malformed) for event in heard.events)


def test_a_removal_overtakes_and_takes_out_what_waits() -> None:
    # GIVEN a consumer that is busy while messages queue up behind it
    gate = Gate()
    removed: list[str] = []
    hub = ChatHub(SystemClock(), gate, on_removed=lambda message, _: removed.append(message.id))
    hub.start()
    removal = Removal("x://y", "y", RemovalScope.MESSAGE, target_id="2")
    hub.open(Scripted([said("1"), said("2"), said("3"), removal]))
    # WHEN it comes back
    gate.released.set()
    gate.heard.wait_for_text("3")
    assert hub.stop()
    # THEN the removal came first, and the removed message never
    kinds = [type(event).__name__ for event in gate.heard.events]
    assert kinds.index("Removal") < kinds.index("ChatMessage")
    assert gate.heard.texts == ["1", "3"]
    assert removed == ["2"]
    assert hub.stats.removed == 1


def test_under_load_the_oldest_normal_messages_go_and_are_told() -> None:
    gate = Gate()
    dropped: list[str] = []
    hub = ChatHub(SystemClock(), gate, capacity=3, on_dropped=lambda m: dropped.append(m.id))
    hub.start()
    hub.open(Scripted([said("paid", bits=1), *(said(str(n)) for n in range(5))]))
    gate.released.set()
    gate.heard.wait_for_text("4")
    assert hub.stop()
    assert gate.heard.texts == ["paid", "3", "4"]
    assert dropped == ["0", "1", "2"]
    stats = hub.stats
    assert (stats.received, stats.dropped, stats.waiting) == (6, 3, 1)


def test_a_consumer_that_breaks_is_logged_and_called_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard = Heard()

    def consume(event: ChatEvent) -> None:
        heard(event)
        if heard.texts:
            raise LookupError("broken consumer")

    hub = ChatHub(SystemClock(), consume)
    hub.start()
    hub.open(Scripted([said("1"), said("2")]))
    heard.wait_for_text("2")
    assert hub.stop()
    assert "broken consumer" in caplog.text


@pytest.mark.parametrize(
    ("error", "detail"),
    [(ChatError("Gone.", "Wait."), "Gone. Wait."), (ZeroDivisionError(), "broke inside")],
)
def test_a_source_that_breaks_is_told_and_takes_nobody_along(
    error: Exception, detail: str, hub: ChatHub, heard: Heard
) -> None:
    hub.open(Scripted(error=error, url="x://broken"))
    assert detail in heard.wait_for_phase(Phase.FAILED).detail
    hub.open(Scripted([said("fine")]))
    heard.wait_for_text("fine")
    assert heard.phases.count(Phase.CLOSED) == 0


def test_closing_a_source_is_told(hub: ChatHub, heard: Heard) -> None:
    source = Scripted()
    hub.open(source)
    heard.wait_for_phase(Phase.CONNECTED)
    hub.close_source(source)
    heard.wait_for_phase(Phase.CLOSED)
    assert source.cancelled.is_set()
    hub.close_source("x://y")
    hub.close_source("never://opened")


def test_opening_the_same_url_again_closes_the_one_before_first(hub: ChatHub, heard: Heard) -> None:
    first, second = Scripted(), Scripted()
    hub.open(first)
    heard.wait_for_phase(Phase.CONNECTED)
    hub.open(second)
    heard.wait_for_phase(Phase.CONNECTED, 2)
    assert heard.phases == [Phase.CONNECTED, Phase.CLOSED, Phase.CONNECTED]
    hub.close_source(second)
    heard.wait_for_phase(Phase.CLOSED, 2)
    assert second.cancelled.is_set()


def test_a_hub_that_does_not_run_says_so() -> None:
    hub = ChatHub(SystemClock(), Heard())
    with pytest.raises(ChatError):
        hub.open(Scripted())
    assert hub.stop()
    hub.start()
    hub.start()
    assert hub.stop()
    assert hub.stop()
    with pytest.raises(ChatError):
        hub.open(Scripted())
    hub.close_source("x://y")


def test_stopping_takes_less_than_a_second_with_a_thousand_sources(heard: Heard) -> None:
    hub = ChatHub(SystemClock(), heard)
    hub.start()
    for number in range(1000):
        hub.open(Scripted(url=f"x://{number}"))
    wait_until(lambda: len(heard.states) == 1000)
    before = time.monotonic()
    assert hub.stop(timeout=5.0)
    assert time.monotonic() - before < 1.0


def test_stop_tells_when_a_consumer_never_returns() -> None:
    gate = Gate()
    hub = ChatHub(SystemClock(), gate)
    hub.start()
    hub.open(Scripted())
    assert gate.reached.wait(10)
    assert not hub.stop(timeout=0.05)
    gate.released.set()
    assert hub.stop(timeout=10.0)


@pytest.mark.parametrize("count", [15_000, pytest.param(50_000, marks=pytest.mark.soak)])
def test_a_flood_with_a_slow_consumer_stays_bounded_and_answers_pings(count: int) -> None:
    # GIVEN a consumer that takes 20 ms a message, far slower than the flood
    most = 0
    texts: list[str] = []
    dropped: list[str] = []

    def consume(event: ChatEvent) -> None:
        nonlocal most
        most = max(most, hub.stats.waiting)
        if isinstance(event, ChatMessage):
            texts.append(event.text)
            time.sleep(0.02)

    hub = ChatHub(SystemClock(), consume, capacity=50, on_dropped=lambda m: dropped.append(m.id))
    with TaggedServer() as server:
        hub.start()
        endpoint = Endpoint(Transport.TCP, "127.0.0.1", server.port)
        url = SourceUrl.parse("twitch://room")
        hub.open(TwitchSource(url, SystemClock(), timing=QUICK, endpoints=[endpoint]))
        server.wait_for_listeners()
        # WHEN thousands of messages come at once, with a PING now and then
        delays = server.flood(count, pings=4)
        server.say("the end")
        wait_until(lambda: "the end" in texts, 60)
        assert len(server.clients) == 1
        assert hub.stop()
    # THEN the answers came in time, the queue stayed bounded, and every message is accounted for
    assert max(delays) < 3.0
    assert most <= 55
    assert len(texts) + len(dropped) == count + 1
    assert texts[-1] == "the end"
    assert hub.stats.dropped == len(dropped) > 1000
