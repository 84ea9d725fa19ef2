"""What another process says of models: understood where it is what was agreed on, else left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.published import CATALOGUE
from ishowtts_desktop.desktop.model_manager.catalogue import TEXTS
from ishowtts_desktop.desktop.model_manager.events import (
    LONGEST_LINE,
    Checking,
    Done,
    Failed,
    Lines,
    Progress,
    Verifying,
    read_event,
    read_listing,
    read_verdict,
)
from ishowtts_desktop.desktop.model_manager.state import Job, Stage
from ishowtts_desktop.desktop.model_manager.words import (
    damage_trouble,
    job_words,
    progress_sentence,
    time_words,
)
from tests.support.models import entry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

LINE = st.binary(max_size=30).map(lambda part: part.replace(b"\n", b""))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ({"event": "checking"}, Checking(event="checking")),
        (
            {"event": "progress", "file": "a", "bytes": 3, "total": 9, "bytes_per_second": 1.5},
            Progress(event="progress", file="a", bytes=3, total=9, bytes_per_second=1.5),
        ),
        (
            {"event": "verifying", "bytes": 3, "total": 9},
            Verifying(event="verifying", bytes=3, total=9),
        ),
        ({"event": "done", "folder": "/a", "new": 1}, Done(event="done", folder="/a")),
        ({"event": "failed", "message": "No."}, Failed(event="failed", message="No.")),
    ],
)
def test_what_was_agreed_on_is_understood(line: dict[str, Any], event: object) -> None:
    assert read_event(json.dumps(line).encode()) == event


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"{}",
        b'{"event": "progress"}',
        b'{"event": "progress", "bytes": -1, "total": 9}',
        b'{"event": "progress", "bytes": 1, "total": 9, "bytes_per_second": NaN}',
        b'{"event": "progress", "bytes": 1, "total": 9, "seconds_left": 1e999}',
        b'{"event": "progress", "bytes": 1' + b"0" * 5000 + b', "total": 9}',
        b'{"event": "done", "folder": ""}',
        b'{"event": "done", "folder": "\\ud800"}',
        b'{"event": "exploded"}',
        b'{"event": "checking"',
        b"Traceback (most recent call last):",
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_what_was_not_is_left_out(line: bytes) -> None:
    assert read_event(line) is None


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_anything_at_all_is_read_or_left_out(data: bytes) -> None:
    for read in (read_event, read_listing, read_verdict):
        read(data)  # type: ignore[operator]


@given(st.lists(LINE, min_size=1), st.data())
def test_lines_are_the_same_however_they_arrive(lines: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(line + b"\n" for line in lines) + b"half"
    cutter, found = Lines(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        found += list(cutter.feed(stream[:size]))
        stream = stream[size:]
    assert found == lines


def test_a_line_without_end_is_left_out_and_not_kept() -> None:
    lines = Lines()
    for _ in range(40):
        assert list(lines.feed(b"x" * (LONGEST_LINE // 8))) == []
        assert len(lines._rest) <= LONGEST_LINE
    assert list(lines.feed(b"x\nnext\n" + b"y" * (LONGEST_LINE + 1) + b"\nlast\n")) == [
        b"next",
        b"last",
    ]


def test_a_list_with_a_model_that_looks_like_an_option_is_refused() -> None:
    def listing(model: str) -> bytes:
        return json.dumps({"models": [entry(model)], "cache": "/c"}).encode()

    for model in ("--accept-licence", "../up", "a b", "", "a\n", "ü"):
        assert read_listing(listing(model)) is None, model
    known = read_listing(listing("v1-base"))
    assert known is not None
    assert (known.models[0].id, known.free_bytes) == ("v1-base", None)


def test_a_part_of_other_models_does_not_speak() -> None:
    parts = {model.id for model in CATALOGUE if not _entry(model.id).speaks}
    assert parts == {"vocos"}


def _entry(model: str) -> Any:
    listing = read_listing(json.dumps({"models": [entry(model)]}).encode())
    assert listing is not None
    return listing.models[0]


def test_everything_that_the_catalogue_says_can_be_translated() -> None:
    said = {model.description for model in CATALOGUE} | {model.licence.text for model in CATALOGUE}
    assert said == set(TEXTS)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "5 s left"),
        (31, "35 s left"),
        (61, "2 min left"),
        (5900, "99 min left"),
        (5990, "2 h left"),
        (1e9, "days left"),
    ],
)
def test_time_is_told_no_finer_than_it_is_known(
    qapp: QApplication, seconds: float, words: str
) -> None:
    assert time_words(seconds) == words


def test_progress_is_told_in_words(qapp: QApplication) -> None:
    job = Job(Stage.FETCHING, 512_000_000, 1_350_000_000, 12_300_000, 68.1)
    assert job_words(job) == "512 MB of 1.35 GB · 12.3 MB/s · 2 min left"
    assert progress_sentence("v1", job) == "Downloading v1: 37 %"
    assert progress_sentence("v1", Job(Stage.CHECKING)) == "Downloading v1"
    assert progress_sentence("v1", None) == ""
    assert job_words(Job(Stage.FETCHING, 5000)) == "5 kB"
    assert Job(Stage.FETCHING, 9, 3).share == 1.0


def test_a_damaged_vocoder_is_what_has_to_be_removed() -> None:
    assert "Remove it" in damage_trouble(["F5TTS_v1_Base/vocab.txt"]).advice
    assert "Remove Vocos" in damage_trouble(["pytorch_model.bin"]).advice
