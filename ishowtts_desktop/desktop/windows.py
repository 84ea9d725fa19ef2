"""The windows beside the main one: voices, models, reading. Each is made when it is asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.core.errors import EngineError, ModelError
from ishowtts_desktop.desktop.voice_state import VoiceState
from ishowtts_desktop.speech.f5.search import find_files
from ishowtts_desktop.speech.hosted import HostPhase
from ishowtts_desktop.voices.embedded import embedded_voices

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.assembly import Pipeline
    from ishowtts_desktop.audio.inputs import SoundDevices
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.model_manager.jobs import ModelJobs
    from ishowtts_desktop.desktop.model_manager.state import Trouble
    from ishowtts_desktop.desktop.model_manager.window import ModelManager
    from ishowtts_desktop.desktop.people import People
    from ishowtts_desktop.desktop.reading_window.window import ReadingWindow
    from ishowtts_desktop.desktop.voice_manager.sound import VoiceSound
    from ishowtts_desktop.desktop.voice_manager.window import VoiceManager
    from ishowtts_desktop.voice_book import VoiceBook
    from ishowtts_desktop.voices.transcriber import WhisperTranscriber
    from ishowtts_desktop.voices.voice import Voice

MODEL_PROBLEM: Final = "model"
_WITHOUT_MODEL: Final = (HostPhase.OFF, HostPhase.FAILED)


class Windows(QObject):
    """Opens what ``commands`` ask for; what is to be remembered goes to ``config``.

    ``config_changed`` is called after each change of ``config``. On the GUI thread.
    ``download_changed`` is a sentence for the tray, empty when nothing is downloaded.
    """

    download_changed = Signal(str)

    def __init__(
        self,
        commands: Commands,
        feed: ChatFeed,
        pipeline: Pipeline,
        book: VoiceBook,
        devices: SoundDevices,
        config: Config,
        config_changed: Callable[[], None],
        people: People,
    ) -> None:
        super().__init__()
        self._commands = commands
        self._feed = feed
        self._pipeline = pipeline
        self._book = book
        self._devices = devices
        self._voices: VoiceManager | None = None
        self._sound: VoiceSound | None = None
        self._transcriber: WhisperTranscriber | None = None
        self._config = config
        self._config_changed = config_changed
        self._jobs: ModelJobs | None = None
        self._models: ModelManager | None = None
        self._reading: ReadingWindow | None = None
        self._people = people
        self._used = ("", "")
        self._cloned: tuple[Voice, ...] = ()
        self._asked = False
        commands.voices_requested.connect(self.open_voices)
        commands.models_requested.connect(self.open_models)
        commands.reading_rules_requested.connect(self.open_reading)
        commands.reading_changed.connect(self._follow_rules)
        people.muted_changed.connect(self._follow_rules)
        feed.voice_changed.connect(self._show_used)

    @Slot()
    def open_voices(self) -> None:
        """Show the window of voices."""
        if self._voices is None:
            self._voices = self._make_voices()
            state = self._pipeline.host.state
            self._show_used(VoiceState.of(self._config.speech, state, self._cloned))
        if self._voices is not None:
            self._voices.bring_to_front()

    @Slot()
    def open_models(self) -> None:
        """Show the window of models."""
        if self._models is None:
            from ishowtts_desktop.desktop.model_manager.jobs import ModelJobs
            from ishowtts_desktop.desktop.model_manager.window import ModelManager

            self._jobs = ModelJobs(_this_program(), self)
            self._models = ModelManager(
                self._jobs,
                self._commands,
                self._feed,
                self._model_in_use,
                self._config.window.models_geometry,
            )
            self._models.geometry_changed.connect(self._remember_models)
            self._jobs.progress_changed.connect(self.download_changed)
            self._jobs.downloaded.connect(self._forget_failure)
            self._jobs.failed.connect(self._tell_failure)
        self._models.bring_to_front()

    @Slot()
    def open_reading(self) -> None:
        """Show the window of what is read, and how."""
        if self._reading is None:
            self._reading = self._make_reading()
        self._reading.bring_to_front()

    def ask_to_close(self, then: Callable[[], object]) -> None:
        """Call ``then`` when nothing unsaved would be lost by `close`.

        Asks if need be; whoever wants it again meanwhile doesn't care any more.
        """
        if self._voices is None or self._asked:
            then()
            return
        self._asked = self._voices.unsaved
        self._voices.ask_to_leave(then, self._stay)

    def _stay(self) -> None:
        self._asked = False

    def close(self) -> None:
        """Close all of them for good; a download ends, and goes on another time."""
        if self._voices is not None:
            self._voices.leave()
            self._voices.deleteLater()
        if self._transcriber is not None:
            self._transcriber.close()
        if self._models is not None:
            self._models.close()
            self._models.deleteLater()
        if self._jobs is not None:
            self._jobs.close()
        if self._reading is not None:
            self._reading.leave()
            self._reading.deleteLater()

    def _make_reading(self) -> ReadingWindow:
        from ishowtts_desktop.desktop.reading_window.services import ReadingServices
        from ishowtts_desktop.desktop.reading_window.window import ReadingWindow
        from ishowtts_desktop.reading.preview import Preview

        services = ReadingServices(
            config=self._config,
            change=self._commands.change_reading,
            say=self._commands.say,
            voices=self._names_of_voices,
            preview=Preview,
            inputs=self._devices.inputs,
            gate=self._pipeline.gate,
            muted=lambda: self._people.muted,
            unmute=self._commands.unmute,
            reader=lambda: self._pipeline.conductor.state,
            reader_changed=self._feed.reader_changed,
            release=self._commands.release,
        )
        reading = ReadingWindow(services, self._config.window.reading_geometry)
        reading.geometry_changed.connect(self._remember_reading)
        return reading

    def _names_of_voices(self) -> dict[str, str]:
        return {voice.id: voice.name for voice in (*self._cloned, *embedded_voices())}

    def _make_voices(self) -> VoiceManager | None:
        from ishowtts_desktop.desktop.voice_manager.services import VoiceServices
        from ishowtts_desktop.desktop.voice_manager.sound import VoiceSound
        from ishowtts_desktop.desktop.voice_manager.window import VoiceManager
        from ishowtts_desktop.voices.transcriber import WhisperTranscriber, available

        if self._book.library is None:
            return None
        if available():
            self._transcriber = WhisperTranscriber()
        self._sound = VoiceSound(self._pipeline, self)
        services = VoiceServices(
            library=self._book.library,
            speak=self._speak,
            play=self._play,
            set_draft=self._book.set_draft,
            use=self._commands.use_voice,
            microphones=self._devices,
            transcriber=self._transcriber,
            starters=self._book.starters.voices(),
            starter=self._book.starter,
            play_changed=self._sound.phase_changed,
            hold=self._sound.hold,
        )
        voices = VoiceManager(services, self._config.window.voices_geometry)
        voices.geometry_changed.connect(self._remember_voices)
        voices.models_requested.connect(self._commands.manage_models)
        voices.f5_requested.connect(self._switch_to_f5)
        return voices

    def _speak(self, text: str, voice_id: str) -> None:
        self._pipeline.conductor.say(text, voice_id)

    def _play(self, recording: AudioChunk) -> None:
        if self._sound is not None:
            self._sound.play(recording, self.tr("A recording is played"))

    @Slot()
    def _switch_to_f5(self) -> None:
        self._commands.use_engine("f5")

    @Slot(object)
    def _show_used(self, voice: VoiceState) -> None:
        known, self._cloned = self._cloned, voice.cloned
        if self._reading is not None and voice.cloned != known:
            self._reading.show_voices()
        if self._voices is None:
            return
        self._voices.show_used(voice.voice if voice.engine != "espeak" else "")
        self._voices.show_engine(voice)
        if voice.cloned != known:
            self._voices.look()

    @Slot(str)
    def _remember_voices(self, geometry: str) -> None:
        self._config.window.voices_geometry = geometry
        self._config_changed()

    @Slot(str)
    def _remember_models(self, geometry: str) -> None:
        self._config.window.models_geometry = geometry
        self._config_changed()

    @Slot(str)
    def _remember_reading(self, geometry: str) -> None:
        self._config.window.reading_geometry = geometry
        self._config_changed()

    @Slot()
    def _follow_rules(self) -> None:
        if self._reading is not None:
            self._reading.follow()

    @Slot(str, object)
    def _tell_failure(self, name: str, trouble: Trouble) -> None:
        # In its own window it is told where it happened.
        if self._models is None or not self._models.isVisible():
            problem = ModelError(f"{name}: {trouble.message}", trouble.advice)
            self._feed.post_problem(problem, MODEL_PROBLEM)

    @Slot()
    def _forget_failure(self) -> None:
        self._feed.post_solved(MODEL_PROBLEM)

    def _model_in_use(self) -> str:
        speech = self._config.speech
        if speech.engine == "espeak" or self._pipeline.host.state.phase in _WITHOUT_MODEL:
            return ""
        if speech.checkpoint != self._used[0] or not self._used[1]:
            self._used = (speech.checkpoint, self._found_model())
        return self._used[1]

    def _found_model(self) -> str:
        speech = self._config.speech
        where = Path(speech.checkpoint).expanduser() if speech.checkpoint else None
        try:
            return str(find_files(where, os.environ).model.parent)
        except EngineError:
            return ""


def _this_program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "ishowtts_desktop"]
