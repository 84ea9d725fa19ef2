"""Where windows are: in front, and where the user left them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_in_front(window: QWidget) -> None:
    """Show a window above the others and with the focus, minimised or not."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def geometry_text(window: QWidget) -> str:
    """Return where a window is, base64, for the configuration."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore_geometry(window: QWidget, text: str) -> bool:
    """Put a window where `geometry_text` said it was; False when that can't be understood."""
    known = QByteArray.fromBase64(QByteArray(text.encode("ascii", "ignore")))
    return not known.isEmpty() and window.restoreGeometry(known)
