"""The engine when memory runs out, the GPU is lost, or the weights make nonsense."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError, EngineLost
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from ishowtts_desktop.speech.f5.runtime import Runtime
from ishowtts_desktop.speech.f5.sampler import SNAP
from tests.support.signal import chirp

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = "Thank you, this is a line of some length for everybody."
LOST = RuntimeError("CUDA error: an illegal memory access was encountered\nCUDA kernel errors")


def recording(voice: str, language: str) -> Recording:
    return Recording(chirp(2.0, 24_000), 24_000, "A tone that rises.")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("tiny")
    write_random(ARCHS["tiny"], folder)
    return Checkpoint.find(folder)


@pytest.fixture
def engine(checkpoint: Checkpoint) -> F5Engine:
    engine = F5Engine(checkpoint, recording, F5Options(nfe=5, seed=1))
    engine.load()
    return engine


def said(engine: F5Engine, text: str = LINE) -> np.ndarray:
    chunks = list(engine.synthesize(SpeechRequest(text), CancelToken()))
    return np.concatenate([chunk.samples for chunk in chunks])


def fails(
    monkeypatch: pytest.MonkeyPatch, when: Callable[[int], bool], error: Exception
) -> list[int]:
    """Have utterances of so many frames fail as ``when`` says; return the list of all tried."""
    tried: list[int] = []
    mel = Runtime.mel

    def failing(self: Runtime, reference: Any, tokens: Any, frames: int, *rest: Any) -> Any:
        tried.append(frames)
        if when(frames):
            raise error
        return mel(self, reference, tokens, frames, *rest)

    monkeypatch.setattr(Runtime, "mel", failing)
    return tried


def test_what_is_too_long_for_the_memory_is_said_in_parts(
    engine: F5Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        needed = fails(patch, lambda _: False, ValueError())
        whole = said(engine)
    released: list[int] = []
    monkeypatch.setattr(Runtime, "release", lambda self: released.append(1))
    # GIVEN room for less than the line needs
    room = max(needed) - SNAP
    full = torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 1.00 GiB.")
    tried = fails(monkeypatch, lambda frames: frames > room, full)
    parts = said(engine)
    # THEN it was tried whole, memory was given back, and all of it was said in halves
    assert max(tried) > room
    assert len(released) == sum(frames > room for frames in tried)
    assert sum(frames <= room for frames in tried) >= 2
    assert all(frames <= room for frames in tried[-2:])
    assert 0.7 < len(parts) / len(whole) < 1.5
    # AND the next line that fits is said at once
    del tried[:]
    said(engine, "Hello.")
    assert len(tried) == 1


def test_a_memory_that_stays_full_is_told_and_tried_again(
    engine: F5Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 1.00 GiB.")
    with monkeypatch.context() as patch:
        tried = fails(patch, lambda _: True, full)
        with pytest.raises(EngineError, match="not enough memory") as met:
            said(engine)
        assert not isinstance(met.value, EngineLost)
        assert len(tried) <= 5
    # WHEN there is memory again THEN it speaks
    assert len(said(engine))


def test_a_lost_gpu_is_told_as_such(engine: F5Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = fails(monkeypatch, lambda _: True, LOST)
    with pytest.raises(EngineLost, match="stopped answering"):
        said(engine)
    assert len(tried) == 1  # nothing more is asked of it


def test_a_gpu_lost_while_loading_is_told_as_such(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(self: Checkpoint, **_: object) -> None:
        raise LOST

    monkeypatch.setattr(Checkpoint, "load", lost)
    with pytest.raises(EngineLost):
        F5Engine(checkpoint, recording).load()


def test_a_fault_of_one_message_leaves_the_engine_as_it_was(
    engine: F5Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fails(patch, lambda _: True, ValueError("nobody thought of this"))
        with pytest.raises(EngineError, match="nobody thought of this"):
            said(engine)
    assert len(said(engine))


def test_warming_up_stops_where_the_memory_ends(
    engine: F5Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[weakref.ref[Any]] = []
    left: list[bool] = []
    stopped: list[bool] = []

    class Recorded:
        """What a recording had made when the memory ended."""

    def full(self: Runtime) -> bool:
        recorded = Recorded()
        held.append(weakref.ref(recorded))
        raise torch.cuda.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(Runtime, "warm_next", full)
    monkeypatch.setattr(Runtime, "release", lambda self: left.append(held[-1]() is not None))
    monkeypatch.setattr(Runtime, "stop_recording", lambda self: stopped.append(True))
    # THEN what was made is gone before memory is given back, and after some times it is enough
    for _ in range(3):
        assert stopped == []
        assert not engine.warm_up()
    assert left == [False] * 3
    assert stopped == [True]
    assert len(said(engine))

    def lost(self: Runtime) -> bool:
        raise LOST

    monkeypatch.setattr(Runtime, "warm_next", lost)
    with pytest.raises(EngineLost):
        engine.warm_up()


def test_a_memory_too_small_for_recordings_is_enough_to_speak(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Runtime) -> bool:
        raise torch.cuda.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(Runtime, "warm_next", full)
    engine = F5Engine(checkpoint, recording, F5Options(nfe=2, seed=1))
    engine.load()
    assert len(said(engine))


def test_a_load_that_failed_is_done_again(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(self: Checkpoint, **_: object) -> None:
        raise EngineError("There is no such file.")

    engine = F5Engine(checkpoint, recording, F5Options(nfe=2, warm=(("", "en"),)))
    with monkeypatch.context() as patch:
        patch.setattr(Checkpoint, "load", missing)
        for _ in range(2):
            with pytest.raises(EngineError, match="no such file"):
                engine.load()
    engine.load()
    assert len(said(engine))


@pytest.mark.parametrize("elsewhere", [False, True])
def test_closing_frees_everything_on_the_thread_that_loaded(
    engine: F5Engine, elsewhere: bool
) -> None:
    assert engine._loaded is not None
    model = weakref.ref(engine._loaded.runtime)
    if elsewhere:
        # THEN it only says nothing more: the thread it belongs to may be at work with it
        thread = threading.Thread(target=engine.close)
        thread.start()
        thread.join()
        assert model() is not None
    engine.close()
    assert model() is None
    with pytest.raises(EngineError, match="not loaded"):
        said(engine)


def test_there_is_nothing_to_warm_up_before_loading_and_after_closing(
    checkpoint: Checkpoint, engine: F5Engine
) -> None:
    assert not F5Engine(checkpoint, recording).warm_up()
    engine.close()
    assert not engine.warm_up()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_make_nonsense_are_told_and_not_heard(
    engine: F5Engine, monkeypatch: pytest.MonkeyPatch, value: float
) -> None:
    mel = Runtime.mel
    monkeypatch.setattr(Runtime, "mel", lambda *args: mel(*args) * value)
    with pytest.raises(EngineError, match="no sound"):
        said(engine)


def test_numbers_beyond_any_sound_stay_in_the_range_of_samples(
    engine: F5Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = Runtime.samples
    monkeypatch.setattr(Runtime, "samples", lambda *args: samples(*args) * 1e30)
    assert np.abs(said(engine)).max() <= 1


@pytest.mark.parametrize(("device", "precision"), [("cuda:77", "auto"), ("toaster", "fp32")])
def test_a_device_that_is_not_here_is_said_while_loading(
    checkpoint: Checkpoint, device: str, precision: str
) -> None:
    engine = F5Engine(checkpoint, recording, F5Options(device=device, precision=precision))
    with pytest.raises(EngineError, match="no device"):
        engine.load()


def test_a_chosen_precision_is_taken(checkpoint: Checkpoint) -> None:
    engine = F5Engine(checkpoint, recording, F5Options(precision="fp32", device="cpu"))
    engine.load()
    assert engine._loaded is not None
    assert engine._loaded.runtime.dtype == torch.float32
