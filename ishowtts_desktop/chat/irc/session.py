"""One registered IRC connection that has joined one channel."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ishowtts_desktop.chat.irc import replies
from ishowtts_desktop.chat.irc.line import LINE_LIMIT, IrcLine, decode, parse_line
from ishowtts_desktop.chat.racing import time_limit, until_first
from ishowtts_desktop.core.errors import ChannelError, ChatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.chat.irc.connection import LineConnection
    from ishowtts_desktop.chat.rate import RateLimit
    from ishowtts_desktop.chat.timing import Timing

# A full buffer is read without a pause, so the loop is given back by count.
_LINES_IN_A_ROW = 50
_LAST_PING = "drain"


@dataclass(frozen=True)
class Login:
    """How to register: anonymously, under ``nick``.

    ``capabilities`` are requested outright, or only where the server offers them when
    ``ask_first`` is set.
    """

    nick: str
    capabilities: tuple[str, ...]
    ask_first: bool


class LineListener(Protocol):
    """Whoever makes something of the lines."""

    def hear(self, line: IrcLine) -> None:
        """Take one line of the server."""
        ...

    def skip(self, text: str, why: str) -> None:
        """Take note of a line that is no IRC."""
        ...


class IrcSession:
    """Registers, joins, answers and asks for signs of life. Implements `reconnect.Session`."""

    def __init__(
        self,
        connection: LineConnection,
        login: Login,
        channel: str,
        listener: LineListener,
        timing: Timing,
        joins: RateLimit,
    ) -> None:
        self._connection = connection
        self._login = login
        self._channel = channel.lower()
        self._listener = listener
        self._timing = timing
        self._joins = joins
        self._nick = login.nick
        self._nicks_tried = 1
        self._offered: set[str] = set()
        self._welcomed = False
        self._joined = False
        self._pong = asyncio.Event()
        self._drained = asyncio.Event()
        self._moving = asyncio.Event()
        self._heard_at = 0.0
        self._replies = {
            "CAP": self._on_cap,
            "ERROR": self._on_error,
            "JOIN": self._on_join,
            "KICK": self._on_kick,
            "NICK": self._on_nick,
            "NOTICE": self._on_notice,
            "PART": self._on_part,
            "PING": self._on_ping,
            "PONG": self._on_pong,
            "RECONNECT": self._on_reconnect,
            "ROOMSTATE": self._on_joined,
            "001": self._on_welcome,
            "366": self._on_joined,
            **dict.fromkeys(replies.NICK_TAKEN, self._on_nick_taken),
            **dict.fromkeys(replies.REGISTRATION_REFUSED, self._on_refused),
            **dict.fromkeys(replies.JOIN_REFUSED, self._on_join_refused),
        }

    @property
    def moving(self) -> asyncio.Event:
        """See `reconnect.Session`."""
        return self._moving

    async def open(self) -> None:
        """Register and join; raises `ChatError`, `ChannelError` where the channel is the matter."""
        wanted = " ".join(self._login.capabilities)
        await self._send("CAP LS 302" if self._login.ask_first else f"CAP REQ :{wanted}")
        await self._send(f"NICK {self._nick}")
        await self._send(f"USER {self._login.nick} 0 * :{self._login.nick}")
        await self._read_until(
            lambda: self._welcomed,
            self._timing.register,
            ChatError("The server does not answer.", "It may be down or no chat server."),
        )
        await self._joins.wait()
        await self._send(f"JOIN {self._channel}")
        await self._read_until(
            lambda: self._joined,
            self._timing.join,
            ChannelError(
                f"There is no channel {self._channel}, or it does not answer.", "Check its name."
            ),
        )

    async def listen(self) -> None:
        """See `reconnect.Session`."""
        await until_first(self._read_on(), self._keep_alive())

    async def drain(self) -> None:
        """See `reconnect.Session`. Whatever the server sent before its PONG was heard before."""
        try:
            await self._send(f"PING :{_LAST_PING}")
            async with time_limit(self._timing.drain):
                await self._drained.wait()
        except (ChatError, asyncio.TimeoutError):
            return

    async def close(self) -> None:
        """See `reconnect.Session`."""
        await self._connection.close()

    async def _send(self, line: str) -> None:
        try:
            async with time_limit(self._timing.send):
                await self._connection.send(line)
        except asyncio.TimeoutError:
            raise ChatError("The server takes no more lines.", "Check the network.") from None

    async def _read_until(self, done: Callable[[], bool], within: float, late: ChatError) -> None:
        try:
            async with time_limit(within):
                while not done():
                    await self._read_some()
        except asyncio.TimeoutError:
            raise late from None

    async def _read_on(self) -> None:
        while True:
            await self._read_some()

    async def _read_some(self) -> None:
        lines = await self._connection.read_lines()
        if not lines:
            raise ChatError("The server closed the connection.")
        for number, raw in enumerate(lines):
            if number % _LINES_IN_A_ROW == 0:
                self._heard_at = asyncio.get_running_loop().time()
                await asyncio.sleep(0)
            await self._take(raw)

    async def _take(self, raw: bytes) -> None:
        line = parse_line(raw)
        if line is None:
            if len(raw) > LINE_LIMIT:
                self._listener.skip(decode(raw), f"longer than {LINE_LIMIT} bytes")
            elif raw.strip():
                self._listener.skip(decode(raw), "no IRC line")
            return
        reply = self._replies.get(line.command)
        if reply is not None:
            await reply(line)
        self._listener.hear(line)

    async def _keep_alive(self) -> None:
        """Ask for a sign of life, and raise when none comes.

        In a flood the PONG stands in line behind everything else, so any line buys time, but only
        until the next PING is due.
        """
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._timing.ping_every)
            self._pong.clear()
            asked = loop.time()
            await self._send("PING :alive")
            last = asked + max(self._timing.ping_every, self._timing.pong_within)
            while not self._pong.is_set():
                left = (
                    min(max(asked, self._heard_at) + self._timing.pong_within, last) - loop.time()
                )
                if left <= 0:
                    raise ChatError("The server gives no sign of life.", "Check the network.")
                with suppress(asyncio.TimeoutError):
                    async with time_limit(left):
                        await self._pong.wait()

    async def _on_ping(self, line: IrcLine) -> None:
        await self._send(f"PONG :{line.param(len(line.params) - 1)}" if line.params else "PONG")

    async def _on_pong(self, line: IrcLine) -> None:
        self._pong.set()
        if _LAST_PING in line.params:
            self._drained.set()

    async def _on_reconnect(self, _line: IrcLine) -> None:
        self._moving.set()

    async def _on_cap(self, line: IrcLine) -> None:
        verb = line.param(1).upper()
        if verb == "LS":
            self._offered.update(word.partition("=")[0] for word in line.params[-1].split())
            if line.param(2) == "*" and len(line.params) > 3:
                return
            wanted = [name for name in self._login.capabilities if name in self._offered]
            await self._send(f"CAP REQ :{' '.join(wanted)}" if wanted else "CAP END")
        elif verb in ("ACK", "NAK") and not self._welcomed:
            await self._send("CAP END")

    async def _on_welcome(self, line: IrcLine) -> None:
        self._nick = line.param(0) or self._nick
        self._welcomed = True

    async def _on_nick_taken(self, line: IrcLine) -> None:
        if self._welcomed:
            return
        self._nicks_tried += 1
        if self._nicks_tried > replies.MOST_NICKS:
            raise ChatError("The server refuses every name we offer.", line.param(2))
        self._nick = f"{self._login.nick[:7]}{self._nicks_tried}"
        await self._send(f"NICK {self._nick}")

    async def _on_refused(self, line: IrcLine) -> None:
        if not self._welcomed:
            raise ChatError(f"The server lets nobody in: {replies.reason(line)}.")

    async def _on_error(self, line: IrcLine) -> None:
        raise ChatError(f"The server closed the connection: {replies.reason(line)}.")

    async def _on_join(self, line: IrcLine) -> None:
        if self._is_ours(line):
            await self._on_joined(line)

    async def _on_joined(self, line: IrcLine) -> None:
        if self._channel in (param.lower() for param in line.params):
            self._joined = True

    async def _on_join_refused(self, line: IrcLine) -> None:
        if not self._joined and self._channel in (param.lower() for param in line.params):
            raise ChannelError(f"{self._channel} lets nobody in: {replies.reason(line)}.")

    async def _on_kick(self, line: IrcLine) -> None:
        if line.param(1).lower() == self._nick.lower() and self._is_here(line):
            raise ChannelError(f"We were removed from {self._channel}: {replies.reason(line)}.")

    async def _on_part(self, line: IrcLine) -> None:
        # We never leave by ourselves; operators of some servers can make us.
        if self._is_ours(line) and self._is_here(line):
            why = replies.reason(line) if len(line.params) > 1 else "an operator made us leave"
            raise ChannelError(f"We were removed from {self._channel}: {why}.")

    async def _on_nick(self, line: IrcLine) -> None:
        if self._is_ours(line) and line.params:
            self._nick = line.param(0)

    async def _on_notice(self, line: IrcLine) -> None:
        if not self._joined and line.tags.get("msg-id") in replies.TWITCH_CHANNEL_REFUSED:
            raise ChannelError(f"{self._channel} can't be read: {replies.reason(line)}.")

    def _is_ours(self, line: IrcLine) -> bool:
        return line.nick.lower() == self._nick.lower()

    def _is_here(self, line: IrcLine) -> bool:
        return line.param(0).lower() == self._channel
