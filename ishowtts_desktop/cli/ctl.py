"""``ctl``: drives the running instance."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.rules import tell_import
from ishowtts_desktop.core.presets import ENGINES, PRESETS

if TYPE_CHECKING:
    from ishowtts_desktop.cli.arguments import Verbs

VERBS = {
    "start": "start reading",
    "stop": "stop reading",
    "show": "show the window",
    "pause": "hold the speech",
    "resume": "go on with the speech",
    "toggle-pause": "hold the speech, or go on when it is held",
    "skip": "skip what is being said",
    "clear": "forget what waits to be said",
    "replay": "say the last message again",
    "read-selected": "say the selected message",
    "mute": "read nothing more of USER until the application ends",
    "unmute": "read USER again",
    "mute-speaking": "mute whoever wrote what is spoken now",
    "block": "never read USER again: put it on the block list",
    "unblock": "take USER off the block list",
    "undo": "take the last mute, block, nickname or voice of a user back",
    "nickname": 'call USER by NAME from now on; "" takes that back',
    "cast": 'let the voice ID speak for USER; "" takes that back',
    "voice": "speak in the voice ID, see `voices list`",
    "engine": "let NAME speak: " + " or ".join(ENGINES),
    "preset": "let the F5 engine speak as NAME: " + ", ".join(PRESETS),
    "model": "let the F5 engine speak with the model in DIR",
    "voices": "open the window of voices",
    "models": "open the window of models",
    "rules": "open the window of reading rules",
    "import-rules": "take the reading rules in FILE over, see `rules export`",
    "panic": "be silent now, until released",
    "release": "speak again after panic",
    "status": "tell what the application is doing",
    "restart": "end the application and start it again",
    "quit": "end the application",
}
FILES = ("model", "import-rules")
WITH_ARGUMENT = ("mute", "unmute", "block", "unblock", "voice", "engine", "preset", *FILES)
FOR_PERSON = ("nickname", "cast")
CHOICES = {"engine": tuple(ENGINES), "preset": tuple(PRESETS)}
TIMEOUT = 5.0


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser(
        "ctl",
        help="drive the running instance",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {verb:14} {what}" for verb, what in VERBS.items()),
    )
    parser.add_argument("verb", choices=VERBS, metavar="COMMAND")
    parser.add_argument("arguments", nargs="*", metavar="ARGUMENT")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.set_defaults(run=run, error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Send the command to the running instance and print what it answers."""
    from ishowtts_desktop.desktop.instance_client import send

    expected = 2 if options.verb in FOR_PERSON else int(options.verb in WITH_ARGUMENT)
    if len(options.arguments) != expected:
        number = ("no arguments", "1 argument", "2 arguments")[expected]
        options.error(f"{options.verb} takes {number}")
    if not all(argument.strip() for argument in options.arguments[:1]):
        options.error(f"{options.verb} takes an argument that isn't empty")
    known = CHOICES.get(options.verb, options.arguments)
    if not set(options.arguments) <= set(known):
        options.error(f"{options.verb} takes one of: {', '.join(known)}")
    if options.verb in FILES:
        # The running instance has another working directory.
        where = Path(options.arguments[0]).expanduser()
        options.arguments = [os.path.abspath(where)]  # noqa: PTH100 - without ".." and with links
    answer = send(options.verb, options.arguments, timeout=TIMEOUT)
    if options.json:
        print(json.dumps(answer))
    elif options.verb == "import-rules":
        tell_import(answer, as_json=False)
    elif options.verb == "status":
        for key, value in answer.items():
            if key != "ok":
                print(f"{key}: {value}")
    return 0
