"""Which utterances become one: what one author, or many, say at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.utterances import Lane
from ishowtts_desktop.reading.queue.place import MIXED, Place, microseconds

if TYPE_CHECKING:
    from ishowtts_desktop.core.utterances import Utterance
    from ishowtts_desktop.reading.queue.lanes import Lanes

_CROWDED: Final = (Lane.MENTION, Lane.NORMAL)
_LONGEST_JOINT: Final = 12_000_000
_MOST_JOINT: Final = 4


def combo_of(lanes: Lanes, utterance: Utterance) -> Place | None:
    """Return the place of the paid notices that ``utterance`` adds up with."""
    if utterance.lane is not Lane.PAID or utterance.notice is None or not utterance.key:
        return None
    for place in lanes.of(Lane.PAID):
        first = place.members[0]
        # They are told anew as one, so it doesn't matter in which language each would have been.
        if first.notice is not None and first.key == utterance.key and not place.put_back:
            return place
    return None


def crowd_of(lanes: Lanes, utterance: Utterance, *, new: bool) -> Place | None:
    """Return the crowd that says the same; ``new``: or else another author, for one to begin."""
    if utterance.lane not in _CROWDED or not utterance.key:
        return None
    for place in lanes.of(utterance.lane):
        others = place.crowd or (new and (not place.author or place.author != utterance.author))
        if others and _may_crowd(place) and _same(place.members[0], utterance):
            return place
    return None


def own_place(lanes: Lanes, utterance: Utterance) -> Place | None:
    """Return the place that the author holds in this lane, beside what was put back."""
    if utterance.lane <= Lane.PAID or not utterance.author:
        return None
    for place in lanes.of(utterance.lane):
        if place.author == utterance.author and not place.put_back:
            return place
    return None


def joins(place: Place, utterance: Utterance, *, crowded: bool) -> bool:
    """Tell whether ``utterance`` may be said together with what its author waits to say.

    ``crowded``: others wait for so long that one may only repeat oneself.
    """
    first = place.members[0]
    if len(place.members) >= _MOST_JOINT:
        return False
    languages = {member.language for member in (*place.members, utterance)}
    if first.voice != utterance.voice or not (len(languages) == 1 or languages <= MIXED):
        return False
    if utterance.key and all(member.key == utterance.key for member in place.members):
        return True
    return not crowded and place.length + microseconds(utterance.seconds) <= _LONGEST_JOINT


def gather(lanes: Lanes) -> None:
    """Make crowds of all that wait and say the same, each at the place of its first."""
    for lane in _CROWDED:
        firsts: dict[tuple[str, str], Place] = {}
        for place in list(lanes.of(lane)):
            if not _may_crowd(place):
                continue
            said = place.members[0]
            first = firsts.setdefault((said.key, said.language), place)
            if first is not place:
                _unite(lanes, first, place)


def _unite(lanes: Lanes, first: Place, other: Place) -> None:
    members = sorted(first.members + other.members, key=lambda member: member.created_at)
    if Place(members, crowd=True).length <= first.length + other.length:
        lanes.take(other)
        lanes.crowd(first, members)


def _may_crowd(place: Place) -> bool:
    return (
        bool(place.members[0].key)
        and not place.put_back
        and (place.crowd or len({member.key for member in place.members}) == 1)
    )


def _same(one: Utterance, other: Utterance) -> bool:
    return (one.key, one.language) == (other.key, other.language)
