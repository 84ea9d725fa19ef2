"""The user's dictionary: words that are said as the user says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import regex

from ishowtts_desktop.reading.text.clean import clean
from ishowtts_desktop.reading.text.language import primary

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
_DIGIT: Final = regex.compile(r"\p{N}")
_NOT_AFTER: Final = r"(?<![\p{Latin}\p{Cyrillic}\p{N}])"
_NOT_BEFORE: Final = r"(?![\p{Latin}\p{Cyrillic}\p{N}])"
# A word of digits isn't part of another number, nor an amount: 5 isn't in 5.5, $5 or 5%.
_NOT_IN_A_NUMBER: Final = (
    r"(?<!\p{N}[.,:/])(?<![$€£¥]\s?)",
    r"(?![.,:/]\p{N})(?!\s?[$€£¥%])",
)
_SOUND: Final = regex.compile(r"[\p{L}\p{N}]")
_SELECTORS: Final = regex.compile("[\ufe0e\ufe0f]")
_DRAWN_OUT: Final = regex.compile(r"(.)\1+")


class Pronunciations:
    """Finds the user's words in a line; the longest first, in any case, whole words of letters."""

    def __init__(self, entries: Sequence[Pronunciation]) -> None:
        self._spoken: dict[tuple[str, str], str] = {}
        self._signs: dict[str, str] = {}
        forms: set[str] = set()
        for entry in entries:
            written = clean(entry.written)
            spoken = " ".join(clean(entry.spoken).split())
            sign = "" if _SOUND.search(written) else _SELECTORS.sub("", written)
            if sign:
                self._signs.setdefault(sign, spoken)
                forms |= {sign, f"{sign}\ufe0f", written}
            elif _SOUND.search(written):
                key = (written.casefold(), primary(entry.language))
                self._spoken.setdefault(key, spoken)
        self._found = _pattern({written for written, _ in self._spoken})
        self._signs_found = _sign_pattern(forms)

    def say_signs(self, text: str) -> str:
        """Return ``text`` with the user's emoji and other signs, such as "???", spoken.

        They are the same in every language. As words of the line they are then said as words are.
        """
        if self._signs_found is None:
            return text
        return self._signs_found.sub(lambda match: f" {self._spoken_sign(match[0])} ", text)

    def _spoken_sign(self, found: str) -> str:
        sign = _SELECTORS.sub("", found)
        # Of a run the longest that fits.
        return next(
            self._signs[sign[:end]] for end in range(len(sign), 0, -1) if sign[:end] in self._signs
        )

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


def _sign_pattern(forms: set[str]) -> regex.Pattern[str] | None:
    """Return a pattern for signs: "???" is any run of three, no emoji is a part of another."""
    if not forms:
        return None
    runs = {form for form in forms if _DRAWN_OUT.fullmatch(form)}
    either = [f"{regex.escape(run[0])}{{{len(run)},}}+" for run in runs]
    named: dict[str, Any] = {"signs": list(forms - runs)} if forms - runs else {}
    either = [r"\L<signs>", *either] if named else either
    return regex.compile(
        rf"(?<!\u200d)(?:{'|'.join(either)})(?![\u200d\ufe0e\ufe0f\p{{Emoji_Modifier}}])", **named
    )


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
    edges = {
        "2": (_NOT_AFTER + _NOT_IN_A_NUMBER[0], _NOT_BEFORE + _NOT_IN_A_NUMBER[1]),
        "1": (_NOT_AFTER, _NOT_BEFORE),
        "0": ("", ""),
    }
    parts = (
        f"{edges[name[-2]][0]}\\L<{name}>{edges[name[-1]][1]}"
        for name in sorted(lists, reverse=True)
    )
    named: dict[str, Any] = dict(lists)
    return regex.compile("|".join(parts), regex.IGNORECASE, **named)


def _touches(letter: str) -> int:
    """Return 0 for a letter that words don't end at, 1 for one that they do, 2 for a digit."""
    return 2 if _DIGIT.match(letter) else int(_SPACED.match(letter) is not None)
