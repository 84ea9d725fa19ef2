"""``models``: checkpoints of the F5 engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.arguments import seed
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import ARCHS

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.cli.arguments import Verbs


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("models", help="make a checkpoint to test and to time with")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    making = actions.add_parser("make-random", help="write random weights: they sound like noise")
    making.add_argument("--arch", choices=sorted(ARCHS), required=True, help="the model's shape")
    making.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    making.add_argument("--seed", type=seed, default=0, help="another number, other weights")
    making.set_defaults(run=run_make_random)


def run_make_random(options: argparse.Namespace) -> int:
    """Write the checkpoint and say what it is."""
    try:
        from ishowtts_desktop.speech.f5.random_weights import NOTE, write_random
    except ImportError as error:
        raise EngineError(
            f"The F5 engine needs {error.name}, which is not installed.",
            "Install the extra: pip install 'ishowtts-desktop[f5]'.",
        ) from error
    model = write_random(ARCHS[options.arch], options.out, options.seed)
    print(f"{model}\n{NOTE}")
    return 0
