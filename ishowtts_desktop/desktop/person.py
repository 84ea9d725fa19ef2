"""Whoever wrote a line, as far as the lists of users know people: by login or by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ishowtts_desktop.reading.rules.people import fold_user

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ishowtts_desktop.core.messages import ChatMessage, Notice


@dataclass(frozen=True)
class Person:
    """A login and a name as the platform tells them; one of them at least isn't empty."""

    login: str
    name: str

    @property
    def key(self) -> str:
        """What names them in a list that they are new to."""
        return self.login or self.name

    @property
    def folded(self) -> frozenset[str]:
        """All that a list may know them by, folded."""
        return frozenset((fold_user(self.login), fold_user(self.name))) - {""}

    def listed_in(self, folded: Collection[str]) -> list[str]:
        """Return those of their names that stand in a list of folded ones, the login first."""
        names = {fold_user(name): name for name in (self.name, self.login)}
        return [name for fold, name in reversed(names.items()) if fold and fold in folded]

    def key_in(self, names: Iterable[str]) -> str:
        """Return what they are listed by in ``names``, else what would name them there."""
        return next(iter(self.listed_in(frozenset(map(fold_user, names)))), self.key)


def person_of(source: ChatMessage | Notice | None) -> Person | None:
    """Return who wrote a message or is meant by a notice; None for nobody who could be named."""
    if source is None or not (fold_user(source.login) or fold_user(source.name)):
        return None
    return Person(source.login, source.name)
