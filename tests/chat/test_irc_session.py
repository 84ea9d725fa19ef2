"""One session over a connection that the test makes up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.chat.irc.session import IrcSession, Login
from ishowtts_desktop.chat.racing import cancel, time_limit
from ishowtts_desktop.chat.rate import RateLimit
from ishowtts_desktop.chat.timing import Timing
from ishowtts_desktop.core.errors import ChannelError, ChatError

if TYPE_CHECKING:
    from ishowtts_desktop.chat.irc.line import IrcLine


class Count:
    """A listener that counts."""

    def __init__(self) -> None:
        self.lines = 0

    def hear(self, line: IrcLine) -> None:
        self.lines += 1

    def skip(self, text: str, why: str) -> None:
        self.lines += 1


class AlwaysFull:
    """Has lines ready whenever they are asked for, so that no read ever waits."""

    def __init__(self) -> None:
        self.reads = 0

    async def read_lines(self) -> list[bytes]:
        self.reads += 1
        assert self.reads < 10_000, "nobody else got a turn"
        return [b":a!a@a PRIVMSG #room :x"] * 100

    async def send(self, line: str) -> None:
        return

    async def close(self) -> None:
        return


class TakesNothing(AlwaysFull):
    """A server that reads no more."""

    async def send(self, line: str) -> None:
        await asyncio.get_running_loop().create_future()


class Says(AlwaysFull):
    """A server that says this and then falls silent."""

    def __init__(self, *lines: bytes) -> None:
        super().__init__()
        self._lines = list(lines)

    async def read_lines(self) -> list[bytes]:
        if not self._lines:
            await asyncio.get_running_loop().create_future()
        lines, self._lines = self._lines, []
        return lines


def session(connection: AlwaysFull, listener: Count, timing: Timing) -> IrcSession:
    login = Login("justinfan1", ("twitch.tv/tags",), ask_first=False)
    return IrcSession(connection, login, "#room", listener, timing, RateLimit(20, 10.0))


def test_a_reader_that_never_waits_gives_others_their_turn() -> None:
    async def run() -> int:
        listener = Count()
        listening = asyncio.create_task(session(AlwaysFull(), listener, Timing()).listen())
        for _ in range(20):
            await asyncio.sleep(0)
        await cancel(listening)
        return listener.lines

    assert 0 < asyncio.run(run()) < 5000


def test_a_server_that_takes_no_lines_is_given_up() -> None:
    async def run() -> None:
        await session(TakesNothing(), Count(), Timing(send=0.05)).open()

    with pytest.raises(ChatError, match="takes no more lines"):
        asyncio.run(run())


@pytest.mark.parametrize(
    "lines",
    [
        (b":op!o@h KICK #room justinfan1 :out",),
        (b":justinfan1!u@h PART #Room :moved by an operator",),
        (b":justinfan1!u@h NICK :Guest7", b":op!o@h KICK #room guest7 :out"),
    ],
)
def test_a_channel_that_we_were_taken_out_of_is_told(lines: tuple[bytes, ...]) -> None:
    async def run() -> None:
        async with time_limit(5.0):
            await session(Says(*lines), Count(), Timing()).listen()

    with pytest.raises(ChannelError, match="removed from #room"):
        asyncio.run(run())


def test_others_may_leave_and_change_their_names() -> None:
    lines = (
        b":bob!u@h PART #room",
        b":bob!u@h NICK :justinfan2",
        b":op!o@h KICK #room justinfan2 :out",
        b":justinfan1!u@h PART #elsewhere",
    )

    async def run() -> None:
        async with time_limit(0.1):
            await session(Says(*lines), Count(), Timing()).listen()

    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(run())


def test_a_time_limit_ends_the_body_and_nothing_else() -> None:
    async def run() -> list[str]:
        told = []
        try:
            async with time_limit(0.01):
                await asyncio.sleep(30)
        except asyncio.TimeoutError:
            told.append("late")
        async with time_limit(30):
            await asyncio.sleep(0)
        told.append("in time")
        return told

    assert asyncio.run(run()) == ["late", "in time"]


def test_a_cancellation_from_outside_is_no_timeout() -> None:
    async def body() -> None:
        async with time_limit(30):
            await asyncio.sleep(30)

    async def run() -> bool:
        task = asyncio.create_task(body())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        return task.cancelled()

    assert asyncio.run(run())
