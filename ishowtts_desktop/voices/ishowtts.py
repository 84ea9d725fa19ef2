"""From the ``ishowtts.toml`` of the server project to voices and settings here.

First the file is read, then its voices are added. Nothing of it is lost without a word: every line
was taken as it is, changed on the way, or left for a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.findings import check
from ishowtts_desktop.voices.ishowtts_file import NOT_IT, read_toml
from ishowtts_desktop.voices.ishowtts_notes import Notes, path_shown, shown
from ishowtts_desktop.voices.ishowtts_report import Report
from ishowtts_desktop.voices.ishowtts_settings import read_settings, tell_rest
from ishowtts_desktop.voices.ishowtts_voices import IshowttsVoice, audio_trouble, read_voices
from ishowtts_desktop.voices.recordings import encoded, read_recording
from ishowtts_desktop.voices.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ishowtts_desktop.voices.library import VoiceLibrary

OVERRIDES: Final = "data/voices/overrides/overrides.json"


@dataclass(frozen=True)
class IshowttsImport:
    """What a file at ``path`` holds for us; nothing has been done yet.

    ``settings`` are fields of `SpeechConfig`. ``default_voice`` is the id, in the file, of who
    speaks; it may name none. The notes tell what of the rest was taken, changed and left.
    """

    path: Path
    voices: tuple[IshowttsVoice, ...]
    settings: Mapping[str, object]
    default_voice: str
    taken: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def read_ishowtts(path: Path) -> IshowttsImport:
    """Read an ``ishowtts.toml``; the recordings that it names are looked for and not opened.

    Raises `VoiceError` when it isn't one. Single lines that make no sense are among what is left.
    """
    document = read_toml(path)
    f5 = document.get("f5")
    if not isinstance(f5, dict):
        raise VoiceError(f"{path} has no table [f5].", NOT_IT)
    notes = Notes()
    folder = path.absolute().parent
    voices = read_voices(f5.get("voices", []), folder, notes)
    settings = read_settings(f5, folder, notes)
    tell_rest(document, notes)
    _tell_overrides(folder, notes)
    return IshowttsImport(
        path,
        voices,
        settings,
        _default_voice(document, f5, notes),
        tuple(notes.taken),
        tuple(notes.changed),
        tuple(notes.left),
    )


def import_ishowtts(found: IshowttsImport, library: VoiceLibrary) -> Report:
    """Add the voices that were ``found`` to ``library``; the settings are the caller's to save.

    A voice that is in it already, by its recording and text, isn't added again. One that can't be
    added is told and stops no other. Never raises.
    """
    work = _Import(library, found)
    for voice in found.voices:
        work.take(voice)
    settings = {**found.settings, **work.speaker()}
    return Report(
        tuple(work.added),
        tuple(work.known),
        settings,
        tuple(work.notes.taken),
        tuple(work.notes.changed),
        tuple(work.notes.left),
        tuple(work.findings),
    )


@dataclass
class _Import:
    """One run of it; ``ids`` are those in the library by those in the file."""

    library: VoiceLibrary
    found: IshowttsImport
    added: list[Voice] = field(default_factory=list)
    known: list[Voice] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        found = self.found
        self.notes = Notes(list(found.taken), list(found.changed), list(found.left))

    def take(self, voice: IshowttsVoice) -> None:
        about = f"voice {shown(voice.id)}"
        try:
            self._take(voice, about)
        except VoiceError as error:
            self.notes.left.append(f"{about}: {error}")

    def speaker(self) -> dict[str, object]:
        """Return the settings for who speaks: the file's default voice, else its first one."""
        if not self.ids:
            return {}
        key = self.found.default_voice
        if key in self.ids:
            self.notes.taken.append(f"default_voice = {shown(key)}")
        else:
            key, missing = next(iter(self.ids)), key
            why = f"{shown(missing)} isn't here" if missing else "none is named"
            self.notes.changed.append(f"default_voice: {why}; {shown(key)} speaks.")
        return {"engine": "f5", "voice": self.ids[key]}

    def _take(self, voice: IshowttsVoice, about: str) -> None:
        # It was looked at before; what has become of it since?
        if trouble := audio_trouble(voice.audio):
            raise VoiceError(f"Its recording {path_shown(voice.audio)} {trouble}.")
        recording = read_recording(voice.audio)
        data = encoded(recording)
        twin = next((one for one in self.library.voices() if self._is(one, voice.text, data)), None)
        if twin is not None:
            self.ids[voice.id] = twin.id
            self.known.append(twin)
            self.notes.left.append(f'{about}: it is in the library already, as "{twin.name}".')
            return
        beside = any(one.name == voice.name for one in self.library.voices())
        made = self.library.add(
            Voice(
                id=voice.id,
                name=voice.name,
                language=voice.language,
                text=voice.text,
                preload=voice.preload,
                source=str(voice.audio),
            ),
            recording,
        )
        self.ids[voice.id] = made.id
        self.added.append(made)
        self.notes.taken.append(f"{about}: with {recording.seconds:.1f} s of recording")
        if beside:
            self.notes.changed.append(
                f"{about}: the library has another voice of that name; this one is beside it."
            )
        if recording.shortened:
            self.notes.changed.append(f"{about}: only the beginning of its long recording is kept.")
        self.findings.append(
            f"{about}: whether who is heard agreed to be cloned isn't in the file; say so in the"
            " window of voices."
        )
        self.findings.extend(
            f"{about}: {finding.message} {finding.advice}"
            for finding in check(recording, voice.text, voice.language)
        )

    def _is(self, voice: Voice, text: str, data: bytes) -> bool:
        if voice.text != text:
            return False
        try:
            return encoded(self.library.recording(voice.id)) == data
        except VoiceError:
            # A broken voice is nobody's twin.
            return False


def _default_voice(document: Mapping[str, object], f5: Mapping[str, object], notes: Notes) -> str:
    """Return whom the file names; below the tables it would be read as a part of the last voice."""
    voices = f5.get("voices")
    tables = voices if isinstance(voices, list) else [voices]
    places = [document, *(table for table in tables if isinstance(table, dict))]
    for place in places:
        name = place.get("default_voice")
        if isinstance(name, str):
            return name
    if "default_voice" in document:
        value = shown(document["default_voice"])
        notes.left.append(f"default_voice = {value}: it isn't the id of a voice.")
    return ""


def _tell_overrides(folder: Path, notes: Notes) -> None:
    overrides = folder.parent / OVERRIDES
    try:
        there = overrides.is_file()
    except OSError:
        there = False
    if there:
        notes.left.append(
            f"voices as the server's web page changed them: they are in {path_shown(overrides)},"
            " with their recordings beside it; what is taken is what the file says."
        )
