"""The protocol that every chat source follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatEvent


class EventSink(Protocol):
    """Where a source puts what it hears. Never blocks."""

    def emit(self, event: ChatEvent) -> None:
        """Take one event, on the chat thread."""
        ...


class ChatSource(Protocol):
    """Listens to one channel of one platform."""

    @property
    def url(self) -> str:
        """The source URL that names it, without secrets."""
        ...

    async def run(self, sink: EventSink) -> None:
        """Listen until cancelled, reconnecting as needed; tell every change of state.

        Returns when there is nothing more to hear (a replay's end) or nothing to try again
        (a `Phase.FAILED` state was told).
        """
        ...
