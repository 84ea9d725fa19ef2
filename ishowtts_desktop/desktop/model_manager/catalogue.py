"""What the catalogue says of its models, once more for the translators.

The command line prints these sentences as they are; a test compares them.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_CONTEXT: Final = "Models"

TEXTS: Final = (
    QT_TRANSLATE_NOOP(
        "Models",
        "Speaks English and Mandarin in a cloned voice. The best published one: take this.",
    ),
    QT_TRANSLATE_NOOP(
        "Models",
        "The first one, of 2024: for comparing, and for checkpoints that were trained from it.",
    ),
    QT_TRANSLATE_NOOP(
        "Models",
        "The vocoder: makes sound of what a model speaks. Every model needs it and brings it.",
    ),
    QT_TRANSLATE_NOOP(
        "Models",
        "Free to use, to share and to change, as long as you name its authors (F5-TTS by SWivid and"
        " others) and don't use it to make money. Whether a stream with advertisements,"
        " subscriptions or donations makes money is not for us to say, we are no lawyers: ask the"
        " authors, or use another checkpoint whose licence allows it; this program takes any of the"
        " same shape. https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    QT_TRANSLATE_NOOP(
        "Models",
        "Free for every use, as long as the notice of its authors (Vocos by Charactr) stays with"
        " it.",
    ),
)


def catalogue_words(text: str) -> str:
    """Return a sentence of the catalogue in the window's language, or as it is."""
    return QCoreApplication.translate(_CONTEXT, text)
