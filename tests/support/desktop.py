"""Builders for what the pipeline tells the window."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from Xlib import Xutil
from Xlib.display import Display

from ishowtts_desktop.core.messages import ChatMessage
from ishowtts_desktop.core.utterances import Lane, Outcome, OutcomeState, Reason, Stage, Utterance
from ishowtts_desktop.reading.outbox import ReaderState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def message(number: int | str = 1, text: str = "hello", name: str = "Anna") -> ChatMessage:
    """A chat message; its id is the number."""
    received_at = float(number) if isinstance(number, int) else 0.0
    return ChatMessage(
        id=str(number),
        source="twitch",
        channel="room",
        author_id=f"id-{name}",
        login=name.lower(),
        name=name,
        text=text,
        received_at=received_at,
        sent_at=1_700_000_000.0,
    )


def outcome(
    of: ChatMessage | None,
    state: OutcomeState,
    reason: Reason | None = None,
    *,
    id: str = "own",  # noqa: A002 - the field's name
    text: str = "own line",
    lane: Lane = Lane.NORMAL,
) -> Outcome:
    """What became of a message, or of a line of the streamer's when ``of`` is None."""
    if of is not None:
        return Outcome(of.id, state, 0.0, reason, text=of.text, name=of.name, lane=lane, message=of)
    return Outcome(id, state, 0.0, reason, text=text, lane=Lane.STREAMER)


def reader(
    *,
    reading: bool = True,
    paused: bool = False,
    speaking: str = "",
    queued: int = 0,
    seconds: float = 0.0,
    held: bool = False,
    panicked: bool = False,
    stage: Stage = Stage.CALM,
    oldest_at: float | None = None,
) -> ReaderState:
    """What the reader does."""
    utterance = Utterance("1", speaking, "en", 1.0, Lane.NORMAL, 0.0) if speaking else None
    return ReaderState(
        reading,
        paused,
        utterance,
        queued,
        seconds,
        held=held,
        panicked=panicked,
        stage=stage,
        oldest_at=oldest_at,
    )


def managed(window: QWidget) -> bool:
    """Tell whether the window manager has the window in its care."""
    with contextlib.closing(Display()) as display:
        state = display.create_resource_object("window", int(window.winId())).get_wm_state()
        return state is not None and state.state != Xutil.WithdrawnState
