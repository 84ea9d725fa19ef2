"""What the tests of the chat share."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.chat.hub import ChatHub
from ishowtts_desktop.chat.timing import Timing
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.messages import ChatMessage, ConnectionState, Phase
from tests.support.certificates import Certificate, make_certificate
from tests.support.ircd import Ngircd
from tests.support.tagged_server import TaggedServer
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.messages import ChatEvent

QUICK = Timing(
    connect=5.0,
    register=5.0,
    join=5.0,
    retry_first=0.02,
    retry_longest=0.1,
    retry_channel=0.1,
)


class Heard:
    """A consumer that keeps what it gets. May be looked at from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: list[ChatEvent] = []

    def __call__(self, event: ChatEvent) -> None:
        with self._lock:
            self._events.append(event)

    @property
    def events(self) -> list[ChatEvent]:
        with self._lock:
            return list(self._events)

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, ChatMessage)]

    @property
    def states(self) -> list[ConnectionState]:
        return [event for event in self.events if isinstance(event, ConnectionState)]

    @property
    def phases(self) -> list[Phase]:
        return [state.phase for state in self.states]

    def wait_for_text(self, text: str) -> None:
        wait_until(lambda: text in self.texts, what=f"{text!r} in {self.texts[-5:]}")

    def wait_for_phase(self, phase: Phase, count: int = 1) -> ConnectionState:
        wait_until(lambda: self.phases.count(phase) >= count, what=f"{count} {phase}")
        return [state for state in self.states if state.phase is phase][count - 1]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def hub(heard: Heard) -> Iterator[ChatHub]:
    hub = ChatHub(SystemClock(), heard)
    hub.start()
    yield hub
    assert hub.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate that has signed nothing of ours."""
    return make_certificate(tmp_path_factory.mktemp("stranger"))


@pytest.fixture
def server(certificate: Certificate) -> Iterator[TaggedServer]:
    with TaggedServer(certificate) as running:
        yield running


@pytest.fixture
def ircd() -> Iterator[Ngircd]:
    with Ngircd() as running:
        yield running
