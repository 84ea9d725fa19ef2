"""Everything that can be asked of the application, defined once.

The window, the tray, the hotkey and ``ctl`` all hold the same `Commands` and call its slots; the
application listens to its signals. None of them knows the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.core.errors import InstanceError
from ishowtts_desktop.core.presets import ENGINES, PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ishowtts_desktop.core.messages import ChatMessage


class Commands(QObject):
    """One slot for each command; each emits one signal. Call it on the GUI thread."""

    reading_requested = Signal(bool)
    pause_requested = Signal(bool)
    skip_requested = Signal()
    clear_requested = Signal()
    replay_requested = Signal()
    panic_requested = Signal()
    say_requested = Signal(str)
    message_requested = Signal(object)
    selected_requested = Signal()
    mute_requested = Signal(str)
    source_requested = Signal(str)
    disconnect_requested = Signal()
    voice_requested = Signal()
    volume_requested = Signal(float)
    engine_requested = Signal(str)
    voice_choice_requested = Signal(str)
    voices_requested = Signal()
    models_requested = Signal()
    preset_requested = Signal(str)
    model_requested = Signal(str)
    model_choice_requested = Signal()
    show_requested = Signal()
    restart_requested = Signal()
    quit_requested = Signal()

    @Slot()
    def start_reading(self) -> None:
        """Read chat aloud from now on."""
        self.reading_requested.emit(True)

    @Slot()
    def stop_reading(self) -> None:
        """Read no more chat; the streamer's own lines still sound."""
        self.reading_requested.emit(False)

    @Slot()
    def pause(self) -> None:
        """Hold the sound where it is."""
        self.pause_requested.emit(True)

    @Slot()
    def resume(self) -> None:
        """Go on where `pause` held."""
        self.pause_requested.emit(False)

    @Slot()
    def skip(self) -> None:
        """Stop what is spoken now and go on with the next."""
        self.skip_requested.emit()

    @Slot()
    def clear(self) -> None:
        """Forget everything that waits."""
        self.clear_requested.emit()

    @Slot()
    def replay(self) -> None:
        """Say the last spoken message again."""
        self.replay_requested.emit()

    @Slot()
    def panic(self) -> None:
        """Be silent at once: stop reading, clear the queue, stop the sound."""
        self.panic_requested.emit()

    @Slot(str)
    def say(self, text: str) -> None:
        """Say the streamer's own line."""
        if text.strip():
            self.say_requested.emit(text)

    @Slot(object)
    def read_message(self, message: ChatMessage) -> None:
        """Say this message now, whatever the rules say of it."""
        self.message_requested.emit(message)

    @Slot()
    def read_selected(self) -> None:
        """Say what is selected: in the chat, or else anywhere on the screen."""
        self.selected_requested.emit()

    @Slot(str)
    def mute(self, login: str) -> None:
        """Read nothing more of this author until the application ends."""
        if login.strip():
            self.mute_requested.emit(login.strip())

    @Slot(str)
    def connect_source(self, source: str) -> None:
        """Read this chat: a source URL, or what the user typed for a channel."""
        if source.strip():
            self.source_requested.emit(source.strip())

    @Slot()
    def disconnect_source(self) -> None:
        """Leave the chat."""
        self.disconnect_requested.emit()

    @Slot()
    def hear_voice(self) -> None:
        """Say a sentence, so that the user hears the voice."""
        self.voice_requested.emit()

    @Slot(float)
    def set_volume(self, volume: float) -> None:
        """Set the volume, 0..1; what lies outside is clamped."""
        self.volume_requested.emit(min(1.0, max(0.0, volume)))

    @Slot(str)
    def use_engine(self, name: str) -> None:
        """Speak with this engine, one of `ENGINES`."""
        self.engine_requested.emit(name)

    @Slot(str)
    def use_voice(self, voice_id: str) -> None:
        """Speak in this voice, by the engine that it belongs to."""
        self.voice_choice_requested.emit(voice_id)

    @Slot(str)
    def use_preset(self, name: str) -> None:
        """Let the F5 engine take the steps of this preset, one of `PRESETS`."""
        self.preset_requested.emit(name)

    @Slot(str)
    def use_model(self, path: str) -> None:
        """Speak with the F5 model in this folder."""
        if path.strip():
            self.model_requested.emit(path)

    @Slot()
    def choose_model(self) -> None:
        """Ask for the folder of the F5 model."""
        self.model_choice_requested.emit()

    @Slot()
    def manage_voices(self) -> None:
        """Open the window of voices."""
        self.voices_requested.emit()

    @Slot()
    def manage_models(self) -> None:
        """Open the window of models."""
        self.models_requested.emit()

    @Slot()
    def show_window(self) -> None:
        """Bring the window to the front."""
        self.show_requested.emit()

    @Slot()
    def restart(self) -> None:
        """End the application and start it again as it was started."""
        self.restart_requested.emit()

    @Slot()
    def quit(self) -> None:
        """End the application."""
        self.quit_requested.emit()


class VerbDispatcher:
    """Runs the verbs of ``ctl`` on `Commands`.

    ``status`` gives the answer to the verb "status", ``voices`` the ids that "voice" takes.
    """

    def __init__(
        self,
        commands: Commands,
        status: Callable[[], Mapping[str, Any]],
        voices: Callable[[], Collection[str]],
    ) -> None:
        self._status = status
        self._plain: dict[str, Callable[[], None]] = {
            "start": commands.start_reading,
            "stop": commands.stop_reading,
            "show": commands.show_window,
            "pause": commands.pause,
            "resume": commands.resume,
            "skip": commands.skip,
            "clear": commands.clear,
            "replay": commands.replay,
            "read-selected": commands.read_selected,
            "panic": commands.panic,
            "voices": commands.manage_voices,
            "models": commands.manage_models,
            "restart": commands.restart,
            "quit": commands.quit,
        }
        self._with_text: dict[str, Callable[[str], None]] = {
            "mute": commands.mute,
            "say": commands.say,
            "connect": commands.connect_source,
            "engine": commands.use_engine,
            "voice": commands.use_voice,
            "preset": commands.use_preset,
            "model": commands.use_model,
        }
        self._choices: dict[str, Callable[[], Collection[str]]] = {
            "engine": lambda: ENGINES,
            "preset": lambda: PRESETS,
            "voice": voices,
        }

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb there is."""
        return (*self._plain, *self._with_text, "status")

    def run(self, verb: str, arguments: Sequence[str]) -> dict[str, Any]:
        """Run one verb and return its answer; raises `InstanceError` when it can't be run."""
        if verb == "status" and not arguments:
            return dict(self._status())
        if verb in self._plain and not arguments:
            self._plain[verb]()
            return {}
        if verb in self._with_text and len(arguments) == 1 and arguments[0].strip():
            known = self._choices.get(verb, lambda: arguments)()
            if arguments[0] not in known:
                raise InstanceError(
                    f"There is no {verb} {arguments[0]!r}.", f"Known: {', '.join(known)}."
                )
            self._with_text[verb](arguments[0])
            return {}
        if verb in self.verbs:
            wanted = "takes one argument" if verb in self._with_text else "takes no argument"
            raise InstanceError(f"The verb {verb!r} {wanted}.", "See ctl --help.")
        raise InstanceError(f"There is no verb {verb!r}.", f"Known: {', '.join(self.verbs)}.")
