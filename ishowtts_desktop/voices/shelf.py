"""Reading the library: without a lock, and yet each voice whole or not at all."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.disk_errors import telling
from ishowtts_desktop.voices.folders import VoiceFolders, read_file
from ishowtts_desktop.voices.ids import checked, is_id, made_from
from ishowtts_desktop.voices.recordings import read_recording
from ishowtts_desktop.voices.voice_file import LARGEST_VOICE_FILE, VOICE_FILE, parsed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.voices.voice import Voice

REFERENCE_FILE: Final = "reference.wav"
_LOOKS: Final = 5
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class VoiceProblem:
    """Why a voice isn't among the others: what is wrong with its folder, and what to do.

    ``id`` is the name of the folder; "" when it is about all of them.
    """

    id: str
    message: str
    advice: str


class MissingVoice(VoiceError):  # noqa: N818 - it says what is wrong
    """There is no such voice."""

    def __init__(self, voice_id: str) -> None:
        super().__init__(
            f"There is no voice {voice_id} in the library.",
            "Take one of those that the list of voices shows.",
        )


class VoiceShelf:
    """The voices below ``root`` as they are on the disk at that moment, for any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders = VoiceFolders(root)
        self._problems: tuple[VoiceProblem, ...] = ()
        self._known: dict[str, tuple[str, Voice]] = {}
        self._knowing = threading.Lock()

    @property
    def problems(self) -> tuple[VoiceProblem, ...]:
        """What was broken when `open` or `voices` last looked."""
        return self._problems

    def voices(self) -> tuple[Voice, ...]:
        """Return all that can be used, by name; the others are in `problems`. Never raises."""
        voices: list[Voice] = []
        problems: list[VoiceProblem] = []
        try:
            with telling("The voices can't be read"):
                names = self._folders.names() if self._root.exists() else set()
        except VoiceError as error:
            names = set()
            problems.append(VoiceProblem("", error.message, error.advice))
        for name in sorted(names):
            found = self._found(name)
            if isinstance(found, VoiceProblem):
                problems.append(found)
            elif found is not None:
                voices.append(found)
        self._problems = tuple(problems)
        return tuple(sorted(voices, key=lambda voice: (voice.name.casefold(), voice.id)))

    def get(self, voice_id: str) -> Voice:
        """Return what ``voice.toml`` says now."""
        checked(voice_id)
        revision = self.revision(voice_id)
        with self._knowing:
            known = self._known.get(voice_id)
        if known is not None and known[0] == revision:
            return known[1]
        voice = self._read_whole(voice_id, lambda folder: parsed(voice_file_in(folder), voice_id))
        with self._knowing:
            self._known[voice_id] = (revision, voice)
        return voice

    def recording(self, voice_id: str) -> AudioChunk:
        """Return all of ``reference.wav``, at most `LIMIT_SECONDS` of it."""
        return self._read_whole(checked(voice_id), reference_in)

    def both(self, voice_id: str) -> tuple[Voice, AudioChunk]:
        """Return a voice and its recording that belong together, whatever changes meanwhile."""
        return self._read_whole(
            checked(voice_id),
            lambda folder: (parsed(voice_file_in(folder), voice_id), reference_in(folder)),
        )

    def revision(self, voice_id: str) -> str:
        """Return what is another whenever the text or the recording on the disk is; quick."""
        with telling(f"The voice {checked(voice_id)} can't be read"):
            for folder in self._folders.places(voice_id):
                if revision := _revision(folder):
                    return revision
        raise MissingVoice(voice_id)

    def _found(self, name: str) -> Voice | VoiceProblem | None:
        try:
            return self._listed(name)
        except MissingVoice:
            # Removed since the folder was listed.
            return None
        except VoiceError as error:
            # Not every name on a disk is text.
            shown = name.encode("utf-8", "replace").decode("utf-8")
            return VoiceProblem(shown, error.message, error.advice)

    def _listed(self, name: str) -> Voice:
        if not is_id(name):
            raise VoiceError(
                f"The folder {name!a} isn't named as that of a voice.",
                f"Rename it to {made_from(name)}, or move it elsewhere.",
            )
        voice = self.get(name)
        if not self._read_whole(name, lambda folder: (folder / REFERENCE_FILE).is_file()):
            raise VoiceError(
                f"The voice {name} has no {REFERENCE_FILE}.",
                "Give it a recording, put the file back, or remove the voice.",
            )
        return voice

    def _read_whole(self, voice_id: str, read: Callable[[Path], _Found]) -> _Found:
        """Return what ``read`` makes of a voice's folder, none of whose files changed meanwhile."""
        with telling(f"The voice {voice_id} can't be read"):
            for _ in range(_LOOKS):
                for folder in self._folders.places(voice_id):
                    before = _revision(folder)
                    if not before:
                        continue
                    try:
                        found = read(folder)
                    except (VoiceError, OSError):
                        if _revision(folder) == before:
                            raise
                        break
                    if _revision(folder) == before:
                        return found
                    break
        raise MissingVoice(voice_id)


def voice_file_in(folder: Path) -> bytes:
    """Return ``voice.toml`` of a voice's folder as it is; raises `VoiceError`."""
    try:
        return read_file(folder / VOICE_FILE, LARGEST_VOICE_FILE)
    except FileNotFoundError as error:
        raise VoiceError(
            f"The voice {folder.name} has no {VOICE_FILE}.", "Put it back, or remove the voice."
        ) from error


def reference_in(folder: Path) -> AudioChunk:
    """Return the recording in a voice's folder, whole; raises `VoiceError`."""
    return read_recording(folder / REFERENCE_FILE)


def _revision(folder: Path) -> str:
    """Return marks of both files, "" without the folder."""
    marks = [_mark(folder / VOICE_FILE), _mark(folder / REFERENCE_FILE)]
    return " ".join(marks) if any(marks) or folder.is_dir() else ""


def _mark(path: Path) -> str:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        status = path.stat()
        times = f"{status.st_mtime_ns:x}-{status.st_ctime_ns:x}"
        return f"{status.st_ino:x}-{status.st_size:x}-{times}"
    return ""
