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
LINK: Final = 1
"""One character such as a hyphen or an emoji."""
LINKS: Final = 2
SPACE: Final = 3
POINT: Final = 4
"""A mark that parts clauses, or an apostrophe, and whatever else is beside it."""
EDGE: Final = 5


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
_POINTS: Final = frozenset(",?;:'\"()[]{}，。！？；：、…‥’‘“”「」『』（）《》¿")
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
    gap, same, alike, last, last_kind = EDGE, 0, 0, "", LETTER
    for character in text:
        known = seen.get(character)
        if known is None:
            known = seen[character] = _read(character)
        if isinstance(known, int):
            # Two links part more than one.
            gap = LINKS if gap == known == LINK else max(gap, known)
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
            letters.append(letter)
            kinds.append(kind)
            gaps.append(gap)
            # A flag beside a word isn't of it, though it is made of letters.
            gap, last, last_kind = LINK if badge else NONE, letter, kind
    gaps.append(EDGE)
    return Shadow(letters, kinds, gaps)


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
