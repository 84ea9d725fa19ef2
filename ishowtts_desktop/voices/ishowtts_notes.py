"""What came of each line of an ``ishowtts.toml``, in the words that its owner reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_SHOWN: Final = 60


@dataclass
class Notes:
    """What was ``taken`` as it is, ``changed`` on the way, or ``left``, each with its reason."""

    taken: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def shown(value: object) -> str:
    """Return a value of the file as a note shows it: one line, and not a long one."""
    try:
        text = value if isinstance(value, str) else str(value)
    except ValueError:
        # A hexadecimal number can be longer than Python writes in decimal.
        text = "a number of thousands of digits"
    line = one_line(text)
    cut = f"{line[:LONGEST_SHOWN]}…" if len(line) > LONGEST_SHOWN else line
    return f'"{cut}"' if isinstance(value, str) else cut


def key_shown(key: str) -> str:
    """Return a key as a note shows it."""
    return shown(key)[1:-1]


def path_shown(path: Path) -> str:
    """Return a path as a note shows it: whole, so that it can be copied."""
    return f'"{one_line(str(path))}"'


def one_line(text: str) -> str:
    """Return ``text`` without what can't be seen or printed."""
    seen = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(seen.split())
