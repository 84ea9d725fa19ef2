"""What is here, hashed again, and removed without touching anything else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError, ModelError
from ishowtts_desktop.core.published import MODEL_REPOSITORY, repository_folder
from ishowtts_desktop.models.cancelled import Cancelled
from ishowtts_desktop.models.events import Verifying
from ishowtts_desktop.models.removal import remove
from ishowtts_desktop.models.verification import FileCheck, verify
from ishowtts_desktop.speech.f5.search import find_files
from tests.support.hub import COMMIT, SMALL_CATALOGUE, V0, V1, VOCOS, WEIGHTS, etag, made_up

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.models.cache import Cache
    from ishowtts_desktop.models.events import Event
    from tests.models.conftest import Getting

V1_BYTES = V1.bytes


def checks(cache: Cache, events: list[Event] | None = None) -> tuple[FileCheck, ...]:
    told: list[Event] = [] if events is None else events
    return verify(V1, SMALL_CATALOGUE, cache, told.append, CancelToken())


def everything(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir()}


def test_an_empty_machine_has_nothing(cache: Cache) -> None:
    assert [cache.state(model, SMALL_CATALOGUE).state for model in SMALL_CATALOGUE] == [
        "absent"
    ] * 3
    assert cache.free_bytes() > 0
    assert [check.found for check in checks(cache)] == [""] * 4


def test_a_model_is_complete_with_its_vocoder_only(getting: Getting, cache: Cache) -> None:
    folder = getting.get(V1)
    state = cache.state(V1, SMALL_CATALOGUE)
    assert (state.state, state.bytes_here, state.folder) == ("complete", V1_BYTES, folder)
    assert cache.state(VOCOS, SMALL_CATALOGUE).state == "complete"
    assert cache.state(V0, SMALL_CATALOGUE).state == "absent"
    remove(VOCOS, cache)
    state = cache.state(V1, SMALL_CATALOGUE)
    assert (state.state, state.bytes_here, state.folder) == ("partial", V1_BYTES, None)


def test_a_rest_of_a_download_counts_and_is_found_nowhere(cache: Cache) -> None:
    blob = cache.blob(MODEL_REPOSITORY, V1.files[1].sha256)
    blob.parent.mkdir(parents=True)
    # Ours and what huggingface-hub 2 leaves behind when it is killed.
    blob.with_name(f"{blob.name}.incomplete").write_bytes(b"12345")
    blob.with_name(f"{blob.name}.0a1b2c3d.incomplete").write_bytes(b"123")
    state = cache.state(V1, SMALL_CATALOGUE)
    assert (state.state, state.bytes_here) == ("partial", 8)
    with pytest.raises(EngineError):
        find_files(None, {"HF_HUB_CACHE": str(cache.folder)})
    assert remove(V1, cache) == 8
    assert cache.state(V1, SMALL_CATALOGUE).state == "absent"


def test_good_files_verify_and_a_flipped_bit_doesnt(getting: Getting, cache: Cache) -> None:
    getting.get(V1)
    events: list[Event] = []
    good = checks(cache, events)
    assert all(check.ok and check.found == check.expected for check in good)
    assert [check.path for check in good][-1] == WEIGHTS
    assert good[2].expected == etag("vocab.txt", made_up(V1.files[0].path))
    assert events[-1] == Verifying(V1_BYTES + VOCOS.bytes, V1_BYTES + VOCOS.bytes)
    damaged = bytearray(made_up(WEIGHTS))
    damaged[1_000_000] ^= 4
    cache.blob(MODEL_REPOSITORY, V1.files[1].sha256).write_bytes(damaged)
    assert [check.ok for check in checks(cache)] == [True, True, True, False]
    # AND removing it lets it be downloaded again
    remove(V1, cache)
    getting.get(V1)
    assert all(check.ok for check in checks(cache))


def test_hashing_stops_when_told(getting: Getting, cache: Cache) -> None:
    getting.get(V1)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        verify(V1, SMALL_CATALOGUE, cache, lambda _: None, cancel)


def test_removing_frees_a_model_and_nothing_else(getting: Getting, cache: Cache) -> None:
    getting.get(V1)
    getting.get(V0)
    # GIVEN somebody else's files, in the same repository, and in another
    repository = repository_folder(cache.folder, MODEL_REPOSITORY)
    strangers = [
        repository / "snapshots" / COMMIT / "E2TTS_Base" / "model_1200000.safetensors",
        repository / "blobs" / ("e" * 64 + ".incomplete"),
        cache.folder / "models--other--thing" / "blobs" / V1.files[1].sha256,
    ]
    for stranger in strangers:
        stranger.parent.mkdir(parents=True, exist_ok=True)
        stranger.write_bytes(b"keep")
    before = everything(cache.folder)
    freed = remove(V1, cache)
    gone = before - everything(cache.folder)
    # THEN the vocabulary's blob stays: the other model's is the same file
    assert freed == len(made_up(WEIGHTS))
    assert {name.rpartition("/")[2] for name in gone} == {
        "model_1250000.safetensors",
        "vocab.txt",
        V1.files[1].sha256,
    }
    assert len(gone) == 3
    assert all(stranger.read_bytes() == b"keep" for stranger in strangers)
    assert cache.state(V0, SMALL_CATALOGUE).state == "complete"
    assert remove(V1, cache) == 0


def test_a_blob_that_another_name_points_to_stays(getting: Getting, cache: Cache) -> None:
    # GIVEN two models with the same vocabulary, which the cache keeps once
    getting.get(V1)
    getting.get(V0)
    remove(V0, cache)
    assert all(check.ok for check in checks(cache))


def test_a_link_out_of_the_cache_is_removed_and_not_followed(
    getting: Getting, cache: Cache, tmp_path: Path
) -> None:
    folder = getting.get(V1)
    precious = tmp_path / "precious.safetensors"
    precious.write_bytes(b"mine")
    weights = folder / "model_1250000.safetensors"
    weights.unlink()
    weights.symlink_to(precious)
    remove(V1, cache)
    assert not weights.is_symlink()
    assert precious.read_bytes() == b"mine"


def test_nobody_removes_what_is_being_downloaded(cache: Cache) -> None:
    blob = cache.blob(MODEL_REPOSITORY, V1.files[1].sha256 + ".incomplete")
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"half")
    lock = cache.lock(MODEL_REPOSITORY, V1.files[1].sha256)
    lock.parent.mkdir(parents=True)
    refused = []

    def try_to() -> None:
        with pytest.raises(ModelError, match="downloading"):
            remove(V1, cache)
        refused.append(True)

    with FileLock(lock):
        thread = threading.Thread(target=try_to)
        thread.start()
        thread.join()
    assert refused
    assert blob.exists()


def test_a_file_that_was_cut_off_is_not_taken_for_whole_and_is_fetched_anew(
    getting: Getting, cache: Cache
) -> None:
    getting.get(V1)
    (blob,) = {name.resolve() for name in cache.links(V1.files[-1])}
    blob.write_bytes(blob.read_bytes()[:1000])
    assert cache.state(V1, SMALL_CATALOGUE).state == "partial"
    getting.get(V1)
    assert cache.state(V1, SMALL_CATALOGUE).state == "complete"
    assert all(check.ok for check in checks(cache))


def test_what_lost_its_name_is_still_counted_named_again_and_removed(
    getting: Getting, cache: Cache
) -> None:
    weights = V1.files[-1]
    for _ in range(2):
        getting.get(V1)
        # WHEN the power goes between a blob and its name
        cache.links(weights)[0].unlink()
        assert cache.state(V1, SMALL_CATALOGUE).bytes_here == V1.bytes
    assert remove(V1, cache) == V1.bytes
    assert not cache.blob(weights.repository, weights.sha256).exists()
