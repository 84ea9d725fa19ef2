"""Chat events as the JSON objects that other programs rely on, and back.

The keys are stable; an absent key means unknown.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ishowtts_desktop.chat.emotes import apart
from ishowtts_desktop.chat.irc import parse as irc_parse
from ishowtts_desktop.chat.irc.line import LINE_LIMIT, decode, parse_line
from ishowtts_desktop.chat.twitch import parse as twitch_parse
from ishowtts_desktop.core.errors import ChatError
from ishowtts_desktop.core.messages import (
    ChatMessage,
    ConnectionState,
    Emote,
    Malformed,
    Notice,
    Phase,
    Removal,
    RemovalScope,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ishowtts_desktop.chat.irc.line import IrcLine
    from ishowtts_desktop.core.messages import ChatEvent

PLATFORMS = ("twitch", "irc")


def parse_lines(platform: str, lines: Iterable[bytes | str]) -> Iterator[dict[str, Any]]:
    """Yield one JSON object for each line that says something; raises `ChatError` at the first use.

    A line without an event for an audience (PING, JOIN, ...) yields nothing.
    """
    parsers: dict[str, Callable[[IrcLine, str], ChatEvent | None]] = {
        "twitch": twitch_parse.parse_event,
        "irc": irc_parse.parse_event,
    }
    if platform not in parsers:
        raise ChatError(
            f"The lines of {platform!r} can't be parsed.", f"Parsed are: {', '.join(PLATFORMS)}."
        )
    return _parse_lines(platform, parsers[platform], lines)


def _parse_lines(
    platform: str,
    parse: Callable[[IrcLine, str], ChatEvent | None],
    lines: Iterable[bytes | str],
) -> Iterator[dict[str, Any]]:
    for raw in lines:
        if not raw.strip():
            continue
        line = parse_line(raw)
        event: ChatEvent | None
        if line is None:
            why = "no IRC line" if len(raw) <= LINE_LIMIT else f"longer than {LINE_LIMIT} bytes"
            event = Malformed(platform, decode(raw), why)
        else:
            event = parse(line, platform)
        if event is not None:
            yield event_to_json(event)


def event_to_json(event: ChatEvent) -> dict[str, Any]:
    """Return the object for ``event``; `json.dumps` takes it as it is."""
    if isinstance(event, ChatMessage):
        return _known(
            kind="message",
            **_author(event),
            text=event.text,
            action=event.action,
            emotes=_emotes(event),
            bits=event.bits,
            reward_id=event.reward_id,
            reply_to=event.reply_to,
            shared_from=event.shared_from,
            sent_at=event.sent_at,
        )
    if isinstance(event, Notice):
        return _known(
            kind="notice",
            type=event.type or None,
            system_text=event.system_text,
            **_author(event),
            text=event.text,
            emotes=_emotes(event),
            shared_from=event.shared_from,
            sent_at=event.sent_at,
        )
    if isinstance(event, Removal):
        return _known(
            kind="removal",
            channel=event.channel,
            scope=event.scope.value,
            target_id=event.target_id,
            target_author_id=event.target_author_id,
            target_login=event.target_login,
        )
    if isinstance(event, ConnectionState):
        return _known(
            kind="state",
            channel=event.channel or None,
            phase=event.phase.value,
            detail=event.detail,
            retry_in=event.retry_in,
        )
    return {"kind": "malformed", "line": event.line, "why": event.why}


def event_from_json(data: object, source: str) -> ChatEvent:
    """Return the event of an object as `event_to_json` makes them; raises `ChatError`.

    Values of the wrong type count as absent.
    """
    if not isinstance(data, dict):
        raise ChatError("A chat event is a JSON object.", 'For example {"kind": "message", ...}.')
    kind = data.get("kind", "message")
    if kind == "message" and isinstance(data.get("text"), str):
        return _message(data, source)
    if kind == "notice":
        return _notice(data, source)
    if kind == "removal" and data.get("scope") in [scope.value for scope in RemovalScope]:
        return _removal(data, source)
    if kind == "state" and data.get("phase") in [phase.value for phase in Phase]:
        return ConnectionState(
            source,
            _text(data, "channel"),
            Phase(data["phase"]),
            _text(data, "detail"),
            _number(data, "retry_in"),
        )
    if kind == "malformed":
        return Malformed(source, _text(data, "line"), _text(data, "why"))
    raise ChatError(f"No chat event is of the kind {kind!r} like this.", "See `chat parse`.")


def _message(data: Mapping[str, Any], source: str) -> ChatMessage:
    text = _text(data, "text")
    login, name = _text(data, "login"), _text(data, "name")
    login = login or name.lower()
    bits = data.get("bits")
    return ChatMessage(
        id=_text(data, "id"),
        source=source,
        channel=_text(data, "channel"),
        author_id=_text(data, "author_id") or login,
        login=login,
        name=name or login,
        text=text,
        roles=_roles(data),
        emotes=_spans(data, len(text)),
        action=data.get("action") is True,
        bits=bits if isinstance(bits, int) and bits > 0 else 0,
        reward_id=_text(data, "reward_id") or None,
        reply_to=_text(data, "reply_to") or None,
        shared_from=_text(data, "shared_from") or None,
        sent_at=_number(data, "sent_at"),
    )


def _notice(data: Mapping[str, Any], source: str) -> Notice:
    text = _text(data, "text")
    return Notice(
        id=_text(data, "id"),
        source=source,
        channel=_text(data, "channel"),
        type=_text(data, "type"),
        system_text=_text(data, "system_text"),
        author_id=_text(data, "author_id"),
        login=_text(data, "login"),
        name=_text(data, "name"),
        text=text,
        emotes=_spans(data, len(text)),
        roles=_roles(data),
        shared_from=_text(data, "shared_from") or None,
        sent_at=_number(data, "sent_at"),
    )


def _removal(data: Mapping[str, Any], source: str) -> Removal:
    return Removal(
        source,
        _text(data, "channel"),
        RemovalScope(data["scope"]),
        target_id=_text(data, "target_id") or None,
        target_author_id=_text(data, "target_author_id") or None,
        target_login=_text(data, "target_login") or None,
    )


def _known(**values: object) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _author(event: ChatMessage | Notice) -> dict[str, object]:
    return {
        "id": event.id or None,
        "channel": event.channel or None,
        "author_id": event.author_id or None,
        "login": event.login or None,
        "name": event.name or None,
        "roles": sorted(role.value for role in event.roles),
    }


def _emotes(event: ChatMessage | Notice) -> list[dict[str, object]]:
    return [{"id": emote.id, "start": emote.start, "end": emote.end} for emote in event.emotes]


def _roles(data: Mapping[str, Any]) -> frozenset[Role]:
    roles = data.get("roles")
    return frozenset(role for role in Role if isinstance(roles, list) and role.value in roles)


def _spans(data: Mapping[str, Any], length: int) -> tuple[Emote, ...]:
    spans = data.get("emotes")
    found = []
    for span in spans if isinstance(spans, list) else []:
        if not isinstance(span, dict):
            continue
        start, end = span.get("start"), span.get("end")
        if isinstance(start, int) and isinstance(end, int) and _text(span, "id"):
            found.append(Emote(_text(span, "id"), start, end))
    return apart(found, length)


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _number(data: Mapping[str, Any], key: str) -> float | None:
    value = data.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15:
        return float(value) if math.isfinite(value) else None
    return None
