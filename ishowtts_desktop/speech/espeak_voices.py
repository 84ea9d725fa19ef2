"""Which espeak voice says what: languages, scripts, and the ids of voices.

A voice's id is ``espeak-LANGUAGE`` or ``espeak-LANGUAGE+VARIANT`` (``espeak-en+f3``). espeak's
names are files below ``espeak-ng-data/lang``: naming the file spares espeak a search through all
of its voices, 3 ms at each utterance.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Script(Enum):
    """The writing systems that decide which voice can read a character."""

    LATIN = "en"
    HAN = "zh"
    KANA = "ja"
    HANGUL = "ko"
    CYRILLIC = "ru"
    GREEK = "el"
    ARABIC = "ar"
    HEBREW = "he"
    DEVANAGARI = "hi"
    THAI = "th"
    GEORGIAN = "ka"
    ARMENIAN = "hy"
    BENGALI = "bn"
    TAMIL = "ta"

    @property
    def language(self) -> str:
        """The language that reads this script where the text doesn't say which."""
        return str(self.value)


@dataclass(frozen=True)
class Tongue:
    """One language that espeak speaks: its voice file and the script that the voice reads."""

    file: str
    script: Script


_TONGUES = {
    "en": Tongue("gmw/en", Script.LATIN),
    "en-us": Tongue("gmw/en-US", Script.LATIN),
    "zh": Tongue("sit/cmn", Script.HAN),
    "yue": Tongue("sit/yue", Script.HAN),
    "ja": Tongue("jpx/ja", Script.KANA),
    "ko": Tongue("ko", Script.HANGUL),
    "ru": Tongue("zle/ru", Script.CYRILLIC),
    "uk": Tongue("zle/uk", Script.CYRILLIC),
    "be": Tongue("zle/be", Script.CYRILLIC),
    "bg": Tongue("zls/bg", Script.CYRILLIC),
    "sr": Tongue("zls/sr", Script.CYRILLIC),
    "mk": Tongue("zls/mk", Script.CYRILLIC),
    "kk": Tongue("trk/kk", Script.CYRILLIC),
    "el": Tongue("grk/el", Script.GREEK),
    "ar": Tongue("sem/ar", Script.ARABIC),
    "fa": Tongue("ira/fa", Script.ARABIC),
    "ur": Tongue("inc/ur", Script.ARABIC),
    "he": Tongue("sem/he", Script.HEBREW),
    "hi": Tongue("inc/hi", Script.DEVANAGARI),
    "mr": Tongue("inc/mr", Script.DEVANAGARI),
    "ne": Tongue("inc/ne", Script.DEVANAGARI),
    "th": Tongue("tai/th", Script.THAI),
    "ka": Tongue("ccs/ka", Script.GEORGIAN),
    "hy": Tongue("ine/hy", Script.ARMENIAN),
    "bn": Tongue("inc/bn", Script.BENGALI),
    "ta": Tongue("dra/ta", Script.TAMIL),
    "es": Tongue("roa/es", Script.LATIN),
    "fr": Tongue("roa/fr", Script.LATIN),
    "it": Tongue("roa/it", Script.LATIN),
    "pt": Tongue("roa/pt", Script.LATIN),
    "ro": Tongue("roa/ro", Script.LATIN),
    "ca": Tongue("roa/ca", Script.LATIN),
    "de": Tongue("gmw/de", Script.LATIN),
    "nl": Tongue("gmw/nl", Script.LATIN),
    "sv": Tongue("gmq/sv", Script.LATIN),
    "no": Tongue("gmq/nb", Script.LATIN),
    "nb": Tongue("gmq/nb", Script.LATIN),
    "da": Tongue("gmq/da", Script.LATIN),
    "is": Tongue("gmq/is", Script.LATIN),
    "fi": Tongue("urj/fi", Script.LATIN),
    "et": Tongue("urj/et", Script.LATIN),
    "hu": Tongue("urj/hu", Script.LATIN),
    "pl": Tongue("zlw/pl", Script.LATIN),
    "cs": Tongue("zlw/cs", Script.LATIN),
    "sk": Tongue("zlw/sk", Script.LATIN),
    "hr": Tongue("zls/hr", Script.LATIN),
    "sl": Tongue("zls/sl", Script.LATIN),
    "lt": Tongue("bat/lt", Script.LATIN),
    "lv": Tongue("bat/lv", Script.LATIN),
    "sq": Tongue("ine/sq", Script.LATIN),
    "tr": Tongue("trk/tr", Script.LATIN),
    "vi": Tongue("aav/vi", Script.LATIN),
    "id": Tongue("poz/id", Script.LATIN),
    "ms": Tongue("poz/ms", Script.LATIN),
    "sw": Tongue("bnt/sw", Script.LATIN),
    "af": Tongue("gmw/af", Script.LATIN),
    "cy": Tongue("cel/cy", Script.LATIN),
    "ga": Tongue("cel/ga", Script.LATIN),
    "eo": Tongue("art/eo", Script.LATIN),
    "la": Tongue("itc/la", Script.LATIN),
}
_SAME = {"cmn": "zh", "jp": "ja", "iw": "he", "in": "id", "fil": "en"}
_VARIANTS = frozenset(
    {"f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"}
)


def languages() -> tuple[str, ...]:
    """Every language that has a voice."""
    return tuple(_TONGUES)


def known_language(tag: str) -> str:
    """Reduce a BCP 47 tag to a language that has a voice; English where there is none."""
    lowered = tag.lower().replace("_", "-")
    primary = lowered.partition("-")[0]
    for candidate in (lowered, _SAME.get(primary, primary)):
        if candidate in _TONGUES:
            return candidate
    return "en"


@dataclass(frozen=True)
class Speaker:
    """Who speaks one request: the language of the text, that of the voice, and its variant."""

    text_language: str
    voice_language: str
    variant: str = ""

    @classmethod
    def of(cls, language: str, voice: str) -> Speaker:
        """Read a request's language and voice id. An id that espeak doesn't know counts as none."""
        text_language = known_language(language)
        prefix, _, rest = voice.partition("-")
        name, _, variant = rest.partition("+")
        if prefix != "espeak" or name not in _TONGUES or variant not in {"", *_VARIANTS}:
            return cls(text_language, text_language)
        return cls(text_language, name, variant)

    def language_for(self, script: Script) -> str:
        """Say which language reads ``script``: the voice's, else the text's, else the usual one."""
        for language in (self.voice_language, self.text_language):
            if _TONGUES[language].script is script:
                return language
        return script.language

    @property
    def plain_language(self) -> str:
        """The language of digits and signs that belong to no script."""
        return self.language_for(_TONGUES[self.text_language].script)

    def espeak_name(self, language: str) -> str:
        """Give espeak's name of this speaker's voice in ``language``."""
        file = _TONGUES[language].file
        return f"{file}+{self.variant}" if self.variant else file
