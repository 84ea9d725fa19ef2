"""The @name that a reply begins with: the one it is for knows."""

from __future__ import annotations

import regex

_REPLY = regex.compile(r"^\s*@\S+\s*")
# As Bilibili writes it.
_ANSWER = regex.compile(r"^\s*回复\s*@[^\s:：@]{1,40}+\s*[:：]\s*(?=\S)")
_AT_START = regex.compile(r"^\s*(?:@\w{2,40}+[,:]?\s+)+(?=\S)")


def strip_prefix(text: str, *, is_reply: bool) -> str:
    """Take the leading mention off.

    A platform's reply loses it in any case. In other messages whatever follows must be more than
    the mention: "@小明你好" has no space and is a sentence.
    """
    answered = _ANSWER.sub("", text)
    if answered != text:
        return answered
    return (_REPLY if is_reply else _AT_START).sub("", text)


def mentions(text: str, name: str) -> bool:
    """Tell whether ``text`` calls ``name`` with an at sign."""
    at = text.casefold()
    wanted = "@" + name.lstrip("#@").casefold()
    place = at.find(wanted)
    while len(wanted) > 1 and place >= 0:
        after = at[place + len(wanted) : place + len(wanted) + 1]
        if not (after.isascii() and (after.isalnum() or after == "_")):
            return True
        place = at.find(wanted, place + 1)
    return False
