"""The language of a line, by the scripts in it. A model can't do better on four letters."""

from __future__ import annotations

import regex

_HAN = regex.compile(r"\p{Han}")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
# Ornaments outside of Japan: 优の良品, ¯\_(ツ)_/¯.
_ORNAMENTS = frozenset("のツ")
_SHRUG = "\\_(ツ)_/"
_HANGUL = regex.compile(r"\p{Hangul}")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_LATIN = regex.compile(r"\p{Latin}")


def detect_language(text: str) -> str:
    """Return a BCP 47 primary tag: ``zh``, ``ja``, ``ko``, ``ru``, else ``en``.

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
    cyrillic = len(_CYRILLIC.findall(text))
    return "ru" if cyrillic and cyrillic >= len(_LATIN.findall(text)) else "en"
