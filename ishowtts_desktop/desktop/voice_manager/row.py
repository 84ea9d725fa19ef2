"""How a voice looks in the list: its name, and below it, smaller, what is to be known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

ABOUT: Final = Qt.ItemDataRole.UserRole + 1
SMALLER: Final = 0.9


class VoiceRow(QStyledItemDelegate):
    """Draws the text of an item and, from the role `ABOUT`, a second line."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for two lines, and for CJK characters in a font of Latin ones."""
        fields: Any = option  # the stubs of PySide6 6.8 know none of them
        name, about = self._fonts(fields.font)
        height = _height(name) + _height(about)
        return QSize(super().sizeHint(option, index).width(), height + height // 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Let the style draw the ground, and both lines above it."""
        fields: Any = option  # as above
        ground: Any = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget = fields.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        chosen = bool(fields.state & QStyle.StateFlag.State_Selected)
        roles = QPalette.ColorRole
        painter.save()
        palette = fields.palette
        name, about = self._fonts(fields.font)
        rect: QRect = fields.rect
        pad = _height(about) // 3
        box = rect.adjusted(pad, (rect.height() - _height(name) - _height(about)) // 2, -pad, 0)
        lines = (
            (name, index.data(Qt.ItemDataRole.DisplayRole), roles.Text),
            (about, index.data(ABOUT), roles.PlaceholderText),
        )
        for font, text, role in lines:
            painter.setFont(font)
            painter.setPen(palette.color(roles.HighlightedText if chosen else role))
            height, metrics = _height(font), QFontMetrics(font)
            line = QRect(box.left(), box.top(), box.width(), height)
            shown = metrics.elidedText(str(text or ""), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter.value, shown)
            box.setTop(box.top() + height)
        painter.restore()

    @staticmethod
    def _fonts(font: QFont) -> tuple[QFont, QFont]:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * SMALLER)
        return font, small


def _height(font: QFont) -> int:
    return round(QFontMetrics(font).height() * 1.15)
