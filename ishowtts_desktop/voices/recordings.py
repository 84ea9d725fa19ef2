"""Recordings on disk: any sound file is read to mono; what is kept is written as plain WAV."""

from __future__ import annotations

import io
import os
import shlex
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import soundfile
import soxr

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.core.files import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ishowtts_desktop.voices.voice import Span

LIMIT_SECONDS: Final = 300.0
HIGHEST_KEPT_RATE: Final = 48_000
LOWEST_RATE, HIGHEST_RATE = 4_000, 384_000
_BLOCK_VALUES: Final = 1 << 14
_SILENT_CHANNEL: Final = 1e-4  # of the loudest channel's energy
_FULL_SCALE: Final = 32_768
_ROUNDING_SECONDS: Final = 0.1
_EXPORT_ADVICE: Final = "Export it as a WAV or FLAC file from the program that made it."
# What phones and browsers record, which libsndfile can't read, by its first bytes.
_FOREIGN: Final = (
    (4, b"ftyp", "an MP4 or M4A file"),
    (0, b"\x1a\x45\xdf\xa3", "a WebM or Matroska file"),
    (0, b"\x30\x26\xb2\x75", "a WMA file"),
    (0, b"#!AMR", "an AMR file"),
    (0, b"\xff\xf1", "an AAC file"),
    (0, b"\xff\xf9", "an AAC file"),
)


@dataclass(frozen=True)
class ReadRecording(AudioChunk):
    """What was read of a file; ``limit_seconds`` is set where more of it was left unread."""

    limit_seconds: float | None = None

    @property
    def shortened(self) -> bool:
        """Whether the file goes on after what was read."""
        return self.limit_seconds is not None


def read_recording(path: Path, limit_seconds: float = LIMIT_SECONDS) -> ReadRecording:
    """Return the sound of a file, mixed to mono, at its own rate, at most ``limit_seconds`` of it.

    A channel in which nothing is heard doesn't make the others quieter. Samples beyond full scale,
    which only float files can have, are brought down to it. Raises `VoiceError`.
    """
    _must_be_a_file(path)
    # Python's file names may hold bytes that are no text; libsndfile's want them as they are.
    name = str(path) if sys.platform == "win32" else os.fsencode(path)
    try:
        with soundfile.SoundFile(name) as file:
            return _read(path, file, limit_seconds)
    # A name that ends in .raw is taken for samples without a header: a TypeError.
    except (OSError, ValueError, TypeError, soundfile.SoundFileError) as error:
        raise _unreadable(path) from error


def cut(recording: AudioChunk, span: Span | None) -> AudioChunk:
    """Return what ``span`` tells of a recording, None being all; raises `VoiceError`."""
    if span is None:
        return recording
    if span.end > recording.seconds + _ROUNDING_SECONDS:
        raise VoiceError(
            f"The part to be used ends at {span.end:.1f} s, but the recording is only"
            f" {recording.seconds:.1f} s long.",
            "Choose the part again.",
        )
    first, last = (round(at * recording.rate) for at in (span.start, span.end))
    if first >= min(last, len(recording.samples)):
        raise VoiceError("The part of the recording to be used is empty.", "Choose a longer one.")
    return AudioChunk(recording.samples[first:last], recording.rate)


def write_recording(path: Path, recording: AudioChunk) -> None:
    """Put a recording in the place of ``path`` as `encoded`, at once; raises `VoiceError`."""
    data = encoded(recording)
    try:
        replace_file(path, data)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise VoiceError(
            f"{path} can't be written: {why}.", "Make room on the disk, or choose another place."
        ) from error


def encoded(recording: AudioChunk) -> bytes:
    """Return a recording as a WAV file, 16 bits, at its own rate or 48 kHz; raises `VoiceError`.

    What was read from such a file is written as the same samples again.
    """
    samples, rate = recording.samples, recording.rate
    if not len(samples):
        raise VoiceError("The recording is empty.", "Record or choose another one.")
    if not np.isfinite(samples).all():
        raise _damaged("The recording")
    if rate > HIGHEST_KEPT_RATE:
        samples, rate = soxr.resample(samples, rate, HIGHEST_KEPT_RATE), HIGHEST_KEPT_RATE
    # libsndfile's own way from float makes the sound a little quieter each time.
    levels = np.clip(np.round(samples * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1)
    data = io.BytesIO()
    try:
        soundfile.write(data, levels.astype(np.int16), rate, format="WAV", subtype="PCM_16")
    except (ValueError, TypeError, soundfile.SoundFileError) as error:
        raise _damaged("The recording") from error
    return data.getvalue()


def _must_be_a_file(path: Path) -> None:
    try:
        status = path.stat()
        with path.open("rb") if stat.S_ISREG(status.st_mode) else io.BytesIO():
            pass
    except FileNotFoundError as error:
        raise VoiceError(f"There is no file {path}.", "Choose another one.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise VoiceError(f"{path} can't be opened: {why}.", "Choose another file.") from error
    if stat.S_ISDIR(status.st_mode):
        raise VoiceError(f"{path} is a folder.", "Choose the recording in it.")
    # Reading a pipe may never end.
    if not stat.S_ISREG(status.st_mode):
        raise VoiceError(f"{path} is not a file.", "Choose a file with a recording.")
    if not status.st_size:
        raise VoiceError(f"{path} is empty.", "Record it again, or choose another file.")


def _read(path: Path, file: soundfile.SoundFile, limit_seconds: float) -> ReadRecording:
    rate = file.samplerate
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise VoiceError(
            f"{path} says that it has {rate} samples a second, which can't be speech.",
            _EXPORT_ADVICE,
        )
    limit = max(1, round(limit_seconds * rate))
    # One more than wanted tells whether that was all; what the header says may be wrong.
    with np.errstate(all="ignore"):  # values that are no sound are looked for at the end
        samples = _mixed(path, file, limit + 1)
    if not len(samples):
        raise VoiceError(f"There is no sound in {path} that can be read.", "Choose another file.")
    if len(samples) > limit:
        return ReadRecording(samples[:limit], rate, limit_seconds)
    return ReadRecording(samples, rate)


def _mixed(path: Path, file: soundfile.SoundFile, limit: int) -> NDArray[np.float32]:
    """Return up to ``limit`` samples, the mean of all channels that hold sound."""
    energy, sums, count = np.zeros(file.channels), [np.zeros(0, np.float32)], 0
    step = max(1, _BLOCK_VALUES // file.channels)
    if file.format == "MP3":
        # soundfile seeks after each read, which is heard in an MP3.
        step = max(1, min(limit, file.frames + 1))
    place = np.empty((step, file.channels), np.float32)
    while count < limit:
        try:
            block = file.read(out=place[: limit - count])
        except soundfile.SoundFileError:
            # The end of a truncated file; what came before it is as good as ever.
            break
        if not len(block):
            break
        energy += np.square(block, dtype=np.float64).sum(axis=0)
        sums.append(block.sum(axis=1))
        count += len(block)
    mono = np.concatenate(sums)
    if not np.isfinite(mono).all():
        raise _damaged(str(path))
    heard = int(np.count_nonzero(energy > _SILENT_CHANNEL * energy.max()))
    mono /= np.float32(max(1, heard))
    peak = float(np.abs(mono).max(initial=0.0))
    return mono / np.float32(peak) if peak > 1.0 else mono


def _damaged(what: str) -> VoiceError:
    return VoiceError(f"{what} is damaged: it holds values that are no sound.", _EXPORT_ADVICE)


def _unreadable(path: Path) -> VoiceError:
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        head = b""
    kind = next((kind for at, sign, kind in _FOREIGN if head[at:].startswith(sign)), None)
    if kind is None:
        return VoiceError(f"{path} is no recording that can be read.", _EXPORT_ADVICE)
    # Under another name: it may be called .wav as it is.
    target = path.with_name(f"{path.stem}-converted.wav")
    return VoiceError(
        f"{path} is {kind}, which can't be read here.",
        f"Convert it: {shlex.join(['ffmpeg', '-i', str(path), str(target)])}",
    )
