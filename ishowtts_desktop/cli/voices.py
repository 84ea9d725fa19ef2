"""``voices``: who can speak."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.cli.arguments import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("voices", help="tell who can speak")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every voice that `say --voice` takes")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    listing.set_defaults(run=run_list)


def run_list(options: argparse.Namespace) -> int:
    """Print the voices."""
    from ishowtts_desktop.voices.embedded import embedded_voices

    voices = embedded_voices()
    if options.json:
        print(json.dumps({"voices": [dataclasses.asdict(voice) for voice in voices]}))
        return 0
    for voice in voices:
        print(f"{voice.id:16}  {voice.language:6}  {voice.name}")
    return 0
