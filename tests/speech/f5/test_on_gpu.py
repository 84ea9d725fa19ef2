"""What only a GPU can show: graphs, fused blocks and half precision, against the CPU's float32."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
import torch
from torch._dynamo.utils import counters

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.presets import PRESETS
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.graphs import LONGEST
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from ishowtts_desktop.speech.f5.runtime import Runtime
from ishowtts_desktop.speech.f5.sampler import SNAP, noise_for
from tests.support.f5_pair import V1, apart, utterance
from tests.support.signal import chirp

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.speech.f5.checkpoint import Model

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no NVIDIA GPU"),
]
SAID = utterance(V1, 128, 30)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    return Checkpoint.find(folder)


@pytest.fixture(autouse=True)
def _true_float32() -> None:
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False


def heard(runtime: Runtime) -> torch.Tensor:
    mel = runtime.mel(SAID.reference, SAID.tokens, SAID.frames, SAID.noise)
    assert mel is not None
    return mel.cpu()


def on_gpu(checkpoint: Checkpoint, dtype: torch.dtype = torch.float32) -> Model:
    return checkpoint.load(device="cuda", dtype=dtype)


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("graphs", [False, True])
def test_the_gpu_says_what_the_cpu_says(
    checkpoint: Checkpoint, compiled: bool, graphs: bool
) -> None:
    right = heard(Runtime(checkpoint.load()))
    runtime = Runtime(on_gpu(checkpoint), compiled=compiled, graphs=graphs)
    runtime.warm([SAID.frames, 256, 64])
    assert runtime.captures == (3 if graphs else 0)
    for _ in range(2):
        assert apart(heard(runtime), right) <= 1e-4


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_near_full_precision(checkpoint: Checkpoint, dtype: torch.dtype) -> None:
    right = heard(Runtime(checkpoint.load()))
    runtime = Runtime(on_gpu(checkpoint, dtype))
    runtime.warm([SAID.frames])
    cosine = torch.nn.functional.cosine_similarity(heard(runtime).flatten(), right.flatten(), dim=0)
    assert cosine > 0.999


def test_no_length_is_recorded_or_compiled_after_the_warm_up(checkpoint: Checkpoint) -> None:
    runtime = Runtime(on_gpu(checkpoint, torch.float16))
    lengths = range(2 * SNAP, 40 * SNAP, SNAP)
    runtime.warm(list(lengths))
    recorded, compiled = runtime.captures, counters["stats"]["unique_graphs"]
    generator = torch.Generator().manual_seed(0)
    for _ in range(200):
        frames = int(torch.randint(2, 40, (1,), generator=generator)) * SNAP
        tokens = SAID.tokens
        mel = runtime.mel(SAID.reference[:20], tokens, frames, noise_for(frames, 1))
        assert mel is not None
        assert bool(mel.isfinite().all())
    assert counters["stats"]["unique_graphs"] == compiled
    assert runtime.captures == recorded == len(lengths)
    assert runtime.unrecorded == 0


def test_a_cancel_ends_a_long_utterance_within_two_steps(tmp_path: Path) -> None:
    # GIVEN the longest recorded length at full size, its steps of many milliseconds, 32 of them
    steps = PRESETS["studio"]
    write_random(ARCHS["v1_base"], tmp_path)
    model = Checkpoint.find(tmp_path).load(device="cuda")
    runtime = Runtime(model, nfe=steps, compiled=False)
    said = utterance(ARCHS["v1_base"], LONGEST, 30)
    runtime.warm([said.frames])

    def seconds(cancel: CancelToken) -> tuple[float, bool]:
        mel = runtime.mel(said.reference, said.tokens, said.frames, said.noise, cancel)
        torch.cuda.synchronize()
        return time.perf_counter(), mel is not None

    assert seconds(CancelToken())[1]
    began = time.perf_counter()
    ended, whole = seconds(CancelToken())
    step = (ended - began) / steps
    assert whole
    # WHEN somebody cancels in the midst of it
    cancel, cancelled = CancelToken(), []

    def stop() -> None:
        cancelled.append(time.perf_counter())
        cancel.cancel()

    timer = threading.Timer(steps / 4 * step, stop)
    timer.start()
    ended, whole = seconds(cancel)
    timer.join()
    # THEN the GPU is free again after the step at work and the one that was queued
    assert not whole
    assert ended - cancelled[0] <= 3 * step + 0.05
    assert runtime.unrecorded == 0


def test_a_thousand_utterances_take_no_more_memory(checkpoint: Checkpoint) -> None:
    recording = Recording(chirp(3.0, 24_000), 24_000, "A tone that rises and rises.")
    engine = F5Engine(checkpoint, lambda voice, language: recording, F5Options(seed=1))
    engine.load()

    def say(count: int) -> int:
        for number in range(count):
            request = SpeechRequest(f"Line {number}: " + "hello " * (number % 12))
            list(engine.synthesize(request, CancelToken()))
            engine.warm_up()
        torch.cuda.synchronize()
        return torch.cuda.memory_allocated()

    before = say(100)
    assert say(1000) - before < 4 << 20
    engine.close()
