"""Lines of any IRC server as chat events. Pure: the same line always gives the same event."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from ishowtts_desktop.chat.irc.text import unwrap_action
from ishowtts_desktop.core.messages import ChatMessage, Malformed, Removal, RemovalScope

if TYPE_CHECKING:
    from ishowtts_desktop.chat.irc.line import IrcLine
    from ishowtts_desktop.core.messages import ChatEvent, Role

CHANNEL_MARKS = "#&+!"


def parse_event(
    line: IrcLine, source: str, channel: str = "", roles: frozenset[Role] = frozenset()
) -> ChatEvent | None:
    """Return what ``line`` says about a channel, or None where it says nothing to an audience.

    ``channel`` names the one that a line without a channel (QUIT) is about; ``roles`` are the
    author's. A message without an id gets an empty one.
    """
    if line.command == "PRIVMSG":
        return _message(line, source, roles)
    if line.command == "KICK" and len(line.params) > 1:
        return _removal(source, line.param(0), line.param(1))
    if line.command == "QUIT" and line.param(0).lower().startswith("killed"):
        return _removal(source, channel, line.nick)
    return None


def _message(line: IrcLine, source: str, roles: frozenset[Role]) -> ChatEvent | None:
    if len(line.params) < 2 or not line.nick:
        return Malformed(source, " ".join((line.command, *line.params)), "no author or no text")
    channel = line.param(0)
    if channel[:1] not in CHANNEL_MARKS or not channel:
        return None
    text, action = unwrap_action(line.param(1))
    if text.startswith("\x01"):
        return None
    login = line.nick.lower()
    return ChatMessage(
        id=line.tags.get("msgid", ""),
        source=source,
        channel=channel.lower(),
        author_id=login,
        login=login,
        name=line.nick,
        text=text,
        roles=roles,
        action=action,
        sent_at=_time(line.tags.get("time", "")),
    )


def _removal(source: str, channel: str, nick: str) -> Removal:
    login = nick.lower()
    return Removal(
        source,
        channel.lower(),
        RemovalScope.AUTHOR,
        target_author_id=login,
        target_login=login,
    )


def _time(text: str) -> float | None:
    """Read IRCv3's server-time, for example ``2011-10-19T16:40:51.620Z``, as Unix time."""
    try:
        time = datetime.fromisoformat(text.removesuffix("Z"))
        return time.replace(tzinfo=timezone.utc).timestamp()
    except (ValueError, OverflowError):
        return None
