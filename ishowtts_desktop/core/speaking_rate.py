"""How long a text takes to say, by its characters: what chat, voices and engines reckon with.

Letters are counted, not syllables: against espeak-ng's durations of English chat lines they are off
by 13 % in the mean, syllables by 20 % (docs/benchmarks/durations.md). What a text gets never falls
as it goes on, sign by sign: queues and cuts search in it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.spoken_numbers import number_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LATIN, HAN, KANA, HANGUL, DIGITS, OTHERS = "latin", "han", "kana", "hangul", "digits", "others"
_PAUSE: Final = "pause"
# Seconds a character at the usual rate, by the first and last code point of its block.
_PACE: Final = (
    (0x41, 0x5A, 0.07, LATIN),
    (0x61, 0x7A, 0.065, LATIN),
    (0xC0, 0x24F, 0.065, LATIN),
    (0x370, 0x52F, 0.075, OTHERS),
    (0x530, 0x10FF, 0.08, OTHERS),
    (0x1100, 0x11FF, 0.07, HANGUL),
    (0x1E00, 0x1EFF, 0.07, LATIN),
    (0x1F00, 0x1FFF, 0.07, OTHERS),
    (0x3040, 0x30FF, 0.13, KANA),
    (0x3100, 0x312F, 0.13, HAN),
    (0x3130, 0x318F, 0.07, HANGUL),
    (0x31F0, 0x31FF, 0.13, KANA),
    (0x3400, 0x9FFF, 0.23, HAN),
    (0xAC00, 0xD7AF, 0.19, HANGUL),
    (0xF900, 0xFAFF, 0.23, HAN),
    (0xFF21, 0xFF5A, 0.07, LATIN),
    (0xFF66, 0xFF9D, 0.13, KANA),
    (0x20000, 0x3FFFF, 0.23, HAN),
)
# Of other scripts, by the general category: letters and numbers.
_OTHER: Final = {"L": 0.08, "N": 0.25}
_PAUSES: Final = (
    ("\n.!?…。！？", 0.25),
    (",;:，；：、–—", 0.15),
    (" \u3000", 0.01),
)
_SAID: Final = ("%&+=@#$€£¥", 0.3)
"""Signs that are words."""
_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ"
_TOKEN: Final = re.compile(
    f"[{_LETTERS}]['’{_LETTERS}\u0300-\u036f]*|[0-9０-９][0-9０-９.,:/-]*|.", re.DOTALL
)
_CONSONANTS: Final = re.compile("[bcdfghjklmnpqrstvwxz]*")
# Each of these begins words, and so does each of its own beginnings.
_ONSETS: Final = re.compile(
    "(b[lr]?|ch?r?|c[lz]|d[rwz]?|f[lr]?|g[hlnr]?|h|j|k[hlnr]?|l|m|n|p[flns]?|p(h?r?)|qu?|rh?"
    "|s|s[cklmnpqtvwz]|sch[lmnrw]?|s[cpt]r|shr?|sp[hl]|t[rsw]?|thr?|vl?|w[hr]?|x|zh?|zw)?"
)
_SPELLED: Final = 0.2
"""Seconds of a letter that is said by its name, as those of "gg", "wp" and "brb" are."""

ONCE: Final = 0.12
"""Seconds that an utterance takes beside its signs: the last of them is drawn out."""
FASTEST, SLOWEST = 0.6, 2.0
"""A recording further from the usual rate has a text which isn't its own."""
_UNHEARD: Final = 0.6
"""How far a script that a recording lacks follows what was heard of the others: 0 to 1."""
_EVIDENCE: Final = 0.3
"""Seconds of a script in a recording that are worth as much as what is known without them."""


def usual_seconds(text: str, language: str = "") -> float:
    """Return how long ``text`` takes an ordinary speaker, in seconds; emoji take nothing.

    Numbers are read as ``language`` does (a BCP 47 primary tag; empty: as English does).
    """
    return math.fsum(seconds for _, seconds in _parts(text, language))


@dataclass(frozen=True)
class SpeakingRate:
    """A voice's own rate: for each script the factor on what it usually takes."""

    latin: float = 1.0
    han: float = 1.0
    kana: float = 1.0
    hangul: float = 1.0
    digits: float = 1.0
    others: float = 1.0

    @classmethod
    def measured(cls, text: str, seconds: float) -> SpeakingRate:
        """Return the rate of somebody who says ``text`` in ``seconds`` of speech without pauses.

        A script that ``text`` has much of gets what was measured, another one less of it.
        """
        heard = _by_script(text, _language_of(text))
        usual = math.fsum(heard.values())
        if not usual or not 0 < seconds < math.inf:
            return cls()
        taken = min(max((seconds - ONCE) / usual, FASTEST), SLOWEST)

        def factor(script: str) -> float:
            known = heard.get(script, 0.0)
            trust = _UNHEARD + (1 - _UNHEARD) * known / (known + _EVIDENCE)
            return float(taken**trust)

        return cls(**{field.name: factor(field.name) for field in fields(cls)})

    def seconds(self, text: str, language: str = "") -> float:
        """Return how long ``text`` takes at this rate, pauses between its parts included.

        0 without anything to say. Numbers are read as `usual_seconds` does.
        """
        parts = tuple(_parts(text, language))
        if not parts:
            return 0.0
        return ONCE + math.fsum(seconds * getattr(self, script, 1.0) for script, seconds in parts)


def _parts(text: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield script and usual seconds of all that is said, and of pauses before what is said."""
    pause = 0.0
    for match in _TOKEN.finditer(text):
        script, seconds = _token(match[0], language)
        if script == _PAUSE:
            pause = max(pause, seconds)
        elif seconds:
            if pause:
                yield _PAUSE, pause
            pause = 0.0
            yield script, seconds


def _token(token: str, language: str) -> tuple[str, float]:
    first = token[0]
    if "0" <= first <= "9" or "０" <= first <= "９":
        return DIGITS, number_seconds(token, language)
    if len(token) == 1:
        return _pace(token)
    spelled = _CONSONANTS.match(token.lower())
    names = len(spelled[0]) if spelled and not _ONSETS.fullmatch(spelled[0]) else 0
    return LATIN, names * _SPELLED + math.fsum(_pace(sign)[1] for sign in token[names:])


@lru_cache(maxsize=4096)
def _pace(character: str) -> tuple[str, float]:
    for signs, seconds in _PAUSES:
        if character in signs:
            return _PAUSE, seconds
    if character in _SAID[0]:
        return DIGITS, _SAID[1]
    if unicodedata.category(character) == "Nd":
        return DIGITS, _OTHER["N"]
    code = ord(character)
    for first, last, seconds, script in _PACE:
        if first <= code <= last:
            return script, seconds
    return OTHERS, _OTHER.get(unicodedata.category(character)[0], 0.0)


def _by_script(text: str, language: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for script, seconds in _parts(text, language):
        if script != _PAUSE:
            found[script] = found.get(script, 0.0) + seconds
    return found


def _language_of(text: str) -> str:
    """Return how numbers in ``text`` are read, by the scripts around them."""
    scripts = {_pace(character)[0] for character in text}
    for script, language in ((KANA, "ja"), (HANGUL, "ko"), (HAN, "zh")):
        if script in scripts:
            return language
    return "en"
