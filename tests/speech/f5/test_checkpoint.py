"""Checkpoints: found by their names, told by their shapes, and refused in one sentence."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from safetensors.torch import load_file, save_file

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import ARCHS, Arch
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint, Model, arch_of
from ishowtts_desktop.speech.f5.random_weights import MODEL_FILE, VOCOS_FILE, write_random
from ishowtts_desktop.speech.f5.tensor_files import SafetensorsFile, read_tensors
from ishowtts_desktop.speech.f5.weights import Source, load_dit
from tests.support.stock_text import vocabulary_file

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = ARCHS["tiny"]
EMA = "ema_model."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "tiny"
    write_random(TINY, folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A model's folder that a test may change; the files are links until it does."""
    copy = tmp_path / "model"
    copy.joinpath("vocos").mkdir(parents=True)
    for name in (MODEL_FILE, "vocab.txt", f"vocos/{VOCOS_FILE}"):
        copy.joinpath(name).symlink_to(made / name)
    return copy


def load(where: Path | None, environment: dict[str, str] | None = None) -> Model:
    return Checkpoint.find(where, environment or {"HF_HOME": "/nowhere"}).load()


def refusal(where: Path | None, environment: dict[str, str] | None = None) -> str:
    """The one sentence that says why ``where`` can't be loaded."""
    with pytest.raises(EngineError) as caught:
        load(where, environment)
    message = caught.value.message
    assert message.endswith(".")
    assert "\n" not in message
    assert caught.value.advice
    return message


def rewrite(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def published(made: Path) -> dict[str, torch.Tensor]:
    return load_file(made / MODEL_FILE)


def shapes(arch: Arch) -> dict[str, torch.Tensor]:
    """As many tensors of an architecture as tell it, without their numbers."""
    sizes: dict[str, tuple[int, ...]] = {
        "input_embed.proj.weight": (arch.dim, 200 + arch.text_dim),
        "text_embed.text_embed.weight": (arch.vocabulary + 1, arch.text_dim),
    }
    for number in range(arch.depth):
        block = f"transformer_blocks.{number}."
        sizes[block + "attn.to_q.weight"] = (arch.inner, arch.dim)
        sizes[block + "ff.ff.0.0.weight"] = (arch.dim * arch.ff_mult, arch.dim)
    for number in range(arch.text_layers):
        sizes[f"text_embed.text_blocks.{number}.dwconv.bias"] = (arch.text_dim,)
    return {
        f"{EMA}transformer.{name}": torch.empty(size, device="meta") for name, size in sizes.items()
    }


def test_a_folder_and_its_file_give_the_same_model(folder: Path) -> None:
    one, other = load(folder), load(folder / MODEL_FILE)
    assert one.arch == other.arch == TINY
    assert one.vocabulary.size == TINY.vocabulary
    for name, tensor in one.dit.state_dict().items():
        assert torch.equal(tensor, other.dit.state_dict()[name])
    assert one.dit.mel_out.weight.std() > 0


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        (
            "averaged",
            lambda t: {"ema_model_state_dict": {**t, "step": torch.tensor(3)}, "update": 9},
        ),
        ("raw", lambda t: {"model_state_dict": {k.removeprefix(EMA): v for k, v in t.items()}}),
        ("bare", lambda t: t),
        ("both", lambda t: {"model_state_dict": {}, "ema_model_state_dict": t, "step": 7}),
    ],
)
@pytest.mark.parametrize("zipped", [True, False])
def test_each_kind_of_training_checkpoint_gives_the_same_model(
    name: str,
    pack: Callable[[dict[str, torch.Tensor]], object],
    zipped: bool,
    made: Path,
    tmp_path: Path,
) -> None:
    def state(file: Path) -> dict[str, torch.Tensor]:
        return load_dit(TINY, Source(read_tensors(file), str(file)))[0].state_dict()

    file = tmp_path / f"model_{name}.pt"
    torch.save(pack(published(made)), file, _use_new_zipfile_serialization=zipped)
    expected, found = state(made / MODEL_FILE), state(file)
    assert all(torch.equal(found[name], expected[name]) for name in expected)


def test_half_precision_weights_become_float32(folder: Path, made: Path) -> None:
    folder.joinpath(MODEL_FILE).unlink()
    halved = {name: tensor.half() for name, tensor in published(made).items()}
    save_file(halved, folder / MODEL_FILE)
    assert load(folder).dit.mel_out.weight.dtype == torch.float32


def test_tensors_are_read_when_they_are_asked_for(made: Path) -> None:
    tensors = SafetensorsFile(made / MODEL_FILE)
    assert set(tensors) == set(published(made))
    assert len(tensors) == len(published(made))
    assert "nothing" not in tensors
    assert tensors.get("nothing") is None


@pytest.mark.parametrize("name", ["v1_base", "v1_small", "tiny"])
def test_shapes_tell_the_architecture(name: str, tmp_path: Path) -> None:
    assert arch_of(shapes(ARCHS[name]), tmp_path / "mine" / "model.pt") == ARCHS[name]


def test_a_fine_tune_has_its_own_vocabulary_and_an_unknown_shape_its_own_name(
    tmp_path: Path,
) -> None:
    tuned = dataclasses.replace(ARCHS["v1_base"], vocabulary=300)
    assert arch_of(shapes(tuned), tmp_path / "mine" / "model.pt") == tuned
    other = Arch("custom", dim=256, depth=5, heads=3, ff_mult=4, text_dim=96, text_layers=1)
    assert arch_of(shapes(other), tmp_path / "mine" / "model.pt") == other


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("F5TTS_Base/model_1200000.safetensors", "v0_base"),
        ("mine/my_v0_tune.pt", "v0_base"),
        ("mine/F5TTS_Base.pt", "v0_base"),
        ("F5TTS_v1_Base/model_1250000.safetensors", "v1_base"),
        ("mine/model.pt", "v1_base"),
        ("v0.9/mov0.pt", "v0_base"),
    ],
)
def test_a_name_tells_v0_from_v1(file: str, name: str, tmp_path: Path) -> None:
    assert arch_of(shapes(ARCHS["v1_base"]), tmp_path / file) == ARCHS[name]


def test_a_note_beside_the_file_counts_more_than_its_name(tmp_path: Path) -> None:
    model = tmp_path / "F5TTS_Base.pt"
    for version in ("v1", "v0"):
        told = json.dumps({"version": version})
        tmp_path.joinpath("arch.json").write_text(told, encoding="utf-8")
        assert arch_of(shapes(ARCHS["v1_base"]), model) == ARCHS[f"{version}_base"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": "v9"}', '{"version": []}', "\x00"]
)
def test_a_note_that_names_nothing_is_told(content: str, tmp_path: Path) -> None:
    tmp_path.joinpath("arch.json").write_text(content, encoding="utf-8")
    with pytest.raises(EngineError, match="and does not"):
        arch_of(shapes(TINY), tmp_path / "model.pt")


def test_a_model_for_another_vocoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="BigVGAN"):
        arch_of(shapes(TINY), tmp_path / "F5TTS_Base_bigvgan" / "model_1250000.pt")


def test_the_longest_trained_model_is_taken_and_the_last_before_it(folder: Path) -> None:
    for names in (["model_900", "model_10000"], ["model_last"]):
        for name in names:
            folder.joinpath(f"{name}.safetensors").symlink_to(folder / MODEL_FILE)
        assert Checkpoint.find(folder, {}).files.model.stem == names[-1]


@pytest.mark.parametrize("variable", ["HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"])
def test_the_hugging_face_cache_is_searched(variable: str, made: Path, tmp_path: Path) -> None:
    # GIVEN a cache as the stock package leaves it: links, and no vocab.txt
    below = {"HF_HUB_CACHE": ".", "HF_HOME": "hub", "XDG_CACHE_HOME": "huggingface/hub"}[variable]
    hub = tmp_path / below
    shot = hub / "models--SWivid--F5-TTS/snapshots/abc/F5TTS_v1_Base"
    voice = hub / "models--charactr--vocos-mel-24khz/snapshots/def"
    for path in (shot, voice):
        path.mkdir(parents=True)
    shot.joinpath("model_1250000.safetensors").symlink_to(made / MODEL_FILE)
    torch.save(load_file(made / "vocos" / VOCOS_FILE), voice / "pytorch_model.bin")
    # WHEN no path is given
    checkpoint = Checkpoint.find(None, {variable: str(tmp_path)})
    # THEN everything is found, the vocabulary in the stock package
    assert checkpoint.files.model.parent == shot
    assert checkpoint.files.vocabulary == vocabulary_file()
    assert checkpoint.load().arch == TINY
    # AND the download's folder given by hand gives the same
    assert Checkpoint.find(shot.parent, {variable: str(tmp_path)}) == checkpoint


def test_an_empty_cache_says_what_to_download(tmp_path: Path) -> None:
    message = refusal(None, {"HF_HOME": str(tmp_path)})
    assert "SWivid/F5-TTS" in message
    assert str(tmp_path) in message


@pytest.mark.parametrize("keep", [0, 1, 7, 8, 9, 100, 5_000, 20_000, 4_000_000, -1])
def test_a_part_of_a_safetensors_file_is_refused(keep: int, folder: Path, made: Path) -> None:
    whole = made.joinpath(MODEL_FILE).read_bytes()
    rewrite(folder / MODEL_FILE, whole[:keep])
    message = refusal(folder)
    assert str(folder / MODEL_FILE) in message
    if keep in (20_000, 4_000_000, -1):
        assert f"{len(whole):,} bytes and has {len(whole[:keep]):,}" in message


@pytest.mark.parametrize("keep", [0, 1, 1_000, 100_000, -1])
def test_a_part_of_a_pytorch_file_is_refused(keep: int, folder: Path, made: Path) -> None:
    folder.joinpath(MODEL_FILE).unlink()
    file = folder / "model_1.pt"
    torch.save({"ema_model_state_dict": published(made)}, file)
    file.write_bytes(file.read_bytes()[:keep])
    assert str(file) in refusal(folder)


@pytest.mark.parametrize("name", ["model_1.safetensors", "model_1.pt"])
@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "is empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS pointer"),
        (b"<!DOCTYPE html><html>404</html>", "and is not"),
        (bytes(range(256)) * 40, "and is not"),
        (b"\x02" + b"\0" * 7 + b"[]", ""),
    ],
)
def test_another_kind_of_file_is_refused(
    name: str, content: bytes, found: str, folder: Path
) -> None:
    folder.joinpath(MODEL_FILE).unlink()
    folder.joinpath(name).write_bytes(content)
    assert found in refusal(folder)


class Trap:
    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.mkdir, (str(Path.cwd() / "trapped"),)


def test_nothing_in_a_file_is_executed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rewrite(folder / MODEL_FILE, b"")
    for number, write in enumerate((torch.save, lambda o, f: f.write_bytes(pickle.dumps(o, 2)))):
        file = folder / f"model_{number}.pt"
        write({"model_state_dict": Trap()}, file)
        refusal(file)
    assert not tmp_path.joinpath("trapped").exists()


@pytest.mark.parametrize("content", [[1, 2], 3, torch.zeros(2), {"a": 1}, {}])
def test_a_pytorch_file_of_something_else_is_refused(content: object, folder: Path) -> None:
    torch.save(content, folder / "model_1.pt")
    assert re.search("dictionary of tensors|is missing", refusal(folder / "model_1.pt"))


def test_other_weights_are_told_by_what_is_missing(folder: Path, made: Path) -> None:
    # GIVEN the vocoder in the model's place, and the model in the vocoder's
    rewrite(folder / MODEL_FILE, made.joinpath("vocos", VOCOS_FILE).read_bytes())
    assert "input_embed.proj.weight is missing" in refusal(folder)
    folder.joinpath(MODEL_FILE).unlink()
    folder.joinpath(MODEL_FILE).symlink_to(made / MODEL_FILE)
    rewrite(folder / "vocos" / VOCOS_FILE, made.joinpath(MODEL_FILE).read_bytes())
    assert "not a Vocos checkpoint" in refusal(folder)


def test_a_vocabulary_of_another_model_is_refused(folder: Path) -> None:
    rewrite(folder / "vocab.txt", b" \na\nb\n")
    assert "2545 tokens" in refusal(folder)


def test_missing_parts_are_told_with_their_places(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    folder.joinpath("vocos", VOCOS_FILE).unlink()
    assert str(folder / "vocos") in refusal(folder)
    folder.joinpath("vocab.txt").unlink()
    assert "needs the vocab.txt" in refusal(folder)
    folder.joinpath(MODEL_FILE).unlink()
    assert "has vocos" in refusal(folder)


def test_folders_and_files_in_each_other_s_place_are_told(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "model_1.safetensors"
    empty.mkdir()
    assert "has nothing" in refusal(empty)
    assert "doesn't exist" in refusal(tmp_path / "nothing.pt")
    assert "ends in '.txt'" in refusal(folder / "vocab.txt")
    with pytest.raises(EngineError, match="is a folder"):
        read_tensors(empty)
    with pytest.raises(EngineError, match="can't be read"):
        read_tensors(tmp_path / "nothing.pt")
