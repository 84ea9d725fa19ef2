"""The application's icons, drawn from the bundled SVG files."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QIcon, QPixmap

from ishowtts_desktop.core.resources import resource

SIZES = (16, 22, 24, 32, 48, 64)


class TrayState(str, Enum):
    """What the tray icon tells, each by a shape of its own; the value is the file's name."""

    IDLE = "idle"
    READING = "reading"
    SPEAKING = "speaking"
    PAUSED = "paused"
    SILENCED = "silenced"
    ERROR = "error"


def app_icon() -> QIcon:
    """Return the application's icon."""
    return _icon("app")


def tray_icon(state: TrayState) -> QIcon:
    """Return the tray's icon for ``state``."""
    return _icon(f"tray-{state.value}")


def _icon(name: str) -> QIcon:
    # Rendered here once: some tray hosts ask for sizes that an SVG engine answers with a blur.
    source = QIcon(str(resource("icons", f"{name}.svg")))
    icon = QIcon()
    for size in SIZES:
        pixmap: QPixmap = source.pixmap(size, size)
        icon.addPixmap(pixmap)
    return icon
