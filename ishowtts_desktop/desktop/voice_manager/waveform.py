"""The waveform of a recording, with the part that is the reference to drag."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ishowtts_desktop.desktop.voice_manager.span_choice import Grip, SpanChoice
from ishowtts_desktop.desktop.voice_manager.waveform_paint import (
    axis_step,
    paint_columns,
    seconds_text,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from ishowtts_desktop.desktop.voice_manager.waveform_picture import WaveformPicture

STEP_SECONDS: Final = 0.05
PAGE_SECONDS: Final = 1.0
# Half of what a fingertip needs.
REACH: Final = 22.0
GRIP_WIDTH: Final = 8.0
TINT: Final = 0.16


class Waveform(QWidget):
    """Shows a picture, a span and a playhead; ``span_changed`` tells what the user made of it.

    ``edge_dropped`` tells that an edge was let go after it was dragged.

    Without a picture it shows ``words`` instead.
    """

    span_changed = Signal(float, float)
    edge_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: WaveformPicture | None = None
        self._span: SpanChoice | None = None
        self._playhead: float | None = None
        self._words = ""
        self._fixed = False
        self._held: Grip | None = None
        self._held_at = 0.0
        self._drawn: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def span(self) -> SpanChoice | None:
        """What is chosen, or None without a recording."""
        return self._span

    def show_words(self, words: str) -> None:
        """Say this while there is no recording."""
        self._words = words
        self.update()

    def show_picture(self, picture: WaveformPicture | None) -> None:
        """Show another recording, all of it chosen; None shows none."""
        self._picture, self._playhead, self._held = picture, None, None
        seconds = 0.0 if picture is None else picture.seconds
        self._span = SpanChoice(0.0, seconds, seconds) if picture is not None else None
        self._change()

    def show_span(self, start: float, end: float) -> None:
        """Mark another part, without telling `span_changed`."""
        if self._picture is not None:
            self._span = SpanChoice.within(start, end, self._picture.seconds)
            self._change()

    def show_playhead(self, seconds: float | None) -> None:
        """Show where the sound is now; None takes the mark away."""
        if seconds != self._playhead:
            self._playhead = seconds
            self.update()

    def set_fixed(self, fixed: bool) -> None:
        """Let nobody move the span, as that of a starter voice."""
        self._fixed = fixed
        self._change()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the waves and the axis."""
        em = self.fontMetrics().height()
        return QSize(30 * em, 7 * em)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least that can be dragged."""
        em = self.fontMetrics().height()
        return QSize(12 * em, 7 * em)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language, font or theme."""
        super().changeEvent(event)
        kinds = (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds:
            self._change()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move the part, with Shift its end, with Ctrl its beginning."""
        keys = {
            Qt.Key.Key_Left: -STEP_SECONDS,
            Qt.Key.Key_Right: STEP_SECONDS,
            Qt.Key.Key_PageUp: -PAGE_SECONDS,
            Qt.Key.Key_PageDown: PAGE_SECONDS,
            Qt.Key.Key_Home: -math.inf,
            Qt.Key.Key_End: math.inf,
        }
        step = keys.get(Qt.Key(event.key()))
        if step is None or self._span is None or self._fixed:
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers()
        grip = Grip.WHOLE
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            grip = Grip.END
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            grip = Grip.START
        far = 2 * self._span.total
        self._move(self._span.moved(grip, min(far, max(-far, step))))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the nearest edge, or the whole part in its middle."""
        if event.button() is not Qt.MouseButton.LeftButton or self._span is None or self._fixed:
            return
        x = event.position().x()
        self._held = self._grip_at(x, self._span)
        self._held_at = self._second_at(x)
        if self._held is None:  # outside: the nearer edge comes here
            before = self._held_at < self._span.start
            self._held = Grip.START if before else Grip.END
            edge = self._span.start if before else self._span.end
            self._move(self._span.moved(self._held, self._held_at - edge))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag what is held."""
        x = event.position().x()
        if self._held is None or self._span is None:
            self._show_cursor(x)
            return
        second = self._second_at(x)
        self._move(self._span.moved(self._held, second - self._held_at))
        # What went beyond the end isn't made up for on the way back.
        self._held_at = min(max(second, 0.0), self._span.total)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, ARG002 - Qt's
        """Let go."""
        if self._held in (Grip.START, Grip.END):
            self.edge_dropped.emit()
        self._held = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's
        """Draw the kept picture of the waves, and what moves above it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is None or self._span is None:
            self._paint_words(painter)
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._drawn is None or self._drawn.size() != size:
            self._drawn = self._draw(self._picture, self._span, size, ratio)
        painter.drawPixmap(0, 0, self._drawn)
        self._paint_edges(painter, self._span)
        if self._playhead is not None:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
            x = self._x_of(self._playhead)
            painter.drawLine(QLineF(x, self._waves.top(), x, self._waves.bottom()))
        self._paint_focus(painter)

    def _draw(
        self, picture: WaveformPicture, span: SpanChoice, size: QSize, ratio: float
    ) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.setDevicePixelRatio(ratio)
        palette = self.palette()
        pixmap.fill(palette.color(QPalette.ColorRole.Base))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        waves = self._waves
        tint = palette.color(QPalette.ColorRole.Highlight)
        tint.setAlphaF(TINT)
        left, right = self._x_of(span.start), self._x_of(span.end)
        painter.fillRect(QRectF(left, waves.top(), right - left, waves.height()), tint)
        paint_columns(painter, waves, picture, (span.start, span.end), palette, ratio)
        self._paint_axis(painter, span.total)
        painter.end()
        return pixmap

    def _paint_axis(self, painter: QPainter, total: float) -> None:
        waves, metrics = self._waves, self.fontMetrics()
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        widest = metrics.horizontalAdvance("000.0") + metrics.height()
        step = axis_step(total, waves.width() / widest)
        for number in range(math.floor(total / step + 1e-6) + 1):
            x, text = self._x_of(number * step), seconds_text(number * step, step)
            painter.drawLine(QLineF(x, waves.bottom(), x, waves.bottom() + 3))
            room = metrics.horizontalAdvance(text)
            at = min(max(x - room / 2, 1.0), self.width() - room - 1.0)
            painter.drawText(QPointF(at, self.height() - metrics.descent() - 1), text)

    def _paint_edges(self, painter: QPainter, span: SpanChoice) -> None:
        color = self.palette().color(QPalette.ColorRole.Highlight)
        waves, tall = self._waves, min(self._waves.height() / 2, 3.0 * GRIP_WIDTH)
        for x in (self._x_of(span.start), self._x_of(span.end)):
            painter.setPen(QPen(color, 2.0))
            painter.drawLine(QLineF(x, waves.top(), x, waves.bottom()))
            if not self._fixed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color)
                top = waves.center().y() - tall / 2
                grip = QRectF(x - GRIP_WIDTH / 2, top, GRIP_WIDTH, tall)
                painter.drawRoundedRect(grip, GRIP_WIDTH / 2, GRIP_WIDTH / 2)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_words(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(self.rect(), flags, self._words)
        self._paint_focus(painter)

    @property
    def _waves(self) -> QRectF:
        side = GRIP_WIDTH / 2 + 2
        below = self.fontMetrics().height() + 4
        return QRectF(side, 2, self.width() - 2 * side, self.height() - below - 2)

    def _x_of(self, second: float) -> float:
        total = self._span.total if self._span is not None else 0.0
        return self._waves.left() + (second / total if total else 0.0) * self._waves.width()

    def _second_at(self, x: float) -> float:
        total = self._span.total if self._span is not None else 0.0
        return (x - self._waves.left()) / max(1.0, self._waves.width()) * total

    def _grip_at(self, x: float, span: SpanChoice) -> Grip | None:
        left, right = self._x_of(span.start), self._x_of(span.end)
        # The middle third of a narrow part still moves the whole of it.
        reach = min(REACH, max(GRIP_WIDTH, (right - left) / 3))
        inside = left <= x <= right
        to_left, to_right = abs(x - left), abs(x - right)
        if min(to_left, to_right) <= (reach if inside else REACH):
            return Grip.START if to_left <= to_right else Grip.END
        return Grip.WHOLE if inside else None

    def _show_cursor(self, x: float) -> None:
        shapes = {Grip.WHOLE: Qt.CursorShape.OpenHandCursor, None: Qt.CursorShape.ArrowCursor}
        grip = None if self._span is None or self._fixed else self._grip_at(x, self._span)
        self.setCursor(shapes.get(grip, Qt.CursorShape.SplitHCursor))

    def _move(self, span: SpanChoice) -> None:
        if span != self._span:
            self._span = span
            self._change()
            self.span_changed.emit(span.start, span.end)

    def _change(self) -> None:
        self._drawn = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Recording"))
        if self._span is None:
            self.setAccessibleDescription(self.tr("There is no recording yet"))
            self.setToolTip("")
            return
        where = self.tr("{start} to {end} of {total} seconds is the reference").format(
            start=f"{self._span.start:.2f}",
            end=f"{self._span.end:.2f}",
            total=f"{self._span.total:.2f}",
        )
        keys = self.tr("Arrow keys move it, with Shift its end, with Ctrl its beginning.")
        self.setAccessibleDescription(where if self._fixed else f"{where}. {keys}")
        self.setToolTip("" if self._fixed else self.tr("Drag the edges.") + " " + keys)
