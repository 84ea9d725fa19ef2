"""A voice manager on a real library, with everything it asked for; also a program of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.audio.inputs import SoundDevices
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.desktop.voice_manager.services import VoiceServices
from ishowtts_desktop.desktop.voice_manager.window import VoiceManager
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.voice import Span, Voice
from tests.support.degraded import TEXTS, spoken

if TYPE_CHECKING:
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.desktop.voice_manager.services import Microphones
    from ishowtts_desktop.voices.transcriber import Transcriber

STARTERS = (
    Voice(id="starter-en", name="Starter, English", language="en", text=TEXTS["en"]),
    Voice(id="starter-zh", name="Starter, 中文", language="zh", text=TEXTS["cmn"]),
)


class VoiceStudio:
    """What it asked for: ``heard`` (sentence, voice id), ``played``, ``used`` ids, ``drafts``."""

    def __init__(
        self,
        folder: Path,
        transcriber: Transcriber | None = None,
        microphones: Microphones | None = None,
        *,
        starters: tuple[Voice, ...] = STARTERS,
        geometry: str = "",
    ) -> None:
        self.library = VoiceLibrary(folder)
        self.heard: list[tuple[str, str]] = []
        self.played: list[AudioChunk] = []
        self.used: list[str] = []
        self.drafts: list[Voice | None] = []
        services = VoiceServices(
            library=self.library,
            speak=lambda text, voice_id: self.heard.append((text, voice_id)),
            play=self.played.append,
            set_draft=lambda voice, _recording: self.drafts.append(voice),
            use=self.used.append,
            microphones=microphones or SoundDevices(),
            transcriber=transcriber,
            starters=starters,
            starter=self._starter,
        )
        self.window = VoiceManager(services, geometry)

    def _starter(self, voice_id: str) -> tuple[Voice, AudioChunk]:
        for voice in STARTERS:
            if voice.id == voice_id:
                return voice, spoken("en" if voice.language == "en" else "cmn")
        raise VoiceError(f"There is no starter {voice_id}.")


def anna(name: str = "Anna") -> tuple[Voice, AudioChunk]:
    """A voice as a user makes it."""
    recording = spoken("en+f2")
    voice = Voice(
        id="",
        name=name,
        text=TEXTS["en"],
        consent=True,
        span=Span(start=0.0, end=recording.seconds - 0.01),
    )
    return voice, recording


def main() -> None:
    """Show the window on the library in the folder of the first argument, until it is closed."""
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv)
    studio = VoiceStudio(Path(sys.argv[1]))
    studio.window.show()
    app.exec()
    studio.window.leave()


if __name__ == "__main__":
    main()
