"""A Twitch channel's chat, read anonymously over TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.chat.irc.chat import IrcChat
from ishowtts_desktop.chat.irc.connection import Endpoint, Transport
from ishowtts_desktop.chat.irc.session import Login
from ishowtts_desktop.chat.twitch.parse import parse_event

if TYPE_CHECKING:
    import random
    import ssl
    from collections.abc import Callable, Sequence

    from ishowtts_desktop.chat.irc.line import IrcLine
    from ishowtts_desktop.chat.rate import RateLimit
    from ishowtts_desktop.chat.source import EventSink
    from ishowtts_desktop.chat.timing import Timing
    from ishowtts_desktop.chat.url import SourceUrl
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatEvent

# The second passes where a network lets nothing through but the web.
ENDPOINTS = (
    Endpoint(Transport.TLS, "irc.chat.twitch.tv", 6697),
    Endpoint(Transport.WEBSOCKET, "irc-ws.chat.twitch.tv", 443),
)


class TwitchSource:
    """Listens to ``twitch://`` channels."""

    def __init__(
        self,
        url: SourceUrl,
        clock: Clock,
        tls: ssl.SSLContext | None = None,
        timing: Timing | None = None,
        endpoints: Sequence[Endpoint] = ENDPOINTS,
        rng: random.Random | None = None,
        joins: RateLimit | None = None,
    ) -> None:
        dialect = _TwitchDialect(str(url), url.channel)
        self._chat = IrcChat(url, dialect, endpoints, clock, tls, timing, rng, joins)

    @property
    def url(self) -> str:
        """See `ChatSource`."""
        return self._chat.url

    async def run(self, sink: EventSink) -> None:
        """See `ChatSource`."""
        await self._chat.run(sink)


class _TwitchDialect:
    """Implements `Dialect`."""

    def __init__(self, url: str, login: str) -> None:
        self._url = url
        self.channel = f"#{login}"

    def login(self, rng: random.Random) -> Login:
        """See `Dialect`."""
        # Twitch takes this nick with any digits and no password for an anonymous reader.
        nick = f"justinfan{rng.randrange(10_000, 1_000_000)}"
        return Login(nick, ("twitch.tv/tags", "twitch.tv/commands"), ask_first=False)

    def interpreter(self) -> Callable[[IrcLine], ChatEvent | None]:
        """See `Dialect`."""

        def interpret(line: IrcLine) -> ChatEvent | None:
            return parse_event(line, self._url)

        return interpret
