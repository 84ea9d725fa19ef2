"""What was made of voices, kept by content: a voice is prepared once, whoever asks for it again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import VoiceUnfit
from ishowtts_desktop.speech.f5.reference import check_words, described, hear

if TYPE_CHECKING:
    from ishowtts_desktop.speech.f5.mel import MelSpectrogram
    from ishowtts_desktop.speech.f5.reference import Heard, Recording, Reference
    from ishowtts_desktop.speech.f5.runtime import Runtime

    Words = tuple[str, str, float]

KEPT_BYTES: Final = 128 * 2**20
"""Of a voice with 5 s of reference 1.2 MB are kept in half precision, 2.1 MB in FP32."""
_MOST_TEXTS: Final = 256


class PreparedVoices:
    """Keeps up to ``limit`` bytes of prepared sound, on the model's device; the oldest goes first.

    Sound is kept under its samples, words under the words and that sound: other words leave the
    sound as it is, another sound nothing. Text embeddings aren't kept: they depend on all of the
    text and on the length. One thread uses it.
    """

    def __init__(self, mel: MelSpectrogram, limit: int = KEPT_BYTES) -> None:
        self._mel = mel
        self._limit = limit
        self._heard: OrderedDict[str, Heard] = OrderedDict()
        self._references: OrderedDict[Words, Reference] = OrderedDict()
        self._made = 0

    @property
    def made(self) -> int:
        """How many times a sound was prepared."""
        return self._made

    @property
    def bytes(self) -> int:
        """How much is kept."""
        return sum(heard.bytes for heard in self._heard.values())

    def get(self, recording: Recording, runtime: Runtime) -> Reference:
        """Return ``recording`` ready for ``runtime``; raises `VoiceUnfit` as `prepare` does."""
        try:
            sound = recording.sound
        except (TypeError, ValueError) as error:
            raise VoiceUnfit(
                "The reference recording is damaged: it holds values that are no sound.",
                "Export it again as a WAV file.",
            ) from error
        words = (sound, recording.text, recording.speed)
        found = self._references.get(words)
        if found is None:
            # Before the sound, which would be kept for nothing.
            check_words(recording)
            found = described(self._sound(sound, recording, runtime), recording)
            self._references[words] = found
        self._references.move_to_end(words)
        if sound in self._heard:
            self._heard.move_to_end(sound)
        self._tidy()
        return found

    def forget(self) -> None:
        """Give up everything."""
        self._heard.clear()
        self._references.clear()

    def _sound(self, sound: str, recording: Recording, runtime: Runtime) -> Heard:
        kept = self._heard.get(sound)
        if kept is not None:
            return kept
        made = hear(recording, self._mel)
        mel = made.mel.to(runtime.device)
        self._heard[sound] = replace(made, mel=mel, projected=runtime.project(mel))
        self._made += 1
        return self._heard[sound]

    def _tidy(self) -> None:
        """Let go of the oldest, but never of the one in use."""
        while self.bytes > self._limit and len(self._heard) > 1:
            gone, _ = self._heard.popitem(last=False)
            for words in [words for words in self._references if words[0] == gone]:
                del self._references[words]
        while len(self._references) > _MOST_TEXTS:
            self._references.popitem(last=False)
