"""What is wrong with a reference text: missing, in other letters, or not what is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from ishowtts_desktop.core.speaking_rate import usual_seconds
from ishowtts_desktop.voices.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

TOO_MUCH, TOO_LITTLE = 1.8, 0.48
"""Usual seconds of the text by seconds of speech; people differ by half of it either way."""
_LETTERS: Final = (
    (("zh", "yue", "wuu", "cmn"), r"\p{Han}", "Chinese characters"),
    (("ja",), r"[\p{Han}\p{Hiragana}\p{Katakana}]", "Japanese characters"),
    (("ko",), r"[\p{Hangul}\p{Han}]", "Korean letters"),
    (("ru", "uk", "be", "bg"), r"\p{Cyrillic}", "Cyrillic letters"),
    (("de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr", "vi"), r"\p{Latin}", "Latin letters"),
)


def check_text(text: str, language: str, speech_seconds: float | None) -> Iterator[Finding]:
    """Yield what is wrong with ``text``, said in ``speech_seconds`` (None: nobody knows)."""
    if not regex.search(r"[\p{L}\p{N}]", text):
        yield Finding(
            "text_missing",
            "There is no reference text.",
            "Write down word for word what is said in the chosen part.",
        )
        return
    yield from _letters(text, language)
    if speech_seconds is None:
        return
    usual = usual_seconds(text)
    figures = (
        f"it takes about {usual:.1f} s to say, and {speech_seconds:.1f} s are spoken in the"
        " recording."
    )
    if usual > TOO_MUCH * speech_seconds:
        yield Finding(
            "text_too_long",
            f"The reference text is too long: {figures}",
            "Remove what isn't said in the chosen part, or choose all of what the text says.",
        )
    elif usual < TOO_LITTLE * speech_seconds:
        yield Finding(
            "text_too_short",
            f"The reference text is too short: {figures}",
            "Add what is missing, or choose only the part that the text tells.",
        )


def _letters(text: str, language: str) -> Iterator[Finding]:
    primary = language.replace("_", "-").partition("-")[0].lower()
    for languages, pattern, name in _LETTERS:
        written = regex.search(r"\p{L}", text) and not regex.search(pattern, text)
        if primary in languages and written:
            yield Finding(
                "text_language",
                f"The reference text holds no {name}, although the language is {language}.",
                "Write it as it is usually written, or choose the language that is spoken.",
            )
