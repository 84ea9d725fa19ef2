"""A voice as one file, to give away: a zip archive with its ``voice.toml`` and ``reference.wav``.

Nothing of such a file is believed: all of it is looked at in memory, and nothing in it names a
place on the disk.
"""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO, Final

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.core.files import replace_file
from ishowtts_desktop.voices.disk_errors import telling
from ishowtts_desktop.voices.recordings import (
    HIGHEST_KEPT_RATE,
    LIMIT_SECONDS,
    encoded,
    read_recording,
)
from ishowtts_desktop.voices.shelf import REFERENCE_FILE
from ishowtts_desktop.voices.voice_file import LARGEST_VOICE_FILE, VOICE_FILE, parsed, written

if TYPE_CHECKING:
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.voices.library import VoiceLibrary
    from ishowtts_desktop.voices.voice import Voice

SUFFIX: Final = ".ishowvoice"

_LIMITS: Final = {
    VOICE_FILE: LARGEST_VOICE_FILE,
    REFERENCE_FILE: round(LIMIT_SECONDS * HIGHEST_KEPT_RATE * 2) + 4096,
}
_LARGEST: Final = sum(_LIMITS.values()) + 4096
# Sound hardly shrinks, and what tells of a voice isn't the same letter all along.
_HIGHEST_RATIO: Final = 100
# The end of an archive, by APPNOTE 4.3.16: signature, disks, entries (twice), directory, comment.
_END: Final = struct.Struct("<4s4H2LH")
_ZIP64: Final = b"PK\x06\x07"
_ZIP64_BYTES: Final = 20
_LARGEST_DIRECTORY: Final = 4096
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    RuntimeError,  # and with it NotImplementedError: what zipfile doesn't know
    LookupError,
)


def export_voice(library: VoiceLibrary, voice_id: str, target: Path) -> None:
    """Write a voice of the library to the file ``target``; raises `VoiceError`.

    Where its recording lay on this machine is left out.
    """
    voice, recording = library.both(voice_id)
    voice = voice.model_copy(update={"source": _without_folders(voice.source)})
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (
            (VOICE_FILE, written(voice)),
            (REFERENCE_FILE, encoded(recording)),
        ):
            # The time is the archive's oldest: the same voice gives the same file.
            archive.writestr(zipfile.ZipInfo(name), content)
    with telling(f"{target} can't be written"):
        replace_file(target, data.getvalue())


def import_voice(library: VoiceLibrary, source: Path) -> Voice:
    """Add the voice in the file ``source`` to the library and return it; raises `VoiceError`.

    Where the library has a voice of that name it gets a number.
    """
    with telling(f"{source} can't be read"):
        status = source.stat()
        if not stat.S_ISREG(status.st_mode):
            raise VoiceError(f"{source} is no file.", "Choose a file with a voice.")
        if status.st_size > _LARGEST:
            raise _refused(source, "it is far too large")
        with source.open("rb") as file:
            files = _files(source, io.BytesIO(file.read(_LARGEST)))
    try:
        voice = parsed(files[VOICE_FILE], "draft")
    except VoiceError as error:
        raise _refused(source, error.message.rstrip(".")) from error
    # What it costs here, and how loud it is, isn't for a stranger's file to say.
    mine = {"engine": "f5", "preload": False, "loudness": None}
    voice = voice.model_copy(update=mine)
    return library.add(voice, _recording(source, files[REFERENCE_FILE]), numbered=True)


def _files(source: Path, data: BinaryIO) -> dict[str, bytes]:
    if not _holds_two(data):
        raise _refused(source, f"it should hold {VOICE_FILE} and {REFERENCE_FILE} alone")
    try:
        with zipfile.ZipFile(data) as archive:
            entries = archive.infolist()
            if sorted(entry.orig_filename for entry in entries) != sorted(_LIMITS):
                raise _refused(source, f"it should hold {VOICE_FILE} and {REFERENCE_FILE} alone")
            for entry in entries:
                if reason := _fault(entry):
                    raise _refused(source, f"its {entry.filename} {reason}")
            return {entry.filename: _content(archive, entry) for entry in entries}
    except _BROKEN as error:
        raise _refused(source, "it is damaged, or no zip archive") from error


def _holds_two(data: BinaryIO) -> bool:
    """Look at the end of an archive; zipfile would read a directory of millions of entries."""
    size = data.seek(0, io.SEEK_END)
    data.seek(max(0, size - _END.size - _ZIP64_BYTES))
    tail = data.read()
    if len(tail) < _END.size or tail.startswith(_ZIP64):
        return False
    signature, _, _, here, entries, directory, _, comment = _END.unpack(tail[-_END.size :])
    plain = signature == b"PK\x05\x06" and comment == 0
    small = directory <= _LARGEST_DIRECTORY
    return bool(plain and small and here == entries == len(_LIMITS))


def _fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or entry.is_dir():
        return "is no file"
    if entry.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if entry.compress_type not in _METHODS:
        return "is packed in an unusual way"
    if entry.file_size > _LIMITS[entry.filename]:
        return "is far too large"
    if entry.file_size > _HIGHEST_RATIO * max(1, entry.compress_size):
        return "is packed far too tightly"
    return ""


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        # Reading to the end checks the checksum; what is said of the size may be wrong.
        content = file.read(_LIMITS[entry.filename] + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile("not as long as it says")
    return content


def _recording(source: Path, data: bytes) -> AudioChunk:
    if not (data.startswith(b"RIFF") and data[8:12] == b"WAVE"):
        raise _refused(source, f"its {REFERENCE_FILE} is no WAV file")
    with (
        telling("A folder for looking at the recording can't be made"),
        tempfile.TemporaryDirectory(prefix="ishowtts-") as folder,
    ):
        path = Path(folder) / REFERENCE_FILE
        path.write_bytes(data)
        try:
            recording = read_recording(path)
        except VoiceError as error:
            raise _refused(source, f"its {REFERENCE_FILE} holds no sound") from error
    if recording.shortened:
        raise _refused(source, f"its {REFERENCE_FILE} is longer than {LIMIT_SECONDS:.0f} s")
    return recording


def _without_folders(source: str) -> str:
    for kind in (PurePosixPath, PureWindowsPath):
        if kind(source).is_absolute():
            return kind(source).name
    return source


def _refused(source: Path, reason: str) -> VoiceError:
    return VoiceError(
        f"{source} can't be imported: {reason}.",
        f"Ask for the file again; it is made by exporting a voice, and ends in {SUFFIX}.",
    )
