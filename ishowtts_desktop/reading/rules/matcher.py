"""Finds words in a `Shadow`: a tree of letters, walked from every place where a word may begin.

What is passed over between two letters of a word, by what stands there (`_Walk._passes`): a single
link ("b.ad"), anything between letters that stand alone ("b a d"), anything but a clause's end
between ideographs, and what else the word says. Letters may be repeated (`_Walk._repeats`), and a
digit is read as a letter only beside real ones; where there are none no walk begins, so a line of
nothing but signs costs no more than others.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.reading.rules.folding import (
    DENSE,
    DIGIT,
    GROUPED,
    LETTER,
    LINK,
    NONE,
    POINT,
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
    # real letters there were, how many it takes, and how many signs were just passed over.
    _State = tuple[_Node, int, str, int, int, int]

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
_MOST_PASSED: Final = 3
# A doubtful cell is believed if there are real letters among so many from it on.
_NEAR: Final = 12
# Of a shorter private word the halves are words; of a name in ideographs from three on they aren't.
_SPLIT_LETTERS: Final = 5
_SPLIT_DENSE: Final = 3
# Nobody's other number has these digits in a row.
_LONG_NUMBER: Final = 7
# The shorter a word, the likelier that its plural is another one: "spices" and "tardes" have
# nothing to do with what they begin with.
_PLURAL_LETTERS: Final = 4
_LONG_PLURAL_LETTERS: Final = 5
_HISSING: Final = ("s", "x", "z", "h", "o")
# So many real letters it takes to believe that a digit, or a sign, is one: "b4d" and "a$$" are
# words, "A55" and "455" are numbers. By kind of cell.
_DOUBT: Final = (0, 0, 2, 1)
_ENOUGH: Final = max(_DOUBT)


@dataclass(frozen=True)
class Word:
    """What to look for: folded letters, `ANY` among them.

    ``open_start`` and ``open_end`` let it be a part of a longer word. ``across`` is the widest gap
    that may be inside of it, wherever: `NONE` (only what any word may have), `SPACE`, `POINT`.
    ``plurals`` are what may come after it, "" not among them.
    """

    letters: str
    open_start: bool = False
    open_end: bool = False
    across: int = NONE
    plurals: tuple[str, ...] = ()


def word_of(entry: str, *, private: bool = False) -> Word | None:
    """Read an entry of a list, "*" at an end for anything there; None without letter or digit.

    A ``private`` one is found split too, and a long number inside of a longer one.
    """
    entry = entry.strip()
    inner = _without_signs(entry.strip(ANY).strip())
    shadows = [shadow_of(part) for part in inner.split(ANY)]
    first, last = shadows[0], shadows[-1]
    # What is written in the list is meant: a digit is a digit there. A sign is its letter.
    letters = ANY.join("".join(cell[0] for cell in shadow.letters) for shadow in shadows)
    if not any(kind != SIGN for shadow in shadows for kind in shadow.kinds):
        return None
    number = private and letters.isdigit() and len(letters) >= _LONG_NUMBER
    dense_start, dense_end = first.kinds[:1] == [DENSE], last.kinds[-1:] == [DENSE]
    across = SPACE if any(SPACE in shadow.gaps[1:-1] for shadow in shadows) else NONE
    if private:
        across = _private_across(letters, dense=dense_start, several=across == SPACE)
    return Word(
        letters,
        open_start=number or entry.startswith(ANY) or dense_start,
        open_end=number or entry.endswith(ANY) or dense_end,
        across=across,
        plurals=() if entry.endswith(ANY) else _plurals(letters),
    )


def _private_across(letters: str, *, dense: bool, several: bool) -> int:
    """Return the widest gap inside of a private word.

    "John, Smith" and "(555) 1234" are said as the name and the number, "John, son of" isn't.
    """
    if several or (dense and len(letters) >= _SPLIT_DENSE):
        return POINT
    if len(letters) < _SPLIT_LETTERS:
        return NONE
    return POINT if any(letter.isdigit() for letter in letters) else SPACE


def _plurals(letters: str) -> tuple[str, ...]:
    if not letters.isascii() or not letters[-1:].isalpha() or len(letters) < _PLURAL_LETTERS:
        return ()
    long = len(letters) >= _LONG_PLURAL_LETTERS or letters.endswith(_HISSING)
    return ("s", "es") if long else ("s",)


def _without_signs(entry: str) -> str:
    """Take out the signs that are signs in an entry: "wow!", "c++", "@somebody", but not "a$$"."""
    named = entry.removeprefix("@")
    entry = named if len(named) >= _SHORTEST_NAME else entry
    return entry.translate(dict.fromkeys(map(ord, "!|+")))


class Matcher:
    """Finds ``words``. Never changes, so any thread may ask."""

    def __init__(self, words: Iterable[Word]) -> None:
        groups: dict[tuple[bool, int], _Node] = {}
        longest = 0
        for word in words:
            for plural in ("", *word.plurals):
                tree = groups.setdefault((word.open_start, word.across), {})
                for letter in word.letters + plural:
                    tree = tree.setdefault(letter, {})
                tree[_OPEN_END if word.open_end else _END] = {}
                longest = max(longest, len(word.letters) + len(plural))
        self._groups = tuple((*options, tree) for options, tree in groups.items())
        # No letter is more than three cells, and a little more may be passed over.
        self._reach = 4 * longest + 16

    def __bool__(self) -> bool:
        return bool(self._groups)

    def find(self, shadow: Shadow) -> Iterator[Span]:
        """Yield every match, the shorter and the longer from the same place too."""
        walk = _Walk(shadow, self._reach)
        gaps, real = shadow.gaps, walk.real
        for open_start, across, tree in self._groups:
            for start, letters in enumerate(shadow.letters):
                # Almost every place ends here, so this is written for speed.
                # What else a cell may be read as counts near a real letter only.
                if letters[0] not in tree and (
                    real[start] == real[start + _NEAR] if len(letters) > 1 else ANY not in tree
                ):
                    continue
                if open_start or gaps[start] or walk.begins(start):
                    yield from walk.from_(start, tree, across)


class _Walk:
    """Walks through one shadow."""

    def __init__(self, shadow: Shadow, reach: int) -> None:
        self._letters, self._kinds, self._gaps = shadow.letters, shadow.kinds, shadow.gaps
        self._count = len(shadow.letters)
        self._reach = reach
        real = accumulate((kind <= DENSE for kind in shadow.kinds), initial=0)
        self.real = [*real, *[shadow.kinds.count(LETTER) + shadow.kinds.count(DENSE)] * _NEAR]
        """How many real letters are before each cell, and far enough beyond the last."""

    def from_(self, start: int, tree: _Node, across: int) -> Iterator[Span]:
        """Yield the matches that begin at cell ``start``."""
        limit = min(self._count, start + self._reach) - 1
        waiting: list[_State] = [(tree, start, "", 0, 0, 0)]
        seen: set[tuple[int, int, str, int, int]] = set()
        while waiting:
            state = waiting.pop()
            node, place, last, real, leet, passed = state
            onward = place < limit and self._passes(place, across)
            if onward and last and self._kinds[place] == SIGN and passed < _MOST_PASSED:
                # It may just stand between two letters.
                waiting.append((node, place + 1, last, real, leet, passed + 1))
            ahead = self.real[min(limit + 1, place + _NEAR)] - self.real[place + 1]
            for node, last, real, leet in self._steps(state):
                mark = (id(node), place, last, real, leet)
                if mark in seen or real + ahead < leet:
                    continue
                seen.add(mark)
                if self._ends(node, place) and real >= leet:
                    yield start, place
                if onward:
                    waiting.append((node, place + 1, last, real, leet, 0))

    def _steps(self, state: _State) -> list[tuple[_Node, str, int, int]]:
        """Return what reading the cell leads to, in each way that it can be read."""
        node, place, last, real, leet, passed = state
        kind = self._kinds[place]
        steps = []
        for letter in self._letters[place]:
            doubt = leet if kind <= DENSE or letter.isdigit() else max(leet, _DOUBT[kind])
            child = node.get(letter)
            if child is not None:
                steps.append((child, letter, min(_ENOUGH, real + (kind <= DENSE)), doubt))
            # What is stretched over other signs would go on to the end of a line of them.
            if letter == last and not passed and self._repeats(letter, place):
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

    def _passes(self, place: int, across: int) -> bool:
        """Tell whether a word may go on from this cell to the next."""
        gap = self._gaps[place + 1]
        if gap in (NONE, GROUPED):
            return True
        kinds = (self._kinds[place], self._kinds[place + 1])
        if across or kinds == (DENSE, DENSE):
            passed = gap <= max(across, SPACE)
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
