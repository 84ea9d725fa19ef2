"""The parser of the command line, and the one place where errors become exit codes.

A verb's module has two functions: `add`, its arguments, and `run`, its work. What a verb needs is
imported inside `run`, so that ``ctl`` answers at once.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop import __version__
from ishowtts_desktop.cli import (
    bench,
    chat,
    ctl,
    doctor,
    lab,
    models,
    read,
    rules,
    say,
    start,
    text,
    voices,
)
from ishowtts_desktop.core.errors import IshowttsError, SourceUrlError

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "ishowtts-desktop"
FAILED = 1
BAD_ARGUMENTS = 2
INTERRUPTED = 130


def build_parser() -> argparse.ArgumentParser:
    """Make the parser with every verb in it."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Reads a live chat aloud. Without a verb it starts in the tray.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    start.add(parser)
    verbs = parser.add_subparsers(metavar="VERB")
    for verb in (say, read, chat, text, rules, voices, models, bench, lab, doctor, ctl):
        verb.add(verbs)
    return parser


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code: 0 done, 1 failed, 2 bad arguments."""
    _open_missing_streams()
    # What is logged here is told by its error, too; Python would print it a second time.
    logging.getLogger("ishowtts_desktop").addHandler(logging.NullHandler())
    options = build_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except IshowttsError as error:
        print(f"{PROGRAM}: {_one_line(str(error))}", file=sys.stderr)
        return BAD_ARGUMENTS if isinstance(error, SourceUrlError) else FAILED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`).
        _leave_output()
        return 0
    except OSError as error:
        # What the verbs expect has a type of its own; this is output to a full disk, for one.
        _leave_output()
        print(f"{PROGRAM}: {_one_line(str(error))}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _open_missing_streams() -> None:
    """Give a process that was started with closed streams (`<&-`, `>&-`) empty ones."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - for good
            setattr(sys, name, stream)
    for stream in (sys.stdout, sys.stderr):
        # A name in Chinese, on a terminal that has none: better escaped than a traceback.
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def _leave_output() -> None:
    # Else the interpreter's own flush at the end would complain once more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(text: str) -> str:
    return " ".join(text.split())
