"""A model at work: graphs and fused blocks change no number, nor does their lack."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import torch
from torch._dynamo.utils import counters

from ishowtts_desktop.speech.f5 import products
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.dit import block_step
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.runtime import Runtime, fused
from ishowtts_desktop.speech.f5.sampler import noise_for
from tests.support.f5_pair import V1, apart, utterance

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.speech.f5.checkpoint import Model
    from tests.support.f5_pair import Utterance

SAID = utterance(V1, 96, 20)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(V1, folder)
    return Checkpoint.find(folder)


@pytest.fixture
def model(checkpoint: Checkpoint) -> Model:
    return checkpoint.load()


class Recorder:
    """Replays by doing the step again."""

    def record(self, step: Callable[[], None]) -> Callable[[], None]:
        step()
        return step

    def forget(self) -> None:
        self.forgotten = True


def heard(runtime: Runtime, said: Utterance = SAID) -> torch.Tensor:
    mel = runtime.mel(said.reference, said.tokens, said.frames, said.noise)
    assert mel is not None
    return mel


def test_the_cpu_neither_records_nor_compiles_unasked(model: Model) -> None:
    runtime = Runtime(model)
    runtime.warm([96, 128])
    assert runtime.captures == 0
    assert runtime.device.type == "cpu"
    assert runtime.dtype == torch.float32
    assert model.dit.step is block_step


def test_samples_are_as_many_as_the_frames_say(model: Model) -> None:
    runtime = Runtime(model, nfe=5)
    assert runtime.samples(heard(runtime)).shape == (256 * (SAID.frames - 1),)


def test_recorded_steps_say_the_same(model: Model) -> None:
    eager, recorded = Runtime(model), Runtime(model, recorder=Recorder())
    # GIVEN a length that was never met
    right = heard(eager)
    assert apart(heard(recorded), right) <= 1e-5
    assert recorded.captures == 0
    # WHEN there is time
    assert recorded.warm_next()
    assert not recorded.warm_next()
    # THEN it is recorded, and sounds the same; without the recordings, too
    assert recorded.captures == 1
    assert apart(heard(recorded), right) <= 1e-5
    recorded.release()
    assert recorded.captures == 0
    assert apart(heard(recorded), right) <= 1e-5


def test_warm_lengths_are_snapped_and_recorded_once(model: Model) -> None:
    runtime = Runtime(model, recorder=Recorder())
    runtime.warm([90, 96, 65, 96])
    assert runtime.captures == 1
    runtime.warm([97])
    assert runtime.captures == 2


def test_where_steps_cannot_be_recorded_they_run_eagerly(
    model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    # GIVEN a driver that refuses
    class Refusing(Recorder):
        def record(self, step: Callable[[], None]) -> Callable[[], None]:
            raise RuntimeError("CUDA error: operation not permitted when stream is capturing")

    runtime = Runtime(model, recorder=Refusing())
    right = heard(Runtime(model))
    with caplog.at_level(logging.WARNING):
        runtime.warm([96, 128])
    # THEN it is said once, and nothing is tried any more
    assert caplog.text.count("unrecorded") == 1
    assert apart(heard(runtime), right) == 0
    assert not runtime.warm_next()


def test_a_full_device_while_recording_is_raised(model: Model) -> None:
    class Full(Recorder):
        def record(self, step: Callable[[], None]) -> Callable[[], None]:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory.")

    runtime = Runtime(model, recorder=Full())
    runtime.want([96])
    with pytest.raises(torch.cuda.OutOfMemoryError):
        runtime.warm_next()
    runtime.release()
    assert not runtime.warm_next()


def test_a_fused_block_is_used_where_one_can_be_made(model: Model) -> None:
    right, calls = heard(Runtime(model)), 0

    def compiler(step: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
        def counted(*args: object) -> torch.Tensor:
            nonlocal calls
            calls += 1
            return step(*args)

        return counted

    runtime = Runtime(model, compiled=True, compiler=compiler)
    tried = calls
    assert tried > 0
    assert apart(heard(runtime), right) == 0
    assert calls > tried


def test_one_compilation_serves_all_lengths_and_blocks(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN blocks as a GPU runs them, compiled as far as that goes without a C compiler
    monkeypatch.setattr(products, "_onednn_dtypes", tuple)
    plain = Runtime(model)
    said = [utterance(V1, 32 * n, 20, seed=n) for n in (3, 2, 4, 9, 5, 7, 30, 8)]
    right = [heard(plain, one) for one in said]
    torch.compiler.reset()
    runtime = Runtime(model, compiled=True, compiler=lambda step: fused(step, backend="eager"))
    graphs = counters["stats"]["unique_graphs"]
    assert graphs >= 1
    # WHEN any lengths come THEN they are right, and nothing is compiled any more
    for one, mel in zip(said, right, strict=True):
        assert apart(heard(runtime, one), mel) <= 1e-5
    # AND so it is for any two hundred
    generator = torch.Generator().manual_seed(1)
    for number in torch.randint(1, 12, (200,), generator=generator).tolist():
        frames = 32 * number
        mel = runtime.mel(said[0].reference[:9], said[0].tokens, frames, noise_for(frames, 1))
        assert mel is not None
    assert counters["stats"]["unique_graphs"] == graphs


@pytest.mark.parametrize("when", ["made", "run"])
def test_without_a_compiler_the_blocks_run_plain(
    model: Model, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    # GIVEN a machine without Triton, which shows when the function is made or first run
    def compiler(step: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
        if when == "made":
            raise RuntimeError("Cannot find a working triton installation")

        def missing(*args: object) -> torch.Tensor:
            raise RuntimeError("Cannot find a working triton installation")

        return missing

    right = heard(Runtime(model))
    with caplog.at_level(logging.WARNING):
        runtime = Runtime(model, compiled=True, compiler=compiler)
    # THEN it goes on and the log says so
    assert apart(heard(runtime), right) == 0
    assert "unfused" in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        torch.cuda.OutOfMemoryError("CUDA out of memory."),
        RuntimeError("CUDA error: unspecified launch failure"),
    ],
    ids=["full", "lost"],
)
def test_a_fault_of_the_device_while_compiling_is_not_taken_for_a_missing_compiler(
    model: Model, error: Exception
) -> None:
    def compiler(step: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
        raise error

    with pytest.raises(type(error)):
        Runtime(model, compiled=True, compiler=compiler)


def test_half_precision_is_near_full_precision(checkpoint: Checkpoint) -> None:
    full, half = Runtime(checkpoint.load()), Runtime(checkpoint.load(dtype=torch.bfloat16))
    assert half.dtype == torch.bfloat16
    one, other = (heard(runtime)[len(SAID.reference) :] for runtime in (full, half))
    assert other.dtype == torch.float32
    cosine = torch.nn.functional.cosine_similarity(one.flatten(), other.flatten(), dim=0)
    assert cosine > 0.999
    assert apart(one, other) > 1e-4  # it was really another precision
