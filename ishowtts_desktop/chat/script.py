"""The lines of a replay: recorded protocol lines, JSON events, or plain ``Name: text``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ishowtts_desktop.chat.irc.line import LINE_LIMIT, decode, parse_line
from ishowtts_desktop.chat.twitch.parse import parse_event
from ishowtts_desktop.chat.wire import event_from_json
from ishowtts_desktop.core.errors import ChatError
from ishowtts_desktop.core.messages import ChatMessage, ConnectionState, Malformed

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatEvent

_TIMED_PROTOCOL = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s+([@:{].*)", re.DOTALL)
_TIMED_PLAIN = re.compile(r"([0-9]{1,9}\.[0-9]{1,9})\s+(.*)", re.DOTALL)
_PLAIN = re.compile(r"([^\s:：][^:：]{0,49})[:：]\s*(.+)", re.DOTALL)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_STEP = 1.0
_LONGEST_GAP = 600.0
_LATEST = 10 * 365 * 86_400.0


@dataclass(frozen=True)
class Cue:
    """An event and when it comes, in seconds from the beginning of the replay."""

    at: float
    event: ChatEvent


class ScriptReader:
    """Recognises each line by itself and times the ones without a time.

    Time comes from the line, else from the platform's time stamps (differences over ten minutes
    count as ten), else every line comes a second after the one before.
    """

    def __init__(self, source: str, channel: str) -> None:
        self._source = source
        self._channel = channel
        self._at = 0.0
        self._sent_at: float | None = None
        self._begun = False

    def read(self, raw: bytes) -> Cue | None:
        """Return what a line says, or None for a comment, a blank or a line without an event."""
        text = decode(raw).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
        if not text or text.startswith("#"):
            return None
        if len(raw) > LINE_LIMIT:
            return self._cue(None, Malformed(self._source, text[:LINE_LIMIT], "too long"))
        timed = _TIMED_PROTOCOL.fullmatch(text) or _TIMED_PLAIN.fullmatch(text)
        at, text = (float(timed.group(1)), timed.group(2)) if timed else (None, text)
        if text.startswith("{"):
            json_at, event = self._from_json(text)
            at = json_at if at is None else at
        elif text[0] in "@:":
            event = self._from_protocol(text)
        else:
            event = self._from_plain(text)
        return None if event is None else self._cue(at, event)

    def _cue(self, at: float | None, event: ChatEvent) -> Cue:
        if isinstance(event, Malformed):
            return Cue(self._at, event)
        sent_at = getattr(event, "sent_at", None)
        if at is not None:
            self._at = at
        elif sent_at is not None and self._sent_at is not None:
            self._at += min(max(0.0, sent_at - self._sent_at), _LONGEST_GAP)
        elif self._begun:
            self._at += _STEP
        self._sent_at = sent_at if sent_at is not None else self._sent_at
        self._begun = True
        return Cue(self._at, event)

    def _from_protocol(self, text: str) -> ChatEvent | None:
        line = parse_line(text)
        if line is None:
            return Malformed(self._source, text, "no IRC line")
        return parse_event(line, self._source)

    def _from_json(self, text: str) -> tuple[float | None, ChatEvent | None]:
        try:
            data = json.loads(text)
            event = event_from_json(data, self._source)
        except (ValueError, RecursionError, ChatError):
            return None, Malformed(self._source, text, "no JSON event")
        at = data.get("at")
        usable = isinstance(at, (int, float)) and 0 <= at < _LATEST
        if isinstance(event, ConnectionState):
            return None, None
        if not isinstance(event, Malformed) and not event.channel:
            event = replace(event, channel=self._channel)
        return (float(at) if usable else None), event

    def _from_plain(self, text: str) -> ChatEvent:
        found = None if _URL.match(text) else _PLAIN.fullmatch(text)
        if found is None:
            return Malformed(self._source, text, "no line of a chat")
        name = found.group(1).strip()
        login = name.lower()
        return ChatMessage("", self._source, self._channel, login, login, name, found.group(2))
