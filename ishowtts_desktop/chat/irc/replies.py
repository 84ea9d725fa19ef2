"""Replies of servers that decide over a connection.

Sources: RFC 2812 section 5.2, https://modern.ircdocs.horse/#numerics, and Twitch's list of NOTICE
message ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ishowtts_desktop.chat.irc.line import IrcLine

MOST_NICKS = 9
NICK_TAKEN = ("433", "436")
REGISTRATION_REFUSED = ("432", "451", "463", "464", "465", "466")
JOIN_REFUSED = ("403", "405", "437", "471", "473", "474", "475", "476", "477", "489", "520")
TWITCH_CHANNEL_REFUSED = (
    "msg_banned",
    "msg_channel_blocked",
    "msg_channel_suspended",
    "msg_room_not_found",
    "tos_ban",
)


def reason(line: IrcLine) -> str:
    """Return the server's own words at the end of a reply, without a full stop."""
    return (line.params[-1] if line.params else line.command).strip()[:200].rstrip(".")
