"""The output that writes a WAV file instead of sounding."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import threading
from typing import TYPE_CHECKING

import soundfile

from ishowtts_desktop.audio.base import PlaybackOutput
from ishowtts_desktop.audio.output import OutputState
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.core.clock import Clock

BLOCK_SECONDS = 0.02
DRAIN_SECONDS = 0.5
LAG_SECONDS = 1.0
JOIN_SECONDS = 0.9


class FileOutput(PlaybackOutput):
    """Writes ``path`` as 16-bit mono WAV at ``rate`` Hz; the file appears there at `close`.

    Paced, it runs in real time like a device, silence included. Otherwise it takes what is written
    at once, and the file holds the speech alone.
    """

    def __init__(self, path: Path, clock: Clock, rate: int = 48_000, *, paced: bool = True) -> None:
        super().__init__(clock, rate)
        self._path = path
        # Beside it, to be renamed; not named after it: that name may be as long as names can be.
        self._draft = path.parent / f".ishowtts-{os.getpid()}-{secrets.token_hex(4)}.part"
        self._paced = paced
        self._rate = rate
        self._file: soundfile.SoundFile | None = None
        self._failure: AudioError | None = None
        self._closing = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(
            target=self._run_paced if paced else self._run_unpaced, name="audio-file", daemon=True
        )

    def open(self) -> None:
        """Create the file; raises `AudioError` when that can't be done."""
        try:
            with contextlib.suppress(FileNotFoundError):
                mode = self._path.stat().st_mode
                if stat.S_ISDIR(mode):
                    raise AudioError(f"{self._path} is a folder.", "Give the name of a file.")
                if not stat.S_ISREG(mode):
                    # Putting the finished file in its place would take a device or pipe away.
                    raise AudioError(f"{self._path} is not a file.", "Give the name of a file.")
            # soundfile's own message doesn't say why.
            self._draft.open("wb").close()
            self._file = soundfile.SoundFile(
                self._draft, "w", samplerate=self._rate, channels=1, format="WAV", subtype="PCM_16"
            )
        except (OSError, ValueError, soundfile.SoundFileError) as error:
            raise self._problem(error) from error
        self._tell(OutputState(ready=True, device=str(self._path)))
        self._thread.start()

    def write(self, tag: str, chunk: AudioChunk, cancel: CancelToken) -> None:
        """Append audio as `PlaybackOutput.write` does; raises `AudioError` once the file failed."""
        if self._failure is not None:
            raise self._failure
        super().write(tag, chunk, cancel)

    def close(self) -> None:
        """Complete the file and put it in its place; raises `AudioError` when that fails."""
        self._playback.close()
        self._closing.set()
        self._woken.set()
        if self._file is None:
            return
        # What was rendered last may still be on its way into the file.
        self._thread.join(JOIN_SECONDS)
        if self._thread.is_alive():
            raise AudioError(
                f"{self._path} can't be completed: the disk doesn't answer.",
                "Write to another disk.",
            )
        file, self._file = self._file, None
        try:
            file.close()
            if self._failure is None:
                self._draft.replace(self._path)
        except (OSError, soundfile.SoundFileError) as error:
            self._failure = self._problem(error)
        self._tell_end()
        if self._failure is not None:
            self._draft.unlink(missing_ok=True)
            raise self._failure

    def _fed(self) -> None:
        self._woken.set()

    def _run_paced(self) -> None:
        frames = int(self._rate * BLOCK_SECONDS)
        due = self._clock.now()
        while not self._closing.wait(max(0.0, due - self._clock.now())):
            if not self._save(self._playback.render(frames)):
                return
            # After a long sleep of the machine nothing is made up for.
            due = max(due + BLOCK_SECONDS, self._clock.now() - LAG_SECONDS)
        self._save(self._playback.render(frames))

    def _run_unpaced(self) -> None:
        while not self._closing.is_set():
            self._woken.wait()
            self._woken.clear()
            if not self._drain():
                return
        self._drain()

    def _drain(self) -> bool:
        frames = int(self._rate * DRAIN_SECONDS)
        while len(block := self._playback.drain(frames)):
            if not self._save(block):
                return False
        return True

    def _save(self, block: NDArray[np.float32]) -> bool:
        """Write a block; a failure ends the output, since what is lost can't be put back."""
        file = self._file
        if file is None:
            return False
        try:
            file.write(block)
        except (OSError, soundfile.SoundFileError) as error:
            self._failure = self._problem(error)
            self._playback.close()
            self._tell_end()
            return False
        return True

    def _tell_end(self) -> None:
        detail = str(self._failure or "")
        self._tell(OutputState(ready=False, device=str(self._path), detail=detail))

    def _problem(self, error: Exception) -> AudioError:
        why = error.strerror if isinstance(error, OSError) else str(error).strip(" .")
        return AudioError(
            f"{self._path} can't be written{f': {why}' if why else ''}.",
            "Choose another place, or make room on the disk.",
        )
