"""Chat messages for tests, with only what a test is about written out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ishowtts_desktop.core.messages import ChatMessage

_HELLO = ChatMessage(
    id="m1",
    source="twitch",
    channel="room",
    author_id="u1",
    login="bob",
    name="Bob",
    text="hello",
    received_at=1000.0,
)


def chat(text: str = "hello", **changes: Any) -> ChatMessage:
    """Return a message of Bob's in #room, ``changes`` made to it."""
    return replace(_HELLO, text=text, **changes)
