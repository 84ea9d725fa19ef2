"""Ids for messages that come without one."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import ChatMessage, Notice

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatEvent


class RunIds:
    """Numbers that no other run of the application has given."""

    def __init__(self) -> None:
        self._run = uuid.uuid4().hex[:12]
        self._numbers = itertools.count(1)

    def name(self, event: ChatEvent) -> ChatEvent:
        """Return ``event`` with an id, where it is a message or notice that lacks one."""
        if isinstance(event, (ChatMessage, Notice)) and not event.id:
            return replace(event, id=f"{self._run}-{next(self._numbers)}")
        return event
