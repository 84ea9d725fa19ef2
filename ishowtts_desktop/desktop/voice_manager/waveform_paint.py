"""The waves themselves and the numbers below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPalette, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ishowtts_desktop.desktop.voice_manager.waveform_picture import WaveformPicture

_STEPS: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0)
SILENCE_STRENGTH: Final = 0.35
OUTSIDE_STRENGTH: Final = 0.6


def axis_step(seconds: float, most: float) -> float:
    """Return the seconds between two marks of the axis, so that there are ``most`` at most."""
    wanted = seconds / max(1.0, most)
    return next((step for step in _STEPS if step >= wanted), max(_STEPS[-1], wanted))


def seconds_text(seconds: float, step: float) -> str:
    """Return what stands at a mark: whole seconds, tenths where the marks are closer."""
    return f"{seconds:.1f}" if step < 1 else f"{seconds:.0f}"


def paint_columns(
    painter: QPainter,
    box: QRectF,
    picture: WaveformPicture,
    span: tuple[float, float],
    palette: QPalette,
    ratio: float,
) -> None:
    """Draw a line for each dot of the box's width: strong in ``span``, pale where nobody speaks."""
    narrow = picture.at_width(max(1, round(box.width() * ratio)))
    count = len(narrow.low)
    middle, half = box.center().y(), box.height() / 2 - 1
    base = palette.color(QPalette.ColorRole.Base)
    inside = palette.color(QPalette.ColorRole.Highlight)
    outside = _blend(palette.color(QPalette.ColorRole.Text), base, OUTSIDE_STRENGTH)
    lines: dict[tuple[bool, bool], list[QLineF]] = {
        (chosen, spoken): [] for chosen in (False, True) for spoken in (False, True)
    }
    for at in range(count):
        x = box.left() + (at + 0.5) * box.width() / count
        second = (at + 0.5) / count * picture.seconds
        high, low = float(narrow.high[at]), float(narrow.low[at])
        top = middle - max(high * half, 0.5)
        bottom = middle + max(-low * half, 0.5)
        chosen = span[0] <= second <= span[1]
        lines[chosen, bool(narrow.speech[at])].append(QLineF(x, top, x, bottom))
    painter.setRenderHint(painter.RenderHint.Antialiasing, False)
    for (chosen, spoken), found in lines.items():
        color = inside if chosen else outside
        color = color if spoken else _blend(color, base, SILENCE_STRENGTH)
        width = max(1.0 / ratio, box.width() / count)
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(found)
    painter.setRenderHint(painter.RenderHint.Antialiasing, True)


def _blend(color: QColor, ground: QColor, strength: float) -> QColor:
    def mix(front: float, back: float) -> float:
        return strength * front + (1 - strength) * back

    return QColor.fromRgbF(
        mix(color.redF(), ground.redF()),
        mix(color.greenF(), ground.greenF()),
        mix(color.blueF(), ground.blueF()),
    )
