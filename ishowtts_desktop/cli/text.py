"""``text prepare``: chat lines on stdin, what is said of each as one JSON object a line."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import TYPE_CHECKING, BinaryIO, Final

from ishowtts_desktop.core.errors import ChatError
from ishowtts_desktop.core.messages import ChatMessage
from ishowtts_desktop.core.utterances import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.cli.arguments import Verbs
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.reading.text.prepare import Explanation

_LINE_BYTES: Final = 1 << 20
"""What is looked at of one line; no chat has longer ones."""
_LANGUAGE: Final = re.compile("auto|[a-z]{2,3}")


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("text", help="look into what is said of a line")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    prepare = actions.add_parser(
        "prepare", help="chat lines on stdin -> what is said of each, one JSON object a line"
    )
    prepare.add_argument(
        "--lang", default="auto", type=_language, metavar="TAG", help="zh, en, ...; else by line"
    )
    prepare.add_argument(
        "--defaults", action="store_true", help="as a new user has it, whatever is configured"
    )
    prepare.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prepare each line until the input ends.

    A line is plain text, or an object as ``chat parse`` prints them; of those, messages alone are
    prepared.
    """
    from ishowtts_desktop.reading.preview import Preview

    preview = Preview(_config(defaults=options.defaults), options.lang)
    for line in _lines(sys.stdin.buffer):
        message = _message(line)
        if message is not None:
            print(_told(message, preview.of(message)), flush=True)
    return 0


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a language like zh or en, nor auto")
    return text


def _config(*, defaults: bool) -> Config:
    from ishowtts_desktop.core.clock import SystemClock
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.config_file import ConfigFile
    from ishowtts_desktop.system.paths import Paths

    if defaults:
        return Config()
    # Whoever only looks at lines doesn't move a broken file away.
    config, problem = ConfigFile(Paths.of_user().config_file, SystemClock()).load(set_aside=False)
    if problem is not None:
        print(f"{problem.message} {problem.advice}", file=sys.stderr)
    return config


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines without their ends; of a longer one than `_LINE_BYTES` only its beginning."""
    while line := stream.readline(_LINE_BYTES):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(_LINE_BYTES)):
            pass
        yield line.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")


def _message(line: str) -> ChatMessage | None:
    """Read a line; None for an event that isn't a message."""
    from ishowtts_desktop.chat.wire import event_from_json

    try:
        event = event_from_json(json.loads(line), "stdin")
    except (ValueError, RecursionError, ChatError):
        # Neither JSON nor an event: somebody may have written just this.
        return ChatMessage("", "stdin", "", "", "", "", line)
    return event if isinstance(event, ChatMessage) else None


def _told(message: ChatMessage, explanation: Explanation) -> str:
    result = explanation.result
    told: dict[str, object] = {"input": message.text}
    if isinstance(result, Reason):
        told |= {"spoken": None, "refused": result.value, "language": None, "seconds": None}
    else:
        told |= {"spoken": result.text, "refused": None, "language": result.language}
        told["seconds"] = round(result.seconds, 3)
    told["steps"] = list(explanation.steps)
    # Printable ASCII alone, so that no terminal obeys it.
    return json.dumps(told, ensure_ascii=True)
