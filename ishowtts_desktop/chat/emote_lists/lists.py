"""Which words are emotes in a channel: asked by the reading, fetched by a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.chat.emote_lists.cache import Kept, ListCache
from ishowtts_desktop.chat.emote_lists.providers import EVERYWHERE, PROVIDERS
from ishowtts_desktop.chat.emote_lists.web import Web
from ishowtts_desktop.core.errors import ChatError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ishowtts_desktop.chat.emote_lists.providers import Provider
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.messages import ChatMessage

_log = logging.getLogger(__name__)

FRESH_SECONDS: Final = 6 * 3600.0
AGAIN_SECONDS: Final = 300.0
JOIN_SECONDS: Final = 0.3
_MOST_CHANNELS: Final = 20


class EmoteLists:
    """The names by channel. `names` may be asked from any thread and never waits.

    Kept in ``folder`` and fetched anew when they are older than six hours; what can't be fetched
    is tried again after five minutes. Nothing is fetched before the first question.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        web: Web | None = None,
        providers: Iterable[Provider] = tuple(PROVIDERS.values()),
    ) -> None:
        self._clock = clock
        self._cache = ListCache(folder, clock)
        self._web = web or Web()
        self._providers = tuple(providers)
        self._lock = threading.Lock()
        self._names: dict[str, frozenset[str]] = {}
        self._due: dict[str, float] = {}
        self._wanted: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False

    def names(self, message: ChatMessage) -> frozenset[str]:
        """Return what is known of ``message``'s channel by now; only Twitch's have any."""
        channel = message.channel_id
        if not message.source.startswith("twitch://"):
            return frozenset()  # a demo's or a replay's channel is none of the user's
        if not (channel.isascii() and channel.isdigit() and len(channel) <= 20):
            return frozenset()
        if self._clock.now() >= self._due.get(channel, float("-inf")):
            self._want(channel)
        return self._names.get(channel, frozenset())

    def close(self) -> None:
        """Stop fetching. Calling it again does nothing."""
        with self._lock:
            self._closed = True
            thread = self._thread
        self._web.close()
        self._wanted.put(None)
        if thread is not None:
            # A name that is being looked up in the network can't be called off; it may stay behind.
            thread.join(JOIN_SECONDS)

    def _want(self, channel: str) -> None:
        with self._lock:
            if self._closed or self._clock.now() < self._due.get(channel, float("-inf")):
                return
            if len(self._due) >= _MOST_CHANNELS and channel not in self._due:
                oldest = next(iter(self._due))
                del self._due[oldest]
                self._names.pop(oldest, None)
            self._due[channel] = self._clock.now() + AGAIN_SECONDS
            self._wanted.put(channel)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="emotes", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._closed and (channel := self._wanted.get()) is not None:
            self._look_safely(channel)

    def _look_safely(self, channel: str) -> None:
        try:
            self._look(channel)
        except Exception:  # noqa: BLE001 - the thread's edge: without it no list would come again
            _log.exception("the emotes of a channel could not be looked up")

    def _look(self, channel: str) -> None:
        places = [(each, place) for each in self._providers for place in (EVERYWHERE, channel)]
        lists = {place: self._cache.read(place[0].id, place[1]) for place in places}
        # What was kept is good enough to begin with.
        self._put(channel, lists.values())
        complete = True
        for place in places:
            kept = lists[place]
            if kept is None or kept.age > FRESH_SECONDS:
                fetched = self._fetched(*place)
                complete = complete and fetched is not None
                lists[place] = fetched or kept
        self._put(channel, lists.values())
        if complete:
            with self._lock:
                self._due[channel] = self._clock.now() + FRESH_SECONDS

    def _put(self, channel: str, lists: Iterable[Kept | None]) -> None:
        self._names[channel] = frozenset().union(*(kept.names for kept in lists if kept))

    def _fetched(self, provider: Provider, channel: str) -> Kept | None:
        """Fetch and keep one list; None where that fails."""
        try:
            answer = self._web.get(provider.host, provider.path(channel))
            # A channel that the service doesn't know has no emotes there.
            names = frozenset() if answer is None else provider.names(answer)
        except ChatError as error:
            if not self._closed:
                _log.info("no emotes from %s: %s", provider.id, error)
            return None
        self._cache.write(provider.id, channel, names)
        return Kept(names, 0.0)
