"""Voices whose text and recording carry one mark, so that what doesn't belong together shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.voices.voice import Voice

if TYPE_CHECKING:
    from ishowtts_desktop.voices.library import VoiceLibrary

RATE = 8_000
SHORTEST = 100


def take(number: int, name: str = "", voice_id: str = "draft") -> tuple[Voice, AudioChunk]:
    """Return a voice and a recording that tell the same ``number``.

    The loudness is given: measuring it takes longer than all else.
    """
    samples = np.full(SHORTEST + number, 0.25, np.float32)
    voice = Voice(
        id=voice_id, name=name or f"voice {number}", text=f"take {number}", loudness=-20.0
    )
    return voice, AudioChunk(samples, RATE)


def number_in(voice: Voice, recording: AudioChunk) -> int:
    """Return the number of a take; fails when text and recording don't belong together."""
    number = len(recording.samples) - SHORTEST
    assert voice.text == f"take {number}", f"{voice.text!r} beside the recording of take {number}"
    return number


def contents(library: VoiceLibrary) -> dict[str, list[object]]:
    """Return id -> [name, take] of all voices; fails when one of them isn't whole."""
    voices = library.voices()
    assert library.problems == ()
    found = {voice.id: [voice.name, number_in(*library.both(voice.id))] for voice in voices}
    assert len(found) == len(voices), "a voice is listed twice"
    return found


def tone(seconds: float, amplitude: float = 0.25, rate: int = 16_000) -> AudioChunk:
    """Return a tone of 1 kHz."""
    time = np.arange(round(seconds * rate)) / rate
    return AudioChunk((amplitude * np.sin(2 * np.pi * 1000 * time)).astype(np.float32), rate)
