"""Types and argument checks that the verbs share."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names no public type
MOST_STEPS = 128


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
