"""Findings in the language of the window.

Their own sentences are English and hold figures; a translation has a sentence for each code, and
the figure behind it.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.voices.findings import Finding

_CONTEXT: Final = "Findings"
_FIGURE: Final = re.compile(r"-?\d+(?:\.\d+)? (?:s|ms|dB|kHz|LUFS)\b")

# QT_TRANSLATE_NOOP is typed as returning an object; it returns its string.
_MESSAGES: Final[Mapping[str, object]] = MappingProxyType(
    {
        "too_long": QT_TRANSLATE_NOOP("Findings", "The reference is too long"),
        "too_short": QT_TRANSLATE_NOOP("Findings", "The reference is too short"),
        "silent": QT_TRANSLATE_NOOP("Findings", "There is nothing to hear"),
        "quiet": QT_TRANSLATE_NOOP("Findings", "The recording is very quiet"),
        "clipped": QT_TRANSLATE_NOOP("Findings", "The recording is clipped, it was too loud"),
        "music": QT_TRANSLATE_NOOP("Findings", "There is music in the recording"),
        "noisy": QT_TRANSLATE_NOOP("Findings", "The recording is noisy"),
        "low_bandwidth": QT_TRANSLATE_NOOP("Findings", "It sounds like a telephone"),
        "long_pause": QT_TRANSLATE_NOOP("Findings", "There is a long pause"),
        "cut_word": QT_TRANSLATE_NOOP("Findings", "A word is cut at the edge"),
        "text_missing": QT_TRANSLATE_NOOP("Findings", "The reference text is missing"),
        "text_too_long": QT_TRANSLATE_NOOP("Findings", "The text is too long for what is heard"),
        "text_too_short": QT_TRANSLATE_NOOP("Findings", "The text is too short for what is heard"),
        "text_language": QT_TRANSLATE_NOOP("Findings", "The text isn't written in the language"),
    }
)
_ADVICE: Final[Mapping[str, object]] = MappingProxyType(
    {
        "too_long": QT_TRANSLATE_NOOP("Findings", "Choose 3 to 8 seconds and their text."),
        "too_short": QT_TRANSLATE_NOOP("Findings", "Choose 3 to 8 seconds."),
        "silent": QT_TRANSLATE_NOOP("Findings", "Check the microphone and record again."),
        "quiet": QT_TRANSLATE_NOOP("Findings", "Record again, closer to the microphone."),
        "clipped": QT_TRANSLATE_NOOP(
            "Findings", "Record again with the level turned down, or choose another part."
        ),
        "music": QT_TRANSLATE_NOOP("Findings", "Choose a part without music."),
        "noisy": QT_TRANSLATE_NOOP("Findings", "Record again in a quiet room."),
        "low_bandwidth": QT_TRANSLATE_NOOP("Findings", "Use the original recording."),
        "long_pause": QT_TRANSLATE_NOOP("Findings", "Choose a part without long pauses."),
        "cut_word": QT_TRANSLATE_NOOP("Findings", "Move that edge into a silence."),
        "text_missing": QT_TRANSLATE_NOOP("Findings", "Type what is said in the marked part."),
        "text_too_long": QT_TRANSLATE_NOOP("Findings", "Type only what is said in that part."),
        "text_too_short": QT_TRANSLATE_NOOP("Findings", "Type all that is said in that part."),
        "text_language": QT_TRANSLATE_NOOP("Findings", "Choose the language that is spoken."),
    }
)
_WHOLE: Final = QT_TRANSLATE_NOOP("Findings", "{words}.")
_WITH_FIGURE: Final = QT_TRANSLATE_NOOP("Findings", "{words} ({figure}).")
# Of the texts' sentences, each of which holds two.
_WITHOUT_FIGURE: Final = frozenset(("text_too_long", "text_too_short"))


def finding_words(finding: Finding) -> str:
    """Return what is wrong."""
    words = _translated(_MESSAGES, finding.code)
    if not words:
        return finding.message
    figure = _FIGURE.search(finding.message)
    if figure is None or finding.code in _WITHOUT_FIGURE:
        return QCoreApplication.translate(_CONTEXT, str(_WHOLE)).format(words=words)
    sentence = QCoreApplication.translate(_CONTEXT, str(_WITH_FIGURE))
    return sentence.format(words=words, figure=figure.group())


def advice_words(finding: Finding) -> str:
    """Return what to do about it."""
    return _translated(_ADVICE, finding.code) or finding.advice


def _translated(texts: Mapping[str, object], code: str) -> str:
    """Return the translation, or "" where the window speaks the findings' own language."""
    source = str(texts.get(code, ""))
    found = QCoreApplication.translate(_CONTEXT, source) if source else ""
    return "" if found == source else found
