"""The starter voices: one for English, one for Mandarin, there on a fresh machine.

They are cloned from the stock package's example recordings where that package is installed, and
else from what the embedded engine says.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.voices.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.speech.engine import SpeechEngine

STARTERS: Final = (
    Voice(
        id="starter-en",
        name="Starter, English",
        language="en",
        text="Good evening everybody, and welcome to the stream. Make yourselves at home.",
    ),
    Voice(
        id="starter-zh",
        name="Starter, 中文",
        language="zh",
        text="大家晚上好，欢迎来到直播间，今天我们一起玩得开心。",
    ),
)
# Recordings of people, which are better to clone than the embedded voice.
_EXAMPLES: Final = {
    "starter-en": ("basic_ref_en.wav", "Some call me nature, others call me mother nature."),
    "starter-zh": ("basic_ref_zh.wav", "对，这就是我，万人敬仰的太乙真人。"),
}


class Starters:
    """The starter voices of this machine; ``make_embedded`` makes the engine that records them."""

    def __init__(self, make_embedded: Callable[[], SpeechEngine]) -> None:
        self._make_embedded = make_embedded

    def voices(self) -> tuple[Voice, ...]:
        """Return them, each with the text of its recording."""
        return tuple(
            voice.model_copy(update={"text": _EXAMPLES[voice.id][1]})
            if _example(voice.id)
            else voice
            for voice in STARTERS
        )

    def recording(self, voice_id: str) -> AudioChunk:
        """Return the recording; raises `VoiceError` for an id that isn't a starter's."""
        voice = next((voice for voice in STARTERS if voice.id == voice_id), None)
        if voice is None:
            raise VoiceError(f"There is no starter voice {voice_id!r}.", "`voices list` tells all.")
        example = _example(voice_id)
        if example is None:
            return spoken(voice, self._make_embedded)
        from ishowtts_desktop.voices.recordings import read_recording

        return read_recording(example)


def spoken(
    starter: Voice, make_embedded: Callable[[], SpeechEngine], timbre: str = ""
) -> AudioChunk:
    """Let the embedded engine say a starter's text, in the voice ``timbre`` or its own."""
    import numpy as np

    engine = make_embedded()
    try:
        engine.load()
        request = SpeechRequest(starter.text, starter.language, timbre)
        chunks = list(engine.synthesize(request, CancelToken()))
    finally:
        engine.close()
    return AudioChunk(np.concatenate([chunk.samples for chunk in chunks]), chunks[0].rate)


def _example(voice_id: str) -> Path | None:
    """Return the stock package's example for a starter voice, if there is one."""
    spec = importlib.util.find_spec("f5_tts")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "infer" / "examples" / "basic" / _EXAMPLES[voice_id][0]
        if path.is_file():
            return path
    return None
