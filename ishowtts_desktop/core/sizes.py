"""Counts of bytes: of files, and as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")
_STEP: Final = 1000


def readable(count: int) -> str:
    """Return "461 bytes", "13.8 kB" or "1.35 GB": decimal units, as disks and the hub have them."""
    size = float(count)
    for unit in _UNITS:
        # What would be rounded up to a thousand belongs to the next unit.
        if abs(size) < _STEP - 0.5 or unit == _UNITS[-1]:
            break
        size /= _STEP
    return f"{count} bytes" if unit == _UNITS[0] else f"{size:.3g} {unit}"


def bytes_of(path: Path) -> int:
    """Return a file's size; 0 where there is none, or none that may be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
