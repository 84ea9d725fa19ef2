"""What the window "Reading" needs of the rest of the application, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from PySide6.QtCore import SignalInstance

    from ishowtts_desktop.audio.capture import Level
    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.section import Section
    from ishowtts_desktop.reading.conductor import ReaderState
    from ishowtts_desktop.reading.text.prepare import Explanation


class GateWatch(Protocol):
    """The voice gate, as far as the window looks at it. See `audio.voice_gate.VoiceGate`."""

    @property
    def level(self) -> Level | None:
        """How loud the last tenth of a second was; None while nothing is measured."""
        ...

    @property
    def talking(self) -> bool:
        """Whether the streamer talks."""
        ...

    def listen(self, wanted: bool) -> None:
        """Measure though the gate is off, or no longer."""
        ...


class LinePreview(Protocol):
    """What would become of a line. See `reading.preview.Preview`."""

    def of(self, message: ChatMessage, *, reading: bool = True) -> Explanation:
        """Return what is said of ``message``, or why it isn't."""
        ...


class RuleFiles(Protocol):
    """Asks for a file and calls back with it; a cancelled question calls nobody."""

    def ask_import(self, then: Callable[[Path], None]) -> None:
        """Ask which rules to import."""
        ...

    def ask_export(self, then: Callable[[Path], None]) -> None:
        """Ask where the rules are exported to."""
        ...


@dataclass(frozen=True)
class ReadingServices:
    """What may be asked for on the GUI thread, but for ``preview`` and ``inputs``, which block.

    ``config`` is the living configuration: it is read, and changed through ``change`` alone, which
    takes sections by their names in `Config`. ``say`` says a text as the streamer's own line.
    ``voices`` gives the ids of all voices with their names. ``preview`` makes what shows a line's
    fate by a configuration. ``inputs`` names the input devices or raises `AudioError`; ``gate`` is
    None where there are none. ``muted`` are those who were muted in this run, ``unmute`` takes that
    back. ``reader`` is what the reader does, ``reader_changed`` tells of another `ReaderState`;
    ``release`` ends that everything is silenced.
    """

    config: Config
    change: Callable[[Mapping[str, Section]], object]
    say: Callable[[str], object]
    voices: Callable[[], Mapping[str, str]]
    preview: Callable[[Config], LinePreview]
    inputs: Callable[[], list[str]]
    gate: GateWatch | None
    muted: Callable[[], Collection[str]]
    unmute: Callable[[str], object]
    reader: Callable[[], ReaderState]
    reader_changed: SignalInstance
    release: Callable[[], object]
