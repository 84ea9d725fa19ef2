"""Types and argument checks that the verbs share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.core.presets import ENGINES, MOST_STEPS, PRESETS

if TYPE_CHECKING:
    from ishowtts_desktop.core.config import SpeechConfig

    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names no public type


def positive_seconds(text: str) -> float:
    """Read a number of seconds above zero."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above zero")
    return seconds


def steps(text: str) -> int:
    """Read a number of function evaluations, 1 to 128."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= MOST_STEPS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of steps from 1 to 128")
    return number


def add_engine(parser: argparse.ArgumentParser, default: str) -> None:
    """Add what chooses the engine; ``default`` says what speaks without it."""
    parser.add_argument("--engine", choices=ENGINES, help=f"what speaks; else {default}")
    parser.add_argument(
        "--checkpoint", type=Path, metavar="DIR", help="the F5 model; else the Hugging Face cache's"
    )
    quality = parser.add_mutually_exclusive_group()
    quality.add_argument("--preset", choices=PRESETS, help="the F5 engine's quality")
    quality.add_argument("--nfe", type=steps, metavar="N", help="or its steps by number")
    parser.add_argument("--seed", type=int, metavar="N", help="the same seed, the same samples")


def chosen_engine(options: argparse.Namespace, speech: SpeechConfig) -> SpeechConfig:
    """Return ``speech`` with what `add_engine`'s arguments say instead."""
    said: dict[str, object] = {}
    if options.engine is not None:
        said["engine"] = options.engine
    if options.checkpoint is not None:
        said["checkpoint"] = str(options.checkpoint)
    if options.preset is not None:
        said |= {"preset": options.preset, "nfe": None}
    if options.nfe is not None:
        said["nfe"] = options.nfe
    return speech.model_copy(update=said)
