"""``chat parse``: raw protocol lines on stdin, one JSON event a line on stdout."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.cli.arguments import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("chat", help="look into chat protocols")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    parse = actions.add_parser("parse", help="raw protocol lines on stdin -> one JSON event a line")
    parse.add_argument("platform", choices=["twitch", "irc"])
    parse.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Parse until the input ends; a line that no protocol explains is told as malformed."""
    from ishowtts_desktop.chat.wire import parse_lines

    for event in parse_lines(options.platform, sys.stdin.buffer):
        print(json.dumps(event, ensure_ascii=True), flush=True)
    return 0
