"""Who can speak: the library's voices, the starter voices and the embedded ones, under their ids.

It knows which recording an id stands for. The engine asks at each utterance, so what hasn't changed
is kept.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import VoiceError, VoiceUnfit
from ishowtts_desktop.starters import STARTERS, Starters, spoken
from ishowtts_desktop.voices.embedded import embedded_voices

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.speech.engine import SpeechEngine
    from ishowtts_desktop.speech.f5.reference import Recording
    from ishowtts_desktop.voices.library import VoiceLibrary
    from ishowtts_desktop.voices.voice import Voice

DRAFT: Final = "draft"
"""The id of the voice that is being made, and isn't in the library yet."""
_MOST_KEPT: Final = 32


class VoiceBook:
    """All voices. Thread-safe. ``library`` None: only those that are always there.

    ``make_embedded`` makes the engine that records the starter voices.
    """

    def __init__(
        self, library: VoiceLibrary | None, make_embedded: Callable[[], SpeechEngine]
    ) -> None:
        self.library = library
        self.starters = Starters(make_embedded)
        self._make_embedded = make_embedded
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, Recording]] = {}
        self._draft: tuple[Voice, AudioChunk] | None = None
        self._drafted: Recording | None = None

    def cloned(self) -> tuple[Voice, ...]:
        """Return the voices that a neural engine clones: the starters, then the library's."""
        return (*self.starters.voices(), *(self.library.voices() if self.library else ()))

    def voices(self) -> tuple[Voice, ...]:
        """Return all of them."""
        return (*self.cloned(), *embedded_voices())

    def find(self, voice_id: str) -> Voice:
        """Return the voice of this id; raises `VoiceError`."""
        for voice in self.voices():
            if voice.id == voice_id:
                return voice
        raise VoiceError(f"There is no voice {voice_id!r}.", "`voices list` tells who there is.")

    def preloaded(self) -> tuple[str, ...]:
        """Return the ids of the voices that are to be ready from the start."""
        return tuple(voice.id for voice in self.cloned() if voice.preload)

    def set_draft(self, voice: Voice | None, recording: AudioChunk | None = None) -> None:
        """Let the id `DRAFT` speak as this unsaved voice; None forgets it."""
        draft = None if voice is None or recording is None else (voice, recording)
        with self._lock:
            self._draft, self._drafted = draft, None

    def starter(self, voice_id: str) -> tuple[Voice, AudioChunk]:
        """Return a starter voice and its recording; raises `VoiceError`."""
        recording = self.starters.recording(voice_id)
        return next(v for v in self.starters.voices() if v.id == voice_id), recording

    def recording(self, voice_id: str, language: str) -> Recording:
        """Return what is cloned for ``voice_id``: the same object until its files change.

        No id is the starter voice of ``language``; an embedded voice's the starter in that timbre.
        Raises `VoiceUnfit` when there is no such voice or its recording can't be read.
        """
        try:
            if voice_id == DRAFT:
                return self._of_draft()
            if not voice_id or voice_id.startswith(("starter-", "espeak-")):
                return self._of_starter(voice_id, language)
            return self._of_library(voice_id)
        except VoiceError as error:
            raise VoiceUnfit(error.message, error.advice) from error

    def _of_draft(self) -> Recording:
        with self._lock:
            if self._draft is None:
                raise VoiceError("The voice that was tried is gone.", "Choose another voice.")
            if self._drafted is None:
                self._drafted = _recording(*self._draft)
            return self._drafted

    def _of_library(self, voice_id: str) -> Recording:
        if self.library is None:
            raise VoiceError(f"There is no voice {voice_id!r}.", "Choose another one.")
        revision = self.library.revision(voice_id)
        known = self._known(voice_id, revision)
        if known is not None:
            return known
        return self._keep(voice_id, revision, _recording(*self.library.both(voice_id)))

    def _of_starter(self, voice_id: str, language: str) -> Recording:
        voices = self.starters.voices()
        asked = (v for v in voices if voice_id == v.id or (not voice_id and language == v.language))
        voice = next(asked, next((v for v in voices if language == v.language), voices[0]))
        timbre = voice_id if voice_id.startswith("espeak-") else ""
        key = f"{voice.id} {timbre}"
        known = self._known(key, "")
        if known is not None:
            return known
        if timbre:
            voice = next(starter for starter in STARTERS if starter.id == voice.id)
            sound = spoken(voice, self._make_embedded, timbre)
        else:
            sound = self.starters.recording(voice.id)
        return self._keep(key, "", _recording(voice, sound))

    def _known(self, key: str, revision: str) -> Recording | None:
        with self._lock:
            kept = self._kept.get(key)
        return kept[1] if kept is not None and kept[0] == revision else None

    def _keep(self, key: str, revision: str, recording: Recording) -> Recording:
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (revision, recording)
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return recording


def _recording(voice: Voice, whole: AudioChunk) -> Recording:
    # The module needs torch, which whoever asks for this has.
    from ishowtts_desktop.speech.f5.reference import Recording
    from ishowtts_desktop.voices.recordings import cut

    heard = cut(whole, voice.span)
    # A copy: a part of a long recording would keep all of it. How loud it is, is measured anew:
    # what the file says may be of another recording.
    return Recording(heard.samples.copy(), heard.rate, voice.text, speed=voice.speed)
