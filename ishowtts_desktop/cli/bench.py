"""``bench``: how fast the F5 engine is here, against the stock package and against the chip."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.arguments import positive_seconds, seed, steps
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.speech.f5.arch import ARCHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from ishowtts_desktop.cli.arguments import Verbs
    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.lab.session import Session

REFERENCE_SECONDS = 5.0
SPEECH_SECONDS = 3.5


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("bench", help="measure the F5 engine")
    kinds: Verbs = parser.add_subparsers(metavar="WHAT", required=True)
    _add_against_stock(kinds)
    lengths = _kind(kinds, "lengths", run_lengths, "1 to 30 s of speech, beside the roofline")
    _add_steps(lengths)
    for name, tells in (("--ref-seconds", "of the reference"), ("--gen-seconds", "of speech")):
        lengths.add_argument(name, type=positive_seconds, nargs="+", metavar="S", help=tells)
    numbers = _kind(kinds, "nfe", run_nfe, "numbers of steps: their time and their exactness")
    _add_line(numbers)
    numbers.add_argument(
        "--nfe", type=steps, nargs="+", metavar="N", help="the last is what the others approach"
    )
    tricks = _kind(kinds, "ablate", run_ablate, "the engine without each of its tricks")
    _add_line(tricks)
    _add_steps(tricks)
    _add_durations(kinds)
    gpu = _kind(kinds, "gpu", run_gpu, "all that is promised for a Hopper GPU, in one go")
    gpu.add_argument("--out", type=Path, required=True, metavar="DIR", help="for table and JSON")


def _add_against_stock(kinds: Verbs) -> None:
    stock = _kind(kinds, "against-stock", run_against_stock, "the stock package in turn with ours")
    _add_line(stock)
    _add_steps(stock)
    stock.add_argument("--pairs", type=_count, default=3, metavar="N", help="how often in turn")


def _add_durations(kinds: Verbs) -> None:
    tells = "how long 200 chat lines are made, beside the stock formula"
    parser = kinds.add_parser("durations", help=tells)
    parser.add_argument("--language", choices=("en", "zh", "ja"), help="only lines read as such")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run_durations)


def run_durations(options: argparse.Namespace) -> int:
    """Print the time that chat lines get; 1 when a line that goes on gets less, or jumps."""
    try:
        from ishowtts_desktop.lab import durations as lab
    except ImportError as error:
        raise _not_installed(error) from error
    rows = lab.durations(lab.starter_reference, options.language)
    steady = lab.steady(rows)
    if options.json:
        figures = {
            "steady": steady,
            "summary": [found.as_json() for found in lab.summaries(rows)],
            "lines": [row.as_json() for row in rows],
        }
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print(lab.durations_table(rows))
    return int(not steady)


def run_against_stock(options: argparse.Namespace) -> int:
    """Compare with the stock package: three ratios, and the distance."""
    with _session(options) as session:
        from ishowtts_desktop.lab.against_stock import against_stock, stock_json
        from ishowtts_desktop.lab.tables import stock_table

        line = session.line(options.ref_seconds, options.gen_seconds, options.seed)
        rows = against_stock(
            session.checkpoint,
            line,
            session.device,
            nfe=options.nfe,
            pairs=options.pairs,
            tell=_tell,
        )
        _show(options, session, stock_json(rows), stock_table(rows), line)
    return 0


def run_lengths(options: argparse.Namespace) -> int:
    """Measure over lengths of speech and of reference."""
    with _session(options) as session:
        from ishowtts_desktop.lab.sides import OurSide
        from ishowtts_desktop.lab.sweeps import LENGTHS, lengths
        from ishowtts_desktop.lab.tables import lengths_table
        from ishowtts_desktop.speech.f5.precision import best_precision

        wanted = options.ref_seconds or [REFERENCE_SECONDS]
        references = [session.reference(seconds) for seconds in wanted]
        dtype = best_precision(session.device)
        side = OurSide.load(session.checkpoint, session.device, dtype, nfe=options.nfe)
        rows = lengths(side, references, options.gen_seconds or LENGTHS)
        figures = {"lengths": [row.as_json() for row in rows], **side.settings}
        _show(options, session, figures, lengths_table(rows))
    return 0


def run_nfe(options: argparse.Namespace) -> int:
    """Measure numbers of steps, in the fast precision and against FP32."""
    with _session(options) as session:
        from ishowtts_desktop.lab import sweeps
        from ishowtts_desktop.lab.tables import steps_table

        line = session.line(options.ref_seconds, options.gen_seconds, options.seed)
        numbers = options.nfe or sweeps.STEPS
        rows = sweeps.steps(session.checkpoint, line, session.device, numbers)
        figures = {"steps": [row.as_json() for row in rows]}
        _show(options, session, figures, steps_table(rows), line)
    return 0


def run_ablate(options: argparse.Namespace) -> int:
    """Take away one trick after another."""
    with _session(options) as session:
        from ishowtts_desktop.lab.ablation import ablate
        from ishowtts_desktop.lab.tables import ablation_table

        line = session.line(options.ref_seconds, options.gen_seconds, options.seed)
        rows = ablate(session.checkpoint, line, session.device, nfe=options.nfe)
        figures = {"ablation": [row.as_json() for row in rows], "nfe": options.nfe}
        _show(options, session, figures, ablation_table(rows), line)
    return 0


def run_gpu(options: argparse.Namespace) -> int:
    """Measure everything that is promised for a Hopper GPU; 1 when something was missed."""
    opening = _session(options)
    from ishowtts_desktop.lab.gpu import NFE, Plan, measure
    from ishowtts_desktop.lab.gpu_report import check_folder, gpu_json, verdicts, write_report
    from ishowtts_desktop.speech.stock_modules import load_stock

    # What would else show after minutes of work.
    load_stock()
    check_folder(options.out)
    with opening as session:
        plan = Plan()
        found = measure(session.checkpoint, session.device, plan, _tell)
        settings = {"nfe": NFE, "reference_seconds": plan.reference, **session.settings()}
        page = write_report(options.out, found, settings, session.note)
        print(json.dumps(gpu_json(found, settings)) if options.json else page)
    return int(any(verdict.met is False for verdict in verdicts(found)))


def _kind(
    kinds: Verbs, name: str, run: Callable[[argparse.Namespace], int], tells: str
) -> argparse.ArgumentParser:
    """Add one benchmark with the arguments that all have."""
    parser = kinds.add_parser(name, help=tells)
    parser.add_argument("--random-weights", action="store_true", help="made up for this run")
    parser.add_argument("--arch", choices=sorted(ARCHS), help="their shape, v1_base if not given")
    parser.add_argument("--checkpoint", type=Path, metavar="DIR", help="else the cache's model")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--threads", type=_count, metavar="N", help="of the processor, both sides")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run, error=parser.error, kind=name)
    return parser


def _add_line(parser: argparse.ArgumentParser) -> None:
    for name, default in (("--ref-seconds", REFERENCE_SECONDS), ("--gen-seconds", SPEECH_SECONDS)):
        parser.add_argument(name, type=positive_seconds, default=default, metavar="S")
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="of the noise")


def _add_steps(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--nfe", type=steps, default=PRESETS["fast"], metavar="N", help="steps")


def _session(options: argparse.Namespace) -> AbstractContextManager[Session]:
    if options.random_weights and options.checkpoint:
        options.error("--random-weights and --checkpoint exclude each other")
    if options.arch and not options.random_weights:
        options.error("--arch is for --random-weights: a checkpoint has its own")
    try:
        from ishowtts_desktop.lab.session import opened_session
        from ishowtts_desktop.speech.f5.precision import find_device
    except ImportError as error:
        raise _not_installed(error) from error
    if options.kind == "gpu" and find_device(options.device).type != "cuda":
        raise EngineError(
            "`bench gpu` is for an NVIDIA GPU, and there is none here that PyTorch can use.",
            "On this machine run `bench against-stock` and `bench lengths`.",
        )
    arch = (options.arch or "v1_base") if options.random_weights else None
    return opened_session(arch, options.checkpoint, options.device, options.threads)


def _show(
    options: argparse.Namespace,
    session: Session,
    figures: Mapping[str, object],
    table: str,
    line: Line | None = None,
) -> None:
    settings = session.settings(line)
    if options.json:
        print(json.dumps({**figures, "settings": settings, "note": session.note}))
        return
    print(table)
    print()
    print(", ".join(f"{name} {value}" for name, value in settings.items()))
    if session.note:
        print(session.note)


def _not_installed(error: ImportError) -> EngineError:
    return EngineError(
        f"The F5 engine's packages are not installed ({error.name} is missing).",
        'Install them: pip install "ishowtts-desktop[f5]".',
    )


def _tell(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)


def _count(text: str) -> int:
    """Read a number from 1 on."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return number
