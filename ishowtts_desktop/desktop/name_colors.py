"""A colour for each author: always the same one, and legible on light and dark alike."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QColor

HUES: Final = 24
MIN_CONTRAST: Final = 4.5
_STEP: Final = 0.03


def luminance(color: QColor) -> float:
    """Return the relative luminance, 0..1 (WCAG 2.2)."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio, 1..21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def name_color(author: str, background: QColor) -> QColor:
    """Return the colour of ``author``'s name on ``background``, with a contrast of 4.5 or more."""
    seed = zlib.crc32(author.encode("utf-8", "surrogatepass"))
    return QColor.fromRgb(_legible(seed % HUES, background.rgb()))


@lru_cache(maxsize=HUES * 8)
def _legible(hue: int, background: int) -> int:
    behind = QColor.fromRgb(background)
    dark = luminance(behind) < 0.18
    lightness = 0.62 if dark else 0.40
    while True:
        color = QColor.fromHslF(hue / HUES, 0.65, min(1.0, max(0.0, lightness)))
        if contrast(color, behind) >= MIN_CONTRAST or not 0.0 < lightness < 1.0:
            return color.rgb()
        lightness += _STEP if dark else -_STEP
