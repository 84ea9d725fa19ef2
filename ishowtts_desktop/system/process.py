"""When this process began, as its user saw it."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Final

_RESTARTED: Final = "ISHOWTTS_RESTARTED"


def restarted() -> dict[str, str]:
    """Return the environment for what `exec` puts in this process's place: it begins now."""
    return {**os.environ, _RESTARTED: repr(time.monotonic())}


def process_start() -> float | None:
    """Return when this process began, by the monotonic clock; None where Linux doesn't tell."""
    with contextlib.suppress(KeyError, ValueError):
        # Taken out, so that no process of ours takes it for its own.
        return float(os.environ.pop(_RESTARTED))
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks = os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return None
    # Field 22 of proc(5)'s stat, in ticks since boot, which is what CLOCK_BOOTTIME counts.
    age = time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / ticks
    return time.monotonic() - age
