"""Paints one line of chat: shape, name, text, state. Chat text is laid out as plain text only."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ishowtts_desktop.core.utterances import Lane, OutcomeState
from ishowtts_desktop.desktop.chat_layout import Columns, TextBlock
from ishowtts_desktop.desktop.name_colors import name_color
from ishowtts_desktop.desktop.sentences import reason_sentence, state_word
from ishowtts_desktop.desktop.shapes import draw_lane, draw_notice, draw_state

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QAbstractScrollArea

    from ishowtts_desktop.desktop.chat_model import ChatModel, ChatRow

MAX_BLOCKS: Final = 400


class ChatDelegate(QStyledItemDelegate):
    """Paints the rows of ``model`` in ``view``, which tells it of a new font or width."""

    def __init__(self, model: ChatModel, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._model = model
        self._width = view.viewport().width()
        self._blocks: OrderedDict[tuple[str, int], TextBlock] = OrderedDict()
        self.restyle(view.font())

    def restyle(self, font: QFont) -> None:
        """Measure anew: the font, its scale or the language changed; the rows have to as well."""
        self._font = font
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._metrics = QFontMetrics(font)
        words = [state_word(state) for state in OutcomeState]
        self._state_width = max(self._metrics.horizontalAdvance(word) for word in words)
        self._blocks.clear()

    def set_width(self, width: int) -> None:
        """Measure for rows of ``width`` pixels from now on."""
        self._width = width

    def height_of(self, number: int) -> int:
        """Return the height of a row in pixels."""
        row = self._model.row_at(number)
        height = row.heights.get(self._width)
        if height is None:
            height = row.heights[self._width] = self._measure(row, self._width)
        return height

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row inside its own rectangle."""
        row = self._model.row_at(index.row())
        style = cast("Any", option)  # the stubs of some PySide6 releases lack its fields
        rect: QRect = style.rect
        palette: QPalette = style.palette
        state: QStyle.StateFlag = style.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        # Stacked accents must not reach into the neighbours.
        painter.setClipRect(rect)
        self._paint_background(painter, rect, palette, row, selected)
        painter.translate(rect.topLeft())
        self._paint_row(painter, rect.width(), _Inks.of(palette, row, selected), row)
        painter.restore()

    def _measure(self, row: ChatRow, width: int) -> int:
        columns = Columns.of(width, self._metrics, self._state_width)
        height = self._text_height(self._block(self._model.text_of(row), columns.text_width))
        if columns.stacked:
            height += self._metrics.height()
        if row.reason is not None:
            height += self._block(reason_sentence(row.reason), columns.text_width).height
        return math.ceil(height) + columns.margin

    def _text_height(self, block: TextBlock) -> float:
        return max(block.height, float(self._metrics.height()))

    def _paint_background(
        self, painter: QPainter, rect: QRect, palette: QPalette, row: ChatRow, selected: bool
    ) -> None:
        if selected:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
        elif row.state is OutcomeState.SPEAKING:
            tint = QColor(palette.color(QPalette.ColorRole.Highlight))
            tint.setAlpha(45)
            painter.fillRect(rect, tint)
        if row.lane in (Lane.STREAMER, Lane.PAID) and not row.removed:
            stripe = QRect(rect.left(), rect.top(), max(2, self._metrics.height() // 6), 0)
            stripe.setHeight(rect.height())
            painter.fillRect(stripe, palette.color(QPalette.ColorRole.Highlight))

    def _paint_row(self, painter: QPainter, width: int, inks: _Inks, row: ChatRow) -> None:
        columns = Columns.of(width, self._metrics, self._state_width)
        block = self._block(self._model.text_of(row), columns.text_width)
        top = columns.margin // 2
        # Names and states stand on the text's first line, whose script may be a taller one.
        ascent = self._metrics.ascent()
        baseline = top + (ascent if columns.stacked else max(block.ascent, ascent))
        side = columns.shape
        shape = QRectF(columns.margin, baseline - side * 0.92, side, side)
        draw_state(painter, shape, row.state, inks.state)
        self._paint_name(painter, columns, baseline, inks, row)
        painter.setFont(self._font)
        if row.state is not None:
            word = state_word(row.state)
            right = columns.state + columns.state_width - self._metrics.horizontalAdvance(word)
            painter.setPen(inks.state)
            painter.drawText(QPointF(right, baseline), word)
        top += self._metrics.height() if columns.stacked else 0
        painter.setPen(inks.muted if row.hidden else inks.text)
        block.layout.draw(painter, QPointF(columns.text, top))
        if row.reason is not None:
            painter.setPen(inks.muted)
            sentence = self._block(reason_sentence(row.reason), columns.text_width)
            below = top + self._text_height(block)
            sentence.layout.draw(painter, QPointF(columns.text, below))

    def _paint_name(
        self, painter: QPainter, columns: Columns, baseline: float, inks: _Inks, row: ChatRow
    ) -> None:
        side = columns.shape if row.announced or row.lane is not Lane.NORMAL else 0
        left = columns.name
        if side:
            box = QRectF(left, baseline - side * 0.92, side, side)
            if row.announced:
                draw_notice(painter, box, inks.name)
            else:
                draw_lane(painter, box, row.lane, inks.name)
            left += side + columns.margin // 2
        painter.setFont(self._bold)
        painter.setPen(inks.name)
        room = columns.name + columns.name_width - left
        name = QFontMetrics(self._bold).elidedText(
            self._model.name_of(row), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(QPointF(left, baseline), name)

    def _block(self, text: str, width: int) -> TextBlock:
        key = (text, width)
        block = self._blocks.get(key)
        if block is None:
            block = self._blocks[key] = TextBlock.of(text, width, self._font)
            if len(self._blocks) > MAX_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(key)
        return block


@dataclass(frozen=True)
class _Inks:
    """The colours of one row."""

    text: QColor
    muted: QColor
    name: QColor
    state: QColor

    @staticmethod
    def of(palette: QPalette, row: ChatRow, selected: bool) -> _Inks:
        if selected:
            ink = palette.color(QPalette.ColorRole.HighlightedText)
            return _Inks(ink, ink, ink, ink)
        base = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.Text)
        muted = _blend(text, base, 0.62)
        name = muted if row.removed else name_color(row.author or row.name, base)
        if not row.author and not row.removed:
            name = text
        active = row.state in (OutcomeState.SPEAKING, OutcomeState.QUEUED)
        return _Inks(text, muted, name, text if active else muted)


def _blend(front: QColor, back: QColor, share: float) -> QColor:
    parts = zip(front.getRgb()[:3], back.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(f * share + b * (1 - share)) for f, b in parts))
