"""What joint utterances say, per language, and what is said of those that were skipped."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.reading.text.spoken.chinese import Chinese
from ishowtts_desktop.reading.text.spoken.english import English

if TYPE_CHECKING:
    from collections.abc import Sequence

_CROWD: Final = MappingProxyType(
    {
        "en": "{count} people say {text}",
        "zh": "{count}个人说{text}",
        "ja": "{count}人が言います、{text}",
        "ko": "{count}명이 말해요, {text}",
    }
)
_MORE: Final = MappingProxyType(
    {"en": "and {count} more", "zh": "还有{count}条", "ja": "ほか{count}件", "ko": "외 {count}개"}
)
_STOPS: Final = MappingProxyType({"zh": "。", "ja": "。"})
_ENDS: Final = tuple(".!?…。！？~～,，、;；:：")


def crowd(text: str, people: int, language: str) -> str:
    """Return "3 people say GG"."""
    if people == 1:
        return text
    return _CROWD.get(language, "{count}: {text}").format(
        count=in_words(people, language), text=text
    )


def joined(texts: Sequence[str], language: str) -> str:
    """Return what one author wrote in several messages, as sentences."""
    stop = _STOPS.get(language, ". ")
    said = [text.strip() for text in texts]
    parts = [text if text.endswith(_ENDS) else text + stop.strip() for text in said[:-1]]
    return ("" if stop.strip() == stop else " ").join([*parts, said[-1]])


def more(count: int, language: str) -> str:
    """Return "and 42 more"."""
    return _MORE.get(language, "+{count}").format(count=in_words(count, language))


def in_words(count: int, language: str) -> str:
    """Return ``count`` in words: what is composed here doesn't go through the preparation."""
    if language == "zh":
        return "两" if count == 2 else Chinese().plain(str(count))
    return English().plain(str(count)) if language == "en" else str(count)
