"""What a PRIVMSG's text may wrap: the ACTION of `/me`. Source: the CTCP specification."""

from __future__ import annotations

_ACTION = "\x01ACTION"


def unwrap_action(text: str) -> tuple[str, bool]:
    """Return the inner text, and whether it was an ACTION."""
    if not text.startswith(_ACTION):
        return text, False
    inner = text[len(_ACTION) :]
    if inner and inner[0] not in " \x01":
        return text, False
    return inner[1 if inner.startswith(" ") else 0 :].rstrip("\x01"), True
