"""The languages a voice may have, by their own names, and what to read aloud in them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Those that the published F5 models were made for come first.
LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "English",
        "zh": "中文",
        "de": "Deutsch",
        "es": "Español",
        "fr": "Français",
        "it": "Italiano",
        "ja": "日本語",
        "ko": "한국어",
        "nl": "Nederlands",
        "pl": "Polski",
        "pt": "Português",
        "ru": "Русский",
        "tr": "Türkçe",
        "uk": "Українська",
        "vi": "Tiếng Việt",
        "yue": "粵語",
    }
)
# About six seconds each, with most of the sounds of their language, and calm to read.
_ALOUD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": (
            "Both of us thought the young judge would choose fresh oranges, "
            "but she kept the yellow ones for her visitors."
        ),
        "zh": "春天的早晨，我和两位朋友去公园散步，湖边的风很轻，远处传来孩子们的笑声。",
    }
)
_SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "Welcome to the stream! Say hi in chat, and I will read it aloud.",
        "zh": "欢迎来到直播间！发条弹幕打个招呼，我会念出来。",
    }
)


def aloud_text(language: str) -> str:
    """Return what to read aloud for a recording; empty where we have nothing."""
    return _ALOUD.get(language.partition("-")[0], "")


def trial_sentence(language: str) -> str:
    """Return a sentence to try a voice with."""
    return _SENTENCES.get(language.partition("-")[0], _SENTENCES["en"])


def nearest_language(tag: str) -> str:
    """Return the one of `LANGUAGES` that a tag such as "zh-CN" means; English for all others."""
    plain = tag.replace("_", "-").partition("-")[0].lower()
    return plain if plain in LANGUAGES else "en"
