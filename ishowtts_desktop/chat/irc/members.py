"""Who is an operator of a channel, as far as NAMES, MODE and NICK tell.

Source: RFC 2812 sections 3.2.3 and 3.2.5, and the ISUPPORT parameters PREFIX and CHANMODES.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import Role

if TYPE_CHECKING:
    from ishowtts_desktop.chat.irc.line import IrcLine

_OPERATOR_MARKS = "~&@%"
_OPERATOR_MODES = "qaoh"
_ANY_MARK = "~&@%+"
_MODES_WITH_NAME = "qaohvbeIk"
_NAMES, _MODE, _NICK, _PART, _QUIT, _KICK = "353", "MODE", "NICK", "PART", "QUIT", "KICK"


class Members:
    """The operators of one channel. They moderate, so they count as moderators."""

    def __init__(self, channel: str) -> None:
        self._channel = channel.lower()
        self._operators: set[str] = set()

    def roles(self, nick: str) -> frozenset[Role]:
        """Return the roles of ``nick``."""
        return frozenset({Role.MODERATOR}) if nick.lower() in self._operators else frozenset()

    def hear(self, line: IrcLine) -> None:
        """Learn from a line of the server."""
        if line.command == _NAMES and line.param(2).lower() == self._channel:
            for name in line.param(3).split():
                self._set(name.lstrip(_ANY_MARK), name[0] in _OPERATOR_MARKS)
        elif line.command == _MODE and line.param(0).lower() == self._channel:
            self._on_mode(line.param(1), list(line.params[2:]))
        elif line.command == _NICK and line.params:
            self._set(line.param(0), line.nick.lower() in self._operators)
            self._set(line.nick, operator=False)
        elif line.command in (_PART, _QUIT):
            self._set(line.nick, operator=False)
        elif line.command == _KICK:
            self._set(line.param(1), operator=False)

    def _on_mode(self, changes: str, names: list[str]) -> None:
        adding = True
        for mode in changes:
            if mode in "+-":
                adding = mode == "+"
            elif mode in _MODES_WITH_NAME or (mode == "l" and adding):
                name = names.pop(0) if names else ""
                if mode in _OPERATOR_MODES and name:
                    self._set(name, adding)

    def _set(self, nick: str, operator: bool) -> None:
        if operator:
            self._operators.add(nick.lower())
        else:
            self._operators.discard(nick.lower())
