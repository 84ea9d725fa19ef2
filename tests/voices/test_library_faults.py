"""Broken voices and disks that refuse: told, and the other voices stay usable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.library import VoiceLibrary
from tests.support.voices import contents, take

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def library(tmp_path: Path) -> VoiceLibrary:
    library = VoiceLibrary(tmp_path / "voices")
    for number, name in enumerate(("good", "bad")):
        library.add(*take(number, name))
    return library


def spoil(folder: Path, how: str) -> None:
    text, sound = folder / "voice.toml", folder / "reference.wav"
    if how == "no text":
        text.unlink()
    elif how == "no recording":
        sound.unlink()
    elif how == "nothing":
        text.unlink()
        sound.unlink()
    elif how == "broken text":
        text.write_bytes(b"name = \xff")
    elif how == "a folder for a text":
        text.unlink()
        text.mkdir()
    elif how == "a pipe for a text":
        text.unlink()
        os.mkfifo(text)
    elif how == "a huge text":
        with text.open("wb") as file:
            file.truncate(1 << 40)
    elif how == "a device for a recording":
        sound.unlink()
        sound.symlink_to("/dev/zero")
    else:
        text.unlink()
        text.symlink_to("voice.toml")


@pytest.mark.parametrize(
    "how",
    [
        "no text",
        "no recording",
        "nothing",
        "broken text",
        "a folder for a text",
        "a pipe for a text",
        "a huge text",
        "a device for a recording",
        "a link to itself",
    ],
)
def test_a_broken_voice_is_told_and_the_others_stay(library: VoiceLibrary, how: str) -> None:
    spoil(library.folder / "bad", how)
    before = sorted(library.folder.rglob("*"))

    again = VoiceLibrary(library.folder)
    (problem,) = again.open()

    assert problem.id == "bad"
    assert "bad" in problem.message
    assert problem.advice
    assert [voice.id for voice in again.voices()] == ["good"]
    assert again.problems == (problem,)
    assert sorted(library.folder.rglob("*")) == before
    # It can be taken away, and back, as it is.
    token = again.remove("bad")
    assert again.open() == ()
    assert again.removed()[0].name
    if how in ("no recording", "a device for a recording"):
        again.restore(token)
        # and healed
        again.update(again.get("bad"), take(1)[1])
        assert contents(again) == {"good": ["good", 0], "bad": ["bad", 1]}
    else:
        with pytest.raises(VoiceError):
            again.restore(token)
        assert again.open() == (problem,)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"no sound at all", b"RIFF\0\0\0\0WAVEfmt "])
def test_a_broken_recording_is_a_typed_error(library: VoiceLibrary, data: bytes) -> None:
    (library.folder / "bad" / "reference.wav").write_bytes(data)
    for verb in (library.recording, library.both, library.duplicate):
        with pytest.raises(VoiceError):
            verb("bad")
    library.rename("bad", "still")
    library.update(*take(3, "healed", "bad"))
    assert contents(library) == {"good": ["good", 0], "bad": ["healed", 3]}


def test_what_is_no_voice_is_told_or_left_alone(library: VoiceLibrary) -> None:
    (library.folder / "My Voice").mkdir()
    (library.folder / "..name").mkdir()
    (library.folder / ".DS_Store").write_bytes(b"")
    (library.folder / "desktop.ini").write_bytes(b"")
    (library.folder / "circle").symlink_to("circle")
    (library.folder / "\udcff").mkdir()  # a name that is no text

    problems = library.open()

    assert [voice.id for voice in library.voices()] == ["bad", "good"]
    assert sorted(ascii(problem.id) for problem in problems) == ["'?'", "'My Voice'"]
    assert any("my-voice" in problem.advice for problem in problems)
    for problem in problems:
        problem.message.encode()
    assert (library.folder / ".DS_Store").exists()
    assert (library.folder / "..name").exists()


@SAME_FOLDER
@given(text=st.binary(max_size=60), sound=st.binary(max_size=60))
def test_no_bytes_on_the_disk_make_the_library_fail(
    tmp_path: Path, text: bytes, sound: bytes
) -> None:
    folder = tmp_path / "voices" / "bad"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "voice.toml").write_bytes(text)
    (folder / "reference.wav").write_bytes(sound)
    library = VoiceLibrary(tmp_path / "voices")

    listed, problems = library.voices(), library.open()

    assert len(listed) + len(problems) == 1
    with pytest.raises(VoiceError):
        library.recording("bad")
    assert (folder / "voice.toml").read_bytes() == text


def test_a_file_where_the_library_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "voices").write_bytes(b"mine")
    for folder in (tmp_path / "voices", tmp_path / "voices" / "below"):
        library = VoiceLibrary(folder)
        library.open()
        assert library.voices() == ()
        assert library.removed() == ()
        for verb in (
            lambda known=library: known.add(*take(1)),
            lambda known=library: known.get("x"),
            lambda known=library: known.remove("x"),
            lambda known=library: known.restore("x"),
        ):
            with pytest.raises(VoiceError) as caught:
                verb()
            assert caught.value.advice
    assert VoiceLibrary(tmp_path / "voices").open() != ()
    assert (tmp_path / "voices").read_bytes() == b"mine"


WITHOUT_PRIVILEGE = """
import ctypes
# capset(2), version 3, of nothing: then rights count for root as well.
header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
assert ctypes.CDLL(None).capset(header, nothing) == 0
"""


def as_ordinary_user(folder: Path, script: str) -> str:
    """Run a script that may do to ``folder`` what its rights allow, and return what it prints."""
    imports = (
        "from pathlib import Path\n"
        "from ishowtts_desktop.core.errors import VoiceError\n"
        "from ishowtts_desktop.voices.library import VoiceLibrary\n"
        "from tests.support.voices import contents, take\n"
    )
    known = f"library = VoiceLibrary(Path({str(folder)!r}))\n"
    done = subprocess.run(
        [sys.executable, "-B", "-c", WITHOUT_PRIVILEGE + imports + known + script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def read_only(library: VoiceLibrary) -> Iterator[VoiceLibrary]:
    (library.folder / "worse").mkdir()
    every = [library.folder, *library.folder.rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield library
    for path in every:
        path.chmod(0o755)


def test_a_library_that_may_only_be_read_can_be_read(read_only: VoiceLibrary) -> None:
    out = as_ordinary_user(
        read_only.folder,
        """
problem, empty = library.open()
print(problem.message, problem.advice)
print([library.get(voice.id).text for voice in library.voices()])
for change in (
    lambda: library.add(*take(3)),
    lambda: library.update(*take(3, voice_id="good")),
    lambda: library.remove("good"),
    lambda: library.rename("good", "x"),
    lambda: library.duplicate("good"),
):
    try:
        change()
    except VoiceError as error:
        print(error.message)
""",
    ).splitlines()

    assert "Permission denied" in out[0]
    assert "right to read and write" in out[0]
    assert out[1] == "['take 1', 'take 0']"
    assert len(out) == 7


def test_a_voice_that_may_not_be_read_is_told_and_the_others_stay(
    read_only: VoiceLibrary,
) -> None:
    (read_only.folder / "bad" / "voice.toml").chmod(0)
    (read_only.folder / "worse").chmod(0)
    out = as_ordinary_user(
        read_only.folder,
        """
print([voice.id for voice in library.voices()])
for problem in library.problems:
    print(problem.id, problem.message)
""",
    ).splitlines()

    assert out[0] == "['good']"
    assert [line.split()[0] for line in out[1:]] == ["bad", "worse"]
    assert "Permission denied" in out[1]


def test_a_full_disk_leaves_the_old_voices_and_no_rubbish(library: VoiceLibrary) -> None:
    before = sorted(library.folder.rglob("*"))
    out = as_ordinary_user(
        library.folder,
        """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (50, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
for change in (
    lambda: library.add(*take(3)),
    lambda: library.update(*take(3, voice_id="good")),
    lambda: library.rename("good", "another"),
    lambda: library.duplicate("good"),
):
    try:
        change()
    except VoiceError as error:
        print(error)
""",
    )

    assert out.count("Make room on the disk") == 4
    assert sorted(library.folder.rglob("*")) == before
    assert contents(library) == {"good": ["good", 0], "bad": ["bad", 1]}
