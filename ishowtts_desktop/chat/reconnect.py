"""Keeps a chat connected: tries again, waits longer each time, moves when the server asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from ishowtts_desktop.chat.racing import cancel, until_first
from ishowtts_desktop.core.errors import CertificateError, ChannelError, ChatError
from ishowtts_desktop.core.messages import Phase

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ishowtts_desktop.chat.backoff import Backoff
    from ishowtts_desktop.chat.timing import Timing
    from ishowtts_desktop.core.clock import Clock


class Session(Protocol):
    """One connection that has joined its channel."""

    @property
    def moving(self) -> asyncio.Event:
        """Set when the server asks to come back on a new connection."""
        ...

    async def listen(self) -> None:
        """Hear lines until the connection is lost; always ends with a `ChatError`."""
        ...

    async def drain(self) -> None:
        """Return when all that the server had sent so far was heard; `listen` is running."""
        ...

    async def close(self) -> None:
        """Release the connection."""
        ...


class StateListener(Protocol):
    """Whoever wants to know how the connection stands."""

    def __call__(self, phase: Phase, detail: str = "", retry_in: float | None = None) -> None:
        """Take a change of state."""
        ...


class KeepConnected:
    """The run loop of every source that listens over a connection."""

    def __init__(
        self,
        open_session: Callable[[], Awaitable[Session]],
        tell: StateListener,
        backoff: Backoff,
        timing: Timing,
        clock: Clock,
    ) -> None:
        self._open_session = open_session
        self._tell = tell
        self._backoff = backoff
        self._timing = timing
        self._clock = clock

    async def run(self) -> None:
        """Listen until cancelled; return when trying again can't help."""
        problem = ""
        while True:
            self._tell(Phase.CONNECTING, problem)
            try:
                await self._listen()
            except CertificateError as error:
                self._tell(Phase.FAILED, str(error))
                return
            except ChatError as error:
                problem = str(error)
                delay = self._backoff.next()
                if isinstance(error, ChannelError):
                    delay = max(delay, self._timing.retry_channel)
                self._tell(Phase.RETRYING, problem, delay)
                await asyncio.sleep(delay)

    async def _listen(self) -> None:
        sessions = [await self._open_session()]
        try:
            self._tell(Phase.CONNECTED)
            while True:
                await self._stay(sessions)
                await sessions.pop(0).close()
        finally:
            for session in sessions:
                await session.close()

    async def _stay(self, sessions: list[Session]) -> None:
        """Listen until the connection ends; where the server asked to move, append the next one."""
        session = sessions[-1]
        since = self._clock.now()
        listening = asyncio.create_task(session.listen())
        moving = asyncio.create_task(session.moving.wait())
        try:
            await asyncio.wait({listening, moving}, return_when=asyncio.FIRST_COMPLETED)
            if not session.moving.is_set():
                await listening
                raise ChatError("The connection ended.")
            try:
                sessions.append(await self._open_session())
            except ChatError:
                # The old one may live for minutes yet; the next attempt comes when it ends.
                await listening
                raise
            await until_first(session.drain(), _ended(listening))
        finally:
            if self._clock.now() - since >= self._timing.healthy:
                self._backoff.reset()
            await cancel(listening, moving)


async def _ended(task: asyncio.Task[None]) -> None:
    await asyncio.wait({task})
