"""``voices``: who can speak."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.cli.arguments import Verbs
    from ishowtts_desktop.voices.voice import Voice


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
        print(json.dumps({"voices": [listed(voice) for voice in voices]}))
        return 0
    for voice in voices:
        print(f"{voice.id:16}  {voice.language:6}  {voice.name}")
    return 0


def listed(voice: Voice) -> dict[str, object]:
    """Return a voice as ``voices list --json`` tells it: what is not known is absent."""
    return voice.model_dump(exclude_defaults=True) | voice.model_dump(
        include={"id", "name", "language", "engine"}
    )
