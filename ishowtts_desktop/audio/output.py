"""The protocol that every audio output follows: the sound device and the WAV file alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken


@dataclass(frozen=True)
class OutputState:
    """Whether sound can be heard, and if not, why and what to do."""

    ready: bool
    device: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Played:
    """What an output played of one utterance.

    ``started_at``, ``ended_at``: seconds of the output's timeline (`AudioOutput.position`);
    ``first_sample_at``: `Clock.now` when the first sample was handed to the device. All are None
    when nothing of it was played. ``complete`` is False when it was stopped or cancelled before all
    of it had sounded. The rest after it doesn't count.
    """

    complete: bool
    started_at: float | None = None
    ended_at: float | None = None
    first_sample_at: float | None = None


class AudioOutput(Protocol):
    """Plays utterances one after the other. Thread-safe; one thread at a time writes.

    An utterance is named by a tag: any number of `write`, one `finish`, one `wait`.
    """

    def open(self) -> None:
        """Start the output. A missing device is not an error: it is told by the state listener."""
        ...

    def watch(self, listener: Callable[[OutputState], None]) -> None:
        """Call ``listener`` on every change of state, on the output's thread."""
        ...

    @property
    def ready(self) -> bool:
        """Whether sound is heard now."""
        ...

    @property
    def position(self) -> float:
        """Seconds handed to the device since `open`."""
        ...

    @property
    def buffered(self) -> float:
        """Seconds that are still to come of what was written, rests included."""
        ...

    def write(self, tag: str, chunk: AudioChunk, cancel: CancelToken) -> None:
        """Append audio; blocks while the buffer is full, returns early when cancelled."""
        ...

    def finish(self, tag: str, rest: float = 0.0) -> None:
        """Say that no more audio comes for ``tag``, but ``rest`` seconds of silence.

        The rest is part of ``tag``: a stop ends it, too. Nothing rests after what had no sound.
        """
        ...

    def wait(self, tag: str, cancel: CancelToken) -> Played:
        """Block until ``tag`` and its rest were handed to the device, or it was stopped."""
        ...

    def stop(self, tag: str) -> None:
        """Fade ``tag`` out at once and forget the rest of it. From any thread."""
        ...

    def pause(self) -> None:
        """Fade to silence and hold the position."""
        ...

    def resume(self) -> None:
        """Go on where `pause` held."""
        ...

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0..1."""
        ...

    def duck(self, gain: float) -> None:
        """Lower what sounds to ``gain``, 0..1, of the volume, smoothly; 1.0 takes it back."""
        ...

    def close(self) -> None:
        """Fade out and release the device, within a second. Wakes every blocked call."""
        ...
