"""The chat of one channel on any IRC server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.chat.irc.chat import IrcChat
from ishowtts_desktop.chat.irc.connection import Endpoint, Transport
from ishowtts_desktop.chat.irc.members import Members
from ishowtts_desktop.chat.irc.parse import parse_event
from ishowtts_desktop.chat.irc.session import Login

if TYPE_CHECKING:
    import random
    import ssl
    from collections.abc import Callable

    from ishowtts_desktop.chat.irc.line import IrcLine
    from ishowtts_desktop.chat.rate import RateLimit
    from ishowtts_desktop.chat.source import EventSink
    from ishowtts_desktop.chat.timing import Timing
    from ishowtts_desktop.chat.url import SourceUrl
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatEvent


class IrcSource:
    """Listens to ``irc://`` and ``ircs://`` channels under a made-up nick."""

    def __init__(
        self,
        url: SourceUrl,
        clock: Clock,
        tls: ssl.SSLContext | None = None,
        timing: Timing | None = None,
        rng: random.Random | None = None,
        joins: RateLimit | None = None,
    ) -> None:
        transport = Transport.TLS if url.scheme == "ircs" else Transport.TCP
        endpoints = [Endpoint(transport, url.host, url.port or 0)]
        dialect = _PlainDialect(str(url), url.channel)
        self._chat = IrcChat(url, dialect, endpoints, clock, tls, timing, rng, joins)

    @property
    def url(self) -> str:
        """See `ChatSource`."""
        return self._chat.url

    async def run(self, sink: EventSink) -> None:
        """See `ChatSource`."""
        await self._chat.run(sink)


class _PlainDialect:
    """Implements `Dialect`."""

    def __init__(self, url: str, channel: str) -> None:
        self._url = url
        self.channel = channel

    def login(self, rng: random.Random) -> Login:
        """See `Dialect`."""
        # Nine characters are what the oldest servers take.
        nick = f"ishow{rng.randrange(10_000):04}"
        return Login(nick, ("message-tags", "server-time"), ask_first=True)

    def interpreter(self) -> Callable[[IrcLine], ChatEvent | None]:
        """See `Dialect`."""
        members = Members(self.channel)

        def interpret(line: IrcLine) -> ChatEvent | None:
            event = parse_event(line, self._url, self.channel, members.roles(line.nick))
            members.hear(line)
            return event

        return interpret
