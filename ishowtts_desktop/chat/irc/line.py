"""IRC lines: bytes in, parts out, and never an exception.

Sources: RFC 2812 section 2.3.1, and the IRCv3 specification "Message Tags".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# IRCv3 allows 8191 bytes of tags and 512 of the rest; this leaves room for nearly twice that.
LINE_LIMIT = 16_384

_ESCAPES = {":": ";", "s": " ", "\\": "\\", "r": "\r", "n": "\n"}
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)
_COMMAND = re.compile(r"[A-Za-z]+|[0-9]{3}")


@dataclass(frozen=True)
class IrcLine:
    """One line. ``command`` is upper case; tag values are unescaped; ``params`` holds no colons."""

    command: str
    params: tuple[str, ...] = ()
    prefix: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def nick(self) -> str:
        """Who sent it: a nick, or a server's name."""
        return self.prefix.partition("!")[0].partition("@")[0]

    @property
    def user(self) -> str:
        """The sender's user name, where the prefix tells it."""
        return self.prefix.partition("!")[2].partition("@")[0]

    @property
    def host(self) -> str:
        """The sender's host, where the prefix tells it."""
        return self.prefix.partition("@")[2]

    def param(self, index: int) -> str:
        """Return a parameter, or an empty string where the line ends before it."""
        return self.params[index] if index < len(self.params) else ""


def decode(raw: bytes | str) -> str:
    """Return the text of a line without its end; what is no UTF-8 becomes U+FFFD."""
    if isinstance(raw, str):
        raw = raw.encode("utf-8", "replace")
    return raw.decode("utf-8", "replace").rstrip("\r\n")


def parse_line(raw: bytes | str) -> IrcLine | None:
    """Take a line apart; None where it is empty, longer than `LINE_LIMIT` or no IRC."""
    if len(raw) > LINE_LIMIT:
        return None
    rest = decode(raw).lstrip(" ")
    tags: dict[str, str] = {}
    prefix = ""
    if rest.startswith("@"):
        head, _, rest = rest[1:].partition(" ")
        tags = _tags(head)
        rest = rest.lstrip(" ")
    if rest.startswith(":"):
        head, _, rest = rest.partition(" ")
        prefix = head[1:]
        rest = rest.lstrip(" ")
    middle, colon, trailing = rest.partition(" :")
    words = [word for word in middle.split(" ") if word]
    if not words or not _COMMAND.fullmatch(words[0]):
        return None
    params = (*words[1:], trailing) if colon else tuple(words[1:])
    return IrcLine(words[0].upper(), params, prefix, tags)


def unescape(value: str) -> str:
    """Undo the escapes of a tag's value; an unknown one loses its backslash."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found.group(1), found.group(1)), value)


def _tags(head: str) -> dict[str, str]:
    tags = {}
    for item in head.split(";"):
        key, _, value = item.partition("=")
        if key:
            tags[key] = unescape(value)
    return tags
