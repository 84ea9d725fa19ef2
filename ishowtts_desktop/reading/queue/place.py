"""A place in the queue: one utterance, or several that are said as one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.utterances import Lane, Utterance
from ishowtts_desktop.reading import notices
from ishowtts_desktop.reading.queue import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

MIXED: Final = frozenset(("en", "zh"))
"""Languages that one line may have beside each other; it counts as Chinese then."""
JOINT_EXTRA: Final = 500_000
"""Microseconds that "3 people say" or "12 of them" may take beside the longest member."""


def microseconds(seconds: float) -> int:
    """Return whole microseconds: sums of floats drift."""
    return round(seconds * 1_000_000)


@dataclass(eq=False)
class Place:
    """Holds a place in one lane for its ``members``, of which there is one at least.

    A ``crowd`` is several people who say the same, and nobody's place. ``put_back`` is for what had
    been chosen already: it makes no room for others.
    """

    members: list[Utterance]
    crowd: bool = False
    put_back: bool = False
    length: int = field(init=False)
    """Microseconds of speech, reckoned so that fewer members are never longer."""

    def __post_init__(self) -> None:
        self.length = self._measured()

    def add(self, member: Utterance) -> None:
        """Take ``member`` in, behind the others."""
        self.members.append(member)
        if self._as_one:
            # A crowd may have thousands, so they aren't all measured again.
            self.length = max(
                self.length + JOINT_EXTRA * (len(self.members) == 2),
                microseconds(member.seconds) + JOINT_EXTRA,
            )
        else:
            self.length = self._measured()

    def keep(self, members: list[Utterance]) -> None:
        """Go on for ``members`` alone."""
        self.members = members
        self.length = self._measured()

    @property
    def lane(self) -> Lane:
        """The lane that it waits in."""
        return self.members[0].lane

    @property
    def author(self) -> str:
        """Whose place it is, "" for nobody's."""
        return "" if self.crowd else self.members[0].author

    @property
    def newest_at(self) -> float:
        """When the last of its members came, in seconds of `Clock.now`."""
        return self.members[-1].created_at

    @property
    def people(self) -> int:
        """How many authors speak in it; whoever has no name counts for each message."""
        named = {member.author for member in self.members if member.author}
        return len(named) + sum(not member.author for member in self.members)

    def composed(self, speed: float = 1.0) -> Utterance:
        """Return what is said for it, at ``speed``: its only member, or a joint utterance.

        That goes under the id of its first member. A crowd is nobody's message.
        """
        first = self.members[0]
        seconds = self.length / 1e6 / speed
        if len(self.members) == 1:
            return first if speed == 1.0 else replace(first, seconds=seconds, speed=speed)
        return replace(
            first,
            text=self._text(),
            language=self._language(),
            seconds=seconds,
            speed=speed,
            created_at=min(member.created_at for member in self.members),
            voice=first.voice if len({member.voice for member in self.members}) == 1 else "",
            message=None if self.crowd else first.message,
            author=self.author,
            key=first.key if self.crowd or self.lane is Lane.PAID else "",
            members=tuple(self.members),
        )

    @property
    def _as_one(self) -> bool:
        return self.crowd or self.lane is Lane.PAID

    def _measured(self) -> int:
        lengths = [microseconds(member.seconds) for member in self.members]
        if self._as_one:
            return max(lengths) + JOINT_EXTRA * (len(lengths) > 1)
        said: dict[str, int] = {}
        for member, length in zip(self.members, lengths, strict=True):
            said[_same(member)] = max(length, said.get(_same(member), 0))
        return sum(said.values())

    def _text(self) -> str:
        first = self.members[0]
        if self.crowd:
            return wording.crowd(first.text, self.people, first.language)
        if self.lane is Lane.PAID:
            return notices.combined(self.members, first.language)
        texts = {_same(member): member.text for member in reversed(self.members)}
        return wording.joined(list(texts.values())[::-1], self._language())

    def _language(self) -> str:
        """Return the language of all of it; English beside Chinese is a Chinese line."""
        joined = not self._as_one and len({member.language for member in self.members}) > 1
        return "zh" if joined else self.members[0].language


def _same(utterance: Utterance) -> str:
    return utterance.key or f"\n{utterance.text}"


def restored(utterance: Utterance) -> Place:
    """Return the place that ``utterance`` was popped from."""
    members: Sequence[Utterance] = utterance.members
    if not members:
        natural = utterance
        if utterance.speed != 1.0:
            seconds = round(utterance.seconds * utterance.speed, 6)
            natural = replace(utterance, seconds=seconds, speed=1.0)
        members = (natural,)
    authors = {member.author for member in members}
    crowd = len(members) > 1 and utterance.lane not in (Lane.PAID, Lane.STREAMER)
    crowd = crowd and (len(authors) > 1 or "" in authors)
    return Place(list(members), crowd=crowd, put_back=True)
