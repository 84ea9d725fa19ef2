"""What passes between a draft and the library: opened, compared, saved. For any thread."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft
from ishowtts_desktop.voices.shelf import MissingVoice

if TYPE_CHECKING:
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.voices.library import VoiceLibrary


class ChangedMeanwhile(VoiceError):  # noqa: N818 - it says what is wrong
    """What is on the disk isn't what the draft began with."""

    def __init__(self) -> None:
        super().__init__(
            "Another program changed this voice meanwhile.", "Revert shows it as it is now."
        )


def opened(library: VoiceLibrary, voice_id: str) -> VoiceDraft:
    """Return a voice as the library has it now; raises `VoiceError`."""
    # Asked first: what changes while it is read is then noticed later.
    revision = library.revision(voice_id)
    voice, recording = library.both(voice_id)
    return VoiceDraft(voice, recording, kept=voice, revision=revision)


def newest(library: VoiceLibrary, draft: VoiceDraft) -> VoiceDraft | None:
    """Return what the library has instead of what ``draft`` began with, or None if it has nothing.

    That is ``draft`` itself where it is still the same. Raises `VoiceError` when it can't be read.
    """
    if draft.kept is None:
        return draft
    try:
        if library.revision(draft.kept.id) == draft.revision:
            return draft
        found = opened(library, draft.kept.id)
    except MissingVoice:
        return None
    # Files that were only copied or touched are no change.
    same = found.voice == draft.kept and not draft.replaced
    return draft if same and _sound_alike(found.recording, draft.recording) else found


def saved(library: VoiceLibrary, draft: VoiceDraft) -> VoiceDraft:
    """Keep a draft in the library, a new one or one that was removed there as a new voice.

    Raises `ChangedMeanwhile` instead of putting it over another program's change, and `VoiceError`.
    """
    now = newest(library, draft)
    if now is not None and now is not draft:
        raise ChangedMeanwhile
    voice = None
    if now is not None and draft.kept is not None:
        with contextlib.suppress(MissingVoice):  # removed in this very moment
            voice = library.update(draft.voice, draft.recording if draft.replaced else None)
    if voice is None:
        voice = library.add(draft.voice, draft.recording)
    revision = ""
    with contextlib.suppress(VoiceError):  # it is kept; whoever asks next looks again
        revision = library.revision(voice.id)
    return VoiceDraft(voice, draft.recording, kept=voice, revision=revision)


def _sound_alike(one: AudioChunk, other: AudioChunk) -> bool:
    return one.rate == other.rate and np.array_equal(one.samples, other.samples)
