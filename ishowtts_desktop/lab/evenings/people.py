"""Who writes in a simulated chat, and what: drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.messages import ChatMessage, Role
from ishowtts_desktop.lab.chat_lines import LINES

if TYPE_CHECKING:
    import random

SOURCE: Final = "twitch"
CHANNEL: Final = "room"
_CALLS: Final = {
    "en": ("gg", "GG", "gg!!", "lol", "LOL", "W", "hype", "lets gooo", "POG", "F"),
    "zh": ("666", "6666", "哈哈哈", "哈哈哈哈哈", "草", "来了", "冲冲冲", "牛", "前排", "233"),
}
_REGULARS: Final = 150
_MENTIONS: Final = 0.03
_BARE: Final = 0.3
_TALK: Final = 4
_MODERATORS: Final = (4, 40)
_SPAM: Final = ("buy cheap followers at my shop now", "best viewers, best prices, look me up")


@dataclass(frozen=True)
class Person:
    """Somebody in the chat, in one language; only who is ``regular`` calls the channel."""

    login: str
    language: str
    regular: bool = False
    roles: frozenset[Role] = frozenset()


class People:
    """A crowd of ``number``; the first of them write most, as in any chat."""

    def __init__(self, draw: random.Random, number: int, kind: str) -> None:
        self._draw = draw
        self._people = [self._person(f"{kind}{index}", index) for index in range(number)]
        self._weights = [1.0 / (index + number / 20 + 5) for index in range(number)]
        self._written = 0

    def writes(self, at: float, calls: float, paid: float) -> ChatMessage:
        """Return the next message.

        ``calls`` is the share of short calls that many write, ``paid`` that of those with bits.
        """
        person = self._draw.choices(self._people, self._weights)[0]
        text = self._call(person) if self._draw.random() < calls else self._line(person)
        if person.regular and self._draw.random() < _MENTIONS:
            text = f"@{CHANNEL} {text}"
        if self._draw.random() >= paid:
            return self._message(person, text, at)
        bits = self._draw.choice((100, 500))
        bare = self._draw.random() < _BARE
        return self._message(person, f"Cheer{bits}" + ("" if bare else f" {text}"), at, bits)

    def spams(self, at: float) -> ChatMessage:
        """Return the next message of a bot: half of them the same, half different."""
        bot = Person("spam_bot_9000", "en")
        text = self._draw.choice(_SPAM)
        if self._draw.random() < 0.5:
            text = f"{text} {self._line(bot)}"
        return self._message(bot, text, at)

    def talks(self, at: float) -> ChatMessage:
        """Return the next message of who never stops: long ones, no two alike."""
        talker = Person("talker", "en")
        text = ", ".join(self._draw.choice(LINES["en"]) for _ in range(_TALK))
        return self._message(talker, text, at)

    def _message(self, person: Person, text: str, at: float, bits: int = 0) -> ChatMessage:
        self._written += 1
        return ChatMessage(
            id=f"{person.login}-{self._written}",
            source=SOURCE,
            channel=CHANNEL,
            author_id=person.login,
            login=person.login,
            name=person.login,
            text=text,
            roles=person.roles,
            bits=bits,
            received_at=at,
        )

    def _person(self, login: str, index: int) -> Person:
        roles = frozenset((Role.MODERATOR,)) if index in _MODERATORS else frozenset[Role]()
        return Person(login, self._draw.choice(("en", "zh")), index < _REGULARS, roles)

    def _call(self, person: Person) -> str:
        return self._draw.choice(_CALLS[person.language])

    def _line(self, person: Person) -> str:
        lines = LINES[person.language]
        comma = "，" if person.language == "zh" else ", "
        parts = self._draw.choices((1, 2, 3), (0.6, 0.3, 0.1))[0]
        return comma.join(self._draw.choice(lines) for _ in range(parts))
