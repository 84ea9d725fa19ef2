"""Downloading from a stand-in of the hub: whole, resumed, cancelled, refused."""

from __future__ import annotations

import shutil
from collections import namedtuple
from itertools import pairwise
from typing import TYPE_CHECKING

import huggingface_hub
import pytest
from filelock import FileLock

from ishowtts_desktop.core.errors import EngineError, ModelError
from ishowtts_desktop.models.cancelled import Cancelled
from ishowtts_desktop.models.events import Checking, Fetching, Verifying
from ishowtts_desktop.models.hub import PIECE
from ishowtts_desktop.speech.f5.search import find_files
from tests.support.hub import V0, V1, VOCOS, WEIGHTS, made_up

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.models.cache import Cache
    from ishowtts_desktop.models.events import Event
    from tests.models.conftest import Getting
    from tests.support.hub import FakeHub

WEIGHT_BYTES = len(made_up(WEIGHTS))


def test_a_downloaded_model_is_where_the_engine_and_the_library_look(
    getting: Getting, cache: Cache
) -> None:
    folder = getting.get(V1)
    files = find_files(None, getting.environment)
    assert files.model == folder / "model_1250000.safetensors"
    assert files.vocabulary == folder / "vocab.txt"
    for file in (*V1.files, *VOCOS.files):
        kept = huggingface_hub.try_to_load_from_cache(
            file.repository, file.path, cache_dir=cache.folder
        )
        assert isinstance(kept, str)
        with open(kept, "rb") as found:  # noqa: PTH123 - the library's own string
            assert found.read() == made_up(file.path)
    # AND the library itself needs no network to have it
    again = huggingface_hub.hf_hub_download(
        V1.files[1].repository, WEIGHTS, cache_dir=cache.folder, local_files_only=True
    )
    assert again == str(files.model)


def test_the_vocoder_comes_along_once_and_nothing_is_fetched_twice(
    getting: Getting, hub: FakeHub
) -> None:
    getting.get(V1)
    before = hub.body_bytes()
    getting.get(V1)
    assert hub.body_bytes() == before
    getting.get(V0)
    assert hub.body_bytes("pytorch_model.bin") == len(made_up("pytorch_model.bin"))


def test_progress_grows_to_the_total_and_then_the_checksum_is_made(getting: Getting) -> None:
    getting.get(V1)
    assert getting.events[0] == Checking()
    fetching = [event for event in getting.events if isinstance(event, Fetching)]
    assert all(a.done <= b.done and a.total == b.total for a, b in pairwise(fetching))
    assert fetching[-1].done == fetching[-1].total == V1.bytes + VOCOS.bytes
    assert [e.file for e in fetching][-1] == WEIGHTS
    assert getting.events[-1] == Verifying(WEIGHT_BYTES, WEIGHT_BYTES)


def test_a_connection_that_breaks_is_made_anew_from_where_it_broke(
    getting: Getting, hub: FakeHub
) -> None:
    hub.mischief.cuts = [90_000, 10, 400_000, 0, 0, 500_000]
    getting.get(V1)
    assert len(hub.begun) == 1 + 6
    assert hub.body_bytes(WEIGHTS) <= WEIGHT_BYTES + 3 * PIECE
    assert find_files(None, getting.environment).model.read_bytes() == made_up(WEIGHTS)


def test_a_broken_download_is_resumed_by_the_next_one(getting: Getting, hub: FakeHub) -> None:
    hub.mischief.cuts = [90_000, 700_000, 0, 0]
    with pytest.raises(ModelError, match="goes on from there"):
        getting.get(V1, tries=1)
    assert_nothing_to_find(getting)
    assert getting.cache.state(V1, ()).state == "partial"
    getting.get(V1)
    assert 700_000 - PIECE < hub.begun[-1][1] <= 700_000


def assert_nothing_to_find(getting: Getting) -> None:
    with pytest.raises(EngineError):
        find_files(None, getting.environment)


def test_what_was_cancelled_is_resumed(
    getting: Getting, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_in_the_middle(event: Event) -> None:
        if isinstance(event, Fetching) and event.file == WEIGHTS and event.done > 800_000:
            getting.cancel.cancel()

    monkeypatch.setattr(getting, "take", stop_in_the_middle)
    with pytest.raises(Cancelled):
        getting.get(V1)
    assert_nothing_to_find(getting)
    kept = getting.cache.partials(V1.files[1])[0].stat().st_size
    getting.cancel = type(getting.cancel)()
    monkeypatch.undo()
    getting.get(V1)
    # THEN not even a piece was written twice, whatever was on its way
    assert [at for path, at in hub.begun if path == WEIGHTS] == [0, kept]


def test_a_server_without_ranges_starts_over(getting: Getting, hub: FakeHub) -> None:
    hub.mischief.no_ranges = True
    hub.mischief.cuts = [90_000, 700_000]
    getting.get(V1)
    assert find_files(None, getting.environment).model.read_bytes() == made_up(WEIGHTS)


@pytest.mark.parametrize("size", [WEIGHT_BYTES, WEIGHT_BYTES + 5, 3])
def test_a_partial_file_of_something_else_ends_as_the_right_file(
    getting: Getting, cache: Cache, size: int
) -> None:
    partial = cache.blob(V1.files[1].repository, V1.files[1].sha256 + ".incomplete")
    partial.parent.mkdir(parents=True)
    partial.write_bytes(b"\0" * size)
    if size <= WEIGHT_BYTES:
        with pytest.raises(ModelError, match="damaged, and was deleted"):
            getting.get(V1)
        assert not partial.exists()
        assert_nothing_to_find(getting)
    getting.get(V1)
    assert find_files(None, getting.environment).model.read_bytes() == made_up(WEIGHTS)


def test_a_flipped_byte_never_gets_a_name(getting: Getting, hub: FakeHub) -> None:
    hub.mischief.flipped_byte = 77_777
    with pytest.raises(ModelError, match=r"pytorch_model.bin arrived damaged"):
        getting.get(V1)
    assert_nothing_to_find(getting)
    assert getting.cache.partials(VOCOS.files[1]) == []


def test_another_file_than_the_published_one_isnt_fetched(getting: Getting, hub: FakeHub) -> None:
    hub.files[V1.files[1].repository, WEIGHTS] = b"trust me"
    with pytest.raises(ModelError, match="another F5TTS_v1_Base/model"):
        getting.get(V1)
    assert hub.bodies == []


def test_a_small_disk_is_told_before_anything_is_fetched(
    getting: Getting, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, 1_600_000))
    with pytest.raises(ModelError, match=r"has 1\.6 MB free; 1\.79 MB are needed"):
        getting.get(V1, reserve=200_000)
    assert hub.bodies == []
    # AND what is here already needs no room
    cache = getting.cache
    partial = cache.blob(V1.files[1].repository, V1.files[1].sha256 + ".incomplete")
    partial.parent.mkdir(parents=True)
    partial.write_bytes(made_up(WEIGHTS)[:1_000_000])
    getting.get(V1, reserve=200_000)


def test_two_dont_download_the_same_file(getting: Getting, cache: Cache) -> None:
    lock = cache.lock(V1.files[1].repository, V1.files[1].sha256)
    lock.parent.mkdir(parents=True)
    with FileLock(lock), pytest.raises(ModelError, match="Another program is downloading"):
        getting.get(V1)
    getting.get(V1)


def test_a_blob_without_a_name_gets_one_without_a_byte(
    getting: Getting, hub: FakeHub, cache: Cache
) -> None:
    folder = getting.get(V1)
    shutil.rmtree(folder)
    before = hub.body_bytes(WEIGHTS)
    assert getting.get(V1) == folder
    assert hub.body_bytes(WEIGHTS) == before


def test_a_cache_without_links_keeps_the_file_itself(
    getting: Getting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: str) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(type(getting.cache.folder), "symlink_to", no_links)
    folder = getting.get(V1)
    assert not (folder / "vocab.txt").is_symlink()
    assert find_files(None, getting.environment).model.read_bytes() == made_up(WEIGHTS)
