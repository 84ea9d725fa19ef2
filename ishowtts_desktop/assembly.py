"""Puts the concrete parts together: the one pipeline that the window and the command line both run.

It knows the concrete classes so that nothing else has to. The caller brings a thread for each of
`Pipeline.works` (`desktop` a QThread, the command line a plain one).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ishowtts_desktop.chat.catalog import open_source
from ishowtts_desktop.chat.hub import ChatHub
from ishowtts_desktop.chat.url import SourceUrl
from ishowtts_desktop.core.messages import ChatMessage, ConnectionState, Notice
from ishowtts_desktop.core.side_by_side import run_side_by_side
from ishowtts_desktop.core.utterances import Outcome, Reason
from ishowtts_desktop.engines import maker, patience_for
from ishowtts_desktop.reading.casting import Casting
from ishowtts_desktop.reading.conductor import Conductor
from ishowtts_desktop.reading.gating import Gating
from ishowtts_desktop.reading.latency import LatencyMeter
from ishowtts_desktop.reading.preparations import Preparations
from ishowtts_desktop.reading.queue.policy import QueuePolicy
from ishowtts_desktop.reading.queue.queue import SpeechQueue
from ishowtts_desktop.reading.rules.rules import Rules
from ishowtts_desktop.reading.sampler import QueueSampler
from ishowtts_desktop.reading.speaker import Speaker
from ishowtts_desktop.reading.voice_names import VoiceNames
from ishowtts_desktop.speech.clips import CLIP, ClipEngine
from ishowtts_desktop.speech.fallback import FallbackEngine
from ishowtts_desktop.speech.hosted import HostedEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ishowtts_desktop.audio.inputs import SoundDevices
    from ishowtts_desktop.audio.output import AudioOutput, OutputState
    from ishowtts_desktop.audio.voice_gate import VoiceGate
    from ishowtts_desktop.chat.emote_lists.lists import EmoteLists
    from ishowtts_desktop.chat.source import ChatSource
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.config import Config, SpeechConfig
    from ishowtts_desktop.core.errors import AudioError, VoiceError
    from ishowtts_desktop.core.messages import ChatEvent, Removal
    from ishowtts_desktop.reading.chosen_voices import ChosenVoices
    from ishowtts_desktop.reading.history import History
    from ishowtts_desktop.speech.engine import SpeechEngine
    from ishowtts_desktop.voice_book import VoiceBook

SHUTDOWN_SECONDS = 1.6
HISTORY_SECONDS = 0.5
# Who speaks without a pause for so long doesn't keep the other voice away.
PAUSE_SECONDS = 20.0
PAUSE_POLL_SECONDS = 0.02


def make_output(
    config: Config, clock: Clock, out: Path | None = None, devices: SoundDevices | None = None
) -> AudioOutput:
    """Make the sound device's output, or the WAV file's when ``out`` is given.

    Who records as well shares its ``devices``.
    """
    output: AudioOutput
    if out is None:
        from ishowtts_desktop.audio.device import DeviceOutput

        output = DeviceOutput(clock, device=config.audio.device, backend=devices)
        output.set_volume(config.audio.volume)
    else:
        from ishowtts_desktop.audio.file import FileOutput

        output = FileOutput(out, clock)
    return output


def open_url(url: str, clock: Clock) -> ChatSource:
    """Make the source that ``url``, or what a user typed for one, names."""
    return open_source(SourceUrl.parse(url), clock)


class Pipeline:
    """From a chat to a sound. Start it, give it a source, watch it, shut it down.

    ``engine`` is the embedded one, which speaks whenever `host` can't: the host runs the engine
    that the configuration prefers, in the voices of ``book``. ``make_source`` turns a source URL
    into a source; tests put their own servers behind it. ``emotes`` tells the words that are emotes
    where a message was written; ``chosen`` keeps what viewers chose with the voice command.
    Without ``devices`` there is no voice gate.
    """

    def __init__(
        self,
        config: Config,
        output: AudioOutput,
        engine: SpeechEngine,
        history: History,
        clock: Clock,
        make_source: Callable[[str, Clock], ChatSource] = open_url,
        book: VoiceBook | None = None,
        emotes: EmoteLists | None = None,
        chosen: ChosenVoices | None = None,
        devices: SoundDevices | None = None,
    ) -> None:
        config = config.model_copy(deep=True)
        self._clock = clock
        self._output = output
        self._emotes = emotes
        self._chosen = chosen
        self._preparations = Preparations(config, emotes.names if emotes is not None else None)
        self._book = book
        self._voice_names = VoiceNames(book.voices if book is not None else tuple, clock)
        self.host = HostedEngine(
            maker(config.speech, book, self._wait_for_pause), patience=patience_for(config.speech)
        )
        self._clips = ClipEngine(FallbackEngine(self.host, engine))
        self._clip = ""
        self._history = history
        self._make_source = make_source
        self._listeners: list[Callable[[ChatEvent], None]] = []
        self.url = ""
        self.latency = LatencyMeter()
        self.conductor = Conductor(
            self._clock,
            Rules(config.rules, read_shared_chat=config.reading.read_shared_chat),
            self._preparations.of(config),
            SpeechQueue(QueuePolicy.of(config.reading, config.load)),
            output.stop,
            config=config,
            casting=Casting(config.casting, self._voice_names, chosen),
        )
        self.hub = ChatHub(
            self._clock,
            self._take_event,
            on_dropped=self._take_dropped,
            on_removed=self._take_removed,
        )
        self.speaker = Speaker(
            self.conductor,
            self._clips,
            output,
            self._clock,
            voice=config.speech.voice,
            speed=config.speech.speed,
        )
        self._gating = (
            Gating(self.conductor, output, devices, config.gate) if devices is not None else None
        )
        self._sampler = QueueSampler(self.conductor, self.latency, history, clock)
        self.conductor.watch(self._take_outcome)
        # What is made ahead would be said whenever the device is back, however old it is by then.
        output.watch(self._take_output)

    @property
    def gate(self) -> VoiceGate | None:
        """What listens to the streamer; None without devices."""
        return self._gating.gate if self._gating is not None else None

    def watch_events(self, listener: Callable[[ChatEvent], None]) -> None:
        """Call ``listener`` with every chat event, on the chat thread."""
        self._listeners.append(listener)

    def watch_output(self, listener: Callable[[OutputState], None]) -> None:
        """Call ``listener`` with every change of the output's state, on the output's thread."""
        self._output.watch(listener)

    def watch_gate_problem(self, listener: Callable[[AudioError | None], None]) -> None:
        """Call ``listener`` with what is wrong with the voice gate, None when it is solved."""
        if self._gating is not None:
            self._gating.watch_problem(listener)

    def watch_chosen_problem(self, listener: Callable[[VoiceError | None], None]) -> None:
        """Call ``listener`` with what is wrong with the voices that viewers chose: see there."""
        if self._chosen is not None:
            self._chosen.watch_problem(listener)

    @property
    def queue_age(self) -> float:
        """Seconds that what waits longest has waited, 0 when nothing waits."""
        return self.conductor.state.age(self._clock.now())

    @property
    def sounding(self) -> bool:
        """Whether the output can be heard."""
        return self._output.ready

    @property
    def idle(self) -> bool:
        """Whether everything that came has been dealt with."""
        state = self.conductor.state
        return state.speaking is None and not state.queued and not self.hub.stats.waiting

    def start(self) -> None:
        """Open the output and start the chat thread. Raises `AudioError` for an unusable file."""
        self._output.open()
        self.hub.start()
        if self.gate is not None:
            self.gate.open()

    @property
    def works(self) -> Mapping[str, Callable[[], None]]:
        """What blocks a thread of its own each, by the thread's name, until `shutdown`."""
        return {"speaker": self.speaker.run, "engine": self.host.run}

    def use_speech(self, speech: SpeechConfig) -> None:
        """Change the engine and its quality while running; the embedded one speaks meanwhile."""
        self.use_voice(speech.voice, speech.speed)
        make = maker(speech, self._book, self._wait_for_pause)
        self.host.use(make, patience_for(speech))

    def use_voice(self, voice: str, speed: float) -> None:
        """Speak in this voice from the next utterance on; empty follows the text's language."""
        self.speaker.use(voice, speed)

    def use_reading(self, config: Config) -> None:
        """Go by the sections reading, load, rules, words, casting, gate and private from now on.

        What waits stays, unless it is forbidden now; so do mutes and memories.
        """
        config = config.model_copy(deep=True)
        self.conductor.use(config, self._preparations.of(config))
        if self._gating is not None:
            self._gating.use(config.gate)

    def play(self, recording: AudioChunk, title: str) -> str:
        """Let a recording be heard as it is, in place of the one before; an empty one is silence.

        It takes its turn with the speech. Returns the id under which watchers are told of it, with
        its ``title``; "" for silence.
        """
        self.conductor.unsay(self._clip)
        self._clip = ""
        self._clips.take(recording)
        if len(recording.samples):
            self._clip = self.conductor.say(title, CLIP)
        return self._clip

    def connect(self, url: str) -> str:
        """Leave the chat that is read and listen to ``url``; return it in its canonical form.

        Raises `SourceUrlError` or `ChatError` for what can't be opened; the old chat then stays.
        """
        source = self._make_source(url, self._clock)
        if self.url != source.url:
            self.disconnect()
        self.url = source.url
        self.hub.open(source)
        return source.url

    def disconnect(self) -> None:
        """Leave the chat. What is queued stays."""
        if self.url:
            self.hub.close_source(self.url)
            self.url = ""

    def pause(self) -> None:
        """Hold the speech in the middle of a word."""
        self.conductor.pause()
        self._output.pause()

    def resume(self) -> None:
        """Go on where `pause` held."""
        self._output.resume()
        self.conductor.resume()

    def panic(self) -> None:
        """Be silent at once and until `release`."""
        self.conductor.panic()

    def release(self) -> None:
        """Take `panic` back."""
        self.conductor.release()

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0..1."""
        self._output.set_volume(volume)

    def shutdown(self) -> bool:
        """Stop everything that `start` started, and make `works` return.

        Chat, sound and engine end side by side, the history after them, all within
        `SHUTDOWN_SECONDS`; False when one of them didn't. Raises `AudioError` when a file that
        was written to can't be finished.
        """
        deadline = time.monotonic() + SHUTDOWN_SECONDS
        self.conductor.close()
        works: dict[str, Callable[[], object]] = {
            "chat": self.hub.stop,
            "audio": self._output.close,
            "engine": self._clips.close,
            "voice names": self._voice_names.close,
        }
        if self.gate is not None:
            works["gate"] = self.gate.close
        if self._emotes is not None:
            works["emotes"] = self._emotes.close
        if self._chosen is not None:
            works["chosen voices"] = self._chosen.close
        try:
            ended = run_side_by_side(works, deadline - HISTORY_SECONDS)
        finally:
            written = run_side_by_side({"history": self._history.close}, deadline)
        return ended and written

    def _wait_for_pause(self) -> None:
        self.speaker.breathe()
        deadline = time.monotonic() + PAUSE_SECONDS
        while self.conductor.state.speaking is not None and time.monotonic() < deadline:
            if self.conductor.wait_closed(PAUSE_POLL_SECONDS):
                return

    def _take_event(self, event: ChatEvent) -> None:
        if isinstance(event, ConnectionState) and self.url not in ("", event.source):
            return  # a chat that was left for this one says goodbye late
        self._voice_names.look()
        # What is written is judged before anybody is shown it.
        written = isinstance(event, (ChatMessage, Notice))
        judge, shown = self.conductor.handle, self._listeners
        for listener in (judge, *shown) if written else (*shown, judge):
            listener(event)

    def _take_output(self, state: OutputState) -> None:
        if not state.ready:
            self.conductor.step_back()

    def _take_dropped(self, message: ChatMessage) -> None:
        self.conductor.drop(message, Reason.OVERLOAD)

    def _take_removed(self, message: ChatMessage, removal: Removal) -> None:
        # The removal first, so that the message meets it and gets its outcome.
        self.conductor.handle(removal)
        self.conductor.handle(message)

    def _take_outcome(self, outcome: Outcome) -> None:
        if outcome.chat_to_sound is not None:
            self.latency.add(outcome.chat_to_sound)
        if outcome.state.final:
            self._history.record(outcome)
        if self._sampler.look() and self._chosen is not None:
            self._chosen.save_soon()
