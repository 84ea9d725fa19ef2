"""The stock package behind our protocol, with random weights: its numbers, and our manners."""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.config import SpeechConfig
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.engines import make_engine
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS, HOP, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.duration import stock_frames
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording, prepare
from ishowtts_desktop.speech.reference import ReferenceEngine, ReferenceOptions
from ishowtts_desktop.speech.stock_model import StockModel
from ishowtts_desktop.speech.stock_modules import load_stock, tainted
from tests.support.signal import chirp

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SHORT = "hello there, everybody"
LONG = "This is a long message for everybody, and it goes on and on. " * 4


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    return Checkpoint.find(folder)


def recording(voice: str, language: str) -> Recording:
    return Recording(chirp(2.0, 22_050), 22_050, "A tone that rises.")


def engine_of(checkpoint: Checkpoint, seed: int | None = 1) -> ReferenceEngine:
    engine = ReferenceEngine(checkpoint, recording, ReferenceOptions(nfe=5, seed=seed))
    engine.load()
    return engine


@pytest.fixture(scope="module")
def engine(checkpoint: Checkpoint) -> Iterator[ReferenceEngine]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield engine_of(checkpoint)
    torch.set_num_threads(threads)


def said(engine: ReferenceEngine, text: str, speed: float = 1.0) -> np.ndarray[Any, Any]:
    chunks = list(engine.synthesize(SpeechRequest(text, speed=speed), CancelToken()))
    assert all(chunk.rate == SAMPLE_RATE for chunk in chunks)
    return np.concatenate([np.zeros(0, np.float32), *(chunk.samples for chunk in chunks)])


def test_it_is_as_long_as_the_stock_formula_says(engine: ReferenceEngine) -> None:
    samples = said(engine, SHORT)
    reference = prepare(recording("", ""), MelSpectrogram())
    frames = stock_frames(reference.frames, reference.text, SHORT) - reference.frames
    assert samples.dtype == np.float32
    assert len(samples) == (frames - 1) * HOP
    assert np.isfinite(samples).all()
    assert 1e-4 < np.abs(samples).max() <= 1


def test_its_samples_are_those_of_the_package_itself(
    engine: ReferenceEngine, checkpoint: Checkpoint
) -> None:
    # GIVEN the published model, asked by hand
    model = StockModel.load(checkpoint, "cpu")
    reference = prepare(recording("", ""), MelSpectrogram())
    frames = stock_frames(reference.frames, reference.text, SHORT)
    mel = model.mel(reference.mel, reference.text + SHORT, frames, nfe=5, seed=1)
    by_hand = model.samples(mel[reference.frames :]).numpy() / reference.heard.lift
    # THEN the engine says the same, but for the rounding of its own mel of the reference
    away = np.linalg.norm(said(engine, SHORT) - by_hand.clip(-1, 1))
    assert away < 0.02 * np.linalg.norm(by_hand)


def test_a_seed_repeats_also_over_several_pieces(
    engine: ReferenceEngine, checkpoint: Checkpoint
) -> None:
    state = torch.random.get_rng_state()
    first = said(engine, LONG)
    # THEN the program's own generator is where it was
    assert torch.equal(torch.random.get_rng_state(), state)
    np.testing.assert_array_equal(first, said(engine, LONG))
    assert np.abs(first - said(engine_of(checkpoint, seed=2), LONG)).max() > 1e-3


def test_without_a_seed_the_noise_is_another_one_each_time(checkpoint: Checkpoint) -> None:
    engine = engine_of(checkpoint, seed=None)
    assert np.abs(said(engine, SHORT) - said(engine, SHORT)).max() > 1e-3


@pytest.mark.parametrize("other", [{"cfg_strength": 1.0}, {"sway": -0.5}, {"precision": "bf16"}])
def test_each_choice_is_heard(
    other: dict[str, Any], engine: ReferenceEngine, checkpoint: Checkpoint
) -> None:
    chosen = ReferenceEngine(checkpoint, recording, ReferenceOptions(nfe=5, seed=1, **other))
    chosen.load()
    model = chosen._model
    assert model is not None
    assert model.dtype is (torch.bfloat16 if "precision" in other else torch.float32)
    usual, found = said(engine, SHORT), said(chosen, SHORT)
    assert len(found) == len(usual)
    assert np.abs(found - usual).max() > 1e-3


def test_the_configuration_reaches_the_package(checkpoint: Checkpoint) -> None:
    speech = SpeechConfig(
        engine="f5-reference",
        checkpoint=str(checkpoint.files.model.parent),
        nfe=9,
        cfg_strength=1.5,
        sway=-0.25,
        seed=4,
        device="cpu",
        precision="bf16",
    )
    made = make_engine(speech)
    assert isinstance(made, ReferenceEngine)
    assert made._options == ReferenceOptions(
        nfe=9, cfg_strength=1.5, sway=-0.25, seed=4, device="cpu", precision="bf16"
    )


def test_a_stereo_recording_is_heard_as_its_mean(
    engine: ReferenceEngine, checkpoint: Checkpoint
) -> None:
    mono = recording("", "")
    # GIVEN two channels that have little in common with the recording, but for their mean
    noise = np.random.default_rng(1).normal(0, 0.3, len(mono.samples)).astype(np.float32)
    apart = np.stack((mono.samples + noise, mono.samples - noise), axis=1)
    options = ReferenceOptions(nfe=5, seed=1)
    wide = Recording(apart, mono.rate, mono.text)
    stereo = ReferenceEngine(checkpoint, lambda *_: wide, options)
    stereo.load()
    away = np.linalg.norm(said(stereo, SHORT) - said(engine, SHORT))
    assert away < 0.02 * np.linalg.norm(said(engine, SHORT))


def test_pieces_are_made_one_after_another_each_in_its_steps(engine: ReferenceEngine) -> None:
    seen: list[tuple[int, int]] = []

    def keep(module: object, given: object, named: dict[str, torch.Tensor]) -> None:
        seen.append((threading.get_ident(), named["x"].shape[1]))

    model = engine._model
    assert model is not None
    with model.cfm.transformer.register_forward_pre_hook(keep, with_kwargs=True):
        said(engine, LONG)
    # THEN one thread makes them all, five steps each
    assert len({thread for thread, _ in seen}) == 1
    lengths = [frames for _, frames in seen]
    assert len(set(lengths)) == 2
    assert lengths == [lengths[0]] * 5 + [lengths[-1]] * 5


def test_the_noise_is_the_one_that_the_package_draws(checkpoint: Checkpoint) -> None:
    model = StockModel.load(checkpoint, "cpu")
    seen: list[torch.Tensor] = []

    def keep(module: object, given: object, named: dict[str, torch.Tensor]) -> None:
        seen.append(named["x"][0].float())

    reference = torch.randn(30, 100)
    for dtype in (torch.float32, torch.bfloat16):
        model.cfm.to(dtype)
        with model.cfm.transformer.register_forward_pre_hook(keep, with_kwargs=True):
            model.mel(reference, "hello", 80, nfe=1, seed=4)
        assert model.dtype is dtype
        assert torch.equal(seen.pop(), model.noise(80, 4))


def test_a_cancel_is_seen_before_the_next_step(engine: ReferenceEngine) -> None:
    cancel, steps = CancelToken(), []

    def count(*_: object) -> None:
        steps.append(1)
        if len(steps) == 3:
            cancel.cancel()

    model = engine._model
    assert model is not None
    with model.cfm.transformer.register_forward_hook(count):
        assert list(engine.synthesize(SpeechRequest(LONG), cancel)) == []
    assert len(steps) == 3
    # THEN the next one is spoken as if nothing had been
    assert len(said(engine, SHORT)) > 0


def test_faster_speech_is_shorter(engine: ReferenceEngine) -> None:
    assert len(said(engine, LONG, speed=1.5)) < len(said(engine, LONG))


def test_a_voice_has_a_speed_of_its_own(
    engine: ReferenceEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, usual = (replace(recording("", "en"), speed=speed) for speed in (0.5, 1.0))
    lengths = []
    for made in (slow, usual):
        monkeypatch.setattr(engine, "_recordings", lambda *_, made=made: made)
        lengths.append(len(said(engine, "A line of some length for everybody.")))
    assert lengths[0] > 1.5 * lengths[1]


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂🙂", "...!?"])
def test_nothing_to_say_is_nothing(engine: ReferenceEngine, text: str) -> None:
    assert len(said(engine, text)) == 0


@pytest.mark.parametrize("text", ["a", "\ud800x\x00", "你好", "666"])
def test_odd_text_is_finite_sound(engine: ReferenceEngine, text: str) -> None:
    assert np.isfinite(said(engine, text)).all()


def test_an_engine_that_is_not_loaded_or_closed_says_so(checkpoint: Checkpoint) -> None:
    engine = ReferenceEngine(checkpoint, recording)
    with pytest.raises(EngineError, match="not loaded"):
        next(engine.synthesize(SpeechRequest(SHORT), CancelToken()))
    engine.load()
    engine.close()
    with pytest.raises(EngineError, match="not loaded"):
        next(engine.synthesize(SpeechRequest(SHORT), CancelToken()))


def test_a_vocoder_of_another_kind_is_refused(tmp_path: Path) -> None:
    write_random(ARCHS["tiny"], tmp_path / "model")
    vocos = tmp_path / "model" / "vocos" / "vocos.safetensors"
    vocos.write_bytes(tmp_path.joinpath("model", "model_random.safetensors").read_bytes())
    with pytest.raises(EngineError, match="is missing"):
        StockModel.load(Checkpoint.find(tmp_path / "model"), "cpu")


def test_a_checkpoint_in_another_layout_is_refused(tmp_path: Path) -> None:
    # GIVEN names without the prefix that the package expects; our own engine reads them, too
    model = write_random(ARCHS["tiny"], tmp_path / "model")
    tensors = {name.rpartition("transformer.")[2]: t for name, t in load_file(model).items()}
    save_file({name: tensor.clone() for name, tensor in tensors.items()}, model)
    assert Checkpoint.find(model).load().arch.name == "tiny"
    with pytest.raises(EngineError, match="other names"):
        StockModel.load(Checkpoint.find(model), "cpu")


@pytest.mark.parametrize("missing", ["f5_tts", "torchdiffeq", "vocos"])
def test_a_missing_package_is_named_with_what_to_install(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=missing)
        return real(name, *rest, **named)

    before = tainted()
    monkeypatch.setattr(builtins, "__import__", absent)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(EngineError, match=f"{missing} is missing") as failed:
        load_stock()
    monkeypatch.undo()
    # THEN the advice is a line to run, and no stand-in is left
    assert "ishowtts-desktop[reference]" in failed.value.advice
    assert "--no-deps" in failed.value.advice
    assert tainted() == before


WORKING = {
    "torchaudio/__init__.py": "loaded = []",
    "torchaudio/transforms.py": "class MelSpectrogram: pass\nclass Spectrogram: pass",
    "torchaudio/functional/__init__.py": "",
    "torchaudio/functional/functional.py": "_hz_to_mel = _mel_to_hz = print",
}
PROGRAM = """
import json, os, sys
from ishowtts_desktop.speech.stock_modules import load_stock
path = list(sys.path)
stock = load_stock()
import ishowtts_desktop
print(json.dumps({
    "torchaudio": getattr(stock.mel.__globals__["torchaudio"], "__file__", None) is not None,
    "left": sorted(name for name in sys.modules if name.split(".")[0] in
                   ("f5_tts", "vocos", "encodec", "matplotlib", "pydub", "transformers")),
    "kept": "torchaudio" in sys.modules,
    "fallback": os.environ.get("PYTORCH_ENABLE_MPS_FALLBACK"),
    "path": sys.path == path,
}))
"""


@pytest.mark.parametrize(
    ("files", "used"),
    [(WORKING, True), ({"torchaudio/__init__.py": "raise OSError('abi')"}, False)],
)
def test_a_torchaudio_that_works_is_used_and_a_broken_one_stood_in_for(
    files: dict[str, str], used: bool, tmp_path: Path
) -> None:
    for name, text in files.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "torchaudio": used,
        "left": [],
        "kept": used,
        "fallback": None,
        "path": True,
    }
