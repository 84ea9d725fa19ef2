"""Platform emotes, taken out by their spans on the original text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import regex

from ishowtts_desktop.core.messages import Emote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Policy = Literal["skip", "first", "count"]

_WORD = regex.compile(r"\S+")


def take_out(text: str, emotes: Iterable[Emote], policy: Policy) -> str:
    """Replace the emotes of ``text`` by what ``policy`` says of them.

    ``skip`` says nothing, ``first`` the name of the first one, ``count`` each name once with how
    often it came ("Kappa x12"). Spans count code points; those that lie outside or overlap an
    earlier one are cut or left out, so that the end of ``text`` may have been cut off before.
    """
    spans = _apart(emotes, len(text))
    counts = Counter(text[start:end] for start, end in spans)
    said: set[str] = set()
    parts: list[str] = []
    at = 0
    for start, end in spans:
        name = text[start:end]
        parts += (text[at:start], " ")
        if _is_said(name, said, policy):
            parts += (_label(name, counts[name], policy), " ")
            said.add(name)
        at = end
    return "".join(parts) + text[at:]


def listed(text: str, names: Collection[str]) -> list[Emote]:
    """Return where words of ``text`` are one of ``names``, letter by letter: "Kappa", not "kappa".

    Third parties (7TV, BetterTTV, FrankerFaceZ) know their emotes by such words only.
    """
    words = _WORD.finditer(text)
    return [Emote(word[0], *word.span()) for word in words if word[0] in names]


def _apart(emotes: Iterable[Emote], length: int) -> list[tuple[int, int]]:
    """Return the spans in order, inside 0..length, none empty and none over another."""
    spans: list[tuple[int, int]] = []
    free = 0
    for emote in sorted(emotes, key=lambda emote: emote.start):
        start, end = max(emote.start, free), min(emote.end, length)
        if start < end:
            spans.append((start, end))
            free = end
    return spans


def _is_said(name: str, said: set[str], policy: Policy) -> bool:
    if policy == "first":
        return not said
    return policy == "count" and name not in said


def _label(name: str, count: int, policy: Policy) -> str:
    return f"{name} x{count}" if policy == "count" and count > 1 else name
