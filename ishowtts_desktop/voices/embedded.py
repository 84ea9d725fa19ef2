"""The voices that are always there: espeak's, by language, with a few timbres."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """A voice that can be picked. ``language`` is a BCP 47 tag; ``engine`` an engine's id."""

    id: str
    name: str
    language: str
    engine: str


_LANGUAGES = (
    ("en", "English (Britain)"),
    ("en-us", "English (America)"),
    ("zh", "中文（普通话）"),
    ("yue", "中文（粤语）"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("ru", "Русский"),
    ("uk", "Українська"),
    ("es", "Español"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("tr", "Türkçe"),
    ("vi", "Tiếng Việt"),
)
_WITH_TIMBRES = ("en", "en-us", "zh")
_TIMBRES = (("f2", "♀ 2"), ("f3", "♀ 3"), ("m3", "♂ 3"), ("m7", "♂ 7"))


def embedded_voices() -> tuple[Voice, ...]:
    """All of them, the plain voice of each language before its timbres."""
    voices: list[Voice] = []
    for tag, name in _LANGUAGES:
        language = "en-US" if tag == "en-us" else tag
        voices.append(Voice(f"espeak-{tag}", name, language, "espeak"))
        if tag in _WITH_TIMBRES:
            voices.extend(
                Voice(f"espeak-{tag}+{timbre}", f"{name} {sign}", language, "espeak")
                for timbre, sign in _TIMBRES
            )
    return tuple(voices)
