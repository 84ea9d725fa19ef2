"""What the doctor checks, in order: the software, the session around it, the user's files."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from ishowtts_desktop.system.checks_files import check_config, check_disk, check_folders
from ishowtts_desktop.system.checks_session import (
    check_display,
    check_keyring,
    check_session_bus,
    check_sound,
)
from ishowtts_desktop.system.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.system.findings import Check, Level
    from ishowtts_desktop.system.machine import Machine
    from ishowtts_desktop.system.paths import Paths

OLDEST_PYTHON = (3, 10)
PACKAGES = (
    "PySide6-Essentials",
    "emoji",
    "espeakng-loader",
    "keyring",
    "numpy",
    "platformdirs",
    "pydantic",
    "python-xlib",
    "regex",
    "sounddevice",
    "soundfile",
    "soxr",
    "tomlkit",
    "websockets",
)
# Library, Debian's package, and what it is for. Without the first group there is no speech.
SOUND_LIBRARIES = (("libportaudio.so.2", "libportaudio2"),)
WINDOW_LIBRARIES = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
)
SPEAK = """
import ctypes, json, espeakng_loader
library = ctypes.CDLL(espeakng_loader.get_library_path())
rate = library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0x8000)
library.espeak_Info.restype = ctypes.c_char_p
print()
print(json.dumps([rate, library.espeak_Info(None).decode().split()[0]]))
"""


def check_python(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Tell whether this Python is new enough."""
    name = ".".join(map(str, machine.python))
    on = f"{platform.system()} {platform.machine()}"
    if machine.python[:2] >= OLDEST_PYTHON:
        yield Finding("python", "ok", f"Python {name} on {on}")
    else:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        advice = f"Install Python {oldest} or newer, delete .venv, then run: make setup"
        yield Finding("python", "problem", f"Python {name} is too old on {on}.", advice)


def check_packages(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Tell the versions of what the application is built on."""
    versions = {package: machine.version(package) for package in PACKAGES}
    missing = [package for package, version in versions.items() if not version]
    if missing:
        message = f"Not installed: {', '.join(missing)}."
        yield Finding("packages", "problem", message, "Run: make setup")
    else:
        told = ", ".join(f"{package} {version}" for package, version in versions.items())
        yield Finding("packages", "ok", told)


def check_libraries(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Load the system's libraries that sound and windows need."""
    groups = (("sound", SOUND_LIBRARIES), ("windows", WINDOW_LIBRARIES))
    for purpose, libraries in groups:
        check = f"libraries for {purpose}"
        failed = [pair for pair in libraries if machine.library_failure(pair[0])]
        if not failed:
            yield Finding(check, "ok", f"{len(libraries)} of {len(libraries)} load")
            continue
        names = ", ".join(library for library, _ in failed)
        install = "sudo apt-get install " + " ".join(package for _, package in failed)
        level: Level = "problem" if purpose == "sound" else "warning"
        advice = f"Run: make setup   (or: {install})"
        yield Finding(check, level, f"These can't be loaded: {names}.", advice)


def check_espeak(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Load the embedded voice with its data, in a process of its own."""
    trial = machine.try_apart(SPEAK)
    if trial.failure or trial.answer[0] <= 0:
        why = trial.failure or "its data can't be read"
        advice = "Reinstall it: .venv/bin/pip install --force-reinstall espeakng-loader"
        yield Finding("embedded voice", "problem", f"espeak-ng doesn't start: {why}.", advice)
    else:
        rate, version = trial.answer
        yield Finding("embedded voice", "ok", f"espeak-ng {version}, {rate} Hz")


def check_gpu(machine: Machine, _paths: Paths) -> Iterator[Finding]:
    """Tell what there is for a neural voice; the embedded one needs none of it."""
    tools = [tool for tool in ("nvidia-smi", "tegrastats", "nvpmodel") if machine.program(tool)]
    torch = f"torch {machine.version('torch')}".strip() if machine.has_module("torch") else ""
    told = ", ".join([*tools, torch] if torch else tools)
    yield Finding("gpu", "ok", told or "no NVIDIA tools, no torch; the embedded voice needs none")


CHECKS: tuple[tuple[str, Check], ...] = (
    ("python", check_python),
    ("packages", check_packages),
    ("libraries", check_libraries),
    ("embedded voice", check_espeak),
    ("sound", check_sound),
    ("display", check_display),
    ("session bus", check_session_bus),
    ("keyring", check_keyring),
    ("config", check_config),
    ("folders", check_folders),
    ("disk", check_disk),
    ("gpu", check_gpu),
)
