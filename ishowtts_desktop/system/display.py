"""Whether a window can be shown here. Qt aborts the process where it can't, so we look first."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

X11_PORT = 6000
TIMEOUT = 2.0


def missing_display(environment: Mapping[str, str] | None = None) -> str:
    """Return why no window can be shown, or an empty string when one can."""
    env = os.environ if environment is None else environment
    if env.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc"):
        return ""
    wayland, x11 = env.get("WAYLAND_DISPLAY", ""), env.get("DISPLAY", "")
    if wayland and _reachable(_wayland_socket(wayland, env)):
        return ""
    if x11:
        return "" if _x11_reachable(x11) else f"The display {x11} (DISPLAY) doesn't answer."
    if wayland:
        return f"The display {wayland} (WAYLAND_DISPLAY) doesn't answer."
    return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)."


def _wayland_socket(name: str, env: Mapping[str, str]) -> str:
    return str(Path(env.get("XDG_RUNTIME_DIR", "/nonexistent")) / name)


def _x11_reachable(display: str) -> bool:
    match = re.fullmatch(r"(?:unix)?(.*?):(\d+)(?:\.\d+)?", display)
    if match is None:
        return False
    host, number = match[1], int(match[2])
    if host:
        return _connects(socket.AF_INET, (host, X11_PORT + number))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    return _reachable(path) or _reachable("\0" + path)


def _reachable(path: str) -> bool:
    return _connects(socket.AF_UNIX, path)


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(TIMEOUT)
            probe.connect(address)
    except (OSError, OverflowError, ValueError):
        return False
    return True
