"""Spans of emotes that can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.core.messages import Emote

if TYPE_CHECKING:
    from collections.abc import Iterable


def apart(emotes: Iterable[Emote], length: int) -> tuple[Emote, ...]:
    """Return ``emotes`` sorted, inside a text of ``length`` code points and not overlapping.

    An end beyond the text is cut; what can't be made to fit is left out.
    """
    kept: list[Emote] = []
    for emote in sorted(emotes, key=lambda emote: (emote.start, emote.end)):
        first_free = kept[-1].end if kept else 0
        end = min(emote.end, length)
        if first_free <= emote.start < end:
            kept.append(Emote(emote.id, emote.start, end))
    return tuple(kept)
