"""Carries out the commands: the only place where the window's wishes meet the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from ishowtts_desktop.core.errors import IshowttsError, VoiceError
from ishowtts_desktop.core.utterances import Lane
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.speech.hosted import HostPhase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ishowtts_desktop.assembly import Pipeline
    from ishowtts_desktop.core.config import Config, SpeechConfig
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.presets import EngineName, PresetName
    from ishowtts_desktop.core.reading_config import CastingConfig
    from ishowtts_desktop.core.section import Section
    from ishowtts_desktop.core.utterances import Outcome
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.voice_book import VoiceBook

RECENT_SOURCES: Final = 10
SOURCE_PROBLEM: Final = "source"
SELECTION_PROBLEM: Final = "selection"
VOICE_CHOICE_PROBLEM: Final = "voice-choice"
CASTING_PROBLEM: Final = "casting"
READING_SECTIONS: Final = frozenset(
    {"reading", "load", "rules", "words", "casting", "gate", "private"}
)


class Controller(QObject):
    """Listens to ``commands`` and acts on ``pipeline``; what to remember goes to ``config``.

    The voices are those of ``book``.

    ``config_changed`` is called after each change of ``config``; ``selected_message`` and
    ``read_selection`` give what "read selected" reads.
    """

    def __init__(
        self,
        commands: Commands,
        pipeline: Pipeline,
        feed: ChatFeed,
        config: Config,
        book: VoiceBook,
        config_changed: Callable[[], None],
        selected_message: Callable[[], ChatMessage | None],
        read_selection: Callable[[], None],
    ) -> None:
        super().__init__()
        self._pipeline = pipeline
        self._feed = feed
        self._config = config
        self._book = book
        self._config_changed = config_changed
        self._selected_message = selected_message
        self._read_selection = read_selection
        self._last: Outcome | None = None
        self._voice_missing = False
        self._voice_ids: Collection[str] = ()
        pipeline.conductor.watch(self._remember_spoken)
        self._listen(commands)

    def _listen(self, commands: Commands) -> None:
        commands.reading_requested.connect(self.set_reading)
        commands.pause_requested.connect(self.set_paused)
        commands.pause_toggle_requested.connect(self.toggle_pause)
        commands.skip_requested.connect(self._pipeline.conductor.skip)
        commands.clear_requested.connect(self._pipeline.conductor.clear)
        commands.replay_requested.connect(self.replay)
        commands.panic_requested.connect(self.panic)
        commands.release_requested.connect(self.release)
        commands.say_requested.connect(self._pipeline.conductor.say)
        commands.message_requested.connect(self._pipeline.conductor.say_message)
        commands.selected_requested.connect(self.read_selected)
        commands.reading_changed.connect(self.change_reading)
        commands.source_requested.connect(self.connect_source)
        commands.disconnect_requested.connect(self.disconnect_source)
        commands.voice_requested.connect(self.hear_voice)
        commands.volume_requested.connect(self.set_volume)
        commands.engine_requested.connect(self.use_engine)
        commands.voice_choice_requested.connect(self.use_voice)
        commands.preset_requested.connect(self.use_preset)
        commands.model_requested.connect(self.use_model)

    @Slot(bool)
    def set_reading(self, reading: bool) -> None:
        """Start or stop reading chat."""
        conductor = self._pipeline.conductor
        if reading:
            conductor.start()
        else:
            conductor.stop()
        self._config.reading.reading = reading
        self._config_changed()

    @Slot(bool)
    def set_paused(self, paused: bool) -> None:
        """Hold the speech, or go on."""
        if paused:
            self._pipeline.pause()
        else:
            self._pipeline.resume()

    @Slot()
    def toggle_pause(self) -> None:
        """Hold the speech, or go on when it is held."""
        self.set_paused(not self._pipeline.conductor.state.paused)

    @Slot()
    def replay(self) -> None:
        """Say what was said last once more."""
        last = self._last
        if last is None:
            return
        if last.message is not None:
            self._pipeline.conductor.say_message(last.message)
        elif last.notice is not None:
            self._pipeline.conductor.say_notice(last.notice, last.spoken or last.text)
        else:
            self._pipeline.conductor.say(last.text)

    @Slot()
    def panic(self) -> None:
        """Be silent now, whatever is going on, and stay so until `release`."""
        self._pipeline.panic()

    @Slot()
    def release(self) -> None:
        """Speak again after `panic`."""
        self._pipeline.release()

    @Slot(object)
    def change_reading(self, sections: Mapping[str, Section]) -> None:
        """Put these sections into the configuration and read by them from now on."""
        for name, section in sections.items():
            if name in READING_SECTIONS:
                setattr(self._config, name, section)
        # Whoever changes a rule may hold an older answer to whether chat is read.
        now = {"reading": self._pipeline.conductor.state.reading}
        self._config.reading = self._config.reading.model_copy(update=now)
        self._config_changed()
        self._pipeline.use_reading(self._config)
        self._check_casting()

    @Slot()
    def read_selected(self) -> None:
        """Say the message selected in the chat, or else the text selected on the screen."""
        message = self._selected_message()
        if message is None:
            self._read_selection()
        else:
            self._feed.post_solved(SELECTION_PROBLEM)
            self._pipeline.conductor.say_message(message)

    @Slot(str)
    def connect_source(self, typed: str) -> None:
        """Read another chat; a typing error is told and changes nothing."""
        try:
            url = self._pipeline.connect(typed)
        except IshowttsError as error:
            self._feed.post_problem(error, SOURCE_PROBLEM)
            return
        self._feed.post_solved(SOURCE_PROBLEM)
        source = self._config.source
        others = [known for known in source.recent if known != url]
        source.url, source.recent = url, [url, *others][:RECENT_SOURCES]
        self._config_changed()

    @Slot()
    def disconnect_source(self) -> None:
        """Leave the chat, and don't come back to it at the next start."""
        self._pipeline.disconnect()
        self._config.source.url = ""
        self._config_changed()

    @Slot()
    def hear_voice(self) -> None:
        """Say a sentence in the voice that chat will have."""
        self._pipeline.conductor.say(
            self.tr("Hello! This is the voice that reads your chat. Have a great stream.")
        )

    @Slot(float)
    def set_volume(self, volume: float) -> None:
        """Set the volume, 0..1."""
        self._pipeline.set_volume(volume)
        self._config.audio.volume = volume
        self._config_changed()

    @Slot(str)
    def use_engine(self, name: EngineName) -> None:
        """Let this engine speak, as soon as it can."""
        speech = self._config.speech
        voice = speech.voice if self._speaks(speech.voice, name) else ""
        self._use_speech(speech.model_copy(update={"engine": name, "voice": voice}))

    @Slot(str)
    def use_voice(self, voice_id: str) -> None:
        """Speak in this voice; one that doesn't exist is told and changes nothing."""
        try:
            voice = self._book.find(voice_id)
        except IshowttsError as error:
            self._feed.post_problem(error, VOICE_CHOICE_PROBLEM)
            return
        self._feed.post_solved(VOICE_CHOICE_PROBLEM)
        self._voice_missing = False
        now = self._config.speech
        # The stock package clones voices, too; who chose it to compare keeps it.
        engine = now.engine if voice.engine == "f5" and now.engine != "espeak" else voice.engine
        self._use_speech(now.model_copy(update={"engine": engine, "voice": voice.id}))

    def check_voice(self, ids: Collection[str]) -> None:
        """Go on without the chosen voice where it isn't among ``ids``; come back to it once it is.

        The choice stays in the configuration: who removed the voice may undo that.
        """
        self._voice_ids = ids
        self._check_casting()
        speech = self._config.speech
        missing = bool(speech.voice) and speech.voice not in ids
        if missing == self._voice_missing:
            return
        self._voice_missing = missing
        self._pipeline.use_voice("" if missing else speech.voice, speech.speed)
        if not missing:
            self._feed.post_solved(VOICE_CHOICE_PROBLEM)
            return
        problem = VoiceError(
            self.tr("The chosen voice, {voice}, isn't there any more.").format(voice=speech.voice),
            self.tr("The starter voice speaks. Choose another one in the menu Voice."),
        )
        self._feed.post_problem(problem, VOICE_CHOICE_PROBLEM)

    def _check_casting(self) -> None:
        """Tell which voices of other speakers are gone; the reading goes on without them."""
        missing = _cast(self._config.casting) - {*self._voice_ids, ""}
        if not missing or not self._voice_ids:
            self._feed.post_solved(CASTING_PROBLEM)
            return
        problem = VoiceError(
            self.tr("Voices that you gave to viewers aren't there any more: {voices}.").format(
                voices=", ".join(plain(voice, 40) for voice in sorted(missing)[:5])
            ),
            self.tr("Others speak for them. Choose anew in the reading rules."),
        )
        self._feed.post_problem(problem, CASTING_PROBLEM, calm=True)

    @Slot(str)
    def use_preset(self, name: PresetName) -> None:
        """Let the F5 engine speak with this preset's steps."""
        self._use_speech(self._config.speech.model_copy(update={"preset": name, "nfe": None}))

    @Slot(str)
    def use_model(self, path: str) -> None:
        """Let the F5 engine speak with the model in this folder."""
        chosen = {"engine": "f5", "checkpoint": path}
        self._use_speech(self._config.speech.model_copy(update=chosen))

    def _use_speech(self, speech: SpeechConfig) -> None:
        again = self._pipeline.host.state.phase is HostPhase.FAILED
        before = self._config.speech
        if speech == before and not again:
            return
        self._config.speech = speech
        if not speech.voice:
            self._voice_missing = False
            self._feed.post_solved(VOICE_CHOICE_PROBLEM)
        heard = speech.model_copy(update={"voice": ""}) if self._voice_missing else speech
        if again or _but_voice(speech) != _but_voice(before):
            self._pipeline.use_speech(heard)
        else:
            self._pipeline.use_voice(heard.voice, speech.speed)
        self._config_changed()

    def _speaks(self, voice_id: str, engine: EngineName) -> bool:
        """Whether ``engine`` has this voice. The neural ones clone the embedded voices, too."""
        return engine != "espeak" or voice_id.startswith("espeak-")

    def _remember_spoken(self, outcome: Outcome) -> None:
        # Called on the pipeline's threads; one reference is swapped, which needs no lock.
        source = outcome.message or outcome.notice
        # Of how many more there were nobody wants to hear twice.
        if outcome.started_at is not None and (source or outcome.lane is Lane.STREAMER):
            self._last = outcome


def _cast(casting: CastingConfig) -> set[str]:
    """Return the ids of all voices that speak for somebody."""
    by_name = (casting.users, casting.roles, casting.languages)
    named = {voice for voices in by_name for voice in voices.values()}
    return named | {*casting.random, casting.names}


def _but_voice(speech: SpeechConfig) -> SpeechConfig:
    """Return what a loaded engine can't change: all but who speaks, and how quickly."""
    return speech.model_copy(update={"voice": "", "speed": 1.0})
