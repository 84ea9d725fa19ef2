"""What of ``[f5]`` becomes settings here, and what is told of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.voices.ishowtts import read_ishowtts
from ishowtts_desktop.voices.ishowtts_notes import Notes
from ishowtts_desktop.voices.ishowtts_settings import read_settings
from tests.voices.server_project import WHOLE, server_project

if TYPE_CHECKING:
    from pathlib import Path


def about(notes: tuple[str, ...], word: str) -> str:
    (note,) = [note for note in notes if word in note]
    return note


def test_a_checkpoint_that_is_a_link_keeps_its_name(tmp_path: Path) -> None:
    # GIVEN a checkpoint in the Hugging Face cache, where a file is a link to a blob without a name
    path = server_project(tmp_path)
    model = tmp_path / "checkpoints/model_900.safetensors"
    blob = model.rename(tmp_path / "670900fd")
    model.symlink_to(blob)
    assert read_ishowtts(path).settings["checkpoint"] == str(model)


@pytest.mark.parametrize(
    ("vocabulary", "taken"),
    [
        ("../checkpoints/vocab.txt", True),
        ("../vocab.txt", True),
        ("../checkpoints/words.txt", False),
        ("vocab.txt", False),
    ],
)
def test_a_vocabulary_is_taken_where_the_engine_finds_it(
    tmp_path: Path, vocabulary: str, taken: bool
) -> None:
    path = server_project(tmp_path, WHOLE.replace("../checkpoints/vocab.txt", vocabulary))
    path.parent.joinpath(vocabulary).write_text("a", encoding="utf-8")
    found = read_ishowtts(path)
    notes = found.taken if taken else found.left
    assert about(notes, "vocab_file")
    if not taken:
        assert str(tmp_path / "checkpoints/vocab.txt") in about(notes, "vocab_file")


@pytest.mark.parametrize(
    ("f5", "settings", "told"),
    [
        ({"default_nfe_step": 7}, {"nfe": 7}, "taken"),
        ({"default_nfe_step": 8}, {"nfe": 8}, "changed"),
        ({"default_nfe_step": 32}, {"nfe": 32}, "taken"),
        ({"default_nfe_step": 0}, {}, "left"),
        ({"default_nfe_step": "8"}, {}, "left"),
        ({"default_nfe_step": True}, {}, "left"),
        ({"default_nfe_step": 16**5000}, {}, "left"),
        ({"speed": 1}, {"speed": 1.0}, "taken"),
        ({"speed": float("nan")}, {}, "left"),
        ({"speed": 9.0}, {}, "left"),
        ({"cfg_strength": 1.5}, {"cfg_strength": 1.5}, "taken"),
        ({"sway_sampling_coef": -0.5}, {"sway": -0.5}, "taken"),
        ({"seed": -1}, {}, "left"),
        ({"device": "cuda:1"}, {"device": "cuda:1"}, "taken"),
        ({"device": "the big one"}, {}, "left"),
        ({"device": 0}, {}, "left"),
        ({"model": "F5TTS_v1_Base"}, {}, "taken"),
        ({"model": "E2TTS_Base"}, {}, "left"),
        ({"ckpt_file": "gone.pt"}, {}, "left"),
        ({"ckpt_file": "\0"}, {}, "left"),
        ({"ckpt_file": ["a"]}, {}, "left"),
        ({"hf_cache_dir": 1}, {}, "left"),
        ({"vocab_file": "v" * 5000}, {}, "left"),
        ({"ode_method": "midpoint"}, {}, "left"),
        ({"colour\n": "blue"}, {}, "left"),
    ],
)
def test_each_setting_is_taken_changed_or_left(
    tmp_path: Path, f5: dict[str, object], settings: dict[str, object], told: str
) -> None:
    notes = Notes()
    # The steps are given, so that nothing is told about those that aren't.
    given = {"default_nfe_step": 16, **f5}
    expected = settings if "default_nfe_step" in f5 else {"nfe": 16, **settings}
    assert read_settings(given, tmp_path, notes) == expected
    (key,) = f5
    for kind in ("taken", "changed", "left"):
        about_it = [note for note in getattr(notes, kind) if note.startswith(f"f5.{key.strip()}")]
        assert len(about_it) == (kind == told), kind
        assert all(note.isprintable() and len(note) < 6000 for note in about_it)


def test_a_vocabulary_without_its_checkpoint_is_left(tmp_path: Path) -> None:
    notes = Notes()
    tmp_path.joinpath("vocab.txt").write_text("a", encoding="utf-8")
    assert read_settings({"vocab_file": "vocab.txt"}, tmp_path, notes) == {}
    assert "none is named" in about(tuple(notes.left), "vocab_file")


def test_what_a_named_checkpoint_is_it_tells_itself(tmp_path: Path) -> None:
    notes = Notes()
    model = tmp_path / "model.pt"
    model.write_bytes(b"weights")
    f5 = {"model": "F5TTS_Base", "ckpt_file": str(model)}
    assert read_settings(f5, tmp_path, notes) == {"checkpoint": str(model)}
    assert "its checkpoint tells" in about(tuple(notes.left), "f5.model")


def test_without_steps_the_servers_own_are_mentioned(tmp_path: Path) -> None:
    notes = Notes()
    assert read_settings({}, tmp_path, notes) == {}
    assert "16 steps" in about(tuple(notes.changed), "default_nfe_step")
