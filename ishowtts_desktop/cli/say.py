"""``say``: speak a text, or what is piped in, line by line."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.cli.arguments import add_engine, chosen_engine
from ishowtts_desktop.cli.output import open_output
from ishowtts_desktop.core.errors import EngineError, VoiceError
from ishowtts_desktop.core.presets import preset_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ishowtts_desktop.audio.output import AudioOutput
    from ishowtts_desktop.cli.arguments import Verbs
    from ishowtts_desktop.core.config import SpeechConfig
    from ishowtts_desktop.core.presets import EngineName
    from ishowtts_desktop.speech.engine import SpeechEngine, SpeechRequest
    from ishowtts_desktop.voice_book import VoiceBook


def add(verbs: Verbs) -> None:
    """Add the verb's arguments."""
    parser = verbs.add_parser(
        "say",
        help="speak a text",
        description="Speaks the text as it is given: neither the dictionary nor a rule is asked."
        " What would become of it in the chat: text prepare.",
    )
    parser.add_argument("text", metavar="TEXT", help="what to say; - reads standard input")
    parser.add_argument("--voice", default="", metavar="ID", help="who says it")
    add_engine(parser, "the voice's own")
    parser.add_argument("--out", type=Path, metavar="F.wav", help="write a WAV file instead")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run, error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Speak and return when the last sample was played."""
    from ishowtts_desktop.audio.device import DeviceOutput
    from ishowtts_desktop.audio.file import FileOutput
    from ishowtts_desktop.core.clock import SystemClock
    from ishowtts_desktop.core.config_file import ConfigFile
    from ishowtts_desktop.engines import open_book
    from ishowtts_desktop.reading.text.language import detect_language
    from ishowtts_desktop.speech.engine import SpeechRequest
    from ishowtts_desktop.system.paths import Paths

    paths, clock = Paths.of_user(), SystemClock()
    book = open_book(paths)
    spoken_by: EngineName = "espeak"
    if options.voice:
        try:
            spoken_by = book.find(options.voice).engine
        except VoiceError as error:
            options.error(str(error))
    output: AudioOutput
    if options.out is None:
        output = DeviceOutput(clock)
    else:
        output = FileOutput(options.out, clock, paced=False)
    config, problem = ConfigFile(paths.config_file, clock).load(set_aside=False)
    if problem is not None:
        print(f"{problem.message} {problem.advice}", file=sys.stderr)
    configured = config.speech.model_copy(update={"engine": spoken_by, "voice": options.voice})
    speech = chosen_engine(options, configured)
    figures = Figures()
    engine, speech = _loaded(speech, book, insists=options.engine is not None)
    try:
        open_output(output)
        for number, text in enumerate(_texts(options.text)):
            request = SpeechRequest(text, detect_language(text), speech.voice, speech.speed)
            _speak(f"say-{number}", request, engine, output, figures)
    finally:
        output.close()
        engine.close()
    if not figures.audio_seconds:
        raise EngineError("There is nothing to say: the text has no words.", "Write some.")
    if options.json:
        print(json.dumps(figures.as_json(speech, options)))
    return 0


def _loaded(
    speech: SpeechConfig, book: VoiceBook, *, insists: bool
) -> tuple[SpeechEngine, SpeechConfig]:
    """Return the engine, ready, and what it is.

    A voice whose engine isn't there is spoken by the embedded one, unless the user ``insists``.
    """
    from ishowtts_desktop.engines import make_embedded, make_engine

    try:
        engine = make_engine(speech, book)
        try:
            engine.load()
        except BaseException:
            engine.close()
            raise
    except EngineError as error:
        if insists or speech.engine == "espeak":
            raise
        print(f"{error} The embedded voice says it.", file=sys.stderr)
        engine = make_embedded()
        engine.load()
        return engine, speech.model_copy(update={"engine": "espeak", "voice": ""})
    return engine, speech


@dataclass
class Figures:
    """What was measured: seconds of audio and of synthesis, and the time to the first audio."""

    audio_seconds: float = 0.0
    synthesis_seconds: float = 0.0
    ttfa: float | None = None
    rate: int = 0
    _started: float = field(default=0.0, repr=False)

    def as_json(self, speech: SpeechConfig, options: argparse.Namespace) -> dict[str, object]:
        """Return the object of ``say --json``; what isn't known is absent."""
        nfe = None if speech.engine == "espeak" else speech.steps
        known: dict[str, object] = {
            "engine": speech.engine,
            "voice": speech.voice or None,
            "preset": None if nfe is None else preset_of(nfe),
            "nfe": nfe,
            "audio_seconds": round(self.audio_seconds, 4),
            "synthesis_seconds": round(self.synthesis_seconds, 5),
            "rtf": round(self.synthesis_seconds / self.audio_seconds, 5)
            if self.audio_seconds
            else None,
            "ttfa_ms": None if self.ttfa is None else round(self.ttfa * 1000, 2),
            "sample_rate": self.rate or None,
            "out": str(options.out) if options.out else None,
        }
        return {key: value for key, value in known.items() if value is not None}


def _texts(text: str) -> Iterator[str]:
    """Yield what to say: the argument, or standard input line by line as it comes."""
    if text != "-":
        yield text
        return
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _speak(
    tag: str, request: SpeechRequest, engine: SpeechEngine, output: AudioOutput, figures: Figures
) -> None:
    from ishowtts_desktop.core.cancel import CancelToken

    cancel = CancelToken()
    asked = time.perf_counter()
    chunks = engine.synthesize(request, cancel)
    while True:
        began = time.perf_counter()
        chunk = next(chunks, None)
        made = time.perf_counter()
        # Only the engine's share is synthesis: writing waits for the device.
        figures.synthesis_seconds += made - began
        if chunk is None:
            break
        if figures.ttfa is None:
            figures.ttfa = made - asked
        figures.audio_seconds += chunk.seconds
        figures.rate = chunk.rate
        output.write(tag, chunk, cancel)
    output.finish(tag)
    output.wait(tag, cancel)
