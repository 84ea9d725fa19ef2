"""Ids of voices: readable, unique, and nothing that leads out of the library's folder."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.ids import LONGEST_ID, checked, is_id, made_from, unused

if TYPE_CHECKING:
    from pathlib import Path

DEVICES = ("CON", "prn", "Aux", "NUL", "COM1", "com9", "LPT3", "COM¹", "ＣＯＮ")
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
NASTY = st.sampled_from(
    [*DEVICES, "..", "/", "\\", "\0", ".", "-", "//srv/x", "C:", "é", "e\u0301", "ß", "İ", "ﬁ", "ſ"]
)
NAMES = st.text(max_size=100) | st.lists(NASTY | st.text(max_size=5), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("name", "voice_id"),
    [
        ("My voice", "my-voice"),
        ("小明", "小明"),
        ("さくら 2", "さくら-2"),
        ("Zoë & Jürgen!", "zoë-jürgen"),
        ("हिन्दी", "हिन्दी"),
        ("", "voice"),
        ("...", "voice"),
        ("👍🎉", "voice"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows", "c-windows"),
        ("\\\\server\\share", "server-share"),
        ("/absolute", "absolute"),
        ("a\0b", "a-b"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("trailing. . ", "trailing"),
        ("CON", "voice-con"),
        ("ＣＯＭ¹", "voice-com1"),
        ("nul.txt", "nul-txt"),
        ("console", "console"),
        ("draft", "voice-draft"),
        ("espeak-en", "voice-espeak-en"),
        ("Starter EN", "voice-starter-en"),
        ("\ud800", "voice"),
        ("\u3164\u200b\ufe0f", "voice"),
        ("x" * 300, "x" * LONGEST_ID),
        ("明" * 300, "明" * (LONGEST_ID // 3)),
        ("CAFÉ", "café"),
        ("cafe\u0301", "café"),
    ],
)
def test_the_id_of_a_name(name: str, voice_id: str) -> None:
    assert made_from(name) == voice_id
    assert checked(voice_id) == voice_id


@given(NAMES)
def test_the_id_of_any_name_is_one_plain_part_of_a_path_on_all_systems(name: str) -> None:
    voice_id = made_from(name)

    assert checked(voice_id) == voice_id
    assert 0 < len(voice_id.encode("utf-8")) <= LONGEST_ID
    for kind in (PurePosixPath, PureWindowsPath):
        assert kind(voice_id).parts == (voice_id,)
    assert voice_id not in RESERVED
    assert voice_id[0].isalnum()
    assert voice_id[-1] != "-"
    assert not set(voice_id) & set('./\\:*?"<>|\0 ')
    kinds = {unicodedata.category(letter) for letter in voice_id}
    assert not kinds & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"}


@given(NAMES)
def test_twins_by_case_or_by_composition_have_one_id(name: str) -> None:
    voice_id = made_from(name)
    for twin in (
        unicodedata.normalize("NFD", voice_id),
        unicodedata.normalize("NFC", voice_id.upper().lower()),
    ):
        assert made_from(twin) == voice_id
        # Only one of them is an id, so that no two of a library are the same to a file system.
        assert (twin == voice_id) == is_id(twin)


@given(NAMES, st.integers(1, 30))
def test_numbers_keep_ids_apart(name: str, count: int) -> None:
    taken: list[str] = []
    for _ in range(count):
        taken.append(checked(unused(made_from(name), taken)))
    assert len(set(taken)) == count


def test_an_id_of_full_length_makes_room_for_its_number() -> None:
    longest = made_from("明" * 50)
    assert unused(longest, [longest]) == "明" * 20 + "-2"


@pytest.mark.parametrize(
    "voice_id",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "/a",
        "\\\\srv\\x",
        "C:",
        "a\0",
        ".hidden",
        "-a",
        "a-",
        "a--b",
        "a.",
        "a ",
        "A",
        "con",
        "com1",
        "draft",
        "espeak-en",
        "espeak-en+f2",
        "starter-zh",
        "e\u0301",
        "x" * (LONGEST_ID + 1),
        "👍",
        "a\n",
        "\ud800",
        "x" * 1_000_000,
    ],
)
def test_what_is_no_id_of_ours_is_refused_in_a_short_sentence(voice_id: str) -> None:
    with pytest.raises(VoiceError) as caught:
        checked(voice_id)
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()
    assert caught.value.advice


@given(st.text(max_size=70) | NASTY)
def test_an_id_from_outside_is_one_that_we_would_make_or_is_refused(text: str) -> None:
    try:
        checked(text)
    except VoiceError:
        assert made_from(text) != text
    else:
        assert made_from(text) == text


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes elsewhere")
@given(name=st.text(max_size=100))
def test_the_file_system_takes_every_id(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.getbasetemp() / "ids"
    path = folder / f"1700000000000-{made_from(name)}.new"
    path.mkdir(parents=True, exist_ok=True)
    assert path.parent == folder
    path.rmdir()
