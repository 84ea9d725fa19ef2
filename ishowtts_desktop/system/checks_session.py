"""What the desktop session offers: sound, a display, the session bus, a keyring."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ishowtts_desktop.system.display import missing_display
from ishowtts_desktop.system.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ishowtts_desktop.system.machine import Machine
    from ishowtts_desktop.system.paths import Paths

CONNECT_SECONDS = 2.0
LIST_OUTPUTS = """
import json, sounddevice
devices = [d["name"] for d in sounddevice.query_devices() if d["max_output_channels"] > 0]
try:
    default = sounddevice.query_devices(kind="output")["name"]
except (sounddevice.PortAudioError, ValueError):
    default = ""
print()
print(json.dumps([devices, default]))
"""
NAME_KEYRING = """
import json
from ishowtts_desktop.core.errors import SecretsError
from ishowtts_desktop.system.keyrings import system_keyring
try:
    answer = [system_keyring()[1], ""]
except SecretsError as error:
    answer = ["", error.message]
print()
print(json.dumps(answer))
"""


def check_sound(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Ask PortAudio for its outputs, in a process of its own: it may block, and it prints."""
    trial = machine.try_apart(LIST_OUTPUTS)
    if trial.failure:
        message = f"PortAudio doesn't answer: {trial.failure}."
        yield Finding("sound", "problem", message, "Is libportaudio2 installed? Run: make setup")
        return
    devices, default = trial.answer
    if devices:
        told = f"{len(devices)} output devices, the default is {default or 'not set'}"
        yield Finding("sound", "ok", told)
        return
    advice = (
        "Plug in a device or start the sound server (PipeWire, PulseAudio); the application waits"
        " for one. Into a file instead: ishowtts-desktop read --source URL --out F.wav"
    )
    yield Finding("sound", "warning", "There is no output device.", advice)


def check_display(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Tell whether a window can be shown."""
    environment = machine.environment
    why = missing_display(environment)
    if why:
        advice = "Start it in a desktop session. Without one it reads headless (verb: read)."
        yield Finding("display", "warning", why, advice)
    else:
        name = environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY") or "offscreen"
        yield Finding("display", "ok", name)


def check_session_bus(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Tell whether the D-Bus session bus takes connections: tray and keyring go through it."""
    addresses = bus_sockets(machine.environment)
    if any(_connects(address) for address in addresses):
        yield Finding("session bus", "ok", "it answers")
        return
    message = "The D-Bus session bus doesn't answer." if addresses else "There is no session bus."
    advice = "Log in to a desktop session, or start one around it: dbus-run-session -- COMMAND"
    yield Finding("session bus", "warning", message, advice)


def bus_sockets(environment: Mapping[str, str]) -> list[str]:
    """Return the Unix sockets of the session bus; an abstract one begins with a zero byte."""
    value = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not value:
        runtime = environment.get("XDG_RUNTIME_DIR", "")
        socket_file = Path(runtime, "bus")
        return [str(socket_file)] if runtime and socket_file.exists() else []
    found = []
    for address in value.split(";"):
        kind = re.match(r"unix:(?:.*,)?(path|abstract)=([^,]+)", address)
        if kind:
            found.append(("\0" if kind[1] == "abstract" else "") + unquote(kind[2]))
    return found


def check_keyring(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Name the keyring without opening it, so that nobody is asked for a password."""
    trial = machine.try_apart(NAME_KEYRING)
    name, why = trial.answer or ("", f"The keyring doesn't answer: {trial.failure}.")
    if name:
        yield Finding("keyring", "ok", name)
        return
    advice = (
        "Install and start gnome-keyring or KWallet; until then secrets are kept in memory only"
        " and are asked for again at the next start. Reading a chat anonymously needs none."
    )
    yield Finding("keyring", "warning", why, advice)


def _connects(address: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(CONNECT_SECONDS)
            probe.connect(address)
    except (OSError, ValueError):  # ValueError: a zero byte inside a path
        return False
    return True
