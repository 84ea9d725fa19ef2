"""Puts the spoken form together: one pass over a cleaned line."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.reading.text.clean import one_form
from ishowtts_desktop.reading.text.spoken import acronyms, romans, slang
from ishowtts_desktop.reading.text.spoken.amounts import Amounts
from ishowtts_desktop.reading.text.spoken.chinese import Chinese
from ishowtts_desktop.reading.text.spoken.english import English
from ishowtts_desktop.reading.text.spoken.pronunciations import Pronunciations
from ishowtts_desktop.reading.text.spoken.tokens import TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.core.reading_config import WordsConfig
    from ishowtts_desktop.reading.text.spoken.numerals import Numerals

_LATIN: Final = regex.compile(r"\p{Latin}")
_HAN: Final = regex.compile(r"\p{Han}")
# Letters at a digit are a unit, as in "60fps", and tell nothing.
_WORD: Final = r"\p{Han}|(?<![0-9A-Za-z])[A-Za-z]+"
_WORD_AHEAD: Final = regex.compile(_WORD)
_WORD_BEHIND: Final = regex.compile(f"(?r){_WORD}")
_REACH: Final = 40
_MOST_PASSES: Final = 4
_DIGIT: Final = regex.compile("[0-9]")
_NUMERALS: Final[Mapping[str, Numerals]] = MappingProxyType({"en": English(), "zh": Chinese()})
_AMOUNTS: Final = MappingProxyType({tag: Amounts(of) for tag, of in _NUMERALS.items()})


class Speller:
    """Says what is written, in English and Chinese; other languages are left to their engine.

    In a line with Chinese in it numbers are Chinese, unless the nearest letters on both sides are
    Latin. The user's pronunciations come first and are final.
    """

    def __init__(self, words: WordsConfig) -> None:
        self._slang = words.slang
        self._pronunciations = Pronunciations(words.pronunciations)

    def speak(self, text: str, language: str) -> tuple[str, tuple[str, ...]]:
        """Return how ``text`` is said, and the names of the steps that changed it, in order.

        ``text`` is a line as `clean` leaves it.
        """
        held, kept = self._pronunciations.take(text, language)
        steps = ["pronunciation"] if kept else []
        if language in _AMOUNTS:
            line = _Line(held, language, self._slang)
            held = line.said()
            steps += line.steps
        spoken = _tidied(self._pronunciations.put_back(held, kept))
        return spoken, tuple(dict.fromkeys(steps))

    def name(self, text: str, language: str) -> str:
        """Return how somebody's name is said in a line of ``language``: "Ty" is no slang."""
        held, kept = self._pronunciations.take(text, language)
        if language in _AMOUNTS:
            held = _Line(held, language, use_slang=False).said()
        return _tidied(self._pronunciations.put_back(held, kept))

    def say_signs(self, text: str) -> str:
        """Return ``text`` with the user's words for emoji and other signs in place of them."""
        return self._pronunciations.say_signs(text)

    def settle(self, text: str, language: str) -> str:
        """Return what `speak` makes of ``text``, such that another time changes nothing more.

        Words that were kept apart by what went may make a token of their own. The user's
        pronunciations aren't asked again.
        """
        spoken, _ = self.speak(text, language)
        if language not in _AMOUNTS:
            return spoken
        for _ in range(_MOST_PASSES):
            again = _tidied(_Line(spoken, language, self._slang).said())
            if again == spoken:
                break
            spoken = again
        return spoken


def _tidied(text: str) -> str:
    """Put single spaces, and marks on the letters that stand before them now."""
    return one_form(" ".join(text.split()))


class _Line:
    """One line being said."""

    def __init__(self, text: str, language: str, use_slang: object) -> None:
        self._text = text
        self._language = language
        self._slang = bool(use_slang)
        self._mixed = bool(_LATIN.search(text) and _HAN.search(text))
        self._shouting = acronyms.is_shouting(text)
        self.steps: list[str] = []

    def said(self) -> str:
        """Return the line, each token in its turn replaced or left."""
        parts: list[str] = []
        at = 0
        spaced = False
        for match in TOKEN.finditer(self._text):
            start, end = match.span()
            step, said, language = self._token(match)
            if start > at:
                parts.append(self._text[at:start])
                spaced = False
            at = end
            if said is None:
                said = match[0]
            elif step:
                self.steps.append(step)
            apart = step and language == "en" and match.lastgroup != "word"
            if (apart or spaced) and said[:1].isalnum() and parts and parts[-1][-1:].isalnum():
                parts.append(" ")
            parts.append(said)
            spaced = bool(apart)
            if spaced and self._text[end : end + 1].isalnum():
                parts.append(" ")
        parts.append(self._text[at:])
        return "".join(parts)

    def _token(self, match: regex.Match[str]) -> tuple[str, str | None, str]:
        """Return the step's name, what is said, and in which language."""
        kind = match.lastgroup or ""
        if kind == "word":
            return (*self._word(match), self._language)
        said: str | None
        if kind == "address":
            return "", None, self._language
        if kind == "joint":
            return "joined words", " ", self._language
        if kind == "emoticon":
            if not self._slang:
                return "", None, self._language
            return "slang", self._emoticon(match[0]), self._language
        if kind == "areyou":
            return ("slang", "are you", "en") if self._slang else ("", None, "en")
        if kind == "with":
            return "slang", "with" if len(match[0]) == 2 else "without", self._language
        marks = kind in ("mention", "hashtag")
        language = self._language if marks else self._language_at(match)
        if kind == "quantity" and language == "zh" and self._slang:
            number = _AMOUNTS["zh"].slang(match, self._text)
            if number:
                return "slang", number, language
        step, said = _AMOUNTS[language].say(match, self._text)
        return step, said, language

    def _emoticon(self, face: str) -> str:
        """Return what hearts are called; all other faces are silent."""
        english = self._language == "en"
        if face == "</3":
            return " broken heart " if english else "心碎"
        return (" heart " if english else "爱心") * face.count("<3") or " "

    def _word(self, match: regex.Match[str]) -> tuple[str, str | None]:
        word: str = match[0]
        english = self._language == "en"
        if self._slang:
            said = "" if english else slang.chinese_word(word)
            if not said and (english or word.isalpha() or len(word) > 2):  # "b4" is paper
                said = slang.english_word(word)
            if said:
                return ("slang" if said != word else ""), said
        if _DIGIT.search(word):
            digits = _NUMERALS[self._language].digits
            each = (digits(sign) if sign.isdigit() else sign.upper() for sign in word)
            return "number", (" " if english else "").join(each)
        before, roman, how = romans.number_in(word, self._text, match.start())
        if roman:
            return "number", self._roman(before, roman, how, self._language_at(match))
        spelt = acronyms.acronym(word, shouting=self._shouting)
        if spelt:
            return ("acronym" if spelt != word else ""), spelt
        quiet = acronyms.quiet(word, shouting=self._shouting)
        if quiet != word:
            return "shouting", quiet
        apart = acronyms.apart(word)
        return ("joined words", apart) if apart != word else ("", None)

    def _roman(self, before: str, number: int, how: str, language: str) -> str:
        numerals = _NUMERALS[language]
        if language == "zh":
            return before + numerals.plain(str(number))
        if how == "first":
            return f"the {numerals.ordinal(str(number))}"
        said = numerals.plain(str(number))
        return f"{before} {said.title() if before == 'World War' else said}".strip()

    def _language_at(self, match: regex.Match[str]) -> str:
        """Return in which language the number at ``match`` is said."""
        if not self._mixed:
            return self._language
        start, end = match.span()
        behind = _WORD_BEHIND.search(self._text, max(0, start - _REACH), start)
        ahead = _WORD_AHEAD.search(self._text, end, end + _REACH)
        if behind is None or ahead is None:
            return self._language
        scripts = {"en" if found[0].isascii() else "zh" for found in (behind, ahead)}
        return scripts.pop() if len(scripts) == 1 else self._language
