"""The chat thread: runs every source on one asyncio loop and hands their events on."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ishowtts_desktop.chat.buffer import EventBuffer
from ishowtts_desktop.chat.dedupe import SeenIds
from ishowtts_desktop.chat.racing import cancel
from ishowtts_desktop.core.errors import ChatError
from ishowtts_desktop.core.messages import (
    ChatMessage,
    ConnectionState,
    Malformed,
    Notice,
    Phase,
    Removal,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.chat.source import ChatSource
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatEvent

_log = logging.getLogger(__name__)

_SLICE = 0.005
_LONGEST_REST = 0.05
_LOGGED = 200


@dataclass(frozen=True)
class HubStats:
    """What passed through since the start, in events.

    ``received`` counts messages and notices that were new; ``dropped`` those given up under load,
    ``removed`` those that a removal took out before they were delivered.
    """

    received: int = 0
    delivered: int = 0
    dropped: int = 0
    removed: int = 0
    malformed: int = 0
    duplicates: int = 0
    waiting: int = 0


def _ignore(*_: object) -> None:
    return


class ChatHub:
    """Owns the chat thread. `start` to `stop` may be called from any thread but the chat thread.

    The callbacks are called on the chat thread: ``on_event`` for every message, notice, removal
    and state; ``on_dropped`` for a message given up under load; ``on_removed`` for a message that
    a removal took out before ``on_event`` saw it.
    """

    def __init__(
        self,
        clock: Clock,
        on_event: Callable[[ChatEvent], None],
        capacity: int = 1000,
        name: str = "chat",
        on_dropped: Callable[[ChatMessage], None] = _ignore,
        on_removed: Callable[[ChatMessage, Removal], None] = _ignore,
    ) -> None:
        self._clock = clock
        self._on_event = on_event
        self._on_dropped = on_dropped
        self._on_removed = on_removed
        self._buffer = EventBuffer(capacity)
        self._name = name
        self._counts = dict.fromkeys(HubStats.__dataclass_fields__, 0)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()

    @property
    def stats(self) -> HubStats:
        """The counts so far."""
        return HubStats(**{**self._counts, "waiting": len(self._buffer)})

    def start(self) -> None:
        """Start the chat thread. Calling it again does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
            self._ready.wait()

    def open(self, source: ChatSource) -> None:
        """Begin to listen to ``source``; one with the same URL is closed first.

        Raises `ChatError` before `start` and after `stop`.
        """
        if not self._call(lambda: self._open(source)):
            raise ChatError("The chat is not running.", "Start the application anew.")

    def close_source(self, source: ChatSource | str) -> None:
        """Stop listening to a source, named by itself or its URL. A closed one is no error."""
        url = source if isinstance(source, str) else source.url
        self._call(lambda: self._close(url))

    def stop(self, timeout: float = 1.0) -> bool:
        """Close every source and join the thread; tell whether it ended within ``timeout`` s.

        What waits for delivery is given up. Calling it again, or without `start`, is no error.
        """
        thread = self._thread
        if thread is None:
            return True
        self._call(self._stopping.set)
        thread.join(timeout)
        return not thread.is_alive()

    def _call(self, work: Callable[[], None]) -> bool:
        """Do ``work`` on the chat thread; tell whether that thread is there to do it."""
        if self._loop is None:
            return False
        try:
            self._loop.call_soon_threadsafe(work)
        except RuntimeError:  # the loop has been closed
            return False
        return True

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except Exception:  # noqa: BLE001 - thread edge
            _log.exception("the chat thread broke")
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        delivering = asyncio.create_task(self._deliver(), name="deliver")
        await self._stopping.wait()
        await cancel(delivering, *self._running.values())
        # Transports finish closing in the loop's next turns.
        for _ in range(3):
            await asyncio.sleep(0)

    def _open(self, source: ChatSource) -> None:
        before = self._running.get(source.url)
        self._running[source.url] = asyncio.create_task(self._listen(source, before))

    def _close(self, url: str) -> None:
        running = self._running.get(url)
        if running is not None:
            # Through a task of its own, because one call of `cancel` may be swallowed.
            closing = asyncio.create_task(cancel(running))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    async def _listen(self, source: ChatSource, before: asyncio.Task[None] | None) -> None:
        url = source.url
        sink = _Sink(url, self)
        try:
            if before is not None:
                await cancel(before)
            await source.run(sink)
        except ChatError as error:
            sink.end(Phase.FAILED, str(error))
        except Exception:  # noqa: BLE001 - thread edge: one source must not take the others along
            _log.exception("the source %s broke", url)
            sink.end(Phase.FAILED, "This chat broke inside. The log tells more.")
        finally:
            sink.end(Phase.CLOSED, "")
            if self._running.get(url) is asyncio.current_task():
                del self._running[url]

    def take(self, event: ChatEvent) -> None:
        """Take an event of a source, on the chat thread. Never blocks."""
        if isinstance(event, Malformed):
            self._counts["malformed"] += 1
            _log.debug("skipped a line (%s): %s", event.why, _redacted(event.line))
            return
        if not isinstance(event, ConnectionState) and not event.received_at:
            event = replace(event, received_at=self._clock.now())
        if isinstance(event, Removal):
            for message in self._buffer.remove(event):
                self._counts["removed"] += 1
                self._guard(self._on_removed, message, event)
        else:
            self._counts["received"] += isinstance(event, (ChatMessage, Notice))
            forgotten = self._buffer.put(event)
            if forgotten is not None:
                self._counts["dropped"] += 1
            if isinstance(forgotten, ChatMessage):
                self._guard(self._on_dropped, forgotten)
        self._wake.set()

    def count_duplicate(self) -> None:
        """Count an event that was there before, on the chat thread."""
        self._counts["duplicates"] += 1

    async def _deliver(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._buffer:
                began = loop.time()
                while self._buffer and loop.time() - began < _SLICE:
                    self._counts["delivered"] += 1
                    self._guard(self._on_event, self._buffer.pop())
                # The sources get as much time as the consumer took: PING is answered in a flood,
                # however slow the consumer is.
                await asyncio.sleep(min(loop.time() - began, _LONGEST_REST) if self._buffer else 0)

    def _guard(self, callback: Callable[..., None], *arguments: object) -> None:
        try:
            callback(*arguments)
        except Exception:  # noqa: BLE001 - thread edge: a consumer's mistake must not end the chat
            _log.exception("a consumer of chat events broke")


class _Sink:
    """One source's way into the hub. Implements `EventSink`."""

    def __init__(self, url: str, hub: ChatHub) -> None:
        self._url = url
        self._hub = hub
        self._seen = SeenIds()
        self._channel = ""
        self._ended = False

    def emit(self, event: ChatEvent) -> None:
        """See `EventSink`."""
        if isinstance(event, ConnectionState):
            self._channel = event.channel
            self._ended = event.phase in (Phase.FAILED, Phase.CLOSED)
        elif isinstance(event, (ChatMessage, Notice)):
            if event.id and not self._seen.add(event.id):
                self._hub.count_duplicate()
                return
        elif isinstance(event, Removal) and event.target_id:
            # While moving to a new connection, a message may come after its own removal.
            self._seen.add(event.target_id)
        self._hub.take(event)

    def end(self, phase: Phase, detail: str) -> None:
        """Tell that the source ended, unless it told so itself."""
        if not self._ended:
            self.emit(ConnectionState(self._url, self._channel, phase, detail))


def _redacted(line: str) -> str:
    """Return the shape of a line without what anybody wrote in it."""
    return re.sub(r"\w", "x", line[:_LOGGED])
