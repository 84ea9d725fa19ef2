"""The short sound that says "here I am" without a voice."""

from __future__ import annotations

import soundfile

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.resources import resource


def load_chime() -> AudioChunk:
    """Read the bundled chime; raises `AudioError` when the installation lacks it."""
    path = resource("sounds", "chime.flac")
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError) as error:
        raise AudioError(f"{path} can't be read.", "Install the application again.") from error
    return AudioChunk(samples[:, 0].copy(), rate)
