"""The language of a line: by its script, and where several share one, by letters and common words.

A line of four letters tells little, so languages in Latin letters are told from English only where
somebody has a use for it; then a line that may be in several of them says so.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from ishowtts_desktop.reading.text.common_words import WORDS
from ishowtts_desktop.reading.text.latin import LatinLanguages
from ishowtts_desktop.reading.text.spoken import slang

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Letters at a digit are a unit, as in "100w", and tell nothing.
_TELLING: Final = regex.compile(r"[\p{L}--[A-Za-z]]|(?<![0-9A-Za-z])[A-Za-z]", regex.V1)
_HAN: Final = regex.compile(r"\p{Han}")
_KANA: Final = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
# Ornaments outside of Japan: 优の良品, ¯\_(ツ)_/¯.
_ORNAMENTS: Final = frozenset("のツ")
_SHRUG: Final = "\\_(ツ)_/"
_HANGUL: Final = regex.compile(r"\p{Hangul}")
_CYRILLIC: Final = regex.compile(r"\p{Cyrillic}")
_LATIN: Final = regex.compile(r"\p{Latin}")
# One letter alone is part of a face: (´・ω・`), ಠ_ಠ.
_OTHER: Final = regex.compile(r"[\p{L}--[\p{Latin}\p{Cyrillic}]]{2}", regex.V1)
_SCRIPTS: Final[Mapping[str, regex.Pattern[str]]] = MappingProxyType(
    {
        tag: regex.compile(rf"\p{{{script}}}")
        for tag, script in {
            "ar": "Arabic",
            "th": "Thai",
            "he": "Hebrew",
            "el": "Greek",
            "hi": "Devanagari",
            "bn": "Bengali",
            "ta": "Tamil",
            "te": "Telugu",
            "kn": "Kannada",
            "ml": "Malayalam",
            "gu": "Gujarati",
            "pa": "Gurmukhi",
            "si": "Sinhala",
            "km": "Khmer",
            "lo": "Lao",
            "my": "Myanmar",
            "ka": "Georgian",
            "hy": "Armenian",
            "am": "Ethiopic",
        }.items()
    }
)
# Letters that one language of a script has and the script's usual one hasn't, tried in this order.
_CANTONESE: Final = regex.compile("[嘅咗唔喺冇嘢哋啲咁佢嗰乜攞睇嚟畀]")
_OWN_LETTERS: Final[Mapping[str, tuple[tuple[str, regex.Pattern[str]], ...]]] = MappingProxyType(
    {
        "ru": (
            ("kk", regex.compile("[әғқңұһ]", regex.IGNORECASE)),
            ("uk", regex.compile("[іїєґ]", regex.IGNORECASE)),
        ),
        "ar": (("ur", regex.compile("[ٹڈڑےں]")), ("fa", regex.compile("[پچژگ]"))),
    }
)
_RUSSIAN: Final = regex.compile("[ыэё]", regex.IGNORECASE)
# What else a line in a script's usual language may be in.
_SHARING: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "ru": frozenset(("uk", "kk")),
        "ar": frozenset(("fa", "ur")),
        "hi": frozenset(),
    }
)
_SHORT_HAN: Final = 4

DETECTABLE: Final = tuple(
    sorted({"zh", "yue", "ja", "ko", "ru", "uk", "kk", "fa", "ur", *_SCRIPTS, *WORDS})
)
"""The primary tags of all languages that are told apart."""


class Guess(NamedTuple):
    """A BCP 47 primary tag, and the other languages in use that the line may as well be in."""

    language: str
    maybe: frozenset[str] = frozenset()


def primary(tag: str) -> str:
    """Return the primary tag: "zh" of " zh_CN "."""
    return tag.strip().casefold().replace("_", "-").split("-")[0]


def detect_language(text: str) -> str:
    """Return a BCP 47 primary tag by the script, for all in Latin letters ``en``.

    Chinese with English in it is Chinese: its voice says both.
    """
    if text.isascii():
        return "en"
    text = text.replace(_SHRUG, "")
    han = len(_HAN.findall(text))
    kana = _KANA.findall(text)
    ornamental = _ORNAMENTS.issuperset(kana) and bool(han or _LATIN.search(text))
    # Even a headline in Japanese has a particle to every few ideographs.
    if not ornamental and kana and len(kana) * 5 >= han:
        return "ja"
    hangul = len(_HANGUL.findall(text))
    if hangul and hangul >= han:
        return "ko"
    if han:
        return "zh"
    latin = len(_LATIN.findall(text))
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic and cyrillic >= latin:
        return _by_own_letters(text, "ru")
    other = _OTHER.search(text)
    if other:
        for tag, letters in _SCRIPTS.items():
            if letters.match(other[0]):
                return _by_own_letters(text, tag) if len(letters.findall(text)) >= latin else "en"
    return "en"


def _by_own_letters(text: str, script: str) -> str:
    for tag, letters in _OWN_LETTERS.get(script, ()):
        if letters.search(text):
            return tag
    return script


class Languages:
    """Tells the language of lines, minding those that are ``in_use`` beside English and Chinese.

    What a tag of theirs names is told apart; a line that can't be told is taken to be English, or
    what the chat is in. Thread-safe.
    """

    def __init__(self, in_use: Iterable[str] = ()) -> None:
        self._in_use = (frozenset(map(primary, in_use)) | {"en", "zh"}) - {""}
        self._latin = LatinLanguages(self._in_use)
        self._unknown = self._in_use.difference(DETECTABLE)

    def of(self, text: str, hint: str = "") -> Guess:
        """Return what ``text`` is in; ``hint`` is what the chat was in lately, "" if unknown."""
        if not _TELLING.search(text):
            return self._of_numbers(text, hint)
        language = detect_language(text)
        if language == "en":
            return self._of_latin(text, hint)
        if language == "zh":
            return self._of_ideographs(text, hint)
        return self._of_script(text, language, hint)

    def _of_numbers(self, text: str, hint: str) -> Guess:
        """Numbers are in every language, but some are slang of Chinese where nothing tells more."""
        if hint in ("", "zh"):
            language = slang.language_of(text)
            if language:
                return Guess(language)
        language = hint or "en"
        return Guess(language, self._in_use - {language})

    def _of_latin(self, text: str, hint: str) -> Guess:
        if len(self._latin.tags) == 1:
            return Guess(slang.language_of(text) or "en", self._unknown)
        verdict = self._latin.of(text)
        if len(verdict.maybe) == 1:
            return Guess(verdict.best)
        known = slang.language_of(text)
        if known:
            return Guess(known)
        chat = hint if hint in self._latin.tags else "en"
        language = verdict.best or chat
        return Guess(language, (verdict.maybe | self._unknown) - {language})

    def _of_ideographs(self, text: str, hint: str) -> Guess:
        if "yue" in self._in_use:
            language = "yue" if _CANTONESE.search(text) else "zh"
            return Guess(language, frozenset(("zh", "yue")) - {language})
        if "ja" in self._in_use and len(text) <= _SHORT_HAN:
            language = "ja" if hint == "ja" else "zh"
            return Guess(language, frozenset(("zh", "ja")) - {language})
        return Guess("zh")

    def _of_script(self, text: str, language: str, hint: str) -> Guess:
        """Mind the languages in use that share a script, where no letter of the line tells."""
        if language not in _SHARING or (language == "ru" and _RUSSIAN.search(text)):
            return Guess(language)
        others = _SHARING[language] & self._in_use
        told = hint if hint in others else language
        return Guess(told, (others | self._unknown | {language}) - {told})
