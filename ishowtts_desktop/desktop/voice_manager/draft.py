"""A voice while it is edited: what is on the disk, what was changed, and its recording."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.voices.voice import LONGEST_NAME, LONGEST_TEXT, Voice

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.voices.voice import Span


@dataclass(frozen=True)
class VoiceDraft:
    """``kept`` is the voice as the library has it, None for a new one; ``voice`` as it is now.

    ``replaced`` tells that the recording isn't the one on the disk, ``revision`` what the library
    had when ``kept`` was read or written. A ``starter`` can't be saved.
    """

    voice: Voice
    recording: AudioChunk
    kept: Voice | None = None
    replaced: bool = False
    starter: bool = False
    revision: str = ""

    @classmethod
    def new(
        cls, name: str, language: str, recording: AudioChunk, span: Span | None, text: str = ""
    ) -> VoiceDraft:
        """Begin a voice that isn't in the library."""
        shown = seen(name) or "?"
        spoken = _writable(text[:LONGEST_TEXT])
        voice = Voice(id="", name=shown, language=language, span=span, text=spoken)
        return cls(voice, recording, replaced=True)

    @property
    def changed(self) -> bool:
        """Whether something would be lost."""
        return not self.starter and (self.replaced or self.voice != self.kept)

    def with_recording(self, recording: AudioChunk, span: Span | None) -> VoiceDraft:
        """Take another recording."""
        voice = self.voice.model_copy(update={"span": span, "loudness": None})
        return replace(self, voice=voice, recording=recording, replaced=True)

    def with_values(self, **values: object) -> VoiceDraft:
        """Take what the fields say; a name in which nothing is to be seen leaves the old one."""
        if "name" in values:
            values["name"] = seen(str(values["name"])) or self.voice.name
        for field in ("text", "licence"):
            if field in values:
                values[field] = _writable(str(values[field]))
        voice = Voice.model_validate({**self.voice.model_dump(), **values})
        if voice.span != self.voice.span:  # the loudness was that of another part
            voice = voice.model_copy(update={"loudness": None})
        if self.kept is not None and not self.replaced and voice.span == self.kept.span:
            voice = voice.model_copy(update={"loudness": self.kept.loudness})
        return replace(self, voice=voice)

    def must_be_whole(self) -> None:
        """Raise `VoiceError` when it can't be saved yet, with what is missing."""
        if not self.voice.consent:
            raise VoiceError(
                "The voice isn't saved yet.", "Tick that the person who is heard agreed."
            )


def name_of(path: Path) -> str:
    """Return the name that a voice made of a file gets at first."""
    return seen(path.stem.replace("_", " "))


def _writable(text: str) -> str:
    # Half of a surrogate pair, which may be pasted, is no text.
    return text.encode("utf-8", "replace").decode("utf-8")


def seen(name: str) -> str:
    """Return what is visible of a name, as a `Voice` takes it; perhaps nothing."""
    kept = (c for c in plain(name, LONGEST_NAME) if unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())
