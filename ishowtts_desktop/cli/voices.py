"""``voices``: who can speak, and the library of cloned voices."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ishowtts_desktop.cli import voices_change
from ishowtts_desktop.cli.arguments import seconds_into, within
from ishowtts_desktop.core.errors import VoiceError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from ishowtts_desktop.cli.arguments import Actions, Verbs
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.voices.findings import Finding
    from ishowtts_desktop.voices.voice import Span, Voice


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("voices", help="tell who can speak; keep the cloned voices")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every voice that `say --voice` takes")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    listing.set_defaults(run=run_list)
    _add_check(actions)
    _add_add(actions)
    voices_change.add(actions)


def _add_check(actions: Actions) -> None:
    checking = actions.add_parser("check", help="tell what is wrong with a recording, if anything")
    _add_recording(checking)
    checking.set_defaults(run=run_check)


def _add_add(actions: Actions) -> None:
    adding = actions.add_parser("add", help="make a voice of a recording and its text")
    _add_recording(adding)
    adding.add_argument("--name", required=True, help="what it is called")
    adding.add_argument(
        "--consent", action="store_true", help="who is heard agreed to be cloned (needed)"
    )
    adding.add_argument("--licence", default="", help="what may be done with it")
    adding.add_argument("--speed", type=within(0.5, 2), default=1.0, metavar="X", help="0.5 to 2")
    adding.add_argument("--preload", action="store_true", help="make it ready at the start")
    adding.set_defaults(run=run_add, error=adding.error)


def _add_recording(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a recording: WAV, FLAC, MP3, ...")
    parser.add_argument("--text", default="", metavar="T", help="what is said in that part of it")
    parser.add_argument("--language", default="", metavar="TAG", help="en, zh, ...; else guessed")
    parser.add_argument(
        "--from", dest="start", type=seconds_into, metavar="S", help="where the part begins"
    )
    parser.add_argument("--to", dest="end", type=seconds_into, metavar="S", help="where it ends")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(error=parser.error)


def run_list(options: argparse.Namespace) -> int:
    """Print the voices."""
    from ishowtts_desktop.engines import open_book
    from ishowtts_desktop.system.paths import Paths

    book = open_book(Paths.of_user())
    voices = book.voices()
    problems = book.library.problems if book.library else ()
    if options.json:
        told: dict[str, Any] = {"voices": [listed(voice) for voice in voices]}
        if problems:
            told["problems"] = [
                {"id": problem.id, "message": problem.message, "advice": problem.advice}
                for problem in problems
            ]
        print(json.dumps(told))
        return 0
    for voice in voices:
        print(f"{voice.id:16}  {voice.language:6}  {voice.engine:6}  {voice.name}")
    for problem in problems:
        print(f"{problem.id}: {problem.message} {problem.advice}")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Print what is wrong with the recording, and which part of it would serve best."""
    from ishowtts_desktop.voices.findings import check
    from ishowtts_desktop.voices.spans import best_span

    recording, span = _recording(options)
    findings = check(recording, options.text, options.language, span)
    best = best_span(recording)
    if options.json:
        told: dict[str, Any] = {"findings": [_told(finding) for finding in findings]}
        told["seconds"] = round(recording.seconds, 3)
        if best is not None:
            told["best"] = {"start": round(best.start, 3), "end": round(best.end, 3)}
        print(json.dumps(told))
        return 0
    for finding in findings:
        print(f"{finding.message} {finding.advice}")
    if not findings:
        print("Nothing is wrong with it.")
    elif best is not None and span is None:
        print(f"The best part: --from {best.start:.2f} --to {best.end:.2f}")
    return 0


def run_add(options: argparse.Namespace) -> int:
    """Put a voice into the library."""
    from ishowtts_desktop.engines import open_library
    from ishowtts_desktop.reading.text.language import detect_language
    from ishowtts_desktop.voices.findings import check

    if not options.consent:
        options.error("a voice is cloned only with --consent: who is heard agreed to it")
    if not options.text.strip():
        options.error("a voice needs the text of its recording: say with --text what is said in it")
    recording, span = _recording(options)
    language = options.language or detect_language(options.text)
    findings = check(recording, options.text, language, span)
    _refuse_unspeakable(recording, span, findings)
    voice = open_library().add(_voice(options, language, span), recording)
    if options.json:
        print(json.dumps({"voice": listed(voice), "findings": [_told(f) for f in findings]}))
        return 0
    print(voice.id)
    for finding in findings:
        print(f"{finding.message} {finding.advice}", file=sys.stderr)
    return 0


def _refuse_unspeakable(
    recording: AudioChunk, span: Span | None, findings: Sequence[Finding]
) -> None:
    """Raise `VoiceError` for what no engine would speak with."""
    from ishowtts_desktop.voices.findings import REFUSED_SECONDS, TAKEN_SECONDS
    from ishowtts_desktop.voices.spans import best_span

    seconds = span.seconds if span else recording.seconds
    wrong = next((f for f in findings if f.code == "silent"), None)
    if wrong is None and not TAKEN_SECONDS <= seconds <= REFUSED_SECONDS:
        wrong = next(f for f in findings if f.code in ("too_long", "too_short"))
    if wrong is None:
        return
    best = best_span(recording)
    hint = f" Its best part: --from {best.start:.2f} --to {best.end:.2f}." if best else ""
    raise VoiceError(wrong.message, wrong.advice + hint)


def _voice(options: argparse.Namespace, language: str, span: Span | None) -> Voice:
    from pydantic import ValidationError

    from ishowtts_desktop.core.toml_faults import one_line
    from ishowtts_desktop.voices.voice import Voice

    try:
        return Voice(
            id="",
            name=options.name.strip(),
            language=language,
            text=options.text.strip(),
            span=span,
            speed=options.speed,
            preload=options.preload,
            consent=True,
            licence=options.licence,
            source=options.file.name,
        )
    except ValidationError as error:
        raise VoiceError(
            f"The voice can't be kept: {one_line(error)}.", "Correct that and add it again."
        ) from error


def _recording(options: argparse.Namespace) -> tuple[AudioChunk, Span | None]:
    """Read the file, and which part of it was chosen."""
    from ishowtts_desktop.voices.recordings import read_recording
    from ishowtts_desktop.voices.voice import Span

    start, end = options.start, options.end
    recording = read_recording(options.file)
    if recording.shortened:
        print(
            f"Only the first {recording.seconds:.0f} s of {options.file} were read.",
            file=sys.stderr,
        )
    if start is None and end is None:
        return recording, None
    start, end = start or 0.0, recording.seconds if end is None else end
    if not start < end <= recording.seconds + 0.01:
        options.error(f"--from and --to lie within the {recording.seconds:.2f} s of the recording")
    return recording, Span(start=start, end=min(end, recording.seconds))


def _told(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "message": finding.message, "advice": finding.advice}


def listed(voice: Voice) -> dict[str, object]:
    """Return a voice as ``voices list --json`` tells it: what is not known is absent."""
    return voice.model_dump(exclude_defaults=True) | voice.model_dump(
        include={"id", "name", "language", "engine"}
    )
