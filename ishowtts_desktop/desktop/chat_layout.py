"""Where things stand in a line of chat, and how its text breaks into lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextLayout, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QFontMetrics


@dataclass(frozen=True)
class TextBlock:
    """Plain text in lines: its ``height`` and the ``ascent`` of the first line, in pixels."""

    layout: QTextLayout
    height: float
    ascent: float

    @staticmethod
    def of(text: str, width: int, font: QFont) -> TextBlock:
        """Break ``text`` into lines of ``width`` pixels, inside words where it must be."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, font)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        height, ascent = 0.0, 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            ascent = ascent or line.ascent()
            height += line.height()
        layout.endLayout()
        return TextBlock(layout, height, ascent)


@dataclass(frozen=True)
class Columns:
    """Where things stand in a line of ``width`` pixels, all in pixels from its left edge.

    In a narrow window the name goes above the text (``stacked``).
    """

    margin: int
    shape: int
    name: int
    name_width: int
    text: int
    text_width: int
    state: int
    state_width: int
    stacked: bool

    @staticmethod
    def of(width: int, metrics: QFontMetrics, state_width: int) -> Columns:
        """Share out ``width``; every measure follows from the font."""
        em = metrics.height()
        margin = em // 2
        side = metrics.ascent()
        stacked = width < 26 * em
        name = margin + side + margin
        state = width - margin - state_width
        name_width = state - name - margin if stacked else min(8 * em, width // 5)
        text = name if stacked else name + name_width + margin
        text_end = width - margin if stacked else state - margin
        text_width = max(2 * em, text_end - text)
        return Columns(
            margin, side, name, name_width, text, text_width, state, state_width, stacked
        )
