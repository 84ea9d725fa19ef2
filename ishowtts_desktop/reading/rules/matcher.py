"""Finds words in a `Shadow`: a tree of letters, walked from every place where a word may begin.

What is passed over between two letters of a word, by what stands there (`_Walk._passes`): a single
link ("b.ad"), anything between letters that stand alone ("b a d"), anything but a clause's end
between ideographs, and spaces where the word says so. Letters may be repeated (`_Walk._repeats`),
and a digit is read as a letter only beside real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.reading.rules.folding import (
    DENSE,
    DIGIT,
    LETTER,
    LINK,
    NONE,
    SIGN,
    SPACE,
    Shadow,
    shadow_of,
)
from ishowtts_desktop.reading.rules.look_alikes import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Node = dict[str, "_Node"]
    # Where a walk is: the tree below what was read, the next cell, the letter read last, how many
    # real letters there were, and how many it takes.
    _State = tuple[_Node, int, str, int, int]

Span = tuple[int, int]
"""The first and the last cell of a match."""

ANY: Final = "*"
"""Inside a word: one letter, whichever."""
_END: Final = "."
_OPEN_END: Final = ".."
# English nearly never doubles these, so two of them are one stretched.
_RARELY_DOUBLED: Final = frozenset("ahijkquvwxy")
_STRETCHED: Final = 3
_SHORTEST_NAME: Final = 4
# So many real letters it takes to believe that a digit, or a sign, is one: "b4d" and "a$$" are
# words, "A55" and "455" are numbers. By kind of cell.
_DOUBT: Final = (0, 0, 2, 1)
_ENOUGH: Final = max(_DOUBT)


@dataclass(frozen=True)
class Word:
    """What to look for: folded letters, `ANY` among them.

    ``open_start`` and ``open_end`` let it be a part of a longer word. ``spaced`` lets it be written
    in several words.
    """

    letters: str
    open_start: bool = False
    open_end: bool = False
    spaced: bool = False


def word_of(entry: str, *, spaced: bool = False) -> Word | None:
    """Read an entry of a list, "*" at an end for anything there; None without letter or digit.

    An entry of several words is ``spaced`` anyway.
    """
    entry = entry.strip()
    inner = _without_signs(entry.strip(ANY).strip())
    shadows = [shadow_of(part) for part in inner.split(ANY)]
    first, last = shadows[0], shadows[-1]
    # What is written in the list is meant: a digit is a digit there. A sign is its letter.
    letters = ANY.join("".join(cell[0] for cell in shadow.letters) for shadow in shadows)
    if not any(kind != SIGN for shadow in shadows for kind in shadow.kinds):
        return None
    return Word(
        letters,
        open_start=entry.startswith(ANY) or first.kinds[:1] == [DENSE],
        open_end=entry.endswith(ANY) or last.kinds[-1:] == [DENSE],
        spaced=spaced or any(SPACE in shadow.gaps[1:-1] for shadow in shadows),
    )


def _without_signs(entry: str) -> str:
    """Take out the signs that are signs in an entry: "wow!", "c++", "@somebody", but not "a$$"."""
    named = entry.removeprefix("@")
    entry = named if len(named) >= _SHORTEST_NAME else entry
    return entry.translate(dict.fromkeys(map(ord, "!|+")))


class Matcher:
    """Finds ``words``. Never changes, so any thread may ask."""

    def __init__(self, words: Iterable[Word]) -> None:
        groups: dict[tuple[bool, bool], _Node] = {}
        longest = 0
        for word in words:
            tree = groups.setdefault((word.open_start, word.spaced), {})
            for letter in word.letters:
                tree = tree.setdefault(letter, {})
            tree[_OPEN_END if word.open_end else _END] = {}
            longest = max(longest, len(word.letters))
        self._groups = tuple((*options, tree) for options, tree in groups.items())
        # No letter is more than three cells, and a little more may be passed over.
        self._reach = 4 * longest + 16

    def __bool__(self) -> bool:
        return bool(self._groups)

    def find(self, shadow: Shadow) -> Iterator[Span]:
        """Yield every match, the shorter and the longer from the same place too."""
        walk = _Walk(shadow, self._reach)
        gaps = shadow.gaps
        for open_start, spaced, tree in self._groups:
            for start, letters in enumerate(shadow.letters):
                # Almost every place ends here, so this is written for speed.
                if letters[0] not in tree and len(letters) == 1 and ANY not in tree:
                    continue
                if open_start or gaps[start] or walk.begins(start):
                    yield from walk.from_(start, tree, spaced=spaced)


class _Walk:
    """Walks through one shadow."""

    def __init__(self, shadow: Shadow, reach: int) -> None:
        self._letters, self._kinds, self._gaps = shadow.letters, shadow.kinds, shadow.gaps
        self._count = len(shadow.letters)
        self._reach = reach

    def from_(self, start: int, tree: _Node, *, spaced: bool) -> Iterator[Span]:
        """Yield the matches that begin at cell ``start``."""
        limit = min(self._count, start + self._reach) - 1
        waiting: list[_State] = [(tree, start, "", 0, 0)]
        seen: set[tuple[int, int, str, int, int]] = set()
        while waiting:
            state = waiting.pop()
            node, place, last, real, leet = state
            onward = place < limit and self._passes(place, spaced=spaced)
            if onward and last and self._kinds[place] == SIGN:
                # It may just stand between two letters.
                waiting.append((node, place + 1, last, real, leet))
            for node, last, real, leet in self._steps(state):
                mark = (id(node), place, last, real, leet)
                if mark in seen:
                    continue
                seen.add(mark)
                if self._ends(node, place) and real >= leet:
                    yield start, place
                if onward:
                    waiting.append((node, place + 1, last, real, leet))

    def _steps(self, state: _State) -> list[tuple[_Node, str, int, int]]:
        """Return what reading the cell leads to, in each way that it can be read."""
        node, place, last, real, leet = state
        kind = self._kinds[place]
        steps = []
        for letter in self._letters[place]:
            doubt = leet if kind <= DENSE or letter.isdigit() else max(leet, _DOUBT[kind])
            child = node.get(letter)
            if child is not None:
                steps.append((child, letter, min(_ENOUGH, real + (kind <= DENSE)), doubt))
            if letter == last and self._repeats(letter, place):
                steps.append((node, letter, real, doubt))
        if kind <= DENSE and ANY in node:
            steps.append((node[ANY], self._letters[place][0], min(_ENOUGH, real + 1), leet))
        return steps

    def _ends(self, node: _Node, place: int) -> bool:
        return _OPEN_END in node or (_END in node and self._is_edge(place, 1))

    def begins(self, place: int) -> bool:
        """Tell whether a word may begin at this cell."""
        return self._is_edge(place, -1)

    def _is_edge(self, place: int, step: int) -> bool:
        """Tell whether what is beside a cell, on one side, is no more of its word.

        Digits at the edge of a word ("bad123") and a sign there ("@bad") aren't of it.
        """
        if self._parted(place, step):
            return True
        kinds, beside = self._kinds, place + step
        if kinds[place] != DIGIT:
            while kinds[beside] == DIGIT:
                if self._parted(beside, step):
                    return True
                beside += step
        if kinds[beside] != SIGN:
            return False
        return (
            self._letters[beside] == SIGNS["!"]
            or self._parted(beside, step)
            or kinds[beside + step] != LETTER
        )

    def _parted(self, place: int, step: int) -> bool:
        return self._gaps[place + (step > 0)] != NONE

    def _passes(self, place: int, *, spaced: bool) -> bool:
        """Tell whether a word may go on from this cell to the next."""
        gap = self._gaps[place + 1]
        if gap == NONE:
            return True
        kinds = (self._kinds[place], self._kinds[place + 1])
        if spaced or kinds == (DENSE, DENSE):
            passed = gap <= SPACE
        else:
            # A price has a point between its digits.
            passed = gap == LINK and kinds != (DIGIT, DIGIT)
        return passed or self._are_alone(place)

    def _are_alone(self, place: int) -> bool:
        """Tell whether this cell and the next both stand alone, as in a word that is spelt."""
        return self._gaps[place] != NONE and self._gaps[place + 2] != NONE

    def _repeats(self, letter: str, place: int) -> bool:
        """Tell whether one more of a letter is the same one, stretched: "baaad", but not "good"."""
        if letter in _RARELY_DOUBLED:
            return True
        return 1 + self._run(letter, place, -1) + self._run(letter, place, 1) >= _STRETCHED

    def _run(self, letter: str, place: int, step: int) -> int:
        length = 0
        while length < _STRETCHED:
            left, place = min(place, place + step), place + step
            if not 0 <= place < self._count or letter not in self._letters[place]:
                break
            if self._gaps[left + 1] >= SPACE and not self._are_alone(left):
                break
            length += 1
        return length
