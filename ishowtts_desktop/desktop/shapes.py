"""Small shapes that tell a state without colour, drawn with the pen's colour in a square."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

from ishowtts_desktop.core.messages import Phase
from ishowtts_desktop.core.utterances import Lane, OutcomeState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QColor

    Shape = Callable[[QPainter], None]


class Glyph(Enum):
    """What stands on a button."""

    PLAY = "play"
    STOP = "stop"
    PAUSE = "pause"
    SKIP = "skip"
    CLOSE = "close"
    SILENCE = "silence"


def draw_state(painter: QPainter, box: QRectF, state: OutcomeState | None, color: QColor) -> None:
    """Draw the shape of a message's state; no state draws nothing."""
    if state is not None:
        _draw(painter, box, _STATES[state], color)


def draw_lane(painter: QPainter, box: QRectF, lane: Lane, color: QColor) -> None:
    """Draw what lifts a message above the others; the normal lane draws nothing."""
    if lane in _LANES:
        _draw(painter, box, _LANES[lane], color)


def draw_notice(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Draw the shape of what the platform announces."""
    _draw(painter, box, _flag, color)


def glyph_icon(glyph: Glyph, palette: QPalette, side: int, ratio: float) -> QIcon:
    """Return a button's icon in the palette's text colours, so that it follows a dark theme."""
    icon = QIcon()
    groups = (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    )
    for mode, group in groups:
        color = palette.color(group, QPalette.ColorRole.ButtonText)
        icon.addPixmap(_picture(_GLYPHS[glyph], side, ratio, color), mode)
    return icon


def phase_pixmap(phase: Phase | None, side: int, ratio: float, color: QColor) -> QPixmap:
    """Return the shape of a connection's phase; None is before the first one.

    ``side`` is in device-independent pixels, of which each has ``ratio`` times ``ratio`` dots.
    """
    return _picture(_PHASES[phase], side, ratio, color)


def _picture(shape: Shape, side: int, ratio: float, color: QColor) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _draw(painter, QRectF(0, 0, side, side), shape, color)
    painter.end()
    return pixmap


def _draw(painter: QPainter, box: QRectF, shape: Shape, color: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Every shape is drawn in a square of 16 by 16.
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    pen = QPen(color, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shape(painter)
    painter.restore()


def _fill(painter: QPainter) -> None:
    painter.setBrush(painter.pen().color())


def _polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _ring(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(3, 3, 10, 10))


def _disc(painter: QPainter) -> None:
    _fill(painter)
    painter.drawEllipse(QRectF(3, 3, 10, 10))


def _dots(painter: QPainter) -> None:
    _fill(painter)
    for x in (3, 8, 13):
        painter.drawEllipse(QPointF(x, 8), 0.9, 0.9)


def _bars(painter: QPainter) -> None:
    for x, half in ((3, 2.0), (6.5, 5.0), (10, 3.0), (13.5, 4.5)):
        painter.drawLine(QLineF(x, 8 - half, x, 8 + half))


def _check(painter: QPainter) -> None:
    painter.drawPolyline(_polygon((3, 8.5), (6.5, 12), (13, 4.5)))


def _barred_ring(painter: QPainter) -> None:
    _ring(painter)
    painter.drawLine(QLineF(4.6, 11.4, 11.4, 4.6))


def _arrow_down(painter: QPainter) -> None:
    painter.drawLine(QLineF(8, 3, 8, 12.5))
    painter.drawPolyline(_polygon((4, 8.8), (8, 12.8), (12, 8.8)))


def _cross(painter: QPainter) -> None:
    painter.drawLine(QLineF(4, 4, 12, 12))
    painter.drawLine(QLineF(12, 4, 4, 12))


def _warning(painter: QPainter) -> None:
    painter.drawPolygon(_polygon((8, 2), (14.5, 13.5), (1.5, 13.5)))
    painter.drawLine(QLineF(8, 6.5, 8, 9.3))
    painter.drawPoint(QPointF(8, 11.6))


def _triangle(painter: QPainter) -> None:
    _fill(painter)
    painter.drawPolygon(_polygon((5, 4), (12, 8), (5, 12)))


def _star(painter: QPainter) -> None:
    _fill(painter)
    upper = ((8, 2), (9.6, 6.2), (14, 6.4), (10.6, 9.2), (11.8, 13.6))
    painter.drawPolygon(_polygon(*upper, (8, 11), (4.2, 13.6), (5.4, 9.2), (2, 6.4), (6.4, 6.2)))


def _shield(painter: QPainter) -> None:
    _fill(painter)
    painter.drawPolygon(_polygon((8, 2.5), (13, 4), (12.5, 9), (8, 13.5), (3.5, 9), (3, 4)))


def _bubble(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(2.5, 3, 11, 7.5), 2, 2)
    painter.drawPolyline(_polygon((5, 10.5), (5, 13.5), (8, 10.5)))


def _square(painter: QPainter) -> None:
    _fill(painter)
    painter.drawRect(QRectF(4.5, 4.5, 7, 7))


def _pause(painter: QPainter) -> None:
    _fill(painter)
    for x in (4.5, 10):
        painter.drawRect(QRectF(x, 4.5, 1.5, 7))


def _skip(painter: QPainter) -> None:
    _fill(painter)
    painter.drawPolygon(_polygon((3.5, 4), (10, 8), (3.5, 12)))
    painter.drawLine(QLineF(12.5, 4, 12.5, 12))


def _silence(painter: QPainter) -> None:
    painter.drawLine(QLineF(10.2, 6.4, 13.2, 9.6))
    painter.drawLine(QLineF(13.2, 6.4, 10.2, 9.6))
    _fill(painter)
    painter.drawPolygon(
        _polygon((1.5, 6.2), (3.4, 6.2), (7, 3.2), (7, 12.8), (3.4, 9.8), (1.5, 9.8))
    )


def _flag(painter: QPainter) -> None:
    painter.drawLine(QLineF(3.5, 2.5, 3.5, 14))
    _fill(painter)
    painter.drawPolygon(_polygon((3.5, 3), (13, 3), (10.2, 6.2), (13, 9.4), (3.5, 9.4)))


_STATES: Final[Mapping[OutcomeState, Shape]] = MappingProxyType(
    {
        OutcomeState.QUEUED: _ring,
        OutcomeState.SPEAKING: _bars,
        OutcomeState.SPOKEN: _check,
        OutcomeState.REFUSED: _barred_ring,
        OutcomeState.DROPPED: _arrow_down,
        OutcomeState.REMOVED: _cross,
    }
)
_PHASES: Final[Mapping[Phase | None, Shape]] = MappingProxyType(
    {
        None: _ring,
        Phase.CONNECTING: _dots,
        Phase.CONNECTED: _disc,
        Phase.RETRYING: _dots,
        Phase.FAILED: _warning,
        Phase.CLOSED: _ring,
    }
)
_LANES: Final[Mapping[Lane, Shape]] = MappingProxyType(
    {
        Lane.STREAMER: _triangle,
        Lane.PAID: _star,
        Lane.MODERATOR: _shield,
        Lane.MENTION: _bubble,
    }
)
_GLYPHS: Final[Mapping[Glyph, Shape]] = MappingProxyType(
    {
        Glyph.PLAY: _triangle,
        Glyph.STOP: _square,
        Glyph.PAUSE: _pause,
        Glyph.SKIP: _skip,
        Glyph.CLOSE: _cross,
        Glyph.SILENCE: _silence,
    }
)
