"""The user's dictionary: words that are said as the user says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import regex

from ishowtts_desktop.reading.text.clean import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.core.reading_config import Pronunciation

# A cleaned line has none of these, so they hold the place of what isn't to be touched again.
_FIRST_PLACE: Final = 0xE000
_PLACES: Final = 6400
_PLACE: Final = regex.compile(f"[{chr(_FIRST_PLACE)}-{chr(_FIRST_PLACE + _PLACES - 1)}]")
_SPACED: Final = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{N}]")
# Lines in these languages have English words in them, which are said in English.
_HAVE_ENGLISH_WORDS: Final = frozenset(("zh", "ja", "ko"))
_LATIN: Final = regex.compile(r"\p{Latin}")
_NOT_AFTER: Final = r"(?<![\p{Latin}\p{Cyrillic}\p{N}])"
_NOT_BEFORE: Final = r"(?![\p{Latin}\p{Cyrillic}\p{N}])"


class Pronunciations:
    """Finds the user's words in a line; the longest first, in any case, whole words of letters."""

    def __init__(self, entries: Sequence[Pronunciation]) -> None:
        self._spoken: dict[tuple[str, str], str] = {}
        for entry in entries:
            written = clean(entry.written)
            if written:
                key = (written.casefold(), entry.language)
                self._spoken.setdefault(key, " ".join(clean(entry.spoken).split()))
        self._found = _pattern({written for written, _ in self._spoken})

    def take(self, text: str, language: str) -> tuple[str, list[str]]:
        """Return ``text`` with one sign for each of the user's words, and what they stand for."""
        if self._found is None:
            return text, []
        kept: list[str] = []

        def place(match: regex.Match[str]) -> str:
            folded = match[0].casefold()
            spoken = self._spoken.get((folded, language), self._spoken.get((folded, "")))
            if spoken is None and language in _HAVE_ENGLISH_WORDS and _LATIN.search(folded):
                spoken = self._spoken.get((folded, "en"))
            if spoken is None or len(kept) == _PLACES:
                return str(match[0])
            kept.append(spoken)
            return chr(_FIRST_PLACE + len(kept) - 1)

        return self._found.sub(place, text), kept

    @staticmethod
    def put_back(text: str, kept: Sequence[str]) -> str:
        """Return ``text`` with the words in place of their signs."""
        if not kept:
            return text
        return str(_PLACE.sub(lambda match: kept[ord(match[0]) - _FIRST_PLACE], text))


def _pattern(written: set[str]) -> regex.Pattern[str] | None:
    """Return a pattern for words alone: "gg" isn't in "eggs", but 草 is in 草草.

    Lists of the pattern's own make thousands of words cost as much as one.
    """
    lists: dict[str, list[str]] = {}
    for word in written:
        name = f"words{_touches(word[0]):d}{_touches(word[-1]):d}"
        lists.setdefault(name, []).append(word)
    if not lists:
        return None
    edges = {"1": (_NOT_AFTER, _NOT_BEFORE), "0": ("", "")}
    parts = (
        f"{edges[name[-2]][0]}\\L<{name}>{edges[name[-1]][1]}"
        for name in sorted(lists, reverse=True)
    )
    named: dict[str, Any] = dict(lists)
    return regex.compile("|".join(parts), regex.IGNORECASE, **named)


def _touches(letter: str) -> bool:
    return _SPACED.match(letter) is not None
