"""Which of some languages a line in Latin letters is in: by its common words, not by a model.

The lines of a chat are short, and most of them have one of a hundred words. See docs/adr/0013.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from ishowtts_desktop.reading.text.common_words import LETTERS, PIECES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD: Final = regex.compile(r"\p{Latin}[\p{Latin}\p{M}]*+(?:'\p{Latin}++)*+")
_NOT_ASCII: Final = regex.compile(r"[^\x00-\x7F]")
# What a line of two hundred graphemes has is enough to tell.
_MOST_WORDS: Final = 60
_LONG_LINE: Final = 12


class Verdict(NamedTuple):
    """The likeliest language ("" for none), and all that it may be."""

    best: str
    maybe: frozenset[str]


class LatinLanguages:
    """Tells ``tags`` and English apart. Thread-safe. Tags of other languages are left out."""

    def __init__(self, tags: Iterable[str]) -> None:
        self.tags = tuple(sorted({"en", *tags} & WORDS.keys()))
        self._pieces = {tag: regex.compile(PIECES[tag]) for tag in self.tags}

    def of(self, text: str) -> Verdict:
        """Return what the words of ``text`` tell.

        Two words more than for any other language are enough; in a line of twelve letters, one.
        """
        # The small letter of the Turkish İ is two characters.
        small = text.lower().replace("’", "'").replace("i\u0307", "i")
        words = _WORD.findall(small)[:_MOST_WORDS]
        scores = {tag: sum(self._score(word, tag) for word in words) for tag in self.tags}
        ranked = sorted(scores, key=lambda tag: -scores[tag])
        lead = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else 0.0
        best = ranked[0] if lead > 0 and scores[ranked[0]] > 0 else ""
        enough = 1.0 if sum(map(len, words)) >= _LONG_LINE else 2.0
        if best and lead >= enough:
            return Verdict(best, frozenset((best,)))
        return Verdict(best, frozenset(self.tags))

    def _score(self, word: str, tag: str) -> float:
        score = 1.0 if word in WORDS[tag] else 0.0
        if not score and self._pieces[tag].search(word):
            score = 0.5
        if not word.isascii():
            letters = set(_NOT_ASCII.findall(word))
            score += 1.0 if letters <= LETTERS[tag] else -1.0
        return score
