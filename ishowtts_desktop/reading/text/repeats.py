"""Repeats: three times tell as much as thirty."""

from __future__ import annotations

import regex

# A unit of up to eight characters keeps the search linear. Digits stay: 100000 isn't 1000.
_UNITS = regex.compile(r"([^\s\p{N}]{2,8}?)\1{3,}+", regex.IGNORECASE)
_CHARACTERS = regex.compile(r"([^\s\p{N}])\1{3,}+", regex.IGNORECASE)
_DIGIT = regex.compile(r"(?<!\p{N})(\p{N})\1{5,}+(?!\p{N})")
_THRICE = r"\1\1\1"
_AROUND = ".,;:!?~'\"()"
_LONGEST_PHRASE = 12


def collapse(text: str) -> str:
    """Shorten what is repeated: characters and short units to three, tokens to two, phrases to one.

    "哈哈哈哈哈哈" -> "哈哈哈", "looooool" -> "loool", "hahahahaha" -> "hahaha", "666666" -> "666",
    "GG GG GG GG" -> "GG GG", a phrase said three times (or two, from four tokens) -> once.
    """
    # Units first: what they leave may hold runs of one character.
    text = _UNITS.sub(_THRICE, text)
    text = _CHARACTERS.sub(_THRICE, text)
    text = _DIGIT.sub(_THRICE, text)
    return _tokens(text)


def _tokens(text: str) -> str:
    tokens = text.split()
    keys = [token.strip(_AROUND).casefold() or token for token in tokens]
    kept: list[str] = []
    at = 0
    while at < len(tokens):
        length, count, times = _repeat_at(keys, at)
        kept += tokens[at : at + length * times]
        at += length * count
    return " ".join(kept)


def _repeat_at(keys: list[str], at: int) -> tuple[int, int, int]:
    """Return tokens a phrase, how often it stands at ``at``, and how often to keep it."""
    for length in range(1, min(_LONGEST_PHRASE, (len(keys) - at) // 2) + 1):
        count = _count(keys, at, length)
        if length == 1 and count > 2:
            return 1, count, 2
        if length > 1 and count > (1 if length >= 4 else 2):
            return length, count, 1
    return 1, 1, 1


def _count(keys: list[str], at: int, length: int) -> int:
    phrase = keys[at : at + length]
    count = 1
    while keys[at + count * length : at + (count + 1) * length] == phrase:
        count += 1
    return count
