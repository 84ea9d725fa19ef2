"""Types and argument checks that the verbs share."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.presets import DURATIONS, ENGINES, GRIDS, MOST_STEPS, PRECISIONS, PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.config import SpeechConfig

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names no public type
    Actions = Verbs


# The engine's arguments, and what they are called in the configuration.
_KEYS: Final = {
    "engine": "engine",
    "checkpoint": "checkpoint",
    "preset": "preset",
    "nfe": "nfe",
    "cfg": "cfg_strength",
    "sway": "sway",
    "seed": "seed",
    "device": "device",
    "precision": "precision",
    "speed": "speed",
    "duration": "duration",
}
NO_ENGINE: Final = MappingProxyType(dict.fromkeys(_KEYS))
"""What `add_engine`'s arguments are when none was given."""


def positive_seconds(text: str) -> float:
    """Read a number of seconds above zero."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above zero")
    return seconds


def seconds_into(text: str) -> float:
    """Read a number of seconds from zero on."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def steps(text: str) -> int:
    """Read a number of function evaluations, 1 to 128."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= MOST_STEPS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of steps from 1 to 128")
    return number


def seed(text: str) -> int:
    """Read a seed, 0 to 2^63 - 1."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
    if not 0 <= number < 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 2^63 - 1")
    return number


def within(least: float, most: float) -> Callable[[str], float]:
    """Return what reads a number from ``least`` to ``most``."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
        return number

    return read


def add_engine(parser: argparse.ArgumentParser, default: str) -> None:
    """Add what chooses the engine; ``default`` says what speaks without it."""
    parser.add_argument("--engine", choices=ENGINES, help=f"what speaks; else {default}")
    parser.add_argument(
        "--checkpoint", type=Path, metavar="DIR", help="the F5 model; else the Hugging Face cache's"
    )
    quality = parser.add_mutually_exclusive_group()
    quality.add_argument("--preset", choices=PRESETS, help="the F5 engine's quality")
    grids = ", ".join(map(str, GRIDS))
    quality.add_argument(
        "--nfe", type=steps, metavar="N", help=f"or its steps by number; optimised are {grids}"
    )
    parser.add_argument("--cfg", type=within(0, 10), metavar="X", help="its CFG strength, 0 to 10")
    parser.add_argument("--sway", type=within(-1, 1), metavar="X", help="its sway, -1 to 1")
    parser.add_argument("--seed", type=seed, metavar="N", help="the same seed, the same samples")
    parser.add_argument("--device", metavar="NAME", help="where it runs: auto, cpu, cuda, ...")
    parser.add_argument("--precision", choices=PRECISIONS, help="what its numbers are")
    parser.add_argument(
        "--duration", choices=DURATIONS, help="how long it may take: by the voice, or by bytes"
    )
    parser.add_argument("--speed", type=within(0.5, 2), metavar="X", help="of any engine, 0.5 to 2")


def chosen_engine(options: argparse.Namespace, speech: SpeechConfig) -> SpeechConfig:
    """Return ``speech`` with what `add_engine`'s arguments say instead."""
    said = {
        key: getattr(options, name)
        for name, key in _KEYS.items()
        if getattr(options, name) is not None
    }
    if "checkpoint" in said:
        said["checkpoint"] = str(said["checkpoint"])
    if "preset" in said:
        said["nfe"] = None
    return speech.model_copy(update=said)
