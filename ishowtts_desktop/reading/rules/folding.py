"""The folded shadow of a line: what it says to the eye, whatever it is written with.

A `Shadow` is a row of cells, one for each letter or digit, and the gaps between them. A cell holds
every letter that it may be read as: "4" is a four and an "a". Case, width, marks, invisible
characters and look-alike letters are folded away; what stands between letters is kept as a kind of
gap, because it depends on the word whether that may be passed over.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Union

from ishowtts_desktop.reading.rules.look_alikes import ALSO, DIGITS, SAME, SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping


# Plain numbers, since members of an enumeration would take a third of the time of all this.
LETTER: Final = 0
"""A letter of a script that parts its words by spaces."""
DENSE: Final = 1
"""One of a script that doesn't, as Chinese."""
DIGIT: Final = 2
SIGN: Final = 3
"""A sign that may stand for a letter."""

NONE: Final = 0
GROUPED: Final = 1
"""What parts a number of two and two digits: "14/88"."""
LINK: Final = 2
"""Hyphens, emoji and the like, a bracket or quote inside of a word, one full stop."""
# Brackets and quotes, until it is known what is on both sides of them.
_SOFT: Final = 3
LINKS: Final = 4
"""More than one full stop."""
SPACE: Final = 5
POINT: Final = 6
"""A mark that parts clauses, or the apostrophe of "he'll", and whatever else is beside it."""
EDGE: Final = 7


@dataclass(frozen=True)
class Shadow:
    """Cells: what each may be read as, its kind, and the gap before it; one gap more at the end."""

    letters: list[str]
    kinds: list[int]
    gaps: list[int]


_Cells = tuple[tuple[str, int], ...]
_Known = Union[_Cells, int]  # noqa: UP007 (3.10)
"""The cells of a character (none for an unseen one), or the gap that it makes."""

# What can't be seen though Unicode calls it a letter or a symbol.
_UNSEEN: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_POINTS: Final = frozenset(",?;:，。！？；：、…‥「」『』《》¿")
_SOFT_MARKS: Final = frozenset("'’‘`\"“”()[]{}")
_APOSTROPHES: Final = frozenset("'’‘`")
# "he'll" isn't "hell", though "f'uck" is what it looks like.
_CONTRACTED: Final = frozenset(("ll", "re", "ve", "s", "t", "d", "m"))
# What may part the digits of one number.
_GROUPING: Final = frozenset(",/-")
_THOUSAND: Final = 3
_PAIR: Final = 2
# By kind: the digits of a number are counted.
_MOST_SAME: Final = (3, 3, 20, 3)
_MOST_ALIKE: Final = 8
# First and last of the scripts whose words stand without spaces, or whose endings cling to a word.
_DENSE: Final = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u11ff"),
    ("\u1780", "\u17ff"),
    ("\u2e80", "\ua4cf"),
    ("\ua960", "\ua97f"),
    ("\uac00", "\ud7ff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


def shadow_of(text: str) -> Shadow:
    """Return the shadow of any text; time and size are in proportion to its length."""
    letters: list[str] = []
    kinds: list[int] = []
    gaps: list[int] = []
    seen = dict(_ASCII)
    doubtful: dict[int, str] = {}
    gap, mark, same, alike, last, last_kind = EDGE, "", 0, 0, "", LETTER
    for character in text:
        known = seen.get(character)
        if known is None:
            known = seen[character] = _read(character)
        if isinstance(known, int):
            if gap == NONE:
                gap, mark = known, character
            else:
                gap, mark = _joined(gap, known, stops=character == mark == "."), ""
            continue
        badge = "\U0001f100" <= character <= "\U0001f1ff"
        if badge:
            gap = gap or LINK
        for letter, kind in known:
            if kind != last_kind and gap == NONE and DENSE in (kind, last_kind):
                gap = LINK
            # One more of many that are the same, or may be, says nothing: so a line stays cheap.
            same = same + 1 if letter == last and gap < SPACE else 1
            alike = alike + 1 if letter == last or _share(letter, last) else 1
            if same > _MOST_SAME[kind] or (alike > _MOST_ALIKE and alike > same):
                continue
            if gap == _SOFT or mark in _GROUPING:
                doubtful[len(letters)] = mark
            letters.append(letter)
            kinds.append(kind)
            gaps.append(gap)
            # A flag beside a word isn't of it, though it is made of letters.
            gap, mark, last, last_kind = LINK if badge else NONE, "", letter, kind
    gaps.append(EDGE)
    shadow = Shadow(letters, kinds, gaps)
    _settle(shadow, doubtful)
    return shadow


def _joined(gap: int, known: int, *, stops: bool) -> int:
    """Return what a gap and one more character of it are together."""
    if gap == known == LINK:
        return LINKS if stops else LINK
    if {gap, known} == {_SOFT, SPACE}:
        return POINT
    return max(gap, known)


def _settle(shadow: Shadow, doubtful: Mapping[int, str]) -> None:
    """Decide the gaps before those cells, now that what is on both sides of them is known.

    A bracket or a quote inside of a word is a link. "1,488" is one number, and so is "14/88", whose
    halves are still numbers.
    """
    settled = {}
    for place, mark in doubtful.items():
        kinds = {shadow.kinds[place - 1], shadow.kinds[place]}
        before, after = _run(shadow, place - 1, -1), _run(shadow, place, 1)
        if shadow.gaps[place] == _SOFT:
            word = "".join(shadow.letters[place : place + after])
            ends = DENSE in kinds or (mark in _APOSTROPHES and word in _CONTRACTED)
            settled[place] = POINT if ends else LINK
        elif kinds == {DIGIT} and mark == ",":
            if before <= _THOUSAND == after:
                settled[place] = NONE
        elif kinds == {DIGIT} and before == after == _PAIR:
            # Three pairs are a date.
            beside = (place - _PAIR, place + _PAIR)
            settled[place] = GROUPED if doubtful.keys().isdisjoint(beside) else LINK
    for place, gap in settled.items():
        shadow.gaps[place] = gap


def _run(shadow: Shadow, place: int, step: int) -> int:
    """Count the cells of one kind without a gap, from ``place`` on; four stand for more."""
    kinds, gaps = shadow.kinds, shadow.gaps
    length = 1
    while length <= _THOUSAND and gaps[place + (step > 0)] == NONE:
        place += step
        if kinds[place] != kinds[place - step]:
            break
        length += 1
    return length


def _share(one: str, other: str) -> bool:
    return len(one) + len(other) > 2 and any(letter in other for letter in one)


def look_alike(text: str) -> str:
    """Return ``text`` with one form for letters that look the same; digits and signs stay."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(SAME.get(c, c) for c in folded if not _is_unseen(c))


def plain_fold(text: str) -> str:
    """Return ``text`` in one case and width, without what can't be seen; signs and emoji stay."""
    # Marks go first: to sort a tower of them takes quadratic time.
    seen = "".join(c for c in text if not _is_unseen(c))
    folded = unicodedata.normalize("NFKC", seen).casefold()
    return "".join(c for c in folded if not _is_unseen(c))


def _is_unseen(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        category in ("Mn", "Me")
        or (category[0] == "C" and not character.isspace())
        or (character in _UNSEEN)
    )


def _read(character: str) -> _Known:
    if "\u4e00" <= character <= "\u9fff":
        return ((character, DENSE),)
    if character.isspace():
        return SPACE
    if _is_unseen(character):
        return ()
    if character in SAME:
        return ((SAME[character], LETTER),)
    folded = unicodedata.normalize("NFKC", character).casefold()
    known = [_read_folded(part) for whole in folded for part in _parts(whole)]
    cells = tuple(cell for part in known if not isinstance(part, int) for cell in part)
    gaps = [part for part in known if isinstance(part, int)]
    return max(gaps) if gaps and not cells else cells


def _parts(character: str) -> str:
    # が is another letter than か, and a syllable of Korean is one.
    return character if _is_dense(character) else unicodedata.normalize("NFKD", character)


def _read_folded(character: str) -> _Known:
    if character in SAME:
        return ((SAME[character], LETTER),)
    if character in SIGNS:
        return ((SIGNS[character], SIGN),)
    if character in _SOFT_MARKS:
        return _SOFT
    if character in _POINTS:
        return POINT
    category = unicodedata.category(character)
    if category[0] == "N":
        digit = str(unicodedata.digit(character, ""))
        return ((digit + DIGITS.get(digit, ""), DIGIT),) if digit else LINK
    if category[0] == "L" or category == "Mc":
        return ((character + ALSO.get(character, ""), DENSE if _is_dense(character) else LETTER),)
    if character.isspace():
        return SPACE
    return () if _is_unseen(character) else LINK


def _is_dense(character: str) -> bool:
    return any(first <= character <= last for first, last in _DENSE)


_ASCII: Final[Mapping[str, _Known]] = MappingProxyType(
    {chr(code): _read(chr(code)) for code in range(128)}
)
