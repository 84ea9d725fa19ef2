"""Everything that can be asked of the application, defined once.

The window, the tray, the hotkey and ``ctl`` all hold the same `Commands` and call its slots; the
application listens to its signals. None of them knows the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.section import Section


class Commands(QObject):
    """One slot for each command; each emits one signal. Call it on the GUI thread."""

    reading_requested = Signal(bool)
    pause_requested = Signal(bool)
    pause_toggle_requested = Signal()
    skip_requested = Signal()
    clear_requested = Signal()
    replay_requested = Signal()
    panic_requested = Signal()
    release_requested = Signal()
    say_requested = Signal(str)
    message_requested = Signal(object)
    selected_requested = Signal()
    mute_requested = Signal(str)
    unmute_requested = Signal(str)
    mute_speaking_requested = Signal()
    block_requested = Signal(str)
    unblock_requested = Signal(str)
    nickname_requested = Signal(str, str)
    casting_requested = Signal(str, str)
    undo_requested = Signal()
    reading_changed = Signal(object)
    reading_rules_requested = Signal()
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
    def toggle_pause(self) -> None:
        """Hold the sound, or go on when it is held: for one key that does both."""
        self.pause_toggle_requested.emit()

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
        """Be silent at once, and stay so until `release`."""
        self.panic_requested.emit()

    @Slot()
    def release(self) -> None:
        """Let there be speech again after `panic`."""
        self.release_requested.emit()

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
    def unmute(self, login: str) -> None:
        """Take `mute` back."""
        if login.strip():
            self.unmute_requested.emit(login.strip())

    @Slot()
    def mute_speaking(self) -> None:
        """Mute whoever wrote what is spoken now."""
        self.mute_speaking_requested.emit()

    @Slot(str)
    def block(self, login: str) -> None:
        """Never read this author again, at the next start neither."""
        if login.strip():
            self.block_requested.emit(login.strip())

    @Slot(str)
    def unblock(self, login: str) -> None:
        """Take `block` back."""
        if login.strip():
            self.unblock_requested.emit(login.strip())

    @Slot(str, str)
    def give_nickname(self, login: str, nickname: str) -> None:
        """Call this author so; "" goes back to the name."""
        if login.strip():
            self.nickname_requested.emit(login.strip(), nickname.strip())

    @Slot(str, str)
    def cast_voice(self, login: str, voice_id: str) -> None:
        """Let this voice speak for the author; "" lets the rules decide."""
        if login.strip():
            self.casting_requested.emit(login.strip(), voice_id)

    @Slot()
    def undo(self) -> None:
        """Take the last change to a person back, while the window still offers it."""
        self.undo_requested.emit()

    def change_reading(self, sections: Mapping[str, Section]) -> None:
        """Read by these sections from now on, and keep them.

        Their names are those of `Config`: "reading", "load", "rules", "words", "casting", "gate",
        "private". Whoever listens to ``reading_changed`` finds them in the configuration already.
        Whether chat is read at all isn't changed by this.
        """
        self.reading_changed.emit(dict(sections))

    @Slot()
    def manage_reading(self) -> None:
        """Open the window of reading rules."""
        self.reading_rules_requested.emit()

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
