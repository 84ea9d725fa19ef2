"""Who is who: the streamer's lists of users, and the one key for all that is remembered of one.

A user is named by login or name, with or without "@", in any case and width, with look-alike
letters or without. Digits stay digits: bob1 isn't bobi. "*" stands for any characters, so "free*"
is everybody whose name begins with that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import Role
from ishowtts_desktop.reading.rules.folding import look_alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.reading_config import RoleName

_LONGEST_NAME = 200
# The platform's number for guests, who are many.
_NOBODY = ("", "0")
_RANKS: tuple[RoleName, ...] = ("everyone", "subscriber", "vip", "moderator", "broadcaster")


def fold_user(user: str) -> str:
    """Return the one form of a user's login or name."""
    return look_alike(user[:_LONGEST_NAME].strip()).strip().removeprefix("@").strip()


def names_of(message: ChatMessage) -> frozenset[str]:
    """Return the author's folded login and name, without empty ones."""
    return frozenset((fold_user(message.login), fold_user(message.name))) - {""}


def author_of(message: ChatMessage) -> str:
    """Return the key of the author: by id, else by login or name; "" for nobody's message.

    It is the same in every run and on every machine.
    """
    if message.author_id not in _NOBODY:
        return f"{message.source}:id:{message.author_id}"
    name = fold_user(message.login) or fold_user(message.name)
    return f"{message.source}:name:{name}" if name else ""


def rank_of(message: ChatMessage) -> int:
    """Return the highest role's place, 0 for everyone's; compare it with `rank_named`."""
    return max((_RANKS.index(role.value) for role in message.roles), default=0)


def rank_named(role: RoleName) -> int:
    """Return the place of a role, from 0 for everyone to 4 for the broadcaster."""
    return _RANKS.index(role)


def is_broadcaster(message: ChatMessage) -> bool:
    """Tell whether the streamer wrote it."""
    return Role.BROADCASTER in message.roles


class People:
    """A list of users. Empty entries, and those of stars alone, name nobody."""

    def __init__(self, users: Iterable[str]) -> None:
        plain: set[str] = set()
        self._wild: list[tuple[str, ...]] = []
        for user in users:
            parts = tuple(fold_user(part) for part in user[:_LONGEST_NAME].split("*"))
            if not any(parts):
                continue
            if len(parts) == 1:
                plain.add(parts[0])
            else:
                self._wild.append(parts)
        self._plain = frozenset(plain)

    def has(self, message: ChatMessage) -> bool:
        """Tell whether the author is on the list."""
        names = names_of(message)
        if not self._plain.isdisjoint(names):
            return True
        return any(_fits(name, parts) for parts in self._wild for name in names)


def _fits(name: str, parts: tuple[str, ...]) -> bool:
    """Tell whether ``name`` is ``parts`` with anything between them, in linear time."""
    first, *middle, last = parts
    if len(name) < len(first) + len(last) or not (name.startswith(first) and name.endswith(last)):
        return False
    place, end = len(first), len(name) - len(last)
    for part in middle:
        found = name.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True
