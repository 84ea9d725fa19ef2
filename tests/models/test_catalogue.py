"""What is said of the published models."""

from __future__ import annotations

import re

import pytest

from ishowtts_desktop.core.published import (
    CATALOGUE,
    FOLDERS,
    MODEL_REPOSITORY,
    VOCOS_REPOSITORY,
    PublishedModel,
    hub_folder,
    repository_folder,
    snapshots,
)
from ishowtts_desktop.speech.f5.search import find_files
from tests.support.hub import COMMIT


def test_every_model_has_an_id_of_its_own_and_companions_that_exist() -> None:
    ids = [model.id for model in CATALOGUE]
    assert len(set(ids)) == len(ids)
    assert {other for model in CATALOGUE for other in model.companions} <= set(ids)


@pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model.id)
def test_large_files_have_a_known_checksum_and_come_last(model: PublishedModel) -> None:
    for file in model.files:
        large = file.bytes > 1_000_000
        assert bool(re.fullmatch("[0-9a-f]{64}", file.sha256)) is large
        assert not file.path.startswith("/")
        assert ".." not in file.path
    assert model.files[-1].sha256
    # AND whose licence forbids something asks first
    assert model.licence.asks is ("NC" in model.licence.id)


@pytest.mark.parametrize("model", CATALOGUE[:2], ids=lambda model: model.id)
def test_the_engine_looks_for_these_very_files(
    model: PublishedModel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hub = tmp_path_factory.mktemp("hub")
    for part in (model, CATALOGUE[2]):
        for file in part.files:
            place = repository_folder(hub, file.repository) / "snapshots" / COMMIT / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(b"")
    files = find_files(None, {"HF_HUB_CACHE": str(hub)})
    assert files.model.parts[-2:] == tuple(model.files[-1].path.split("/"))
    assert files.vocabulary.parent.name in FOLDERS
    assert files.vocos.name == "pytorch_model.bin"
    assert snapshots(hub, MODEL_REPOSITORY) + snapshots(hub, VOCOS_REPOSITORY)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}, "/a"),
        ({"HUGGINGFACE_HUB_CACHE": "/c"}, "/c"),
        ({"HF_HOME": "/b", "XDG_CACHE_HOME": "/d"}, "/b/hub"),
        ({"HF_HUB_CACHE": "", "XDG_CACHE_HOME": "/d"}, "/d/huggingface/hub"),
    ],
)
def test_the_cache_is_where_the_library_has_it(environment: dict[str, str], expected: str) -> None:
    assert str(hub_folder(environment)) == expected
