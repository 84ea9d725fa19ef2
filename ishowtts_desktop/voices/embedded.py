"""The voices that are always there: espeak's, by language, with a few timbres."""

from __future__ import annotations

from ishowtts_desktop.voices.voice import Voice

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
        voices.append(Voice(id=f"espeak-{tag}", name=name, language=language, engine="espeak"))
        if tag in _WITH_TIMBRES:
            voices.extend(
                Voice(
                    id=f"espeak-{tag}+{timbre}",
                    name=f"{name} {sign}",
                    language=language,
                    engine="espeak",
                )
                for timbre, sign in _TIMBRES
            )
    return tuple(voices)
