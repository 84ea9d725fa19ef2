"""Emoji are seen, not said, unless the user wants their names."""

from __future__ import annotations

import regex

_EMOJI = regex.compile(
    r"[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\uFE0E\uFE0F\u200D\u20E3]+"
)
# Of what was compatible with a letter, and of a digit under its keycap.
_SELECTED = regex.compile(r"([\p{L}\p{N}])[\uFE0E\uFE0F\u20E3]+")
_TONE = regex.compile(r"\p{Emoji_Modifier}")
_KNOWN = ("en", "zh", "ja", "ko", "ru", "de", "es", "fr", "pt", "it", "fa", "id", "ar", "tr")
_MOST = 5


def silence(text: str) -> str:
    """Put a space for each run of emoji. The digit under a keycap stays."""
    return _EMOJI.sub(" ", _SELECTED.sub(r"\1", text))


def name(text: str, language: str) -> str:
    """Put the names of emoji, by the Unicode CLDR, for the first five different ones.

    Colours of skin aren't told. What has no name in ``language`` is silent.
    """
    if not _EMOJI.search(text):
        return text
    # Its tables are large, and few want to hear emoji.
    from emoji import demojize, replace_emoji

    tongue = language if language in _KNOWN else "en"
    said: set[str] = set()

    def spoken(seen: str, _: dict[str, str]) -> str:
        named = demojize(seen, delimiters=("", ""), language=tongue).replace("_", " ")
        if named in said or len(said) >= _MOST:
            return " "
        said.add(named)
        return f" {named} "

    return silence(replace_emoji(_TONE.sub("", text), spoken))
