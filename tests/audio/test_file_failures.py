"""What goes wrong with a WAV file is told, and lets everybody go."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ishowtts_desktop.audio.file import FileOutput
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import AudioError
from tests.support.signal import chirp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ishowtts_desktop.audio.output import OutputState

RATE = 48_000


def say(output: FileOutput, tag: str, samples: np.ndarray, rate: int = RATE) -> None:
    cancel = CancelToken()
    for at in range(0, len(samples), 3000):
        output.write(tag, AudioChunk(samples[at : at + 3000], rate), cancel)
    output.finish(tag)


def test_a_killed_run_leaves_nothing_at_the_final_name(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    path.write_bytes(b"the recording before")
    code = (
        "import os, pathlib, sys\n"
        "from ishowtts_desktop.audio.file import FileOutput\n"
        "from ishowtts_desktop.core.clock import SystemClock\n"
        "FileOutput(pathlib.Path(sys.argv[1]), SystemClock()).open()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], timeout=60, check=False)
    assert done.returncode == -9
    assert path.read_bytes() == b"the recording before"


@pytest.mark.parametrize("name", ["missing/out.wav", "folder", "x" * 300 + ".wav", "nul\0.wav"])
def test_a_file_that_cannot_be_is_a_typed_error_at_open(
    make: Callable[..., FileOutput], name: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    output = make(tmp_path / name)
    with pytest.raises(AudioError) as caught:
        output.open()
    assert caught.value.advice
    output.close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_a_pipe_is_refused_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(AudioError, match="is not a file"):
        FileOutput(pipe, SystemClock()).open()
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_name_as_long_as_names_can_be_is_fine(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    path = tmp_path / ("早" * 83 + ".wav")
    output = make(path, paced=False)
    output.open()
    output.close()
    assert not soundfile.info(path).frames


def test_a_folder_that_went_away_is_told_at_close(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    output = make(folder / "out.wav")
    output.open()
    shutil.rmtree(folder)
    with pytest.raises(AudioError, match="No such file"):
        output.close()
    assert "No such file" in output.state.detail


FULL_DISK = """
import pathlib, resource, sys
import numpy as np
from ishowtts_desktop.audio.file import FileOutput
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import AudioError

_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, most))
states = []
output = FileOutput(pathlib.Path(sys.argv[1]), SystemClock(), paced=False)
output.watch(states.append)
output.open()
output.write("a", AudioChunk(np.zeros(480_000, np.float32), 48_000), CancelToken())
print(output.wait("a", CancelToken()).complete)
for what in (lambda: output.write("b", AudioChunk(np.zeros(9, np.float32), 48_000), CancelToken()),
             output.close):
    try:
        what()
    except AudioError as error:
        print(error)
print([state.ready for state in states], bool(states[-1].detail))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
"""


def test_a_full_disk_is_told_and_lets_everybody_go(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "False", done.stderr
    assert "can't be written" in lines[1]
    assert "can't be written" in lines[2]
    assert lines[3] == "[True, False] True"
    assert not list(tmp_path.iterdir())
    assert done.stderr == ""


def test_audio_that_is_no_mono_sound_is_a_typed_error_and_the_output_lives(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    output, cancel = make(tmp_path / "out.wav", paced=False), CancelToken()
    output.open()
    with pytest.raises(AudioError, match="mono"):
        output.write("a", AudioChunk(np.zeros((5, 2), np.float32), RATE), cancel)
    with pytest.raises(AudioError, match="Hz"):
        output.write("a", AudioChunk(np.zeros(5, np.float32), 0), cancel)
    say(output, "a", chirp(0.01, RATE))
    assert output.wait("a", cancel).complete
    output.close()


def test_states_are_told_once_each_and_a_broken_listener_does_no_harm(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    states: list[OutputState] = []

    def broken(_state: OutputState) -> None:
        raise ValueError("the listener's own fault")

    output = make(tmp_path / "out.wav")
    output.watch(broken)
    output.watch(states.append)
    assert not output.ready
    output.open()
    assert output.ready
    output.close()
    output.close()
    assert [state.ready for state in states] == [True, False]
    assert not output.ready
