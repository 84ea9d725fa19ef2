"""``doctor``: checks the machine and says what to do about each finding."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.cli.arguments import Verbs

MARKS = {"ok": "ok     ", "warning": "warning", "problem": "PROBLEM"}


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("doctor", help="check this machine")
    parser.add_argument("--json", action="store_true", help="one JSON object per finding")
    parser.add_argument("--sound", action="store_true", help="play a chime, too")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every finding; 1 when one of them keeps the application from working."""
    from ishowtts_desktop.system.doctor import examine
    from ishowtts_desktop.system.paths import Paths

    findings = examine(Paths.of_user())
    for finding in findings:
        if options.json:
            print(json.dumps(dataclasses.asdict(finding)), flush=True)
            continue
        print(f"{MARKS[finding.level]}  {finding.check}: {finding.message}")
        if finding.advice and finding.level != "ok":
            print(f"         {finding.advice}")
    if options.sound:
        _play_chime()
    return int(any(finding.level == "problem" for finding in findings))


def _play_chime() -> None:
    from ishowtts_desktop.audio.chime import load_chime
    from ishowtts_desktop.audio.device import DeviceOutput
    from ishowtts_desktop.cli.output import open_output
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.core.clock import SystemClock

    output, cancel = DeviceOutput(SystemClock()), CancelToken()
    try:
        open_output(output)
        output.write("chime", load_chime(), cancel)
        output.finish("chime")
        output.wait("chime", cancel)
    finally:
        output.close()
