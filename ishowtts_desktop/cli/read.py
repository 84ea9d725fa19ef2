"""``read``: the pipeline without a window, to the sound device or into a WAV file."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.arguments import add_engine, chosen_engine, positive_seconds
from ishowtts_desktop.cli.table import outcome_json, outcome_table
from ishowtts_desktop.core.errors import ChatError, IshowttsError, SourceUrlError
from ishowtts_desktop.core.messages import ChatEvent, ConnectionState, Phase
from ishowtts_desktop.core.utterances import Outcome, OutcomeState
from ishowtts_desktop.speech.hosted import HostPhase

if TYPE_CHECKING:
    import argparse

    from ishowtts_desktop.assembly import Pipeline
    from ishowtts_desktop.audio.output import OutputState
    from ishowtts_desktop.cli.arguments import Verbs
    from ishowtts_desktop.core.errors import EngineError
    from ishowtts_desktop.speech.hosted import HostState

JOIN_SECONDS = 2.0
TABLE_ROWS = 2000


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser("read", help="read a chat aloud without a window")
    parser.add_argument("--source", required=True, metavar="URL", help="twitch://NAME, ...")
    parser.add_argument("--seconds", type=positive_seconds, help="stop after so many seconds")
    add_engine(parser, "the one of the configuration")
    parser.add_argument("--out", type=Path, metavar="F.wav", help="write a WAV file instead")
    parser.add_argument("--json", action="store_true", help="one JSON object per outcome")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read until the source ends, the seconds are over, or a signal asks to stop."""
    from ishowtts_desktop.assembly import Pipeline, make_output
    from ishowtts_desktop.audio.inputs import SoundDevices
    from ishowtts_desktop.chat.emote_lists.lists import EmoteLists
    from ishowtts_desktop.core.clock import SystemClock
    from ishowtts_desktop.core.config_file import ConfigFile
    from ishowtts_desktop.engines import make_embedded, open_book
    from ishowtts_desktop.reading.chosen_voices import ChosenVoices
    from ishowtts_desktop.reading.history import History
    from ishowtts_desktop.system.logs import setup_logging
    from ishowtts_desktop.system.paths import Paths

    reading: Reading | None = None
    clock, paths = SystemClock(), Paths.of_user()
    logs = setup_logging(paths.logs, verbose=False)
    try:
        config, problem = ConfigFile(paths.config_file, clock).load()
        if problem is not None:
            _tell(f"{problem.message} {problem.advice}")
        config.reading.reading = True
        config.speech = chosen_engine(options, config.speech)
        history = History(paths.history_file, clock)
        devices = SoundDevices() if options.out is None else None
        if devices is None and config.gate.mode != "off":
            _tell("The voice gate is off: it only listens where a sound device speaks.")
        output = make_output(config, clock, options.out, devices)
        engine = make_embedded()
        pipeline = Pipeline(
            config,
            output,
            engine,
            history,
            clock,
            book=open_book(paths),
            emotes=EmoteLists(paths.cache / "emotes", clock),
            chosen=ChosenVoices(paths.chosen_voices_file),
            devices=devices,
        )
        reading = Reading(pipeline, as_json=options.json)
        code = reading.run(options.source, options.seconds)
    except (IshowttsError, OSError) as error:
        if reading is None or not reading.busy:
            raise
        code = _failed(error)
    finally:
        logs.close()
    if reading.busy:
        # The engine is inside a call that can't be interrupted; all that must be kept is written.
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        os._exit(code)
    return code


class Reading:
    """One run of the pipeline on the command line, with the report at its end."""

    def __init__(self, pipeline: Pipeline, *, as_json: bool) -> None:
        self._pipeline = pipeline
        self._json = as_json
        self._outcomes: list[Outcome] = []
        self._unlisted = 0
        self._printing: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._asked_to_stop = threading.Event()
        self._failure = ""
        self._f5_ready = False
        self._f5_problem: EngineError | None = None
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in pipeline.works.items()
        ]
        pipeline.watch_events(self._take_event)
        pipeline.conductor.watch(self._take_outcome)
        pipeline.speaker.watch_problem(lambda problem: _tell(str(problem)))
        pipeline.host.watch(self._take_host_state)
        pipeline.watch_output(self._take_output_state)
        pipeline.watch_gate_problem(self._take_problem)
        pipeline.watch_chosen_problem(self._take_problem)

    @property
    def busy(self) -> bool:
        """Whether something still works after `run`."""
        return any(thread.is_alive() for thread in self._threads)

    def run(self, url: str, seconds: float | None) -> int:
        """Read ``url`` and print the report; raises `ChatError` when the source gave up."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: self._asked_to_stop.set())
        try:
            self._pipeline.start()
            for thread in self._threads:
                thread.start()
            self._pipeline.connect(url)
            self._wait(time.monotonic() + seconds if seconds else None)
        finally:
            self._pipeline.shutdown()
            self._join()
            self._drain()
        if not self._json:
            self._report()
        if self._failure:
            raise ChatError(self._failure)
        return 0

    def _join(self) -> None:
        deadline = time.monotonic() + JOIN_SECONDS
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))

    def _wait(self, deadline: float | None) -> None:
        while not self._asked_to_stop.wait(0.05):
            self._drain()
            if self._ended.is_set() and self._pipeline.idle:
                return
            if deadline is not None and time.monotonic() >= deadline:
                return

    def _take_event(self, event: ChatEvent) -> None:
        if not isinstance(event, ConnectionState):
            return
        if event.phase is Phase.FAILED:
            self._failure = event.detail or "The source failed."
        elif event.detail or event.phase is Phase.RETRYING:
            _tell(f"{event.phase.value}: {event.detail}")
        if event.phase in (Phase.FAILED, Phase.CLOSED):
            self._ended.set()

    def _take_outcome(self, outcome: Outcome) -> None:
        if outcome.state.final:
            self._printing.put(outcome)

    def _take_output_state(self, state: OutputState) -> None:
        if state.detail:
            _tell(state.detail)

    def _take_problem(self, problem: IshowttsError | None) -> None:
        if problem is not None:
            _tell(str(problem))

    def _take_host_state(self, state: HostState) -> None:
        if state.phase is HostPhase.LOADING:
            _tell("The F5 voice is loading; the embedded voice speaks meanwhile.")
        elif state.problem is not None and state.problem is not self._f5_problem:
            missed = state.phase is HostPhase.READY
            _tell(f"{state.problem} The embedded voice {'said it' if missed else 'speaks'}.")
        elif state.phase is HostPhase.READY and not self._f5_ready:
            _tell("The F5 voice is ready.")
        self._f5_ready = state.phase is HostPhase.READY
        self._f5_problem = state.problem

    def _drain(self) -> None:
        while not self._printing.empty():
            outcome = self._printing.get()
            if self._json:
                print(json.dumps(outcome_json(outcome), ensure_ascii=True), flush=True)
            elif len(self._outcomes) < TABLE_ROWS:
                self._outcomes.append(outcome)
            else:
                self._unlisted += 1

    def _report(self) -> None:
        print(outcome_table(self._outcomes))
        if self._unlisted:
            print(f"... and {self._unlisted} more, not listed")
        spoken = sum(outcome.state is OutcomeState.SPOKEN for outcome in self._outcomes)
        median, p95 = self._pipeline.latency.p50, self._pipeline.latency.p95
        if median is not None and p95 is not None:
            latency = f"p50 {median * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
            print(f"\n{spoken} said; chat to sound {latency}")


def _failed(error: IshowttsError | OSError) -> int:
    """Tell an error as the command line does, and return its exit code."""
    from ishowtts_desktop.cli import main

    if isinstance(error, BrokenPipeError):  # whoever read our output has gone
        return 0
    _tell(f"{main.PROGRAM}: {error}")
    return main.BAD_ARGUMENTS if isinstance(error, SourceUrlError) else main.FAILED


def _tell(text: str) -> None:
    print(" ".join(text.split()), file=sys.stderr, flush=True)
