"""Random checkpoints: the published layout, numbers that stay sane through every layer."""

from __future__ import annotations

import dataclasses
import json
import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import torch
from safetensors.torch import load_file

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5 import random_weights
from ishowtts_desktop.speech.f5.arch import ARCHS
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint, Model, arch_of
from ishowtts_desktop.speech.f5.random_weights import NOTE, PREFIX, vocabulary, write_random
from ishowtts_desktop.speech.f5.sampler import Sampler
from ishowtts_desktop.speech.f5.schedule import modulation
from ishowtts_desktop.speech.f5.tensor_files import read_tensors
from ishowtts_desktop.speech.f5.tokens import Vocabulary, tokens
from tests.support.application import command_line
from tests.support.stock_f5 import stock_dit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.speech.f5.arch import Arch

TINY = ARCHS["tiny"]
# As many layers as the largest published model, narrow enough for a second.
DEEP = dataclasses.replace(TINY, name="deep", depth=22, text_layers=4)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Threads that wait for each other cost more than these small products."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("random") / "tiny"
    write_random(TINY, made, seed=3)
    return made


def model_of(arch: Arch, folder: Path) -> Model:
    write_random(arch, folder)
    return Checkpoint.find(folder, {}).load()


def test_it_has_the_published_tensors_and_no_others(folder: Path) -> None:
    # GIVEN the stock package's own list of what a model of this shape has
    expected = {name: tensor.shape for name, tensor in stock_dit(TINY).state_dict().items()}
    written = load_file(folder / random_weights.MODEL_FILE)
    found = {name.removeprefix(PREFIX): tensor.shape for name, tensor in written.items()}
    assert found == expected


def test_no_tensor_is_constant_and_all_are_finite(folder: Path) -> None:
    for path in (random_weights.MODEL_FILE, f"vocos/{random_weights.VOCOS_FILE}"):
        for name, tensor in load_file(folder / path).items():
            assert tensor.isfinite().all(), name
            assert tensor.std() > 0, name


def test_the_seed_decides(tmp_path: Path, folder: Path) -> None:
    same, other = tmp_path / "same", tmp_path / "other"
    write_random(TINY, same, seed=3)
    write_random(TINY, other, seed=4)
    for path in (random_weights.MODEL_FILE, f"vocos/{random_weights.VOCOS_FILE}"):
        assert same.joinpath(path).read_bytes() == folder.joinpath(path).read_bytes()
        assert other.joinpath(path).read_bytes() != folder.joinpath(path).read_bytes()


@pytest.mark.parametrize("arch", [TINY, DEEP])
def test_what_it_says_is_noise_of_a_moderate_volume(arch: Arch, tmp_path: Path) -> None:
    # GIVEN a random model
    model = model_of(arch, tmp_path / "model")
    generator = torch.Generator().manual_seed(0)
    # WHEN it says something behind half a second of silence
    sampler = Sampler(model.dit, model.text_encoder)
    reference = torch.full((47, 100), -8.0)
    spoken = torch.tensor(model.vocabulary.ids("Hello, ni hao. 你好。"))
    conditions = sampler.prepare(reference, spoken, 160)
    noise = torch.randn(160, 100, generator=generator)
    largest: list[float] = []
    step = model.dit.step

    def watched(*given: Any) -> torch.Tensor:
        hidden = step(*given)
        largest.append(float(hidden.abs().max()))
        return hidden

    model.dit.step = watched
    mel = sampler.sample(conditions, modulation(model.time_weights, 7), noise)
    assert mel is not None
    samples = model.vocos(mel[None, 47:])
    # THEN it is neither silence nor a crash at full volume
    assert mel.isfinite().all()
    # AND half precision holds every layer with room to spare
    assert len(largest) == 7 * arch.depth
    assert max(largest) < 200
    assert 0.1 < mel[47:].std() < 20
    assert samples.isfinite().all()
    assert 1e-4 < samples.square().mean().sqrt() < 0.3


def test_the_output_depends_on_every_block(tmp_path: Path) -> None:
    model = model_of(DEEP, tmp_path / "model")
    sampler = Sampler(model.dit, model.text_encoder)
    conditions = sampler.prepare(torch.zeros(10, 100), torch.tensor(model.vocabulary.ids("hi")), 64)
    tables = modulation(model.time_weights, 1)
    noise = torch.randn(64, 100, generator=torch.Generator().manual_seed(0))
    whole = sampler.sample(conditions, tables, noise)
    assert whole is not None
    for number in (0, 11, 21):
        weight = model.dit.blocks[number].ff_out.weight
        kept = weight.clone()
        weight.zero_()
        without = sampler.sample(conditions, tables, noise)
        weight.copy_(kept)
        assert without is not None
        assert (whole - without).abs().max() > 1e-2


def test_the_vocabulary_has_what_chat_is_made_of(folder: Path) -> None:
    read = Vocabulary.load(folder / "vocab.txt")
    assert read.size == TINY.vocabulary == len(vocabulary(TINY.vocabulary))
    said = tokens('Good game, 666! "你好"，大家好。')
    assert [token for token in said if token not in read.numbers] == []
    assert len(set(vocabulary(50))) == 50


def test_it_says_that_it_is_noise(tmp_path: Path, folder: Path) -> None:
    done = command_line("models", "make-random", "--arch", "tiny", "--out", str(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    assert NOTE in done.stdout
    assert "noise" in NOTE
    told = json.loads(folder.joinpath("arch.json").read_text(encoding="utf-8"))
    assert told == {"arch": "tiny", "version": "v1", "note": NOTE}
    # AND the command's folder is one that the engine takes
    model = Checkpoint.find(tmp_path / "new", {}).files.model
    assert arch_of(read_tensors(model), model) == TINY


def test_a_folder_with_files_is_left_alone(folder: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*"))
    with pytest.raises(EngineError, match="empty"):
        write_random(TINY, folder)
    assert sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*")) == before


def test_a_full_disk_is_seen_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000_000))
    with pytest.raises(EngineError, match=r"1\.4 GB free and has 0\.0"):
        write_random(ARCHS["v1_base"], tmp_path / "new")
    assert not list(tmp_path.joinpath("new").iterdir())


def test_a_place_that_cannot_be_a_folder_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("mine", encoding="utf-8")
    with pytest.raises(EngineError, match="can't be written"):
        write_random(TINY, tmp_path / "file")
    with pytest.raises(EngineError, match="can't be written"):
        write_random(TINY, tmp_path / "file" / "below")


@pytest.mark.parametrize(
    "arguments", [[], ["make-random"], ["make-random", "--arch", "huge", "--out", "x"]]
)
def test_bad_arguments_exit_with_2(arguments: list[str]) -> None:
    done = command_line("models", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
