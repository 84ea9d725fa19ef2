"""``lab``: what is simulated instead of measured."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.arguments import seed, within
from ishowtts_desktop.core.errors import IshowttsError

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.cli.arguments import Verbs

_EVENINGS = ("quiet", "busy", "raid", "spam", "talker", "gifts")


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("lab", help="simulate evenings and see what the queue makes of them")
    kinds: Verbs = parser.add_subparsers(metavar="WHAT", required=True)
    evenings = kinds.add_parser("evenings", help="a table of what is said, how old, per queue")
    evenings.add_argument(
        "--evening",
        choices=_EVENINGS,
        action="append",
        help="only this one; may be repeated",
    )
    evenings.add_argument("--seed", type=seed, default=0, metavar="N", help="another chat")
    evenings.add_argument(
        "--rtf",
        type=within(0.01, 0.95),
        default=0.25,
        metavar="X",
        help="the engine's real-time factor, else 0.25",
    )
    evenings.add_argument("--plot", type=Path, metavar="F.svg", help="draw the ages in one evening")
    evenings.add_argument("--json", action="store_true", help="print the figures as JSON")
    evenings.set_defaults(run=run_evenings, error=evenings.error)


def run_evenings(options: argparse.Namespace) -> int:
    """Print the tables; 1 when something paid was lost or something removed was said."""
    from ishowtts_desktop.lab.evenings.evening import QUEUES, play
    from ishowtts_desktop.lab.evenings.figures import figures, said_in_rush
    from ishowtts_desktop.lab.evenings.plot import ages_plot
    from ishowtts_desktop.lab.evenings.table import evenings_tables
    from ishowtts_desktop.lab.evenings.traffic import EVENINGS
    from ishowtts_desktop.lab.evenings.voice import EngineModel

    names = tuple(dict.fromkeys(options.evening or _EVENINGS))
    if options.plot and len(names) > 1:
        options.error("--plot draws one evening: name it with --evening")
    engine = EngineModel(real_time_factor=options.rtf)
    rows, picture = [], ""
    for name in names:
        evening = EVENINGS[name]()
        print(f"{name}: {evening.tells} ...", file=sys.stderr, flush=True)
        records = [play(evening, queue, seed=options.seed, engine=engine) for queue in QUEUES]
        rows += [figures(record) for record in records]
        said = {record.queue: said_in_rush(record) for record in records}
        picture = ages_plot(f"{evening.tells}: age when heard", said)
    if options.plot:
        _write(options.plot, picture)
    if options.json:
        print(json.dumps({"seed": options.seed, "evenings": [row.as_json() for row in rows]}))
    else:
        print(evenings_tables(rows))
    ours = [row for row in rows if row.queue == next(iter(QUEUES))]
    return int(any(row.paid_lost or row.removed_spoken for row in ours))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise IshowttsError(
            f"The picture can't be written to {path}: {error.strerror}.",
            "Name a file in a folder that you may write to.",
        ) from error
