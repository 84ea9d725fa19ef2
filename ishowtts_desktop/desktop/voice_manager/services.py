"""What the voice manager needs of the rest of the application, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from ishowtts_desktop.audio.capture import Microphone
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.voices.library import VoiceLibrary
    from ishowtts_desktop.voices.transcriber import Transcriber
    from ishowtts_desktop.voices.voice import Voice


class Microphones(Protocol):
    """Where voices are recorded. See `audio.inputs.SoundDevices`."""

    def inputs(self) -> list[str]:
        """Return the names of what can record; blocks; raises `AudioError`."""
        ...

    def microphone(self, device: str) -> Microphone:
        """Return a microphone that isn't started yet; ``device`` "" is the default one."""
        ...


class PlayPhase(Enum):
    """What becomes of a recording that is played: it takes its turn with the speech."""

    WAITING = "waiting"
    HELD = "held"
    SOUNDING = "sounding"
    ENDED = "ended"


def hold_nothing(held: bool) -> float:  # noqa: ARG001 - the type's
    """Let nothing wait: where nobody speaks."""
    return 0.0


@dataclass(frozen=True)
class VoiceServices:
    """What may be asked for on the GUI thread, but for ``starter``, which blocks.

    ``speak`` says a text in the voice of an id. ``play`` plays a recording as it is, in place of
    what it played before; an empty one stops that. ``play_changed`` tells its `PlayPhase` on the
    GUI thread; without that signal, what is played sounds at once. ``hold`` lets all speech wait,
    or go on, for as long as a microphone listens; it returns for how many seconds something may be
    heard yet. ``set_draft`` makes the id `voice_book.DRAFT` speak with a voice that isn't saved;
    None forgets it. ``use`` makes a voice the one that reads chat. ``starters`` are heard and
    copied, never changed; ``starter`` gives one with its recording or raises `VoiceError`. Without
    a ``transcriber`` the button for it is off.
    """

    library: VoiceLibrary
    speak: Callable[[str, str], None]
    play: Callable[[AudioChunk], None]
    set_draft: Callable[[Voice | None, AudioChunk | None], None]
    use: Callable[[str], None]
    microphones: Microphones
    transcriber: Transcriber | None = None
    starters: tuple[Voice, ...] = ()
    starter: Callable[[str], tuple[Voice, AudioChunk]] | None = None
    play_changed: SignalInstance | None = None
    hold: Callable[[bool], float] = hold_nothing
