"""What every source that speaks IRC does, whatever its dialect."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Protocol

from ishowtts_desktop.chat.backoff import Backoff
from ishowtts_desktop.chat.irc.dialler import Dialler
from ishowtts_desktop.chat.irc.session import IrcSession
from ishowtts_desktop.chat.rate import RateLimit
from ishowtts_desktop.chat.reconnect import KeepConnected
from ishowtts_desktop.chat.run_ids import RunIds
from ishowtts_desktop.chat.timing import Timing
from ishowtts_desktop.core.messages import ConnectionState, Malformed, Phase

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence

    from ishowtts_desktop.chat.irc.connection import Endpoint
    from ishowtts_desktop.chat.irc.line import IrcLine
    from ishowtts_desktop.chat.irc.session import Login
    from ishowtts_desktop.chat.source import EventSink
    from ishowtts_desktop.chat.url import SourceUrl
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatEvent

# Twitch drops clients for more than 20 JOINs in 10 s.
_JOINS = (20, 10.0)


class Dialect(Protocol):
    """What differs from one kind of server to the next."""

    @property
    def channel(self) -> str:
        """The channel as JOIN wants it."""
        ...

    def login(self, rng: random.Random) -> Login:
        """Return how to register, under a new nick each time."""
        ...

    def interpreter(self) -> Callable[[IrcLine], ChatEvent | None]:
        """Return what makes events of one session's lines."""
        ...


class IrcChat:
    """Connects, registers, joins, hears, and does it again when the connection is lost."""

    def __init__(
        self,
        url: SourceUrl,
        dialect: Dialect,
        endpoints: Sequence[Endpoint],
        clock: Clock,
        tls: ssl.SSLContext | None = None,
        timing: Timing | None = None,
        rng: random.Random | None = None,
        joins: RateLimit | None = None,
    ) -> None:
        self._url = str(url)
        self._channel = url.channel
        self._dialect = dialect
        self._clock = clock
        self._timing = timing or Timing()
        self._rng = rng or random.Random()  # noqa: S311 - spreads retries and nicks, guards nothing
        self._joins = joins or RateLimit(*_JOINS)
        self._dialler = Dialler(endpoints, tls, self._timing.connect)
        self._ids = RunIds()

    @property
    def url(self) -> str:
        """See `ChatSource`."""
        return self._url

    async def run(self, sink: EventSink) -> None:
        """See `ChatSource`."""

        def tell(phase: Phase, detail: str = "", retry_in: float | None = None) -> None:
            sink.emit(ConnectionState(self._url, self._channel, phase, detail, retry_in))

        async def open_session() -> IrcSession:
            return await self._open(sink)

        backoff = Backoff(self._rng, self._timing.retry_first, self._timing.retry_longest)
        await KeepConnected(open_session, tell, backoff, self._timing, self._clock).run()

    async def _open(self, sink: EventSink) -> IrcSession:
        session = IrcSession(
            await self._dialler.dial(),
            self._dialect.login(self._rng),
            self._dialect.channel,
            _Listener(self._url, self._dialect.interpreter(), sink, self._ids),
            self._timing,
            self._joins,
        )
        try:
            await session.open()
        except BaseException:
            await session.close()
            raise
        return session


class _Listener:
    """Passes on what one session's lines say. Implements `LineListener`."""

    def __init__(
        self,
        url: str,
        interpret: Callable[[IrcLine], ChatEvent | None],
        sink: EventSink,
        ids: RunIds,
    ) -> None:
        self._url = url
        self._interpret = interpret
        self._sink = sink
        self._ids = ids

    def hear(self, line: IrcLine) -> None:
        """See `LineListener`."""
        event = self._interpret(line)
        if event is not None:
            self._sink.emit(self._ids.name(event))

    def skip(self, text: str, why: str) -> None:
        """See `LineListener`."""
        self._sink.emit(Malformed(self._url, text, why))
