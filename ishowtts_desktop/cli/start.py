"""Without a verb: start in the tray, or, with no display, read the demo chat headless."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.arguments import NO_ENGINE
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    import argparse

DEMO = "demo://"
DEMO_OUT = Path("build") / "demo.wav"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that need no verb."""
    parser.add_argument(
        "--source", metavar="URL", help="read this chat: twitch://NAME, demo://, ..."
    )
    parser.add_argument(
        "--hidden", action="store_true", help="start in the tray without the window"
    )
    parser.set_defaults(run=run, out=None, seconds=None, json=False)
    parser.set_defaults(**NO_ENGINE)


def run(options: argparse.Namespace) -> int:
    """Start the tray application where there is a display."""
    from ishowtts_desktop.system.display import missing_display

    missing = missing_display()
    if missing:
        return _read_headless(options, missing)
    from ishowtts_desktop.desktop.app import run_application
    from ishowtts_desktop.system.process import process_start

    born = process_start()
    return run_application(options.source or "", hidden=options.hidden, born=born)


def _read_headless(options: argparse.Namespace, missing: str) -> int:
    from ishowtts_desktop.cli import read

    options.out = options.out or DEMO_OUT
    options.source = options.source or DEMO
    try:
        options.out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AudioError(
            f"{missing} {options.out} can't be written: {error.strerror}.",
            "Start it in a folder of yours, or name a file: read --source URL --out F.wav",
        ) from error
    print(f"{missing} Reading {options.source} into {options.out} instead.", file=sys.stderr)
    code = read.run(options)
    print(f"Written: {options.out}")
    return code
