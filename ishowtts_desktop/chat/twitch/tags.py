"""What Twitch writes into a line's tags, read forgivingly.

Source: https://dev.twitch.tv/docs/chat/irc/#twitch-specific-tags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.chat.emotes import apart
from ishowtts_desktop.core.messages import Emote, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROLES = {
    "broadcaster": Role.BROADCASTER,
    "moderator": Role.MODERATOR,
    "lead_moderator": Role.MODERATOR,
    "vip": Role.VIP,
    "subscriber": Role.SUBSCRIBER,
    "founder": Role.SUBSCRIBER,
}
_LONGEST_NUMBER = 15


def number(text: str) -> int | None:
    """Read a whole number that isn't negative; None for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    return None


def roles(tags: Mapping[str, str]) -> frozenset[Role]:
    """Return what the author is in the channel that is read."""
    badges = {badge.partition("/")[0] for badge in tags.get("badges", "").split(",")}
    found = {_ROLES[badge] for badge in badges if badge in _ROLES}
    if tags.get("mod") == "1":
        found.add(Role.MODERATOR)
    if tags.get("vip") == "1":
        found.add(Role.VIP)
    if tags.get("subscriber") == "1":
        found.add(Role.SUBSCRIBER)
    return frozenset(found)


def emotes(tag: str, length: int) -> tuple[Emote, ...]:
    """Read ``id:first-last,.../id:...`` for a text of ``length`` code points.

    The spans come sorted, inside the text and apart from each other; what can't be so is left out.
    """
    found = []
    for part in tag.split("/"):
        id_, _, spans = part.partition(":")
        for span in spans.split(","):
            first, _, last = span.partition("-")
            start, end = number(first), number(last)
            if id_ and start is not None and end is not None:
                found.append(Emote(id_, start, end + 1))
    return apart(found, length)


def sent_at(tags: Mapping[str, str]) -> float | None:
    """Return when Twitch took the line, in seconds of Unix time."""
    milliseconds = number(tags.get("tmi-sent-ts", ""))
    return None if milliseconds is None else milliseconds / 1000


def shared_from(tags: Mapping[str, str]) -> str | None:
    """Return the room that a shared chat's line was written in, where that is another one."""
    origin = tags.get("source-room-id")
    return origin if origin and origin != tags.get("room-id") else None
