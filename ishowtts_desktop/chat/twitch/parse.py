"""Twitch's lines as chat events. Pure: the same line always gives the same event.

Source: https://dev.twitch.tv/docs/chat/irc/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.chat.irc.text import unwrap_action
from ishowtts_desktop.chat.twitch import tags as twitch_tags
from ishowtts_desktop.core.messages import ChatMessage, Malformed, Notice, Removal, RemovalScope

if TYPE_CHECKING:
    from ishowtts_desktop.chat.irc.line import IrcLine
    from ishowtts_desktop.core.messages import ChatEvent


def parse_event(line: IrcLine, source: str) -> ChatEvent | None:
    """Return what ``line`` says, or None where it says nothing to an audience.

    A message or notice without an id gets an empty one.
    """
    if line.command == "PRIVMSG":
        return _message(line, source)
    if line.command == "USERNOTICE":
        return _notice(line, source)
    if line.command == "CLEARMSG":
        return _removed_message(line, source)
    if line.command == "CLEARCHAT":
        return _removed_author(line, source)
    return None


def _message(line: IrcLine, source: str) -> ChatEvent | None:
    if not line.nick or len(line.params) < 2:
        return _malformed(line, source, "no author or no text")
    if not line.param(0).startswith("#"):
        return None
    tags = line.tags
    login = line.nick.lower()
    text, action = unwrap_action(line.param(1))
    return ChatMessage(
        id=tags.get("id", ""),
        source=source,
        channel=_channel(line),
        author_id=tags.get("user-id", "") or login,
        login=login,
        name=tags.get("display-name", "").strip() or line.nick,
        text=text,
        roles=twitch_tags.roles(tags),
        emotes=twitch_tags.emotes(tags.get("emotes", ""), len(text)),
        action=action,
        bits=twitch_tags.number(tags.get("bits", "")) or 0,
        reward_id=tags.get("custom-reward-id") or None,
        reply_to=tags.get("reply-parent-msg-id") or None,
        shared_from=twitch_tags.shared_from(tags),
        sent_at=twitch_tags.sent_at(tags),
        channel_id=tags.get("room-id", ""),
    )


def _notice(line: IrcLine, source: str) -> ChatEvent:
    if not line.params:
        return _malformed(line, source, "no channel")
    tags = line.tags
    login = tags.get("login", "").lower()
    text = line.param(1)
    return Notice(
        id=tags.get("id", ""),
        source=source,
        channel=_channel(line),
        type=tags.get("msg-id", ""),
        system_text=tags.get("system-msg", ""),
        author_id=tags.get("user-id", "") or login,
        login=login,
        name=tags.get("display-name", "").strip() or login,
        text=text,
        emotes=twitch_tags.emotes(tags.get("emotes", ""), len(text)),
        roles=twitch_tags.roles(tags),
        shared_from=twitch_tags.shared_from(tags),
        sent_at=twitch_tags.sent_at(tags),
    )


def _removed_message(line: IrcLine, source: str) -> ChatEvent:
    target = line.tags.get("target-msg-id", "")
    login = line.tags.get("login", "").lower()
    if line.params and target:
        return Removal(
            source,
            _channel(line),
            RemovalScope.MESSAGE,
            target_id=target,
            target_login=login or None,
        )
    if line.params and login:
        # Which message is unknown, whose is not: saying too little beats saying what was removed.
        return Removal(source, _channel(line), RemovalScope.AUTHOR, target_login=login)
    return _malformed(line, source, "names no message")


def _removed_author(line: IrcLine, source: str) -> ChatEvent:
    if not line.params:
        return _malformed(line, source, "no channel")
    author_id = line.tags.get("target-user-id") or None
    login = line.param(1).lower() or None
    if author_id or login:
        return Removal(
            source,
            _channel(line),
            RemovalScope.AUTHOR,
            target_author_id=author_id,
            target_login=login,
        )
    return Removal(source, _channel(line), RemovalScope.ALL)


def _channel(line: IrcLine) -> str:
    return line.param(0).lstrip("#").lower()


def _malformed(line: IrcLine, source: str, why: str) -> Malformed:
    return Malformed(source, " ".join((line.command, *line.params)), why)
