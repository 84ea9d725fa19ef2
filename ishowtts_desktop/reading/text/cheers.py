"""Cheermotes ("Cheer100"): the words that carry Twitch's bits, which nobody wants to hear."""

from __future__ import annotations

import regex

_CHEERMOTE = regex.compile(r"(?<!\S)(?P<prefix>[A-Za-z]{2,24})(?P<bits>[1-9][0-9]{0,5})(?!\S)")
_EVERYWHERE = "cheer"


def take_out(text: str, bits: int) -> str:
    """Replace the cheermotes of ``text``, which brought so many ``bits``, by spaces.

    Channels have their own prefixes, and "PS5" looks like one. All words of the form go when their
    numbers add up to ``bits``; otherwise only those with the prefix that works everywhere.
    """
    if bits <= 0:
        return text
    exact = sum(int(match["bits"]) for match in _CHEERMOTE.finditer(text)) == bits

    def spoken(match: regex.Match[str]) -> str:
        known = match["prefix"].lower() == _EVERYWHERE
        return " " if exact or known else match[0]

    return _CHEERMOTE.sub(spoken, text)
