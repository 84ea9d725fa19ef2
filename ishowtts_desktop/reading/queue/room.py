"""Who makes room when there is more than fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.reading.queue.policy import SAMPLED, UNPROTECTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.utterances import Lane
    from ishowtts_desktop.reading.queue.lanes import Lanes
    from ishowtts_desktop.reading.queue.place import Place


def victims(
    lanes: Lanes,
    needed: int,
    highest: Lane,
    now: float,
    *,
    rank: Callable[[Place, float], tuple[int, int]] | None = None,
    but: Place | None = None,
    new: Place | None = None,
) -> list[Place]:
    """Return the places that make room for ``needed`` microseconds, as far as there are any.

    The lowest lane first, and none above ``highest``. In lanes that are sampled it is who ranks
    lowest at ``now``, else and without a ``rank`` the oldest. ``new`` may be one of them; ``but``
    isn't, nor is what was put back.
    """
    going: list[Place] = []
    for lane in sorted(UNPROTECTED, reverse=True):
        if lane < highest or needed <= 0:
            break
        places = [place for place in lanes.of(lane) if not place.put_back and place is not but]
        if new and new.lane is lane:
            places.append(new)
        if rank and lane in SAMPLED:
            ranks = {place: rank(place, now) for place in places}
            places.sort(key=ranks.__getitem__)
        for place in places:
            if needed <= 0:
                break
            going.append(place)
            needed -= place.length
    return going
