"""The library of cloned voices on the disk: ``ID/voice.toml`` and ``ID/reference.wav`` each."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.core.files import replace_file, sync_folder
from ishowtts_desktop.sound.loudness import integrated_loudness
from ishowtts_desktop.voices.change_lock import ChangeLock
from ishowtts_desktop.voices.disk_errors import telling
from ishowtts_desktop.voices.folders import tidy
from ishowtts_desktop.voices.ids import checked, made_from, unused
from ishowtts_desktop.voices.recordings import LIMIT_SECONDS, cut, encoded
from ishowtts_desktop.voices.shelf import (
    REFERENCE_FILE,
    MissingVoice,
    VoiceProblem,
    VoiceShelf,
    reference_in,
    voice_file_in,
)
from ishowtts_desktop.voices.trash import Trash
from ishowtts_desktop.voices.voice import LONGEST_NAME, LOUDEST, QUIETEST
from ishowtts_desktop.voices.voice_file import VOICE_FILE, checked_voice, parsed, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.voices.voice import Voice


@dataclass(frozen=True)
class RemovedVoice:
    """What can be restored: the voice's ``name``, and when it was removed (Unix time)."""

    token: str
    name: str
    at: float


class VoiceLibrary(VoiceShelf):
    """The voices below ``folder``, which needn't exist yet. For any thread and several processes.

    What a method returns or raises is about the disk as it is at that moment: files edited by hand
    and other programs' changes count. All that can go wrong is a `VoiceError`.
    """

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        super().__init__(folder)
        self._trash = Trash(folder / ".trash", clock or SystemClock())
        self._lock = ChangeLock(folder / ".lock")

    def open(self) -> tuple[VoiceProblem, ...]:
        """Finish or undo what a power cut interrupted, empty the trash, tell what is broken.

        Never raises; without it the library can be used as well.
        """
        unfinished: list[VoiceProblem] = []
        try:
            # Where no library is, none is made.
            with telling("The voices can't be read"):
                there = self._root.is_dir()
            if there:
                with self._changing() as refused:
                    unfinished += [_unfinished(*entry) for entry in refused.items()]
                    for voice_id in self._folders.names():
                        tidy(self._root / voice_id, VOICE_FILE)
                    self._trash.empty()
        except VoiceError as error:
            unfinished.append(VoiceProblem("", error.message, error.advice))
        self.voices()
        return (*unfinished, *self._problems)

    @property
    def folder(self) -> Path:
        """Where the voices are."""
        return self._root

    def add(self, voice: Voice, recording: AudioChunk, *, numbered: bool = False) -> Voice:
        """Keep a new voice and return it: its id is made from its name, ``voice.id`` is ignored.

        ``numbered`` gives it a number where another voice has the name already.
        """
        audio = encoded(recording)
        new = _measured(checked_voice(voice), recording)
        with self._changing():
            if numbered and any(voice.name == new.name for voice in self.voices()):
                new = new.model_copy(update={"name": self._numbered(new.name)})
            new = new.model_copy(update={"id": self._free_id(made_from(new.name))})
            self._folders.add(new.id, {VOICE_FILE: written(new), REFERENCE_FILE: audio})
        return new

    def update(self, voice: Voice, recording: AudioChunk | None = None) -> Voice:
        """Keep a voice as it is now, with another recording if one is given, and return it.

        Both are there afterwards, or none. The loudness is measured when it isn't given, and when
        it is that of another span or recording.
        """
        new = checked_voice(voice)
        audio = None if recording is None else encoded(recording)
        with self._changing(checked(new.id)):
            before = self._read_whole(new.id, voice_file_in)
            old = parsed(before, new.id)
            moved = recording is not None or new.span != old.span
            if moved and new.loudness == old.loudness:
                new = new.model_copy(update={"loudness": None})
            if moved or new.loudness is None:
                new = _measured(new, recording or self.recording(new.id))
            self._keep(written(new, before), before, new.id, audio)
        return new

    def rename(self, voice_id: str, name: str) -> Voice:
        """Give a voice another name. Its id stays: the configuration may mention it."""
        with self._changing(checked(voice_id)):
            before = self._read_whole(voice_id, voice_file_in)
            voice = parsed(before, voice_id).model_copy(update={"name": name})
            voice = checked_voice(voice)
            self._keep(written(voice, before), before, voice_id)
        return voice

    def duplicate(self, voice_id: str, name: str = "") -> Voice:
        """Keep a copy, by default under the same name with a number, and return it."""
        with self._changing(checked(voice_id)):
            before, audio = self._read_whole(
                voice_id,
                lambda folder: (voice_file_in(folder), encoded(reference_in(folder))),
            )
            voice = parsed(before, voice_id)
            name = name or self._numbered(voice.name)
            voice = checked_voice(voice.model_copy(update={"name": name}))
            copy = voice.model_copy(update={"id": self._free_id(made_from(voice.name))})
            files = {VOICE_FILE: written(copy, before), REFERENCE_FILE: audio}
            self._folders.add(copy.id, files)
        return copy

    def remove(self, voice_id: str) -> str:
        """Take a voice away and return the token for `restore`. A broken one goes as well."""
        with self._changing(checked(voice_id)):
            folder = self._root / voice_id
            if not folder.is_dir():
                raise MissingVoice(voice_id)
            return self._trash.take(folder)

    def restore(self, token: str) -> Voice:
        """Bring a removed voice back, under another id if its own was taken meanwhile."""
        with self._changing():
            entry = self._trash.entry(token)
            voice_id = self._free_id(entry.id)
            self._trash.give_back(entry, self._root / voice_id)
        try:
            return self.get(voice_id)
        except VoiceError as error:
            raise VoiceError(
                f"The voice is back as {voice_id}, as broken as it was: {error.message}",
                error.advice,
            ) from error

    def removed(self) -> tuple[RemovedVoice, ...]:
        """Return what can be restored, what was removed last before the others. Never raises."""
        return tuple(
            RemovedVoice(entry.token, _name_in(self._trash.place(entry), entry.id), entry.at)
            for entry in self._trash.entries()
        )

    def _keep(self, data: bytes, before: bytes, voice_id: str, audio: bytes | None = None) -> None:
        if audio is not None:
            self._folders.replace(voice_id, {VOICE_FILE: data, REFERENCE_FILE: audio})
        elif data != before:
            replace_file(self._root / voice_id / VOICE_FILE, data)

    def _free_id(self, voice_id: str) -> str:
        return unused(voice_id, self._folders.taken())

    def _numbered(self, name: str) -> str:
        names = {voice.name for voice in self.voices()}
        number = 2
        while (numbered := f"{name[: LONGEST_NAME - 8]} ({number})") in names:
            number += 1
        return numbered

    @contextlib.contextmanager
    def _changing(self, voice_id: str = "") -> Iterator[dict[str, OSError]]:
        """Hold the lock over a change, what was interrupted before being finished.

        Gives the voices for which that can't be done; they can't be changed either.
        """
        what = f"The voice {voice_id} can't be changed" if voice_id else "The voices can't be kept"
        with telling(what):
            if not self._root.is_dir():
                self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
                sync_folder(self._root.parent)
            with self._lock.held():
                refused = self._folders.recover()
                if voice_id in refused:
                    raise refused[voice_id]
                yield refused


def _measured(voice: Voice, recording: AudioChunk) -> Voice:
    """Return ``voice`` with the loudness of its span, measured unless it is given."""
    if recording.seconds > LIMIT_SECONDS:
        raise VoiceError(
            f"The recording is {recording.seconds / 60:.0f} minutes long;"
            f" at most {LIMIT_SECONDS / 60:.0f} are kept.",
            "Choose a part of it.",
        )
    part = cut(recording, voice.span)
    if voice.loudness is not None:
        return voice
    loudness = integrated_loudness(part.samples, part.rate)
    # Silence has none.
    known = round(loudness, 2) if QUIETEST <= loudness <= LOUDEST else None
    return voice.model_copy(update={"loudness": known})


def _unfinished(voice_id: str, error: OSError) -> VoiceProblem:
    why = error.strerror or type(error).__name__
    return VoiceProblem(
        voice_id,
        f"The last change of the voice {voice_id} can't be finished: {why}.",
        "Look at the rights of the library's folder. Until then the voice is as it was.",
    )


def _name_in(folder: Path, voice_id: str) -> str:
    try:
        return parsed(voice_file_in(folder), voice_id).name
    except (VoiceError, OSError):
        return voice_id
